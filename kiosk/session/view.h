// view.h: what a screen may see of a session: enough to draw it, nothing about whom it serves.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session.h"

// Why the terminal is out of service, for the technician's small line.
enum view_trouble {
    TROUBLE_NONE,
    TROUBLE_READER,
    TROUBLE_PRINTER_OFFLINE,
    TROUBLE_PRINTER_EMPTY,
    TROUBLE_PRINTER,
    TROUBLE_BACKEND,
    TROUBLE_JOURNAL,
};

struct view {
    enum session_screen screen;
    enum language language;
    int step, steps;        // "step 2 of 5"; 0 where the screen has none
    int pin_digits;
    int tries_left;         // -1 unknown
    const struct catalogue *catalogue; // NULL before the proof
    size_t document;
    enum language paper;
    int64_t price_cents;
    int64_t card_valid_until_day;
    const char *reference;  // "" when there is none; lives as long as the session given
    int pages, page_shown;  // page_shown 0: the summary only
    bool page_drawn, page_zoomed;
    int sheets;             // that came out so far
    bool printed;           // the job is complete
    bool card_in;           // a card is still in the slot
    bool third_mute;
    bool receipts_work;
    uint64_t countdown_until; // monotonic ms; 0 when the screen has no countdown
    enum view_trouble trouble;
};

// Fills a view from a session; pure.
void session_view(const struct session *session, struct view *view);
