#include "answers.h"

#include "answer_members.h"
#include "base64.h"
#include "catalogue_answer.h"
#include "json_reader.h"
#include "refusals.h"

#include <string.h>

#define PAGES_MAXIMUM 100
#define MILLENNIUM INT64_C(32503680000) // the year 3000 in Unix seconds

// ---- session ----------------------------------------------------------------------------------

struct wire_challenge {
    const char *nonce, *server;
    int64_t time, expires;
};

static const struct json_member challenge_members[] = {
    TEXT(struct wire_challenge, nonce, 64),
    TEXT(struct wire_challenge, server, SERVER_NAME_SIZE - 1),
    INTEGER(struct wire_challenge, time, 0, MILLENNIUM),
    INTEGER(struct wire_challenge, expires, 0, MILLENNIUM),
};

// In the lower-case form, in which it stands in paths and in the signed message.
static enum result check_identifier(const char *text, struct identifier *out)
{
    char again[IDENTIFIER_TEXT_SIZE];

    TRY(identifier_from_text(text, out));
    identifier_to_text(out, again);
    return str_equal(text, again) ? RESULT_OK : RESULT_MALFORMED;
}

enum result answer_read_catalogue(struct bytes body, struct catalogue **out)
{
    owned_json object = NULL;

    *out = NULL;
    TRY(json_parse(body, &object));
    return catalogue_answer_read(object, NULL, out);
}

enum result answer_read_session(struct bytes body, struct answer_session *out)
{
    struct wire_session {
        const char *session;
        json_t *challenge;
    } wire = {};
    static const struct json_member members[] = {
        TEXT(struct wire_session, session, IDENTIFIER_TEXT_SIZE - 1),
        OBJECT(struct wire_session, challenge),
    };
    struct wire_challenge challenge = {};
    struct identifier identifier;
    owned_json object = NULL;

    *out = (struct answer_session){};
    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    TRY(json_read_members(wire.challenge, challenge_members, COUNT(challenge_members), &challenge));
    TRY(check_identifier(wire.session, &identifier));
    if (challenge.expires <= challenge.time)
        return RESULT_MALFORMED;
    out->time = challenge.time;
    TRY(base64_decode_exactly(challenge.nonce, out->nonce, sizeof out->nonce));
    TRY(str_copy(out->server, sizeof out->server, challenge.server));
    return str_copy(out->session, sizeof out->session, wire.session);
}

static bool is_token(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text <= ' ' || *text > '~')
            return false;
    return true;
}

enum result answer_read_proved(struct bytes body, struct secret *token, struct catalogue **offered)
{
    struct wire_proved {
        const char *token;
        int64_t expires;
        json_t *catalogue, *children;
    } wire = {};
    static const struct json_member members[] = {
        TEXT(struct wire_proved, token, TOKEN_SIZE - 1),
        INTEGER(struct wire_proved, expires, 0, MILLENNIUM),
        OBJECT(struct wire_proved, catalogue),
        OPTIONAL_ARRAY(struct wire_proved, children, CHILDREN_MAXIMUM),
    };
    owned_json object = NULL;
    owned(catalogue) catalogue = NULL;

    *offered = NULL;
    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    if (!is_token(wire.token))
        return RESULT_MALFORMED;
    TRY(catalogue_answer_read(wire.catalogue, wire.children, &catalogue));
    secret_wipe(token);
    TRY(secret_append(token, (struct bytes){(const uint8_t *)wire.token, strlen(wire.token) + 1}));
    *offered = take(catalogue);
    return RESULT_OK;
}

// ---- order ------------------------------------------------------------------------------------

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static enum result read_digest(const char *hex, uint8_t out[DIGEST_SIZE])
{
    if (strlen(hex) != 2 * DIGEST_SIZE)
        return RESULT_MALFORMED;
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return RESULT_MALFORMED;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return RESULT_OK;
}

static enum result check_state(const char *state, const char *wanted)
{
    static const char *const states[] = {"ISSUED", "PAID",       "DELIVERED", "CLOSED",
                                         "STAFF",  "REFUND_DUE", "REFUNDED"};

    if (wanted != NULL)
        return str_equal(state, wanted) ? RESULT_OK : RESULT_MALFORMED;
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_equal(state, states[i]))
            return RESULT_OK;
    return RESULT_MALFORMED;
}

// Either both or none; they go into a receipt's symbol, so nothing but visible ASCII.
static enum result read_verification(const char *code, const char *address,
                                     struct backend_order *out)
{
    if (code == NULL && address == NULL)
        return RESULT_OK;
    if (code == NULL || address == NULL || !is_token(code) || !is_token(address))
        return RESULT_MALFORMED;
    TRY(str_copy(out->verification_code, sizeof out->verification_code, code));
    return str_copy(out->verification_address, sizeof out->verification_address, address);
}

enum result answer_read_order(struct bytes body, const char *state, struct backend_order *out)
{
    struct wire_order {
        const char *order, *reference, *state, *sha256, *verification_code, *verification_address;
        int64_t price_cents, pages;
    } wire = {};
    static const struct json_member members[] = {
        TEXT(struct wire_order, order, IDENTIFIER_TEXT_SIZE - 1),
        TEXT(struct wire_order, reference, sizeof out->reference - 1),
        TEXT(struct wire_order, state, 20),
        INTEGER(struct wire_order, price_cents, 0, PRICE_MAXIMUM),
        INTEGER(struct wire_order, pages, 1, PAGES_MAXIMUM),
        TEXT(struct wire_order, sha256, 2 * DIGEST_SIZE),
        OPTIONAL_TEXT(struct wire_order, verification_code, sizeof out->verification_code - 1),
        OPTIONAL_TEXT(struct wire_order, verification_address,
                      sizeof out->verification_address - 1),
    };
    owned_json object = NULL;

    *out = (struct backend_order){};
    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    TRY(check_state(wire.state, state));
    TRY(check_identifier(wire.order, &out->id));
    TRY(read_digest(wire.sha256, out->document_sha256));
    TRY(read_verification(wire.verification_code, wire.verification_address, out));
    out->price_cents = wire.price_cents;
    out->pages = (int)wire.pages;
    return str_copy(out->reference, sizeof out->reference, wire.reference);
}

// ---- payment ----------------------------------------------------------------------------------

static const struct payment_word {
    const char *word;
    enum payment_state state;
    enum payment_no no;
} payment_words[] = {
    {"OPEN", PAYMENT_OPEN, PAYMENT_NO_REFUSED},
    {"PAID", PAYMENT_MADE, PAYMENT_NO_REFUSED},
    {"REFUSED", PAYMENT_REFUSED, PAYMENT_NO_REFUSED},
    {"EXPIRED", PAYMENT_REFUSED, PAYMENT_NO_EXPIRED},
    {"CANCELLED", PAYMENT_REFUSED, PAYMENT_NO_CANCELLED},
    {"UNCLEAR", PAYMENT_UNCLEAR, PAYMENT_NO_REFUSED},
    {"REFUND_DUE", PAYMENT_OPEN, PAYMENT_NO_REFUSED},
    {"REFUNDED", PAYMENT_PAID_BACK, PAYMENT_NO_REFUSED},
    {"NOT_REFUNDABLE", PAYMENT_NOT_RETURNABLE, PAYMENT_NO_REFUSED},
};

static enum result read_payment_state(const char *word, struct payment_status *out)
{
    for (size_t i = 0; i < COUNT(payment_words); i++) {
        if (!str_equal(word, payment_words[i].word))
            continue;
        out->state = payment_words[i].state;
        out->no = payment_words[i].no;
        return RESULT_OK;
    }
    return RESULT_MALFORMED;
}

enum result answer_read_payment(struct bytes body, struct payment_status *out)
{
    struct wire_payment {
        const char *state, *link;
        int64_t valid_seconds;
        bool scanned;
    } wire = {.link = ""};
    static const struct json_member members[] = {
        TEXT(struct wire_payment, state, 20),
        OPTIONAL_TEXT(struct wire_payment, link, PAYMENT_LINK_SIZE - 1),
        INTEGER(struct wire_payment, valid_seconds, 0, 3600),
        {.name = "scanned",
         .kind = JSON_KIND_BOOLEAN,
         .offset = offsetof(struct wire_payment, scanned)},
    };
    owned_json object = NULL;

    *out = (struct payment_status){.state = PAYMENT_UNCLEAR, .slip = -1};
    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    TRY(read_payment_state(wire.state, out));
    if (wire.scanned)
        out->prompt = PAYMENT_PROMPT_SCANNED;
    out->valid_ms = (uint32_t)wire.valid_seconds * 1000;
    return is_token(wire.link) ? str_copy(out->link, sizeof out->link, wire.link)
                               : RESULT_MALFORMED;
}

enum result answer_read_payment_ways(struct bytes body, bool *works)
{
    struct wire_ways {
        bool qr;
    } wire = {};
    static const struct json_member members[] = {
        {.name = "qr", .kind = JSON_KIND_BOOLEAN, .offset = offsetof(struct wire_ways, qr)},
    };
    owned_json object = NULL;

    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    *works = wire.qr;
    return RESULT_OK;
}

// ---- problem ----------------------------------------------------------------------------------

enum result answer_read_problem(struct bytes body, enum backend_refusal *refusal)
{
    struct wire_problem {
        const char *code;
    } wire = {};
    static const struct json_member members[] = {TEXT(struct wire_problem, code, 40)};
    owned_json object = NULL;

    *refusal = BACKEND_REFUSAL_NONE;
    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    return refusal_of_code(wire.code, refusal);
}
