// payment.h: what the terminal wishes for from a way to pay: take one amount for one order, once,
// and say honestly what became of it, also after a broken line or a restart. A payment terminal and
// a QR code through the municipality are two of these; the session cannot tell which.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "result.h"
#include "str.h"

// Stored by the journal, synced, before `begin`; the same afterwards for every verb about it.
struct payment_request {
    struct identifier order, payment;
    int64_t cents;   // EUR
    int slip_before; // the last receipt number when `prepare` asked; -1 not known
    int slip;        // of the payment once it is made, as `poll` or `cancel` gave it; -1 not known
};

enum payment_state {
    PAYMENT_OPEN,       // nothing is decided; ask again
    PAYMENT_MADE,       // the scheme's own word
    PAYMENT_REFUSED,    // its own word too: no money moved and none will
    PAYMENT_UNCLEAR,    // no word of it: stop it and read the answer
    PAYMENT_UNKNOWABLE, // it was asked and cannot tell: a matter for staff
    PAYMENT_PAID_BACK,
    PAYMENT_NOT_RETURNABLE, // it said for good that it cannot pay back
};

// What the resident has to do; the words are the session's.
enum payment_prompt {
    PAYMENT_PROMPT_NONE,
    PAYMENT_PROMPT_WAIT,
    PAYMENT_PROMPT_CONFIRM_AMOUNT,
    PAYMENT_PROMPT_INSERT_CARD,
    PAYMENT_PROMPT_ENTER_PIN,
    PAYMENT_PROMPT_PIN_WRONG,
    PAYMENT_PROMPT_TAKE_CARD,
    PAYMENT_PROMPT_CARD_NOT_READABLE,
    PAYMENT_PROMPT_CARD_NOT_TAKEN,
    PAYMENT_PROMPT_SCANNED, // the code: now on the telephone
};

// Why the scheme said no.
enum payment_no { PAYMENT_NO_REFUSED, PAYMENT_NO_EXPIRED, PAYMENT_NO_CANCELLED };

#define PAYMENT_LINK_SIZE 160

struct payment_status {
    enum payment_state state;
    enum payment_prompt prompt;
    int slip;           // receipt number; -1 not known
    enum payment_no no; // with PAYMENT_REFUSED
    // Schemes with a code to scan: what it says, and for how long. Empty: none, or not yet.
    char link[PAYMENT_LINK_SIZE];
    uint32_t valid_ms;
};

// One thread, one verb at a time. RESULT_OK: *status is filled, whatever it says. Any other result
// comes with PAYMENT_UNCLEAR (`refund`: with PAYMENT_OPEN, ask again later).
struct payment_verbs {
    // Is it there and ready? *slip_before goes into the request; -1 for schemes without receipts.
    // RESULT_BUSY, RESULT_UNREACHABLE, RESULT_TIMED_OUT: do not offer it now.
    enum result (*prepare)(void *self, int *slip_before);

    // Asks for the money, once: never repeated by the driver, nor to be repeated by the caller.
    enum result (*begin)(void *self, const struct payment_request *request,
                         struct payment_status *status);

    // How it stands; waits a fraction of a second at most.
    enum result (*poll)(void *self, const struct payment_request *request,
                        struct payment_status *status);

    // Stops it, also when no begin was answered or the terminal has been started anew since, and
    // reads the answer: PAYMENT_MADE when the money was faster. May be repeated until it is
    // clear. A payment that the scheme never heard of can begin no more after this.
    enum result (*cancel)(void *self, const struct payment_request *request,
                          struct payment_status *status);

    // Pays all of it back; may be repeated, moves money once.
    enum result (*refund)(void *self, const struct payment_request *request,
                          struct payment_status *status);

    // The day's closing with the acquirer, where the scheme has one.
    enum result (*close_day)(void *self);
};

struct payment {
    const struct payment_verbs *verbs;
    void *self;
};
