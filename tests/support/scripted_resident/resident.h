// resident.h: one visit to the kiosk, from the first touch to attract again.
#pragma once
#include <stdint.h>

#include "result.h"
#include "script.h"

// Where everything is; texts live as long as the visit. These may be NULL: `dumps`, `pin_pad` (the
// socket of the reader's own keys), `laser` (the folder of a laser that fails on request),
// `receipts` (the receipt printer's control socket), `payer` (the program that is the resident's
// telephone); a story that needs one then fails.
struct resident_options {
    const char *feed, *display, *out, *dumps, *pin_pad, *laser, *receipts, *payer;
    const char *resident; // file of the resident whose card it is
    const char *name, *pin;
    const char *document, *language, *fault;
    const char *subject, *purpose, *option; // "0" the resident, "1" the first child; NULL: none
    const char *card, *card_control, *journal, *sheet_hold;
    int64_t printer_port, city_process;
    struct story own;   // a story of the caller's own, when it has a plot and an order's state
    int64_t pull_after; // the card is pulled so many milliseconds after it went in; -1: as told by
                        // the story. The order may then have any end.
    bool no_pictures;   // and no dumps: the visit is as quick as a kiosk and a city can be
};

// Plays the story, writes pictures and summary.json to options->out. RESULT_OK: it ended as it
// should; else the reason is on standard error, and in the summary when that could be written.
enum result resident_visit(const struct resident_options *options, const struct story *story);
