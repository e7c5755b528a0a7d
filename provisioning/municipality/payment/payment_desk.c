#include "payment_desk.h"

#include <string.h>

#include "log.h"

// The scheme's reference of a payment: its identifier without hyphens.
static void reference_of(const char *id, char out[SCHEME_REFERENCE_SIZE])
{
    size_t at = 0;

    for (; *id != '\0' && at + 1 < SCHEME_REFERENCE_SIZE; id++)
        if (*id != '-')
            out[at++] = *id;
    out[at] = '\0';
}

static enum payment_state state_of(enum scheme_state state)
{
    switch (state) {
    case SCHEME_PENDING:
    case SCHEME_SCANNED:
    case SCHEME_AUTHORISED:
    case SCHEME_ACKNOWLEDGE:
        return PAYMENT_STATE_OPEN;
    case SCHEME_PAID:
        return PAYMENT_STATE_PAID;
    case SCHEME_REFUSED:
        return PAYMENT_STATE_REFUSED;
    case SCHEME_CANCELLED:
        return PAYMENT_STATE_CANCELLED;
    case SCHEME_EXPIRED:
        return PAYMENT_STATE_EXPIRED;
    }
    return PAYMENT_STATE_OPEN;
}

static enum result find_again(const struct payment_desk *desk, struct booked_payment *payment)
{
    const struct booked_payment known = *payment;

    return payment_book_find(desk->book, known.order, known.id, payment);
}

// Somebody else may have moved it in between: what the book says counts.
static enum result move_to(const struct payment_desk *desk, struct booked_payment *payment,
                           enum payment_state to)
{
    enum result moved = payment_book_move(desk->book, payment, to);

    if (moved != RESULT_OK && moved != RESULT_REFUSED)
        return moved;
    return find_again(desk, payment);
}

// ---- beginning --------------------------------------------------------------------------------

// It was told to stop while the scheme was making it: it has to go there, too.
static enum result take_back(const struct payment_desk *desk, const struct scheme_payment *made)
{
    log_warning("payment", "a payment was stopped while it was made", 0);
    return desk->scheme.verbs->cancel(desk->scheme.self, made->id);
}

static enum result open_it(const struct payment_desk *desk, struct booked_payment *payment,
                           const struct scheme_payment *made)
{
    enum result opened = payment_book_open(desk->book, payment->id, made);

    if (opened == RESULT_REFUSED)
        (void)take_back(desk, made);
    else if (opened != RESULT_OK)
        return opened;
    return find_again(desk, payment);
}

// Creating is not idempotent there, so what may have been made is searched for first.
static enum result make_it(const struct payment_desk *desk, struct booked_payment *payment,
                           bool may_be_there)
{
    const struct payment_scheme *scheme = &desk->scheme;
    struct scheme_payment made = {};
    char reference[SCHEME_REFERENCE_SIZE];
    enum result result = RESULT_NOT_FOUND;

    reference_of(payment->id, reference);
    if (may_be_there)
        result = scheme->verbs->search(scheme->self, reference, &made);
    if (result == RESULT_NOT_FOUND)
        result = scheme->verbs->create(scheme->self, reference, payment->cents, &made);
    if (result == RESULT_UNREACHABLE &&
        scheme->verbs->search(scheme->self, reference, &made) == RESULT_OK)
        result = RESULT_OK; // only the answer was lost
    if (result == RESULT_REFUSED)
        return move_to(desk, payment, PAYMENT_STATE_REFUSED);
    TRY(result);
    return open_it(desk, payment, &made);
}

static enum result book_it(const struct payment_desk *desk, const struct stored_order *order,
                           const char *id, enum payment_state state, struct booked_payment *out)
{
    struct booked_payment payment = {
        .state = state, .cents = order->price_cents, .stopping = state != PAYMENT_STATE_NEW};

    TRY(str_copy(payment.id, sizeof payment.id, id));
    TRY(str_copy(payment.order, sizeof payment.order, order->id));
    TRY(str_copy(payment.way, sizeof payment.way, "qr"));
    TRY(payment_book_add(desk->book, &payment));
    *out = payment;
    return RESULT_OK;
}

enum result payment_desk_begin(const struct payment_desk *desk, const struct stored_order *order,
                               const char *id, struct booked_payment *out)
{
    enum result found = payment_book_find(desk->book, order->id, id, out);

    if (found == RESULT_OK && out->state == PAYMENT_STATE_NEW)
        return make_it(desk, out, true);
    if (found == RESULT_OK)
        return payment_desk_look(desk, order, id, out);
    if (found != RESULT_NOT_FOUND)
        return found;
    if (order->state != ORDER_STATE_ISSUED || order->price_cents <= 0)
        return RESULT_REFUSED;
    TRY(book_it(desk, order, id, PAYMENT_STATE_NEW, out));
    return make_it(desk, out, false);
}

// ---- looking ----------------------------------------------------------------------------------

// The document is sealed, and the printer was ready before the payment began: it is delivered,
// unless the resident has stopped in the meantime.
static enum result acknowledge(const struct payment_desk *desk,
                               const struct booked_payment *payment, struct scheme_payment *now)
{
    const struct payment_scheme *scheme = &desk->scheme;

    if (payment->stopping)
        return RESULT_OK;
    TRY(scheme->verbs->acknowledge(scheme->self, payment->scheme_id));
    return scheme->verbs->get(scheme->self, payment->scheme_id, now);
}

static enum result hear(const struct payment_desk *desk, struct booked_payment *payment)
{
    const struct payment_scheme *scheme = &desk->scheme;
    struct scheme_payment now = {};

    TRY(scheme->verbs->get(scheme->self, payment->scheme_id, &now));
    if (now.state == SCHEME_ACKNOWLEDGE)
        TRY(acknowledge(desk, payment, &now));
    if (now.state != SCHEME_PENDING && !payment->scanned) {
        TRY(payment_book_note_scanned(desk->book, payment->id));
        payment->scanned = true;
    }
    enum payment_state state = state_of(now.state);
    return state == PAYMENT_STATE_OPEN ? RESULT_OK : move_to(desk, payment, state);
}

// An order that was settled before its payment was heard of got no document for it.
static enum result look_after(const struct payment_desk *desk, struct booked_payment *payment)
{
    if (payment->state == PAYMENT_STATE_PAID || payment->state == PAYMENT_STATE_REFUND_DUE)
        (void)payment_desk_pay_back_if_due(desk, payment->order);
    return find_again(desk, payment);
}

enum result payment_desk_look(const struct payment_desk *desk, const struct stored_order *order,
                              const char *id, struct booked_payment *out)
{
    TRY(payment_book_find(desk->book, order->id, id, out));
    if (out->state == PAYMENT_STATE_NEW)
        return make_it(desk, out, true);
    if (out->state == PAYMENT_STATE_OPEN)
        TRY(hear(desk, out));
    return look_after(desk, out);
}

// ---- stopping ---------------------------------------------------------------------------------

static enum result stop_open(const struct payment_desk *desk, struct booked_payment *payment)
{
    const struct payment_scheme *scheme = &desk->scheme;

    // Whether the scheme takes it or not, what it then says of the payment counts.
    enum result stopped = scheme->verbs->cancel(scheme->self, payment->scheme_id);
    if (stopped != RESULT_OK && stopped != RESULT_REFUSED)
        return stopped;
    return hear(desk, payment);
}

// Its creation may have arrived there without an answer.
static enum result stop_unanswered(const struct payment_desk *desk, struct booked_payment *payment)
{
    struct scheme_payment made = {};
    char reference[SCHEME_REFERENCE_SIZE];

    reference_of(payment->id, reference);
    enum result found = desk->scheme.verbs->search(desk->scheme.self, reference, &made);
    if (found == RESULT_NOT_FOUND)
        return find_again(desk, payment);
    TRY(found);
    TRY(payment_book_open(desk->book, payment->id, &made));
    TRY(find_again(desk, payment));
    return stop_open(desk, payment);
}

enum result payment_desk_cancel(const struct payment_desk *desk, const struct stored_order *order,
                                const char *id, struct booked_payment *out)
{
    enum result found = payment_book_find(desk->book, order->id, id, out);

    if (found == RESULT_NOT_FOUND)
        return book_it(desk, order, id, PAYMENT_STATE_CANCELLED, out);
    TRY(found);
    if (out->state == PAYMENT_STATE_NEW) {
        TRY(stop_unanswered(desk, out));
        if (out->state == PAYMENT_STATE_NEW)
            TRY(payment_book_stop(desk->book, id));
        return find_again(desk, out);
    }
    if (out->state != PAYMENT_STATE_OPEN)
        return look_after(desk, out);
    TRY(payment_book_stop(desk->book, id));
    out->stopping = true;
    return stop_open(desk, out);
}

// ---- paying back ------------------------------------------------------------------------------

enum result payment_desk_pay_back_if_due(const struct payment_desk *desk, const char *order)
{
    const struct payment_scheme *scheme = &desk->scheme;
    struct booked_payment payment;
    char key[IDENTIFIER_TEXT_SIZE + 8];

    TRY(payment_book_note_due(desk->book, order));
    TRY(payment_book_paid_one(desk->book, order, &payment));
    if (payment.state != PAYMENT_STATE_REFUND_DUE)
        return RESULT_OK;
    TRY(str_format(key, sizeof key, "refund-%s", order));
    TRY(scheme->verbs->refund(scheme->self, payment.scheme_id, payment.cents, key));
    return move_to(desk, &payment, PAYMENT_STATE_REFUNDED);
}
