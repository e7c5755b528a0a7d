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
    return read_date(resident, path, "valid_until", 3, &resident->valid_until);
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
