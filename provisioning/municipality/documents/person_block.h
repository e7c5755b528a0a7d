// person_block.h: who a certificate is about, as rows of label and value: in full, or on few rows
// above a table. Strings are the caller's, to be freed with g_free.
#pragma once
#include "sheet.h"

// Names as markup: they break between their words only, and are never cut.
char *person_surname(const struct sheet *sheet, const struct text_style *style, double width,
                     const struct resident *person);
char *person_given_names(const struct sheet *sheet, const struct text_style *style, double width,
                         const struct resident *person);

// Both on one line, the surname bold: for rows and heads.
char *person_names(const struct sheet *sheet, const struct resident *person);

// One more row at the end of a block.
struct block_row {
    const char *label, *value_markup;
};

// The subject with the request's fields, names in large letters; `more` rows follow. Returns the
// last baseline.
double person_block_whole(const struct sheet *sheet, double y, const struct block_row *more,
                          size_t more_count);

// Name, birth and the request's fields, a row each.
double person_block_short(const struct sheet *sheet, double y);

// Name, address and since when: what a table of persons needs above it.
double person_block_household(const struct sheet *sheet, double y);
