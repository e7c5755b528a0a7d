// str.h: bounded text. Every function leaves a NUL-terminated string or says that it did not fit.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

// Copies `from` into `to`; RESULT_TOO_LARGE, and `to` empty, when it does not fit whole.
enum result str_copy(char *to, size_t capacity, const char *from);

// printf into a fixed buffer; RESULT_TOO_LARGE, and `to` empty, when it does not fit whole.
enum result str_format(char *to, size_t capacity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bool str_equal(const char *a, const char *b);
bool str_starts_with(const char *text, const char *prefix);

// A whole decimal number within [least, most]; RESULT_MALFORMED for anything else ("", "+1", " 1").
enum result str_to_int(const char *text, int64_t least, int64_t most, int64_t *out);

// Is it well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, at most U+10FFFF) without NUL?
bool str_is_utf8(struct bytes text);

// A random (version 4) identifier in RFC 4122 text form, and back. 36 characters and a NUL.
#define IDENTIFIER_TEXT_SIZE 37
struct identifier {
    uint8_t bytes[16];
};
bool identifier_is_none(const struct identifier *identifier);
bool identifier_equal(const struct identifier *a, const struct identifier *b);
void identifier_to_text(const struct identifier *identifier, char out[IDENTIFIER_TEXT_SIZE]);
enum result identifier_from_text(const char *text, struct identifier *out);
// From the kernel's random numbers; never fails on a running system, RESULT_FAILED otherwise.
enum result identifier_make(struct identifier *out);
