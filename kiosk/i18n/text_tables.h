// text_tables.h: what po-to-c writes; seen by text.c alone.
#pragma once
#include <stddef.h>

struct text_forms {
    const char *one;  // the only form where the text does not count anything
    const char *many; // NULL then
};

extern const struct text_forms text_table[][4];
extern const unsigned char text_least_singular[]; // 0 where zero is singular (French), else 1
