#include "text.h"

#include <stdbool.h>
#include <string.h>

#include "str.h"
#include "text_tables.h"

#define NO_BREAK "\u00a0"

const char *text(enum text_id id, enum language language)
{
    const struct text_forms *forms = &text_table[id][language];

    return forms->many == NULL ? forms->one : forms->many;
}

const char *text_form(enum text_id id, enum language language, int64_t count)
{
    const struct text_forms *forms = &text_table[id][language];
    bool singular = count >= text_least_singular[language] && count <= 1;

    return forms->many == NULL || singular ? forms->one : forms->many;
}

static const char *slot_value(const struct text_slot *slots, size_t count, const char *name,
                              size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(slots[i].name) == length && memcmp(slots[i].name, name, length) == 0)
            return slots[i].value;
    }
    return NULL;
}

static enum result fill(const char *pattern, const struct text_slot *slots, size_t count, char *out,
                        size_t capacity)
{
    size_t used = 0;

    while (*pattern != '\0') {
        const char *piece = pattern;
        size_t length = strcspn(pattern, "{");

        pattern += length;
        if (length == 0) {
            size_t name = strcspn(pattern + 1, "}");

            if (pattern[1 + name] == '\0')
                return RESULT_NOT_FOUND;
            piece = slot_value(slots, count, pattern + 1, name);
            if (piece == NULL)
                return RESULT_NOT_FOUND;
            length = strlen(piece);
            pattern += name + 2;
        }
        if (length >= capacity - used)
            return RESULT_TOO_LARGE;
        memcpy(out + used, piece, length);
        used += length;
    }
    out[used] = '\0';
    return RESULT_OK;
}

enum result text_fill(const char *pattern, const struct text_slot *slots, size_t count, char *out,
                      size_t capacity)
{
    enum result result =
        capacity == 0 ? RESULT_TOO_LARGE : fill(pattern, slots, count, out, capacity);

    if (result != RESULT_OK && capacity > 0)
        out[0] = '\0';
    return result;
}

enum result text_amount(int64_t cents, enum language language, char *out, size_t capacity)
{
    const char *sign = cents < 0 ? "-" : "";
    uint64_t size = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
    long long euros = (long long)(size / 100), rest = (long long)(size % 100);

    switch (language) {
    case LANGUAGE_FR:
    case LANGUAGE_DE:
        return str_format(out, capacity, "%s%lld,%02lld" NO_BREAK "€", sign, euros, rest);
    case LANGUAGE_NL:
        return str_format(out, capacity, "€" NO_BREAK "%s%lld,%02lld", sign, euros, rest);
    case LANGUAGE_EN:
        return str_format(out, capacity, "€%s%lld.%02lld", sign, euros, rest);
    }
    return RESULT_INVALID;
}

static const char *const months[LANGUAGE_COUNT][12] = {
    [LANGUAGE_FR] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                     "septembre", "octobre", "novembre", "décembre"},
    [LANGUAGE_NL] = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                     "september", "oktober", "november", "december"},
    [LANGUAGE_DE] = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
                     "September", "Oktober", "November", "Dezember"},
    [LANGUAGE_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
                     "September", "October", "November", "December"},
};

// Days since 1970-01-01 to the Gregorian calendar, counting years from March so that the leap day
// comes last; 146097 days are 400 years.
static void civil_date(int64_t day, int64_t *year, int *month, int *of_month)
{
    int64_t shifted = day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t in_era = shifted - era * 146097;
    int64_t of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int from_march = (int)((5 * in_year + 2) / 153);

    *of_month = (int)(in_year - (153 * from_march + 2) / 5) + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = of_era + era * 400 + (*month <= 2);
}

enum result text_date(int64_t day, enum language language, char *out, size_t capacity)
{
    int64_t year;
    int month, of_month;
    const char *dot = language == LANGUAGE_DE ? "." : "";
    const char *first = "";

    civil_date(day, &year, &month, &of_month);
    if (language == LANGUAGE_FR && of_month == 1)
        first = "er";
    return str_format(out, capacity, "%d%s%s" NO_BREAK "%s" NO_BREAK "%lld", of_month, first, dot,
                      months[language][month - 1], (long long)year);
}
