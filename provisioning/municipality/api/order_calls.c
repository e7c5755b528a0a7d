// The calls about one order: make it, ask for it, fetch its document, say what became of it.
#include <stdlib.h>
#include <string.h>

#include "call.h"

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
    [MEMBER_SUBJECT] = {"subject", JSON_KIND_TEXT, 0, SUBJECT_SIZE - 1},
    [MEMBER_LANGUAGE] = {"language", JSON_KIND_TEXT, 0, 2},
};

#define PURPOSE_MOST 40

struct wish {
    struct json_value values[MEMBER_COUNT];
    const char *purpose; // of the body; "" when none is given
    char options[128];   // in the order of the alphabet, so that the same wish is the same text
};

static int by_alphabet(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// A list of words, none twice.
static enum result read_options(const json_t *list, char *to, size_t capacity)
{
    const char *words[8];
    size_t count = json_array_size(list), used = 0;

    to[0] = '\0';
    if (list != NULL && (!json_is_array(list) || count > sizeof words / sizeof words[0]))
        return RESULT_MALFORMED;
    for (size_t i = 0; i < count; i++) {
        words[i] = json_string_value(json_array_get(list, i));
        if (words[i] == NULL || words[i][0] == '\0' || strchr(words[i], ',') != NULL)
            return RESULT_MALFORMED;
    }
    qsort(words, count, sizeof words[0], by_alphabet);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && str_equal(words[i - 1], words[i]))
            return RESULT_MALFORMED;
        if (str_format(to + used, capacity - used, "%s%s", i == 0 ? "" : ",", words[i]) !=
            RESULT_OK)
            return RESULT_MALFORMED;
        used += strlen(to + used);
    }
    return RESULT_OK;
}

// The members that may be absent.
static enum problem read_choices(const json_t *body, struct wish *wish, struct answer *answer)
{
    const json_t *purpose = json_object_get(body, "purpose");

    wish->purpose = purpose == NULL ? "" : json_string_value(purpose);
    if (wish->purpose == NULL || strlen(wish->purpose) > PURPOSE_MOST)
        return answer_bad(answer, "purpose: expected a word of the catalogue");
    if (read_options(json_object_get(body, "options"), wish->options, sizeof wish->options) !=
        RESULT_OK)
        return answer_bad(answer, "options: expected at most 8 different words of the catalogue");
    return PROBLEM_NONE;
}

static enum problem issue(const struct call *call, const struct session_resident *resident,
                          const struct wish *wish, struct answer *answer)
{
    const struct json_value *values = wish->values;
    const char *subject = values[MEMBER_SUBJECT].text;
    char id[IDENTIFIER_TEXT_SIZE], session[IDENTIFIER_TEXT_SIZE];
    struct identifier key;
    struct stored_order order;

    if (call->idempotency_key == NULL ||
        identifier_from_text(call->idempotency_key, &key) != RESULT_OK)
        return answer_bad(answer, "Idempotency-Key: expected the order's identifier, a UUID");
    if (!str_equal(subject, "self") && !str_starts_with(subject, "child-"))
        return answer_bad(answer, "subject: expected self, or a child's as the proof told it");
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
        .subject = subject,
        .language = values[MEMBER_LANGUAGE].text,
        .purpose = wish->purpose,
        .options = wish->options,
        .at = call->now,
    };
    enum problem problem = problem_of(issuing_issue(&call->hall->desk, &request, &order));
    return problem == PROBLEM_NONE ? answer_order(call, answer, 201, &order) : problem;
}

enum problem call_order(const struct call *call, struct answer *answer)
{
    struct wish wish = {};
    struct session_resident resident;
    json_auto_t *body = NULL;
    enum problem problem = proved_resident(call, &resident);

    if (problem == PROBLEM_NONE)
        problem = call_read_body(call, order_members, MEMBER_COUNT, wish.values, &body, answer);
    if (problem == PROBLEM_NONE)
        problem = read_choices(body, &wish, answer);
    if (problem == PROBLEM_NONE)
        problem = issue(call, &resident, &wish, answer);
    json_values_clear(wish.values, MEMBER_COUNT);
    return problem;
}

enum problem call_find_order(const struct call *call, struct stored_order *out)
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
    enum problem problem = call_find_order(call, &order);

    return problem == PROBLEM_NONE ? answer_order(call, answer, 200, &order) : problem;
}

enum problem call_document(const struct call *call, struct answer *answer)
{
    struct session_resident resident;
    struct stored_order order;
    char session[IDENTIFIER_TEXT_SIZE];
    enum problem problem = proved_resident(call, &resident);

    if (problem == PROBLEM_NONE)
        problem = call_find_order(call, &order);
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
    enum problem problem = call_find_order(call, &order);

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
    // What was paid for nothing goes back at once, or later when the scheme does not answer now.
    (void)payment_desk_pay_back_if_due(&call->hall->payment, order.id);
    problem = call_find_order(call, &order);
    return problem == PROBLEM_NONE ? answer_order(call, answer, 200, &order) : problem;
}

enum problem call_outcome(const struct call *call, struct answer *answer)
{
    static const struct json_member members[] = {
        {"delivered", JSON_KIND_BOOLEAN, 0, 0},
        {"sheets", JSON_KIND_WHOLE, -1, 1000},
    };
    struct json_value values[2] = {};
    json_auto_t *body = NULL;
    enum problem problem = call_read_body(call, members, 2, values, &body, answer);

    return problem == PROBLEM_NONE ? settle(call, values, answer) : problem;
}
