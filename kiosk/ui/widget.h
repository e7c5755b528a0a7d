// widget.h: what a screen is made of. A screen declares widgets; it never draws. Each kind knows
// how high it is in a given width and how it is drawn; the table of kinds is in widget.c.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "canvas.h"
#include "session.h"
#include "ui.h"

// Kind, role in the dump, may have the focus.
#define WIDGET_LIST(X)                                                                             \
    /* the frame */                                                                                \
    X(WALL, "decoration", false)                                                                   \
    X(CREST, "decoration", false)                                                                  \
    X(CITY, "text", false)                                                                         \
    X(LANGUAGE, "button", true)                                                                    \
    X(STEPS, "progress", false)                                                                    \
    X(FRAME_KEY, "button", true)                                                                   \
    X(MAIN_KEY, "button", true)                                                                    \
    X(POINTER, "decoration", false)                                                                \
    /* to read */                                                                                  \
    X(TITLE, "title", true)                                                                        \
    X(TEXT, "text", true)                                                                          \
    X(NOTICE, "notice", true)                                                                      \
    X(ROW, "row", true)                                                                            \
    X(STAGE, "text", false)                                                                        \
    X(SCENE, "picture", false)                                                                     \
    X(TRIES, "picture", false)                                                                     \
    X(RING, "timer", true)                                                                         \
    X(BUSY, "progress", false)                                                                     \
    X(PAGES, "progress", false)                                                                    \
    X(PAGE, "page", true)                                                                          \
    X(SYMBOL, "picture", false)                                                                    \
    X(PANEL, "group", false)                                                                       \
    X(SPINE, "text", true)                                                                         \
    /* to touch */                                                                                 \
    X(BUTTON, "button", true)                                                                      \
    X(DIGIT, "button", true)                                                                       \
    X(TILE, "button", true)                                                                        \
    X(CHOICE, "button", true)                                                                      \
    X(WAY, "button", true)                                                                         \
    X(DOTS, "entry", true)

enum widget_kind {
#define X(id, role, focus) WIDGET_##id,
    WIDGET_LIST(X)
#undef X
};

// Where in the frame a widget goes.
enum zone {
    ZONE_FRAME, // its box is given
    ZONE_SAY,   // title, sentence, facts
    ZONE_DO,    // choices, keypad, page, scene
    ZONE_FOOT,  // notices and their buttons, directly above the counter
};

enum tone {
    TONE_PLAIN,
    TONE_PRIMARY,
    TONE_WALL, // a key in the colour of the wall: "more"
    TONE_FACT, // notices, in this order
    TONE_WARNING,
    TONE_ERROR,
    TONE_DONE,
};

// What a widget does when it is chosen; small, without padding that nobody sets.
struct widget_act {
    enum ui_action_kind kind;
    enum session_event_kind event;
    int value;  // digit, language or index
    bool local; // turns a page of this screen; the session hears only that somebody is there
};

#define WIDGET_ID_SIZE 32
#define WIDGET_LABEL_SIZE 360
#define WIDGET_DETAIL_SIZE 240
#define WIDGET_ASIDE_SIZE 64

// Plain data, zeroed before it is filled, so that two of them can be compared as memory.
struct widget {
    enum widget_kind kind;
    enum zone zone;
    enum tone tone;
    enum style style;   // TEXT and TITLE
    enum align align;   // TEXT and TITLE
    enum colour ground; // what it stands on
    enum colour colour; // of its text
    enum picture picture;
    bool has_picture;
    bool disabled; // shown with its reason, does nothing
    bool chosen;
    bool floats;  // stands in the middle of what is left of its zone
    bool shrinks; // may be less high where its zone has no room
    int row;      // widgets of the same row above 0 stand side by side, equally wide
    int members;  // PANEL: so many widgets after it stand on it
    int gap;      // units above it, in place of the zone's own; 0: the zone's own, -1: none
    int height;   // units wanted; 0: as high as its content
    int value, total;
    struct widget_act act;
    char id[WIDGET_ID_SIZE];
    char label[WIDGET_LABEL_SIZE];
    char detail[WIDGET_DETAIL_SIZE];
    char aside[WIDGET_ASIDE_SIZE];
    SDL_Rect box;
};

// What changes without the widget changing.
struct mood {
    bool pressed, focused;
    const struct ui_page *page;
};

const char *widget_role(enum widget_kind kind);
bool widget_can_focus(const struct widget *widget);
bool widget_can_act(const struct widget *widget);

// Pixels that it is high in a width of pixels.
int widget_measure(struct canvas *canvas, const struct widget *widget, int width);
void widget_draw(struct canvas *canvas, const struct widget *widget, const struct mood *mood);

// The rectangle that drawing may touch: the box, and the focus ring around it.
SDL_Rect widget_reach(const struct canvas *canvas, const struct widget *widget);
