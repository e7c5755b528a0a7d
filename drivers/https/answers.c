#include "answers.h"

#include "base64.h"
#include "json_reader.h"
#include "refusals.h"

#include <string.h>

#define DOCUMENTS_MAXIMUM 64
#define PRICE_MAXIMUM 1000000 // cents
#define PAGES_MAXIMUM 100
#define MILLENNIUM INT64_C(32503680000) // the year 3000 in Unix seconds

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define TEXT(type, field, limit)                                                                   \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_TEXT, .offset = offsetof(type, field), .least = 1,       \
        .most = (limit)                                                                            \
    }
#define OPTIONAL_TEXT(type, field, limit)                                                          \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_TEXT, .optional = true, .offset = offsetof(type, field), \
        .least = 1, .most = (limit)                                                                \
    }
#define INTEGER(type, field, from, to)                                                             \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_INTEGER, .offset = offsetof(type, field),                \
        .least = (from), .most = (to)                                                              \
    }
#define OBJECT(type, field)                                                                        \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_OBJECT, .offset = offsetof(type, field)                  \
    }
#define ARRAY(type, field, from, to)                                                               \
    {                                                                                              \
        .name = #field, .kind = JSON_KIND_ARRAY, .offset = offsetof(type, field), .least = (from), \
        .most = (to)                                                                               \
    }

// ---- catalogue --------------------------------------------------------------------------------

// A text in each language; the longest explanation fills a screen.
static enum result read_texts(const json_t *object, const char *texts[LANGUAGE_COUNT])
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const struct json_member member = {.name = language_code((enum language)i),
                                           .kind = JSON_KIND_TEXT,
                                           .offset = (size_t)i * sizeof texts[0],
                                           .least = 1,
                                           .most = 2000};
        TRY(json_read_members(object, &member, 1, texts));
    }
    return RESULT_OK;
}

static enum result read_languages(const json_t *array, bool in_language[LANGUAGE_COUNT])
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *code = json_string_value(json_array_get(array, i));
        if (code != NULL && str_equal(code, "fr"))
            in_language[LANGUAGE_FR] = true;
        else if (code != NULL && str_equal(code, "nl"))
            in_language[LANGUAGE_NL] = true;
        else
            return RESULT_MALFORMED;
    }
    return RESULT_OK;
}

struct wire_document {
    const char *kind, *icon;
    json_t *name, *explanation, *reason, *languages;
    bool eligible;
    int64_t price_cents;
};

static const struct json_member document_members[] = {
    TEXT(struct wire_document, kind, 40),
    TEXT(struct wire_document, icon, 40),
    OBJECT(struct wire_document, name),
    OBJECT(struct wire_document, explanation),
    {.name = "reason",
     .kind = JSON_KIND_OBJECT,
     .offset = offsetof(struct wire_document, reason),
     .optional = true},
    {.name = "eligible",
     .kind = JSON_KIND_BOOLEAN,
     .offset = offsetof(struct wire_document, eligible)},
    ARRAY(struct wire_document, languages, 1, 2),
    INTEGER(struct wire_document, price_cents, 0, PRICE_MAXIMUM),
};

static enum result read_document(const json_t *object, struct catalogue_document *out)
{
    struct wire_document wire = {};

    TRY(json_read_members(object, document_members, COUNT(document_members), &wire));
    *out = (struct catalogue_document){
        .kind = wire.kind,
        .icon = wire.icon,
        .eligible = wire.eligible,
        .price_cents = wire.price_cents,
    };
    TRY(read_texts(wire.name, out->name));
    TRY(read_texts(wire.explanation, out->explanation));
    if (wire.reason != NULL)
        TRY(read_texts(wire.reason, out->reason));
    return read_languages(wire.languages, out->in_language);
}

static enum result read_catalogue(const json_t *object, struct catalogue **out)
{
    struct wire_catalogue {
        json_t *municipality, *documents;
    } wire = {};
    static const struct json_member members[] = {
        OBJECT(struct wire_catalogue, municipality),
        ARRAY(struct wire_catalogue, documents, 0, DOCUMENTS_MAXIMUM),
    };
    struct catalogue_document documents[DOCUMENTS_MAXIMUM];

    TRY(json_read_members(object, members, COUNT(members), &wire));
    struct catalogue catalogue = {.count = json_array_size(wire.documents), .documents = documents};
    TRY(read_texts(wire.municipality, catalogue.municipality));
    for (size_t i = 0; i < catalogue.count; i++)
        TRY(read_document(json_array_get(wire.documents, i), &documents[i]));
    return catalogue_create(&catalogue, out);
}

enum result answer_read_catalogue(struct bytes body, struct catalogue **out)
{
    owned_json object = NULL;

    *out = NULL;
    TRY(json_parse(body, &object));
    return read_catalogue(object, out);
}

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
        json_t *catalogue;
    } wire = {};
    static const struct json_member members[] = {
        TEXT(struct wire_proved, token, TOKEN_SIZE - 1),
        INTEGER(struct wire_proved, expires, 0, MILLENNIUM),
        OBJECT(struct wire_proved, catalogue),
    };
    owned_json object = NULL;
    owned(catalogue) catalogue = NULL;

    *offered = NULL;
    TRY(json_parse(body, &object));
    TRY(json_read_members(object, members, COUNT(members), &wire));
    if (!is_token(wire.token))
        return RESULT_MALFORMED;
    TRY(read_catalogue(wire.catalogue, &catalogue));
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
    static const char *const states[] = {"ISSUED", "DELIVERED", "CLOSED", "STAFF"};

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
