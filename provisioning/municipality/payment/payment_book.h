// payment_book.h: every payment that was ever begun, in the store of the orders, so that a payment
// and its order move in one transaction.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "database.h"
#include "order_store.h"
#include "payment_scheme.h"
#include "str.h"

struct payment_book;

#define PAYMENT_STATE_LIST(X)                                                                      \
    X(NEW)  /* stored, before the scheme hears of it */                                            \
    X(OPEN) /* the scheme has it */                                                                \
    X(PAID)                                                                                        \
    X(REFUSED)                                                                                     \
    X(EXPIRED)                                                                                     \
    X(CANCELLED)                                                                                   \
    X(REFUND_DUE) /* no document for it: it goes back, tried until it is confirmed */              \
    X(REFUNDED)

enum payment_state {
#define X(id) PAYMENT_STATE_##id,
    PAYMENT_STATE_LIST(X)
#undef X
        PAYMENT_STATE_COUNT
};
const char *payment_state_word(enum payment_state state);

struct booked_payment {
    char id[IDENTIFIER_TEXT_SIZE]; // made by the terminal
    char order[IDENTIFIER_TEXT_SIZE];
    char way[16]; // qr or terminal
    enum payment_state state;
    bool stopping; // told to stop: it is never acknowledged
    bool scanned;
    int64_t cents;
    char scheme_id[SCHEME_ID_SIZE]; // empty until the scheme answered
    char link[SCHEME_LINK_SIZE];
    int64_t expires;
};

// Results as of order_store.h.
enum result payment_book_create(const struct database_address *address, struct payment_book **out);
void payment_book_destroy(struct payment_book *payment_book);
DEFINE_OWNED(payment_book)

// RESULT_REFUSED: there is one with that id already, or another one of the order that is not over.
enum result payment_book_add(struct payment_book *book, const struct booked_payment *payment);

// RESULT_NOT_FOUND: that order has no such payment.
enum result payment_book_find(struct payment_book *book, const char *order, const char *id,
                              struct booked_payment *out);

// The payment of the order that is paid, being paid back, or was; RESULT_NOT_FOUND: none.
enum result payment_book_paid_one(struct payment_book *book, const char *order,
                                  struct booked_payment *out);

// Are orders' payments to be paid back: those PAID of an order that was settled without a sheet.
enum result payment_book_note_due(struct payment_book *book, const char *order);

// What the scheme answered to the creation. RESULT_REFUSED: it is not NEW any more.
enum result payment_book_open(struct payment_book *book, const char *id,
                              const struct scheme_payment *scheme);

// From that state to another; with PAID and REFUNDED the order moves along: to PAID, to REFUNDED.
// RESULT_REFUSED: it was not in that state.
enum result payment_book_move(struct payment_book *book, const struct booked_payment *payment,
                              enum payment_state to);

// It is to be stopped; a NEW one is over by that.
enum result payment_book_stop(struct payment_book *book, const char *id);
enum result payment_book_note_scanned(struct payment_book *book, const char *id);
