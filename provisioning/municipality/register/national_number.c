#include "national_number.h"

#include <string.h>

#include "str.h"

// Added to the month of numbers for people who do not exist.
#define SYNTHETIC_MONTH 60

static int check_of(int64_t first_nine, bool born_from_2000)
{
    int64_t reckoned = born_from_2000 ? 2000000000 + first_nine : first_nine;

    return 97 - (int)(reckoned % 97);
}

bool national_number_is_valid(const char *digits)
{
    char first[10];
    int64_t nine, check;

    if (strlen(digits) != NATIONAL_NUMBER_SIZE - 1 ||
        str_format(first, sizeof first, "%.9s", digits) != RESULT_OK ||
        str_to_int(first, 0, 999999999, &nine) != RESULT_OK ||
        str_to_int(digits + 9, 1, 97, &check) != RESULT_OK)
        return false;
    return check == check_of(nine, false) || check == check_of(nine, true);
}

enum result national_number_make_synthetic(struct partial_date birth, int serial,
                                           char out[NATIONAL_NUMBER_SIZE])
{
    int month = birth.month + SYNTHETIC_MONTH;

    if (serial < 1 || serial > 997 || birth.year < 1900 || birth.year > 2099)
        return RESULT_INVALID;
    int64_t nine =
        (int64_t)(birth.year % 100) * 10000000 + month * 100000 + birth.day * 1000 + serial;
    return str_format(out, NATIONAL_NUMBER_SIZE, "%09lld%02d", (long long)nine,
                      check_of(nine, birth.year >= 2000));
}
