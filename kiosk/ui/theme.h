// theme.h: every colour of the screens by name; a theme is a table of them, made from ui-assets.
#pragma once
#include <stdint.h>

#include "theme_tokens.h"

enum colour {
#define X(id, name) COLOUR_##id,
    THEME_TOKEN_LIST(X)
#undef X
};
#define X(id, name) +1
enum { COLOUR_COUNT = 0 THEME_TOKEN_LIST(X) };
#undef X

struct theme {
    uint32_t colours[COLOUR_COUNT]; // 0xRRGGBB
};

// In the order of enum ui_theme.
extern const struct theme theme_tables[];
