#include "str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum result str_copy(char *to, size_t capacity, const char *from)
{
    size_t size = strlen(from) + 1;

    if (capacity == 0)
        return RESULT_TOO_LARGE;
    if (size > capacity) {
        to[0] = '\0';
        return RESULT_TOO_LARGE;
    }
    memmove(to, from, size);
    return RESULT_OK;
}

enum result str_format(char *to, size_t capacity, const char *format, ...)
{
    va_list arguments;

    if (capacity == 0)
        return RESULT_TOO_LARGE;
    va_start(arguments, format);
    int length = vsnprintf(to, capacity, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= capacity) {
        to[0] = '\0';
        return RESULT_TOO_LARGE;
    }
    return RESULT_OK;
}

bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

enum result str_to_int(const char *text, int64_t least, int64_t most, int64_t *out)
{
    bool negative = text[0] == '-';
    const char *digits = text + (negative ? 1 : 0);
    int64_t value = 0;

    if (digits[0] == '\0')
        return RESULT_MALFORMED;
    for (const char *at = digits; *at != '\0'; at++) {
        if (*at < '0' || *at > '9')
            return RESULT_MALFORMED;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? '0' - *at : *at - '0', &value))
            return RESULT_MALFORMED;
    }
    if (value < least || value > most)
        return RESULT_MALFORMED;
    *out = value;
    return RESULT_OK;
}

// Length of the well-formed sequence at the front of `text`, 0 when there is none (RFC 3629,
// section 4).
static size_t utf8_sequence(struct bytes text)
{
    const uint8_t *b = text.data;
    uint8_t second_least = 0x80, second_most = 0xBF;
    size_t length;

    if (b[0] == 0 || (b[0] >= 0x80 && b[0] < 0xC2) || b[0] > 0xF4)
        return 0;
    if (b[0] < 0x80)
        return 1;
    length = b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    if (b[0] == 0xE0)
        second_least = 0xA0;
    if (b[0] == 0xED)
        second_most = 0x9F;
    if (b[0] == 0xF0)
        second_least = 0x90;
    if (b[0] == 0xF4)
        second_most = 0x8F;
    if (text.size < length || b[1] < second_least || b[1] > second_most)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (b[i] < 0x80 || b[i] > 0xBF)
            return 0;
    return length;
}

bool str_is_utf8(struct bytes text)
{
    while (text.size > 0) {
        size_t length = utf8_sequence(text);
        if (length == 0)
            return false;
        text.data += length;
        text.size -= length;
    }
    return true;
}

bool identifier_is_none(const struct identifier *identifier)
{
    static const struct identifier none;

    return identifier_equal(identifier, &none);
}

bool identifier_equal(const struct identifier *a, const struct identifier *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void identifier_to_text(const struct identifier *identifier, char out[IDENTIFIER_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;

    for (size_t i = 0; i < sizeof identifier->bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        out[at++] = digits[identifier->bytes[i] >> 4];
        out[at++] = digits[identifier->bytes[i] & 15];
    }
    out[at] = '\0';
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

enum result identifier_from_text(const char *text, struct identifier *out)
{
    struct identifier parsed;
    size_t at = 0;

    if (strlen(text) != IDENTIFIER_TEXT_SIZE - 1)
        return RESULT_MALFORMED;
    for (size_t i = 0; i < sizeof parsed.bytes; i++) {
        if ((i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
            return RESULT_MALFORMED;
        int high = hex_value(text[at]), low = hex_value(text[at + 1]);
        if (high < 0 || low < 0)
            return RESULT_MALFORMED;
        parsed.bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    *out = parsed;
    return RESULT_OK;
}

enum result identifier_make(struct identifier *out)
{
    if (getrandom(out->bytes, sizeof out->bytes, 0) != (ssize_t)sizeof out->bytes)
        return RESULT_FAILED;
    out->bytes[6] = (uint8_t)((out->bytes[6] & 0x0F) | 0x40);
    out->bytes[8] = (uint8_t)((out->bytes[8] & 0x3F) | 0x80);
    return RESULT_OK;
}
