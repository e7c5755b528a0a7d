// text.h: what the terminal says, in four languages: constant texts, their plural forms and slots,
// amounts and dates. No parsing, no heap, any thread.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "language.h"
#include "result.h"
#include "text_ids.h"

// The text as it stands in the locale file, slots like {n} unfilled. Static storage, never NULL.
const char *text(enum text_id id, enum language language);

// The form for `count` things: in French zero and one are singular, elsewhere one. A text without
// plural forms is returned as it is.
const char *text_form(enum text_id id, enum language language, int64_t count);

struct text_slot {
    const char *name; // without braces
    const char *value;
};

// Copies `pattern` into `out` with every {name} replaced. RESULT_TOO_LARGE, and `out` empty, when
// it does not fit; RESULT_NOT_FOUND, and `out` empty, when the pattern has a slot that was not
// given.
enum result text_fill(const char *pattern, const struct text_slot *slots, size_t count, char *out,
                      size_t capacity);

// Whole cents of euro, as each language writes them: "5,00 €", "€ 5,00", "5,00 €", "€5.00".
enum result text_amount(int64_t cents, enum language language, char *out, size_t capacity);

// A day, counted from 1970-01-01, in words: "3 septembre 2026", "3. September 2026".
enum result text_date(int64_t day, enum language language, char *out, size_t capacity);
