// typeface.h: the text styles of the visual language (section 3.3) and the opened fonts behind
// them. A font size is opened when a screen first needs it.
#pragma once
#include <SDL2/SDL_ttf.h>

#include "measure.h"
#include "owned.h"
#include "result.h"

// Style, size in units, cut, line height in hundredths of the size.
#define STYLE_LIST(X)                                                                              \
    X(MIN, 26, MEDIUM, 135)                                                                        \
    X(MIN_STRONG, 26, SEMIBOLD, 112)                                                               \
    X(TEXT, 30, REGULAR, 133)                                                                      \
    X(TEXT_STRONG, 30, SEMIBOLD, 126)                                                              \
    X(VALUE, 30, BOLD, 130)                                                                        \
    X(PRICE, 28, BOLD, 120)                                                                        \
    X(CODE, 30, BOLD, 100)                                                                         \
    X(NEED, 28, REGULAR, 133)                                                                      \
    X(TOUCH, 27, MEDIUM, 120)                                                                      \
    X(SPINE, 31, SEMIBOLD, 115)                                                                    \
    X(LABEL, 34, BOLD, 115)                                                                        \
    X(CITY, 34, BOLD, 115)                                                                         \
    X(CITY_LARGE, 38, BOLD, 115)                                                                   \
    X(LEAD, 38, REGULAR, 137)                                                                      \
    X(NAME, 38, BOLD, 118)                                                                         \
    X(STATE, 36, REGULAR, 125)                                                                     \
    X(STATE_NOW, 36, BOLD, 125)                                                                    \
    X(WORD, 44, DISPLAY, 115)                                                                      \
    X(LANGUAGE, 46, BOLD, 112)                                                                     \
    X(QUESTION, 46, DISPLAY, 117)                                                                  \
    X(NUMBER, 52, BOLD, 100)                                                                       \
    X(HALF_TITLE, 52, DISPLAY, 114)                                                                \
    X(HERO, 54, DISPLAY, 112)                                                                      \
    X(CHOICE, 54, DISPLAY, 112)                                                                    \
    X(DIGIT, 56, BOLD, 100)                                                                        \
    X(TITLE, 62, DISPLAY, 114)                                                                     \
    X(TITLE_WIDE, 58, DISPLAY, 114)                                                                \
    X(PARTING, 84, DISPLAY, 110)

enum style {
#define X(id, size, cut, line) STYLE_##id,
    STYLE_LIST(X)
#undef X
};

struct typefaces;

// Checks that all five font files can be read, opens none. RESULT_NOT_FOUND (the log has errno),
// RESULT_TOO_LARGE for a path that is too long, RESULT_NO_MEMORY.
enum result typefaces_create(const char *directory, double pixels_per_unit, struct typefaces **out);
void typefaces_destroy(struct typefaces *typefaces);
DEFINE_OWNED(typefaces)

// Never NULL once one font could be opened: a size that fails is replaced by another that is open.
TTF_Font *typefaces_font(struct typefaces *typefaces, enum style style);

// The same to measure with; the widths are remembered until they are forgotten.
struct measure typefaces_measure(struct typefaces *typefaces, enum style style);
void typefaces_forget_widths(struct typefaces *typefaces);

// Pixels from one line of text to the next.
int typefaces_line(const struct typefaces *typefaces, enum style style);
