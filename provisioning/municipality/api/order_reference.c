#include "order_reference.h"

#include <string.h>
#include <sys/random.h>

#include "str.h"

// ISO/IEC 7812-1, annex B: from the right, every second digit doubled.
static int luhn_digit(const char *digits)
{
    int sum = 0;
    size_t length = strlen(digits);

    for (size_t i = 0; i < length; i++) {
        int digit = digits[length - 1 - i] - '0';
        if (i % 2 == 0)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return (10 - sum % 10) % 10;
}

enum result order_reference_make(int year, char letter, int64_t number,
                                 char out[ORDER_REFERENCE_SIZE])
{
    char digits[24];

    if (year < 2000 || year > 9999 || letter < 'A' || letter > 'Z' || number < 1 ||
        number > 9999999)
        return RESULT_INVALID;
    TRY(str_format(digits, sizeof digits, "%04d%02d%07lld", year, letter - 'A' + 10,
                   (long long)number));
    return str_format(out, ORDER_REFERENCE_SIZE, "BXL-%04d-%c-%07lld-%d", year, letter,
                      (long long)number, luhn_digit(digits));
}

enum result order_code_make(char out[ORDER_CODE_SIZE])
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // no I, L, O, U
    uint8_t random[16];
    size_t at = 0;

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return RESULT_FAILED;
    for (size_t i = 0; i < sizeof random; i++) {
        if (i > 0 && i % 4 == 0)
            out[at++] = '-';
        out[at++] = alphabet[random[i] & 31];
    }
    out[at] = '\0';
    return RESULT_OK;
}
