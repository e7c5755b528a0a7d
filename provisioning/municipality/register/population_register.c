#include "population_register.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"

const char *const relation_words[RELATION_COUNT] = {
#define X(id, word) [RELATION_##id] = word,
    RELATION_LIST(X)
#undef X
};

const char *const standing_words[STANDING_COUNT] = {
#define X(id, word) [STANDING_##id] = word,
    STANDING_LIST(X)
#undef X
};

const char *const marital_status_words[MARITAL_STATUS_COUNT] = {
#define X(id, word) [MARITAL_STATUS_##id] = word,
    MARITAL_STATUS_LIST(X)
#undef X
};

const char *const citizenship_words[CITIZENSHIP_COUNT] = {
#define X(id, word) [CITIZENSHIP_##id] = word,
    CITIZENSHIP_LIST(X)
#undef X
};

const char *const register_book_words[REGISTER_BOOK_COUNT] = {
#define X(id, word) [REGISTER_BOOK_##id] = word,
    REGISTER_BOOK_LIST(X)
#undef X
};

const char *const dwelling_words[DWELLING_COUNT] = {
#define X(id, word) [DWELLING_##id] = word,
    DWELLING_LIST(X)
#undef X
};

const char *const paper_language_words[PAPER_LANGUAGE_COUNT] = {"fr", "nl"};
const char *const sex_words[3] = {"M", "F", "X"};

// `digits` digits of `text` as a number in [0, most].
static enum result date_part(const char *text, size_t digits, int most, int *out)
{
    char part[8];
    int64_t value;

    TRY(str_format(part, sizeof part, "%.*s", (int)digits, text));
    if (strlen(part) != digits)
        return RESULT_MALFORMED;
    TRY(str_to_int(part, 0, most, &value));
    *out = (int)value;
    return RESULT_OK;
}

enum result partial_date_from_text(const char *text, struct partial_date *out)
{
    struct partial_date date = {};
    size_t length = strlen(text);

    if (length != 0 && length != 4 && length != 7 && length != 10)
        return RESULT_MALFORMED;
    if (length >= 4)
        TRY(date_part(text, 4, 9999, &date.year));
    if (length >= 7) {
        if (text[4] != '-')
            return RESULT_MALFORMED;
        TRY(date_part(text + 5, 2, 12, &date.month));
    }
    if (length == 10) {
        if (text[7] != '-')
            return RESULT_MALFORMED;
        TRY(date_part(text + 8, 2, 31, &date.day));
    }
    *out = date;
    return RESULT_OK;
}

void partial_date_to_text(struct partial_date date, char out[PARTIAL_DATE_SIZE])
{
    enum result written;

    if (date.year == 0)
        written = str_copy(out, PARTIAL_DATE_SIZE, "");
    else if (date.month == 0)
        written = str_format(out, PARTIAL_DATE_SIZE, "%04d", date.year);
    else if (date.day == 0)
        written = str_format(out, PARTIAL_DATE_SIZE, "%04d-%02d", date.year, date.month);
    else
        written =
            str_format(out, PARTIAL_DATE_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
    if (written != RESULT_OK)
        out[0] = '\0';
}

int partial_date_age(struct partial_date birth, struct partial_date today)
{
    int month = birth.month == 0 ? 12 : birth.month;
    int day = birth.day == 0 ? 31 : birth.day;
    bool before_birthday = today.month < month || (today.month == month && today.day < day);

    if (birth.year == 0)
        return 0;
    return today.year - birth.year - (before_birthday ? 1 : 0);
}

void household_destroy(struct household *household)
{
    if (household == NULL)
        return;
    explicit_bzero(household, sizeof *household);
    free(household);
}

enum result household_find(const struct household *household, const char *national_number,
                           const struct resident **out)
{
    for (size_t i = 0; i < household->count; i++) {
        if (str_equal(household->persons[i].national_number, national_number)) {
            *out = &household->persons[i];
            return RESULT_OK;
        }
    }
    return RESULT_NOT_FOUND;
}

bool resident_is_parent_of(const struct resident *parent, const struct resident *child)
{
    for (size_t i = 0; i < 2; i++)
        if (child->parents[i][0] != '\0' && str_equal(child->parents[i], parent->national_number))
            return true;
    return false;
}

void address_history_destroy(struct address_history *address_history)
{
    if (address_history == NULL)
        return;
    explicit_bzero(address_history, sizeof *address_history);
    free(address_history);
}
