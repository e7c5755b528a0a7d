// payment_desk.h: the rules between an order, its payments and the scheme: never two charges, never
// a charge without an order on disk, and what was paid for nothing goes back.
#pragma once
#include "payment_book.h"
#include "payment_scheme.h"

struct payment_desk {
    struct payment_book *book;
    struct payment_scheme scheme;
};

// Any thread; each blocks for the store and for the scheme, seconds at most. `out` is how the
// payment stands afterwards.
// RESULT_UNREACHABLE: the scheme did not answer: it may have happened; ask again.
// RESULT_REFUSED: the order has another payment that is not over, or costs nothing.

// Begins it, or goes on with the one of that id.
enum result payment_desk_begin(const struct payment_desk *desk, const struct stored_order *order,
                               const char *id, struct booked_payment *out);
// RESULT_NOT_FOUND: there is none.
enum result payment_desk_look(const struct payment_desk *desk, const struct stored_order *order,
                              const char *id, struct booked_payment *out);
// Also before it was begun: then it cannot begin any more.
enum result payment_desk_cancel(const struct payment_desk *desk, const struct stored_order *order,
                                const char *id, struct booked_payment *out);

// Is the order REFUND_DUE, its money goes back, now if the scheme answers.
enum result payment_desk_pay_back_if_due(const struct payment_desk *desk, const char *order);
