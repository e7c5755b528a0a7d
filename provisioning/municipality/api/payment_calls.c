// The calls about the payments of one order: begin by a code, ask, stop.
#include "call.h"
#include "payment_desk.h"

static bool takes_codes(const struct call *call)
{
    return call->hall->payment.scheme.verbs != NULL;
}

enum problem call_payment_ways(const struct call *call, struct answer *answer)
{
    answer->status = 200;
    answer->json = json_pack("{s:b}", "qr", takes_codes(call));
    return answer->json == NULL ? PROBLEM_INTERNAL : PROBLEM_NONE;
}

static int64_t seconds_left(const struct call *call, const struct booked_payment *payment)
{
    if (payment->state != PAYMENT_STATE_OPEN || payment->expires <= call->now)
        return 0;
    return payment->expires - call->now;
}

static enum problem answer_payment(const struct call *call, unsigned int status,
                                   const struct booked_payment *payment, struct answer *answer)
{
    const char *state = payment->state == PAYMENT_STATE_NEW ? payment_state_word(PAYMENT_STATE_OPEN)
                                                            : payment_state_word(payment->state);

    answer->status = status;
    answer->json = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:b}", "payment", payment->id, "order",
                             payment->order, "way", payment->way, "state", state, "price_cents",
                             (json_int_t)payment->cents, "valid_seconds",
                             (json_int_t)seconds_left(call, payment), "scanned", payment->scanned);
    if (answer->json != NULL && payment->link[0] != '\0' && payment->state == PAYMENT_STATE_OPEN)
        json_object_set_new(answer->json, "link", json_string(payment->link));
    return answer->json == NULL ? PROBLEM_INTERNAL : PROBLEM_NONE;
}

static enum problem problem_of(enum result result)
{
    switch (result) {
    case RESULT_OK:
        return PROBLEM_NONE;
    case RESULT_NOT_FOUND:
        return PROBLEM_NOT_FOUND;
    case RESULT_REFUSED:
        return PROBLEM_CONFLICT;
    case RESULT_UNREACHABLE:
        return PROBLEM_PAYMENT_DOWN;
    case RESULT_CANCELLED:
    case RESULT_TIMED_OUT:
    case RESULT_NO_MEMORY:
    case RESULT_INVALID:
    case RESULT_MALFORMED:
    case RESULT_BUSY:
    case RESULT_REMOVED:
    case RESULT_TOO_LARGE:
    case RESULT_FAILED:
        return PROBLEM_INTERNAL;
    }
    return PROBLEM_INTERNAL;
}

enum problem call_begin_payment(const struct call *call, struct answer *answer)
{
    static const struct json_member members[] = {{"way", JSON_KIND_TEXT, 0, 15}};
    struct json_value values[1] = {};
    json_auto_t *body = NULL;
    struct stored_order order;
    struct booked_payment payment;
    struct identifier key;
    char id[IDENTIFIER_TEXT_SIZE];
    enum problem problem = call_read_body(call, members, 1, values, &body, answer);

    if (problem == PROBLEM_NONE)
        problem = call_find_order(call, &order);
    if (problem != PROBLEM_NONE)
        return problem;
    if (call->idempotency_key == NULL ||
        identifier_from_text(call->idempotency_key, &key) != RESULT_OK)
        return answer_bad(answer, "Idempotency-Key: expected the payment's identifier, a UUID");
    if (!str_equal(values[0].text, "qr"))
        return answer_bad(answer, "way: expected qr");
    if (!takes_codes(call))
        return PROBLEM_NOT_POSSIBLE;
    identifier_to_text(&key, id);
    problem = problem_of(payment_desk_begin(&call->hall->payment, &order, id, &payment));
    return problem == PROBLEM_NONE ? answer_payment(call, 201, &payment, answer) : problem;
}

typedef enum result desk_verb(const struct payment_desk *desk, const struct stored_order *order,
                              const char *id, struct booked_payment *out);

static enum problem at_desk(const struct call *call, desk_verb *verb, struct answer *answer)
{
    struct stored_order order;
    struct booked_payment payment;
    char id[IDENTIFIER_TEXT_SIZE];
    enum problem problem = call_find_order(call, &order);

    if (problem != PROBLEM_NONE)
        return problem;
    identifier_to_text(&call->second, id);
    problem = problem_of(verb(&call->hall->payment, &order, id, &payment));
    return problem == PROBLEM_NONE ? answer_payment(call, 200, &payment, answer) : problem;
}

enum problem call_payment(const struct call *call, struct answer *answer)
{
    return at_desk(call, payment_desk_look, answer);
}

enum problem call_cancel_payment(const struct call *call, struct answer *answer)
{
    return at_desk(call, payment_desk_cancel, answer);
}
