// terminal_bench.h: one payment at a failing terminal, driven to the order's end by the rules of
// kiosk/order and nothing else.
#pragma once
#include "order.h"
#include "payment.h"
#include "processes.h"

struct payment_case {
    const char *payer;  // pays, declines, leaves, races
    const char *faults; // one a line, set when the terminal is ready for the payment
    bool stopped;       // the resident goes as soon as the terminal asks for a card
    bool restarted;     // the kiosk starts anew after the begin
    bool refunded;      // the document cannot be printed
};

struct payment_outcome {
    enum order_state end;
    int authorisations, charged, reversed; // by the acquirer's book
    double seconds;
    bool day_closed; // the terminal took the closing of the day afterwards
};

// Ends the test when no end comes within 60 s.
struct payment_outcome payment_case_play(const struct payment_case *played);
