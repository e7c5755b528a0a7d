// The calls about one order: make it, ask for it, fetch its document, say what became of it.
#include <stdlib.h>
#include <string.h>

#include "call.h"

static void release_json(json_t **json)
{
    json_decref(*json);
}
#define owned_json __attribute__((cleanup(release_json))) json_t *

static enum problem proved_resident(const struct call *call, struct session_resident *out)
{
    static const char scheme[] = "Bearer ";

    if (call->authorization == NULL || !str_starts_with(call->authorization, scheme) ||
        sessions_resident(call->hall->sessions, call->authorization + strlen(scheme),
                          call->peer->terminal, call->now, out) != RESULT_OK)
        return PROBLEM_UNAUTHORIZED;
    return PROBLEM_NONE;
}

static enum problem answer_order(const struct call *call, struct answer *answer,
                                 unsigned int status, const struct stored_order *order)
{
    char where[64];

    if (str_format(where, sizeof where, "%s/v", call->hall->desk.checking_address) != RESULT_OK)
        return PROBLEM_INTERNAL;
    answer->status = status;
    answer->json =
        json_pack("{s:s, s:s, s:s, s:I, s:i, s:s, s:s, s:s}", "order", order->id, "reference",
                  order->reference, "state", order_state_word(order->state), "price_cents",
                  (json_int_t)order->price_cents, "pages", order->pages, "sha256", order->sha256,
                  "verification_code", order->code, "verification_address", where);
    return answer->json == NULL ? PROBLEM_INTERNAL : PROBLEM_NONE;
}

static enum problem problem_of(enum issuing_outcome outcome)
{
    switch (outcome) {
    case ISSUING_DONE:
        return PROBLEM_NONE;
    case ISSUING_OTHER_ORDER:
        return PROBLEM_CONFLICT;
    case ISSUING_NOT_POSSIBLE:
        return PROBLEM_NOT_POSSIBLE;
    case ISSUING_SEE_COUNTER:
        return PROBLEM_SEE_COUNTER;
    case ISSUING_REGISTER_DOWN:
        return PROBLEM_REGISTER_DOWN;
    case ISSUING_SEAL_DOWN:
        return PROBLEM_SEAL_DOWN;
    case ISSUING_FAILED:
        return PROBLEM_INTERNAL;
    }
    return PROBLEM_INTERNAL;
}

enum { MEMBER_KIND, MEMBER_SUBJECT, MEMBER_LANGUAGE, MEMBER_COUNT };
static const struct json_member order_members[MEMBER_COUNT] = {
    [MEMBER_KIND] = {"kind", JSON_KIND_TEXT, 0, 40},
    [MEMBER_SUBJECT] = {"subject", JSON_KIND_TEXT, 0, 8},
    [MEMBER_LANGUAGE] = {"language", JSON_KIND_TEXT, 0, 2},
};

static enum problem issue(const struct call *call, const struct session_resident *resident,
                          const struct json_value *values, struct answer *answer)
{
    char id[IDENTIFIER_TEXT_SIZE], session[IDENTIFIER_TEXT_SIZE];
    struct identifier key;
    struct stored_order order;

    if (call->idempotency_key == NULL ||
        identifier_from_text(call->idempotency_key, &key) != RESULT_OK)
        return answer_bad(answer, "Idempotency-Key: expected the order's identifier, a UUID");
    if (!str_equal(values[MEMBER_SUBJECT].text, "self"))
        return answer_bad(answer, "subject: expected self");
    if (!str_equal(values[MEMBER_LANGUAGE].text, "fr") &&
        !str_equal(values[MEMBER_LANGUAGE].text, "nl"))
        return answer_bad(answer, "language: expected fr or nl");
    identifier_to_text(&key, id);
    identifier_to_text(&resident->session, session);
    const struct issuing_request request = {
        .id = id,
        .terminal = call->peer->terminal,
        .session = session,
        .requester = resident->national_number,
        .kind = values[MEMBER_KIND].text,
        .subject = values[MEMBER_SUBJECT].text,
        .language = values[MEMBER_LANGUAGE].text,
        .at = call->now,
    };
    enum problem problem = problem_of(issuing_issue(&call->hall->desk, &request, &order));
    return problem == PROBLEM_NONE ? answer_order(call, answer, 201, &order) : problem;
}

enum problem call_order(const struct call *call, struct answer *answer)
{
    struct json_value values[MEMBER_COUNT] = {};
    struct session_resident resident;
    owned_json body = NULL;
    enum problem problem = proved_resident(call, &resident);

    if (problem == PROBLEM_NONE)
        problem = call_read_body(call, order_members, MEMBER_COUNT, values, &body, answer);
    if (problem == PROBLEM_NONE)
        problem = issue(call, &resident, values, answer);
    json_values_clear(values, MEMBER_COUNT);
    return problem;
}

// An order that this terminal made; of another's it does not even learn that it exists.
static enum problem find_order(const struct call *call, struct stored_order *out)
{
    char id[IDENTIFIER_TEXT_SIZE];

    identifier_to_text(&call->subject, id);
    enum result found = order_store_find(call->hall->desk.store, id, call->peer->terminal, out);
    if (found == RESULT_NOT_FOUND)
        return PROBLEM_NOT_FOUND;
    return found == RESULT_OK ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

enum problem call_order_state(const struct call *call, struct answer *answer)
{
    struct stored_order order;
    enum problem problem = find_order(call, &order);

    return problem == PROBLEM_NONE ? answer_order(call, answer, 200, &order) : problem;
}

enum problem call_document(const struct call *call, struct answer *answer)
{
    struct session_resident resident;
    struct stored_order order;
    char session[IDENTIFIER_TEXT_SIZE];
    enum problem problem = proved_resident(call, &resident);

    if (problem == PROBLEM_NONE)
        problem = find_order(call, &order);
    if (problem != PROBLEM_NONE)
        return problem;
    identifier_to_text(&resident.session, session);
    if (!str_equal(order.session, session)) // the proof covers the orders of its own session
        return PROBLEM_NOT_FOUND;
    if (order.state != ORDER_STATE_ISSUED)
        return PROBLEM_CONFLICT; // settled: nothing is printed late
    answer->status = 200;
    return order_store_document(call->hall->desk.store, order.id, &answer->pdf,
                                &answer->pdf_size) == RESULT_OK
               ? PROBLEM_NONE
               : PROBLEM_INTERNAL;
}

// Delivered; or no sheet came out, which voids the code; or some did or nobody can tell.
static enum order_state state_of_outcome(bool delivered, int64_t sheets)
{
    if (delivered)
        return ORDER_STATE_DELIVERED;
    return sheets == 0 ? ORDER_STATE_CLOSED : ORDER_STATE_STAFF;
}

static enum problem settle(const struct call *call, const struct json_value *values,
                           struct answer *answer)
{
    struct stored_order order;
    struct identifier key;
    enum problem problem = find_order(call, &order);

    if (call->idempotency_key == NULL ||
        identifier_from_text(call->idempotency_key, &key) != RESULT_OK)
        return answer_bad(answer, "Idempotency-Key: expected a UUID");
    if (problem != PROBLEM_NONE)
        return problem;
    enum order_state state = state_of_outcome(values[0].boolean, values[1].whole);
    enum result settled =
        order_store_settle(call->hall->desk.store, order.id, state, values[1].whole);
    if (settled == RESULT_REFUSED)
        return PROBLEM_CONFLICT;
    if (settled != RESULT_OK)
        return PROBLEM_INTERNAL;
    order.state = state;
    return answer_order(call, answer, 200, &order);
}

enum problem call_outcome(const struct call *call, struct answer *answer)
{
    static const struct json_member members[] = {
        {"delivered", JSON_KIND_BOOLEAN, 0, 0},
        {"sheets", JSON_KIND_WHOLE, -1, 1000},
    };
    struct json_value values[2] = {};
    owned_json body = NULL;
    enum problem problem = call_read_body(call, members, 2, values, &body, answer);

    return problem == PROBLEM_NONE ? settle(call, values, answer) : problem;
}
