// ui_state.h: the inside of the ui, shared by ui.c, hands.c and dump.c.
#pragma once
#include "screen.h"

#define NO_WIDGET (-1)

struct ui {
    struct ui_settings settings;
    char phone[64]; // with no-break spaces
    struct typefaces *typefaces;
    struct stencils *stencils;
    struct canvas canvas;
    struct screen now, before; // what is shown, and what was
    bool shown;                // the surface holds `before`
    enum session_screen last_screen;
    enum language language; // of what is shown
    int turned;
    int pressed, pressed_before; // index into now.list
    bool focus_visible;
    int focus, focus_before;
};

// The widgets that can have the focus, in the order in which it moves: title, texts, choices,
// frame.
struct focus_order {
    int index[SCREEN_WIDGETS];
    int count;
};
struct focus_order focus_order_of(const struct screen *screen);

// Where the ink of a widget's glyphs falls, without painting anything.
void ui_record_ink(struct ui *ui, const struct widget *widget, const struct mood *mood,
                   struct ink_record *record);
