#include "eidenv_words.h"

#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct eidenv_word words[] = {
    {"CARDNUMBER", "identity", "card_number", EIDENV_TEXT},
    {"CHIPNUMBER", "identity", "chip_number", EIDENV_TEXT},
    {"VALIDFROM", "identity", "valid_from", EIDENV_DAY},
    {"VALIDTILL", "identity", "valid_until", EIDENV_DAY},
    {"DELIVERINGMUNICIPALITY", "identity", "issuing_municipality", EIDENV_TEXT},
    {"NATIONALNUMBER", "identity", "national_number", EIDENV_TEXT},
    {"NAME", "identity", "surname", EIDENV_TEXT},
    {"FIRSTNAMES", "identity", "given_names", EIDENV_TEXT},
    {"INITIAL", "identity", "middle_initial", EIDENV_TEXT},
    {"NATIONALITY", "identity", "nationality", EIDENV_TEXT},
    {"BIRTHLOCATION", "identity", "birth_place", EIDENV_TEXT},
    {"BIRTHDATE", "identity", "birth_date", EIDENV_BIRTH},
    {"SEX", "identity", "sex", EIDENV_TEXT},
    {"NOBLECONDITION", "identity", "noble_condition", EIDENV_TEXT},
    {"DOCUMENTTYPE", "identity", "document_type", EIDENV_TEXT},
    {"SPECIALSTATUS", "identity", "special_status", EIDENV_SPECIAL},
    {"STREETANDNUMBER", "address", "street", EIDENV_TEXT},
    {"ZIPCODE", "address", "postal_code", EIDENV_TEXT},
    {"MUNICIPALITY", "address", "municipality", EIDENV_TEXT},
};
#define WORD_COUNT (sizeof words / sizeof *words)

const struct eidenv_word *eidenv_word_of(const char *key)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (str_equal(words[i].key, key))
            return &words[i];
    return NULL;
}

bool eidenv_has(const char *group, const char *field)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (str_equal(words[i].group, group) && str_equal(words[i].field, field))
            return true;
    return false;
}

static void form_date(enum eidenv_form form, const char *iso, char value[EIDENV_VALUE_SIZE])
{
    static const char *const months[] = {"JAN",  "FEV",  "MARS", "AVR", "MAI", "JUIN",
                                         "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC"};
    int year = 0, month = 0, day = 0;

    value[0] = '\0';
    if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12)
        return;
    int size =
        form == EIDENV_DAY
            ? snprintf(value, EIDENV_VALUE_SIZE, "%02d.%02d.%04d", day, month, year)
            : snprintf(value, EIDENV_VALUE_SIZE, "%02d %s %04d", day, months[month - 1], year);
    if (size >= EIDENV_VALUE_SIZE)
        value[0] = '\0';
}

// Card content 5.4: 0 none, 1 white cane, 2 extended minority, 3 both, 4 yellow cane, 5 yellow cane
// and extended minority.
static void form_special(const json_t *status, char value[EIDENV_VALUE_SIZE])
{
    bool white = json_is_true(json_object_get(status, "white_cane"));
    bool yellow = json_is_true(json_object_get(status, "yellow_cane"));
    bool minority = json_is_true(json_object_get(status, "extended_minority"));

    value[0] = (char)('0' + (white ? 1 : 0) + (yellow ? 4 : 0) + (minority ? (yellow ? 1 : 2) : 0));
    value[1] = '\0';
}

void eidenv_form(const struct eidenv_word *word, const json_t *root, char value[EIDENV_VALUE_SIZE])
{
    const json_t *field = json_object_get(json_object_get(root, word->group), word->field);
    const char *text = json_string_value(field);

    switch (word->form) {
    case EIDENV_SPECIAL:
        form_special(field, value);
        return;
    case EIDENV_DAY:
    case EIDENV_BIRTH:
        form_date(word->form, text != NULL ? text : "", value);
        return;
    case EIDENV_TEXT:
        if (text == NULL || str_copy(value, EIDENV_VALUE_SIZE, text) != RESULT_OK)
            value[0] = '\0';
        return;
    }
}

static bool differs_in_f_alone(const char *ours, const char *theirs)
{
    for (; *ours != '\0' && *theirs != '\0'; ours++, theirs++)
        if (*ours != *theirs && !(*ours == 'F' && *theirs == 'E'))
            return false;
    return *ours == *theirs;
}

const char *eidenv_fault(const struct eidenv_word *word, const char *ours, const char *theirs)
{
    // Debian's 0.23 passes an int where its decoder fills a size_t.
    if (str_equal(word->key, "STREETANDNUMBER") && theirs[0] == '\0')
        return "OpenSC 0.23 leaves street and number empty";
    // eidenv's table of hexadecimal digits has E twice.
    if (str_equal(word->key, "CHIPNUMBER") && differs_in_f_alone(ours, theirs))
        return "OpenSC writes E for F in the chip number";
    return NULL;
}
