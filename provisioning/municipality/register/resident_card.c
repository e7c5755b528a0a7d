#include "resident_card.h"

#include <jansson.h>

#include "str.h"

// One row a member: the reader, the writer and the check for missing ones all go by this table.
static const struct {
    const char *name;
    size_t offset, size;
} members[] = {
#define MEMBER(member)                                                                             \
    {                                                                                              \
#member, offsetof(struct resident_card, member), sizeof((struct resident_card *)0)->member \
    }
    MEMBER(name),
    MEMBER(national_number),
    MEMBER(surname),
    MEMBER(given_names),
    MEMBER(middle_initial),
    MEMBER(sex),
    MEMBER(birth_date),
    MEMBER(birth_place),
    MEMBER(nationality),
    MEMBER(document_type),
    MEMBER(issuing_municipality),
    MEMBER(card_number),
    MEMBER(chip_number),
    MEMBER(valid_from),
    MEMBER(valid_until),
    MEMBER(street),
    MEMBER(postal_code),
    MEMBER(municipality),
    MEMBER(noble_condition),
    MEMBER(special_status),
    MEMBER(pin),
#undef MEMBER
};
#define MEMBER_COUNT (sizeof members / sizeof members[0])

enum result resident_card_write(const struct resident_card *card, const char *directory)
{
    json_auto_t *object = json_object();
    char path[4096];

    TRY(str_format(path, sizeof path, "%s/%s.json", directory, card->name));
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const char *text = (const char *)card + members[i].offset;
        if (json_object_set_new(object, members[i].name, json_string(text)) != 0)
            return RESULT_MALFORMED;
    }
    return json_dump_file(object, path, JSON_INDENT(2)) == 0 ? RESULT_OK : RESULT_FAILED;
}

enum result resident_card_read(const char *path, struct resident_card *out, const char **missing)
{
    json_error_t error;
    json_auto_t *object = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    *missing = "";
    if (object == NULL)
        return json_error_code(&error) == json_error_cannot_open_file ? RESULT_NOT_FOUND
                                                                      : RESULT_MALFORMED;
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const char *text = json_string_value(json_object_get(object, members[i].name));
        if (text == NULL ||
            str_copy((char *)out + members[i].offset, members[i].size, text) != RESULT_OK) {
            *missing = members[i].name;
            return RESULT_MALFORMED;
        }
    }
    return RESULT_OK;
}
