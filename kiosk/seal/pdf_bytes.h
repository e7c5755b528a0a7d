// pdf_bytes.h: looking at the raw bytes of a PDF; the lexical rules are ISO 32000-1, 7.2.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

#define PDF_NOWHERE SIZE_MAX

// Offset of the first `word` at or after `from`, or PDF_NOWHERE.
size_t pdf_find(struct bytes file, size_t from, const char *word);
size_t pdf_count(struct bytes file, const char *word);
bool pdf_stands_at(struct bytes file, size_t at, const char *word);

// Here, and not behind a call: the scan asks them of every byte.
static inline bool pdf_is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f' || byte == 0;
}

// Neither space nor delimiter.
static inline bool pdf_is_regular(uint8_t byte)
{
    switch (byte) {
    case '(':
    case ')':
    case '<':
    case '>':
    case '[':
    case ']':
    case '{':
    case '}':
    case '/':
    case '%':
        return false;
    default:
        return !pdf_is_space(byte);
    }
}

size_t pdf_skip_space(struct bytes file, size_t at);
size_t pdf_skip_regular(struct bytes file, size_t at);

// A plain decimal number of 1 to 10 digits that ends before a space or delimiter: moves *at behind
// it.
bool pdf_read_number(struct bytes file, size_t *at, uint64_t *out);
// `word` after optional space, ending before a space or delimiter: moves *at behind it.
bool pdf_read_word(struct bytes file, size_t *at, const char *word);
// The end (behind the closing parenthesis) of the literal string that begins at `at`, or
// PDF_NOWHERE.
size_t pdf_end_of_string(struct bytes file, size_t at);
