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
#define VIEW_TROUBLE_COUNT 7

struct view {
    enum session_screen screen;
    enum language language;
    enum session_screen behind; // HELP: the screen that it helps with; else the same as screen
    uint64_t since;             // the screen is shown since; monotonic ms
    int step, steps;            // "step 2 of 4"; 0 where the screen has none
    int pin_digits;
    bool pin_short;                    // PIN_ON_PAD: the last entry had too few digits
    int tries_left;                    // -1 unknown
    const struct catalogue *catalogue; // NULL before the proof
    size_t document;                   // the choice being made, or the document in work
    enum language paper;               // its language, French or Dutch
    struct session_wish wish;          // for whom, what for, with what
    int64_t price_cents;
    int64_t card_valid_until_day;
    const char *reference; // "" when there is none; lives as long as the session given
    int pages, page_shown; // page_shown 0: the summary only
    bool page_drawn, page_zoomed;
    bool page_failed;  // no preview can be had
    int sheets;        // of the present document that came out so far; -1 nobody can tell
    int papers;        // sheets that wait to be taken or are coming, of all documents
    bool coming;       // sheets are on their way: there is nothing to take yet
    bool printing;     // a job is with the printer and not finished
    bool printed;      // the job is complete
    bool stopping;     // the printer was told to stop; no button
    bool choice_waits; // the next document is chosen and waits for the present one
    bool can_retry;    // BACKEND_DOWN: "try again" is offered
    bool card_in;      // a card is still in the slot
    bool third_mute;
    bool receipts_work;
    bool qr_works, terminal_works; // ways of paying that can be chosen now
    bool pays_by_terminal;         // the way that was chosen
    bool code_shown;               // PAY_QR: there is a code to scan
    bool pay_stopping;             // the scheme was told to stop
    bool document_stays;           // PAY_REFUSED and its like: it may be paid in another way
    enum session_prompt prompt;
    enum session_money money;
    bool paid; // and not handed to the printer: to stop means to get the money back
    bool slip_printed, slip_failed; // neither: it is being printed
    uint64_t countdown_until;       // monotonic ms; 0 when the screen has no countdown
    enum view_trouble trouble;
};

// May this document be ordered here? Not when the city says no, or when it has no language of the
// paper.
bool view_may_choose(const struct catalogue_document *document);

// Fills a view from a session; pure.
void session_view(const struct session *session, struct view *view);
