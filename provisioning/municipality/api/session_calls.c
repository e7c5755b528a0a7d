// The calls before there is an order: catalogue, session, proof.
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "log.h"
#include "offer_to_api.h"
#include "subjects.h"

static enum problem ready(const struct call *call)
{
    const struct issuing_desk *desk = &call->hall->desk;

    if (desk->population.verbs->available(desk->population.self) != RESULT_OK)
        return PROBLEM_REGISTER_DOWN;
    return sealer_ready(desk->sealer, call->now) == RESULT_OK ? PROBLEM_NONE : PROBLEM_SEAL_DOWN;
}

static enum problem answer_json(struct answer *answer, unsigned int status, json_t *json)
{
    answer->status = status;
    answer->json = json;
    return json == NULL ? PROBLEM_INTERNAL : PROBLEM_NONE;
}

enum problem call_catalogue(const struct call *call, struct answer *answer)
{
    enum problem problem = ready(call);

    if (problem != PROBLEM_NONE)
        return problem;
    const struct offer_view view = {.takes_payment = call->hall->desk.takes_payment};
    return answer_json(answer, 200, offer_to_api(call->hall->desk.offer, &view));
}

// Members of SessionRequest in openapi.yaml, in this order.
enum {
    MEMBER_CHANNEL,
    MEMBER_AUTHENTICATION,
    MEMBER_ISSUER,
    MEMBER_REGISTER,
    MEMBER_IDENTITY,
    MEMBER_IDENTITY_SIGNATURE,
    MEMBER_ADDRESS,
    MEMBER_ADDRESS_SIGNATURE,
    MEMBER_COUNT
};
#define CERTIFICATE_MOST 8192
#define CARD_FILE_MOST 4096
static const struct json_member session_members[MEMBER_COUNT] = {
    [MEMBER_CHANNEL] = {"channel", JSON_KIND_TEXT, 0, 16},
    [MEMBER_AUTHENTICATION] = {"authentication_certificate", JSON_KIND_BASE64, 0, CERTIFICATE_MOST},
    [MEMBER_ISSUER] = {"issuer_certificate", JSON_KIND_BASE64, 0, CERTIFICATE_MOST},
    [MEMBER_REGISTER] = {"register_certificate", JSON_KIND_BASE64, 0, CERTIFICATE_MOST},
    [MEMBER_IDENTITY] = {"identity", JSON_KIND_BASE64, 0, CARD_FILE_MOST},
    [MEMBER_IDENTITY_SIGNATURE] = {"identity_signature", JSON_KIND_BASE64, 0, CARD_FILE_MOST},
    [MEMBER_ADDRESS] = {"address", JSON_KIND_BASE64, 0, CARD_FILE_MOST},
    [MEMBER_ADDRESS_SIGNATURE] = {"address_signature", JSON_KIND_BASE64, 0, CARD_FILE_MOST},
};

static json_t *session_to_api(const struct call *call, const struct session_challenge *challenge)
{
    char id[IDENTIFIER_TEXT_SIZE];
    char nonce[4 * ((CHALLENGE_NONCE_SIZE + 2) / 3) + 1];

    identifier_to_text(&challenge->session, id);
    EVP_EncodeBlock((uint8_t *)nonce, challenge->nonce, CHALLENGE_NONCE_SIZE);
    return json_pack("{s:s, s:{s:s, s:I, s:I, s:s}}", "session", id, "challenge", "nonce", nonce,
                     "time", (json_int_t)challenge->time, "expires", (json_int_t)challenge->expires,
                     "server", call->hall->server_name);
}

static enum problem open_with_card(const struct call *call, const struct json_value *values,
                                   struct answer *answer)
{
    const struct card_evidence evidence = {
        .authentication_certificate = values[MEMBER_AUTHENTICATION].decoded,
        .issuer_certificate = values[MEMBER_ISSUER].decoded,
        .register_certificate = values[MEMBER_REGISTER].decoded,
        .identity = values[MEMBER_IDENTITY].decoded,
        .identity_signature = values[MEMBER_IDENTITY_SIGNATURE].decoded,
        .address = values[MEMBER_ADDRESS].decoded,
        .address_signature = values[MEMBER_ADDRESS_SIGNATURE].decoded,
    };
    __attribute__((cleanup(card_holder_clear))) struct card_holder holder = {};
    struct session_challenge challenge;

    if (card_evidence_check(&evidence, call->hall->card_authorities, call->now, &holder) !=
        RESULT_OK)
        return PROBLEM_CARD_NOT_VERIFIABLE;
    enum result opened =
        sessions_open(call->hall->sessions, call->peer, &holder, call->now, &challenge);
    if (opened == RESULT_BUSY)
        return PROBLEM_TOO_MANY_REQUESTS;
    if (opened != RESULT_OK)
        return PROBLEM_INTERNAL;
    return answer_json(answer, 201, session_to_api(call, &challenge));
}

enum problem call_open_session(const struct call *call, struct answer *answer)
{
    struct json_value values[MEMBER_COUNT] = {};
    json_auto_t *body = NULL;
    enum problem problem = ready(call);

    if (problem == PROBLEM_NONE)
        problem = call_read_body(call, session_members, MEMBER_COUNT, values, &body, answer);
    if (problem == PROBLEM_NONE && !str_equal(values[MEMBER_CHANNEL].text, "kiosk"))
        problem = answer_bad(answer, "channel: expected kiosk");
    if (problem == PROBLEM_NONE)
        problem = open_with_card(call, values, answer);
    json_values_clear(values, MEMBER_COUNT);
    return problem;
}

// Whether the card's authority still stands by it, as it said when the session was opened.
static enum problem check_status(enum card_status status)
{
    switch (status) {
    case CARD_STATUS_GOOD:
        return PROBLEM_NONE;
    case CARD_STATUS_REVOKED:
        return PROBLEM_CARD_BLOCKED;
    case CARD_STATUS_UNKNOWN:
        return PROBLEM_CARD_NOT_VERIFIABLE;
    case CARD_STATUS_NOT_TOLD:
        return PROBLEM_REGISTER_DOWN; // of the cards: it passes by itself
    }
    return PROBLEM_INTERNAL;
}

// Rebuilds what the card had to sign, from this side's records alone.
static enum result check_proof(const struct call *call, const struct session_challenge *challenge,
                               struct bytes signature)
{
    uint8_t message[CHALLENGE_MESSAGE_MAXIMUM];
    char session[IDENTIFIER_TEXT_SIZE];
    size_t size;

    identifier_to_text(&challenge->session, session);
    const struct challenge signed_message = {
        .server = call->hall->server_name,
        .terminal = challenge->peer.terminal,
        .nonce = challenge->nonce,
        .exporter = challenge->peer.exporter,
        .time = challenge->time,
        .card_certificate_sha256 = challenge->holder.certificate_sha256,
        .session = session,
        .terminal_certificate_sha256 = challenge->peer.certificate_sha256,
    };
    TRY(challenge_message(&signed_message, message, &size));
    return challenge_verify((struct bytes){message, size}, signature, challenge->holder.key);
}

static enum problem standing_problem(enum standing standing)
{
    switch (standing) {
    case STANDING_RESIDENT:
        return PROBLEM_NONE;
    case STANDING_COUNTER:
        return PROBLEM_SEE_COUNTER;
    case STANDING_MOVED:
    case STANDING_STRUCK_OFF:
        return PROBLEM_UNKNOWN_RESIDENT;
    case STANDING_DECEASED:
        // A staff alarm without a person in it; the terminal gets the neutral word.
        log_warning("proof", "the card of somebody registered as deceased was used", 0);
        return PROBLEM_SEE_COUNTER;
    case STANDING_COUNT:
        break;
    }
    return PROBLEM_INTERNAL;
}

static enum problem check_resident(const struct call *call, const struct card_holder *holder,
                                   const struct household *household)
{
    const struct resident *resident;
    struct certificate_moment today;
    bool blocked;
    const struct population_register *population = &call->hall->desk.population;

    if (household_find(household, holder->national_number, &resident) != RESULT_OK ||
        certificate_moment_of(call->now, &today) != RESULT_OK)
        return PROBLEM_INTERNAL;
    if (population->verbs->card_is_blocked(population->self, holder->card_number, &blocked) !=
        RESULT_OK)
        return PROBLEM_REGISTER_DOWN;
    if (blocked)
        return PROBLEM_CARD_BLOCKED;
    enum problem problem = standing_problem(resident->standing);
    if (problem != PROBLEM_NONE)
        return problem;
    if (resident->book == REGISTER_BOOK_WAITING) // neutral: why is for a person to say
        return PROBLEM_SEE_COUNTER;
    // Somebody whose birth date is unknown has lived long enough to get a card with a key.
    bool young = resident->birth.year != 0 && partial_date_age(resident->birth, today.day) <
                                                  offer_minimum_age(call->hall->desk.offer);
    return young ? PROBLEM_MINOR : PROBLEM_NONE;
}

static enum problem look_up_resident(const struct call *call, const struct card_holder *holder,
                                     struct household **household)
{
    const struct population_register *population = &call->hall->desk.population;
    const struct consultation consultation = {
        .requester = holder->national_number,
        .subject = holder->national_number,
        .terminal = call->peer->terminal,
        .purpose = "session",
        .at = call->now,
    };

    enum result found = population->verbs->household(population->self, &consultation, household);
    if (found == RESULT_NOT_FOUND)
        return PROBLEM_UNKNOWN_RESIDENT;
    if (found != RESULT_OK)
        return PROBLEM_REGISTER_DOWN;
    return check_resident(call, holder, *household);
}

// Each child with what a parent may ask for it.
static json_t *children_to_api(const struct call *call, const struct household *household,
                               const struct resident *parent, struct partial_date today)
{
    const struct issuing_desk *desk = &call->hall->desk;
    char session[IDENTIFIER_TEXT_SIZE], word[SUBJECT_SIZE];
    json_t *list = json_array();

    identifier_to_text(&call->subject, session);
    for (size_t i = 0; i < household->count; i++) {
        const struct resident *child = &household->persons[i];
        if (!subject_is_child(parent, child, today) ||
            subject_word(session, child, word) != RESULT_OK)
            continue;
        const struct offer_subject subject = {child, &household->address, today};
        const struct offer_view view = {desk->takes_payment, &subject, .is_child = true};
        json_t *catalogue = offer_to_api(desk->offer, &view);
        const char *name = child->given_names[0] != '\0' ? child->given_names : child->surname;
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:O}", "subject", word, "name", name,
                                        "documents", json_object_get(catalogue, "documents")));
        json_decref(catalogue);
    }
    return list;
}

static enum problem admit(const struct call *call, const struct card_holder *holder,
                          const struct household *household, struct answer *answer)
{
    const struct issuing_desk *desk = &call->hall->desk;
    char token[SESSION_TOKEN_SIZE];
    const struct resident *resident;
    struct certificate_moment today;
    int64_t expires;

    if (household_find(household, holder->national_number, &resident) != RESULT_OK ||
        certificate_moment_of(call->now, &today) != RESULT_OK)
        return PROBLEM_INTERNAL;

    if (sessions_prove(call->hall->sessions, &call->subject, call->now, token, &expires) !=
        RESULT_OK)
        return PROBLEM_CHALLENGE_STALE; // the resident left meanwhile
    const struct offer_subject subject = {resident, &household->address, today.day};
    const struct offer_view view = {desk->takes_payment, &subject, .is_child = false};
    json_t *json = json_pack("{s:s, s:I, s:o, s:o}", "token", token, "expires", (json_int_t)expires,
                             "catalogue", offer_to_api(desk->offer, &view), "children",
                             children_to_api(call, household, resident, today.day));
    explicit_bzero(token, sizeof token);
    return answer_json(answer, 200, json);
}

static enum problem prove_with(const struct call *call, struct bytes signature,
                               struct answer *answer)
{
    struct session_challenge challenge = {};
    owned(household) household = NULL;

    if (sessions_take_challenge(call->hall->sessions, &call->subject, call->peer, call->now,
                                &challenge) != RESULT_OK)
        return PROBLEM_CHALLENGE_STALE;
    enum problem problem = check_proof(call, &challenge, signature) == RESULT_OK
                               ? check_status(challenge.holder.status)
                               : PROBLEM_CARD_NOT_VERIFIABLE;
    if (problem == PROBLEM_NONE)
        problem = look_up_resident(call, &challenge.holder, &household);
    if (problem == PROBLEM_NONE)
        problem = admit(call, &challenge.holder, household, answer);
    card_holder_clear(&challenge.holder);
    if (problem != PROBLEM_NONE)
        sessions_forget(call->hall->sessions, &call->subject, call->peer->terminal);
    return problem;
}

enum problem call_prove(const struct call *call, struct answer *answer)
{
    static const struct json_member members[] = {{"signature", JSON_KIND_BASE64, 0, 512}};
    struct json_value values[1] = {};
    json_auto_t *body = NULL;
    enum problem problem = call_read_body(call, members, 1, values, &body, answer);

    if (problem == PROBLEM_NONE)
        problem = prove_with(call, values[0].decoded, answer);
    json_values_clear(values, 1);
    return problem;
}

enum problem call_close_session(const struct call *call, struct answer *answer)
{
    sessions_forget(call->hall->sessions, &call->subject, call->peer->terminal);
    answer->status = 204;
    return PROBLEM_NONE;
}
