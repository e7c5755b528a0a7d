// script.h: what a resident does on which screen, and how each story must end.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// What one hand does; a rule has up to two, in order.
enum act {
    ACT_NOTHING,          // wait for the next screen
    ACT_GREET_OR_LEAVE,   // attract: touch it beside the languages; after a session: the story is
                          // over
    ACT_LEAVE,            // likewise, without any session
    ACT_PRESS,            // the widget of that id
    ACT_PRESS_AFTER_PAGE, // the same, once the page of the preview is drawn
    ACT_SHOW_PAGE,
    ACT_PRESS_LANGUAGE, // the resident's own
    ACT_PRESS_PAPER,    // the document's language
    ACT_ANSWER,   // for whom, which document, what for, what else: as the options say; on whichever
                  // page
    ACT_TYPE_PIN, // on the screen, or at the reader where it asks there
    ACT_TYPE_WRONG_PIN,
    ACT_INSERT_CARD,
    ACT_INSERT_BANK_CARD,
    ACT_INSERT_UPSIDE_DOWN,
    ACT_PULL_CARD,
    ACT_STOP_CITY, // the municipality's service goes away
    ACT_EMPTY_TRAY,
    ACT_FILL_TRAY,
    ACT_PRESS_ONCE_NOTICED, // once the screen that the story is about has been shown
    ACT_RELEASE_SHEET,      // the printer held the sheet until now
    ACT_BREAK_LASER,        // as the story says
    ACT_REPAIR_LASER,
    ACT_BREAK_RECEIPTS, // as the story says
    ACT_PAY_BY_PHONE,   // reads the code in a picture of the screen, and confirms
    ACT_SCAN_CODE,      // the same without confirming
};

struct rule {
    const char *plot; // NULL: in every story that has no rule of its own for the screen
    const char *screen;
    int visit;          // 1: only the first time the screen is shown; 0: every time
    const char *widget; // for ACT_PRESS
    enum act acts[2];
};

// A story: it must show that screen (NULL: no special one) and leave the order in that state.
struct story {
    const char *fault;
    const char *must_show;
    const char *order_state; // "NONE" when no order may have been begun
    const char *what;        // one line, for whoever reads the table
    const char *plot;        // which rules it follows; NULL: those of its own name
    const char *device;      // what goes wrong at the printer, in that device's own words
};

extern const struct story script_stories[];
extern const size_t script_story_count;

// The story of that fault; NULL when there is none.
const struct story *script_find_story(const char *fault);

// The rule for the screen's n-th showing (from 1); NULL: nobody knows what to do there.
const struct rule *script_find_rule(const struct story *story, const char *screen, int visit);
