// receipt_printer.h: what the terminal wishes for from its 80 mm printer: its state, and one
// receipt.
#pragma once
#include "result.h"
#include "bytes.h"

enum receipt_printer_condition {
    RECEIPT_PRINTER_READY,
    RECEIPT_PRINTER_NEAR_END, // prints still
    RECEIPT_PRINTER_PAPER_OUT,
    RECEIPT_PRINTER_COVER_OPEN,
    RECEIPT_PRINTER_CUTTER_JAM,
    RECEIPT_PRINTER_OFFLINE,
};

// For a technician: what is wrong and what to do. Static storage.
const char *receipt_printer_condition_text(enum receipt_printer_condition condition);

// One thread, one verb at a time; each blocks at most 3 s.
struct receipt_printer_verbs {
    enum result (*status)(void *self, enum receipt_printer_condition *condition);

    // `stream` is complete ESC/POS, cut included. RESULT_OK only once the printer answered that it
    // printed everything; RESULT_FAILED or RESULT_TIMED_OUT: part of it may be on paper.
    enum result (*print)(void *self, struct bytes stream);
};

struct receipt_printer {
    const struct receipt_printer_verbs *verbs;
    void *self;
};
