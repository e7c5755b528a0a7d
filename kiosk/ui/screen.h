// screen.h: a screen while it is being made: the widgets it has declared so far, and what the
// functions in screens/ may know. They say what is shown; layout.c decides where.
#pragma once
#include "text.h"
#include "widget.h"

enum arrangement {
    ARRANGE_COLUMNS, // say above do, the foot at the bottom; side by side on a wide panel
    ARRANGE_SINGLE,  // one column on a wide panel, too
    ARRANGE_CARD,    // one panel in the middle of the wall
    ARRANGE_GIVEN,   // every box is given
};

enum left_key { LEFT_NONE, LEFT_BACK, LEFT_STOP };

#define SCREEN_WIDGETS 64

struct screen {
    // what is known
    const struct ui_frame *frame;
    const struct view *view;
    const struct ui_site *site;
    struct canvas *canvas; // for measuring
    int width, height;     // pixels
    bool wide;
    int turned; // how often a page of this screen was turned
    // what is declared
    struct widget list[SCREEN_WIDGETS];
    int count;
    enum arrangement arrangement;
    enum colour wall;
    enum left_key left;
    bool help;
    bool no_languages;
    bool asleep; // for a moment: every key stands in its place and none does anything
    bool has_pointer;
    enum ui_side pointer;
    uint64_t wake; // when it looks different by itself; 0 never
};

// Sections of the frame in units (visual language, section 4).
struct frame_measures {
    int margin, top, step_top, content_top, counter, key_top, key_height;
    int back_width, help_width, access_width, main_width;
};
const struct frame_measures *screen_measures(const struct screen *screen);

int screen_px(const struct screen *screen, int units);

// A fresh widget, zeroed, on the wall's ground; the last one again when the screen is full, which a
// test excludes. `label` may be NULL.
struct widget *screen_add(struct screen *screen, enum widget_kind kind, enum zone zone,
                          const char *id, const char *label);

// Copies a text into a widget's field; one from outside that is too long ends in an ellipsis.
void screen_copy(char *out, size_t capacity, const char *text);
#define SET_LABEL(widget, text) screen_copy((widget)->label, sizeof(widget)->label, (text))
#define SET_DETAIL(widget, text) screen_copy((widget)->detail, sizeof(widget)->detail, (text))
#define SET_ASIDE(widget, text) screen_copy((widget)->aside, sizeof(widget)->aside, (text))

// The text in the screen's language; in the form for `count` things; filled.
const char *screen_text(const struct screen *screen, enum text_id id);
#define FILLED_SIZE WIDGET_LABEL_SIZE
struct filled {
    char text[FILLED_SIZE];
};
struct filled screen_fill(const char *pattern, const struct text_slot *slots, size_t count);
#define FILL(pattern, ...)                                                                         \
    screen_fill(pattern, (const struct text_slot[]){__VA_ARGS__},                                  \
                sizeof((const struct text_slot[]){__VA_ARGS__}) / sizeof(struct text_slot))
struct filled screen_number(int64_t number);

// Where a slot is, in words.
const char *screen_where(const struct screen *screen, enum ui_side side);

// ---- the usual widgets
struct widget *screen_title(struct screen *screen, const char *text);
struct widget *screen_lead(struct screen *screen, const char *text);
struct widget *screen_notice(struct screen *screen, enum zone zone, enum tone tone,
                             enum picture icon, const char *text);
struct widget *screen_button(struct screen *screen, enum zone zone, const char *id,
                             const char *text, enum session_event_kind event);
void widget_picture(struct widget *widget, enum picture picture);
struct widget *screen_scene(struct screen *screen, enum picture scene);
struct widget *screen_symbol(struct screen *screen, const char *id, const char *content); // QR
struct widget *screen_busy(struct screen *screen);
void screen_counter_notice(struct screen *screen); // where people help, with phone
void screen_main(struct screen *screen, const char *text, enum picture icon);
void screen_pointer(struct screen *screen, enum ui_side side);

// The screen changes by itself at this time.
void screen_wake_at(struct screen *screen, uint64_t when);

// ---- made by frame.c, layout.c, screens/
void frame_begin(struct screen *screen);
void frame_finish(struct screen *screen);
void layout_screen(struct screen *screen);
void screens_make(struct screen *screen);
