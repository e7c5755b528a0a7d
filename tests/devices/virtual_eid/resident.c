#include "resident.h"

#include "str.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum result complain(const char *path, const char *member, const char *expected)
{
    fprintf(stderr, "make-card: %s: \"%s\": expected %s\n", path, member, expected);
    return RESULT_MALFORMED;
}

struct member {
    const char *name;
    const char **place;
    size_t maximum; // bytes, as the card's identity and address files allow
};

static enum result read_texts(struct resident *resident, const char *path)
{
    const struct member members[] = {
        {"national_number", &resident->national_number, 11},
        {"surname", &resident->surname, 90},
        {"given_names", &resident->given_names, 75},
        {"middle_initial", &resident->middle_initial, 3},
        {"sex", &resident->sex, 1},
        {"birth_place", &resident->birth_place, 60},
        {"nationality", &resident->nationality, 65},
        {"document_type", &resident->document_type, 2},
        {"issuing_municipality", &resident->issuing_municipality, 47},
        {"card_number", &resident->card_number, 12},
        {"street", &resident->street, 60},
        {"postal_code", &resident->postal_code, 4},
        {"municipality", &resident->municipality, 47},
        {"noble_condition", &resident->noble_condition, 30},
        {"special_status", &resident->special_status, 1},
        {"pin", &resident->pin, 12},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        *members[i].place = json_string_value(json_object_get(resident->json, members[i].name));
        if (*members[i].place == NULL || strlen(*members[i].place) > members[i].maximum) {
            char expected[64];
            TRY(str_format(expected, sizeof expected, "a text of at most %zu bytes",
                           members[i].maximum));
            return complain(path, members[i].name, expected);
        }
    }
    return RESULT_OK;
}

static bool is_text(const json_t *given, const char *text)
{
    return json_is_string(given) && str_equal(json_string_value(given), text);
}

// Members that only some cards have.
static enum result read_further(struct resident *resident, const char *path)
{
    static const struct {
        uint8_t tag;
        const char *name;
        size_t maximum;
    } members[] = {
        {0x12, "duplicate", 2},
        {0x13, "special_organisation", 1},
        {0x15, "protection", 13},
        {0x16, "labour_market", 1},
        {0x17, "vat_number_1", 13},
        {0x18, "vat_number_2", 13},
        {0x19, "regional_file_number", 18},
        {0x1B, "brexit_mention_1", 1},
        {0x1C, "brexit_mention_2", 1},
        {0x1D, "a_card_mention_1", 1},
        {0x1E, "a_card_mention_2", 1},
        {0x1F, "eu_start", 10},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *given = json_object_get(resident->json, members[i].name);
        const char *text = json_string_value(given);
        if (given == NULL)
            continue;
        if (text == NULL || strlen(text) > members[i].maximum)
            return complain(path, members[i].name, "a short text, as the card has it");
        resident->further[members[i].tag - RESIDENT_FURTHER_FIRST] = text;
    }
    if (json_is_true(json_object_get(resident->json, "member_of_family")))
        resident->further[RESIDENT_FURTHER_FAMILY - RESIDENT_FURTHER_FIRST] = "";
    return RESULT_OK;
}

// The card's language shows in the month of birth.
static enum result read_kind(struct resident *resident, const char *path)
{
    static const char *const languages[] = {"fr", "nl", "de"};
    const json_t *given = json_object_get(resident->json, "card_language");
    int64_t type = 0;

    if (str_to_int(resident->document_type, 1, 99, &type) != RESULT_OK)
        return complain(path, "document_type", "a number from 1 to 99");
    resident->child = type == 6 || (type >= 61 && type <= 69);
    resident->foreign = type >= 11;
    for (size_t i = 0; given != NULL && i < sizeof languages / sizeof *languages; i++) {
        if (!is_text(given, languages[i]))
            continue;
        resident->language = (enum card_language)i;
        return RESULT_OK;
    }
    return given == NULL ? RESULT_OK : complain(path, "card_language", "fr, nl or de");
}

// Not told: a child's card has none, other cards have both.
static enum result read_certificates(struct resident *resident, const char *path)
{
    static const char *const words[] = {"none", "authentication", "both"};
    const json_t *given = json_object_get(resident->json, "certificates");

    resident->certificates =
        resident->child ? RESIDENT_CERTIFICATES_NONE : RESIDENT_CERTIFICATES_BOTH;
    resident->activated = !json_is_false(json_object_get(resident->json, "activated"));
    for (size_t i = 0; given != NULL && i < sizeof words / sizeof *words; i++) {
        if (!is_text(given, words[i]))
            continue;
        resident->certificates = (enum resident_certificates)i;
        return RESULT_OK;
    }
    return given == NULL ? RESULT_OK
                         : complain(path, "certificates", "none, authentication or both");
}

// How many of year, month and day are given: 0 to 3; -1: not a date.
static int parse_date(const char *text, struct calendar_date *out)
{
    static const size_t lengths[] = {0, 4, 7, 10};

    *out = (struct calendar_date){};
    int parts = text != NULL ? sscanf(text, "%4d-%2d-%2d", &out->year, &out->month, &out->day) : -1;
    if (text != NULL && text[0] == '\0')
        parts = 0;
    if (parts < 0 || strlen(text) != lengths[parts] || (parts > 1 && out->month < 1) ||
        out->month > 12 || (parts > 2 && out->day < 1) || out->day > 31)
        return -1;
    return parts;
}

static enum result read_date(struct resident *resident, const char *path, const char *name,
                             int least_parts, struct calendar_date *out)
{
    int parts = parse_date(json_string_value(json_object_get(resident->json, name)), out);

    if (parts >= least_parts)
        return RESULT_OK;
    return complain(path, name,
                    least_parts == 3 ? "a date like 2024-01-05"
                                     : "a date like 2024-01-05, or 2024-01, 2024 or nothing");
}

static enum result read_dates(struct resident *resident, const char *path)
{
    TRY(read_date(resident, path, "birth_date", 0, &resident->birth_date));
    TRY(read_date(resident, path, "valid_from", 3, &resident->valid_from));
    TRY(read_date(resident, path, "valid_until", 3, &resident->valid_until));
    resident->certificates_until = resident->valid_until;
    if (json_object_get(resident->json, "certificates_until") == NULL)
        return RESULT_OK;
    return read_date(resident, path, "certificates_until", 3, &resident->certificates_until);
}

static bool all_digits(const char *text, size_t least, size_t most)
{
    size_t length = strspn(text, "0123456789");

    return text[length] == '\0' && length >= least && length <= most;
}

// The nine digits as they are, or with a 2 before them for people born from 2000 on.
static bool check_digits(const char *national_number)
{
    int64_t value = strtoll(national_number, NULL, 10);
    int64_t nine = value / 100, check = value % 100;

    return check == 97 - nine % 97 || check == 97 - (nine + 2000000000) % 97;
}

static enum result read_numbers(struct resident *resident, const char *path)
{
    const char *chip = json_string_value(json_object_get(resident->json, "chip_number"));

    if (!all_digits(resident->national_number, 11, 11) || !check_digits(resident->national_number))
        return complain(path, "national_number",
                        "11 digits, the last two 97 minus the first nine modulo 97");
    if (!all_digits(resident->pin, 4, 12))
        return complain(path, "pin", "4 to 12 digits");
    if (chip == NULL || strlen(chip) != 32 ||
        strspn(chip, "0123456789abcdefABCDEF") != strlen(chip))
        return complain(path, "chip_number", "32 hexadecimal digits");
    for (size_t i = 0; i < sizeof resident->chip_number; i++) {
        const char pair[3] = {chip[2 * i], chip[2 * i + 1]};
        resident->chip_number[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return RESULT_OK;
}

enum result resident_create(const char *path, struct resident **out)
{
    owned(resident) resident = calloc(1, sizeof *resident);
    json_error_t error;

    if (resident == NULL)
        return RESULT_NO_MEMORY;
    resident->json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (resident->json == NULL) {
        fprintf(stderr, "make-card: %s, line %d: %s\n", path, error.line, error.text);
        return RESULT_MALFORMED;
    }
    TRY(read_texts(resident, path));
    TRY(read_further(resident, path));
    TRY(read_kind(resident, path));
    TRY(read_certificates(resident, path));
    TRY(read_dates(resident, path));
    TRY(read_numbers(resident, path));
    *out = take(resident);
    return RESULT_OK;
}

void resident_destroy(struct resident *resident)
{
    if (resident == NULL)
        return;
    json_decref(resident->json);
    free(resident);
}
