// The municipality's answers: the good ones are translated, every other is refused.
#include "answers.h"
#include "json_reader.h"
#include "refusals.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// after the four above
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define TEXTS(word)                                                                                \
    "{\"fr\":\"" word " fr\",\"nl\":\"" word " nl\",\"de\":\"" word " de\",\"en\":\"" word " en\"" \
    "}"
#define HOUSEHOLD                                                                                  \
    "{\"kind\":\"household\",\"icon\":\"household\",\"name\":" TEXTS(                              \
        "name") ",\"explanation\":" TEXTS("what") ",\"eligible\":true,\"languages\":[\"fr\","      \
                                                  "\"nl\"],\"price_cents\":500}"
#define LIFE                                                                                       \
    "{\"kind\":\"life\",\"icon\":\"life\",\"name\":" TEXTS("life") ",\"explanation\":" TEXTS(      \
        "what") ",\"eligible\":false,\"reason\":" TEXTS("why") ",\"languages\":[\"nl\"],\"price_"  \
                                                               "cents\":0}"
#define CATALOGUE "{\"municipality\":" TEXTS("city") ",\"documents\":[" HOUSEHOLD "," LIFE "]}"
#define UUID "0f8fad5b-d9cb-469f-a165-70867728950e"
#define NONCE "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define SESSION                                                                                    \
    "{\"session\":\"" UUID "\",\"challenge\":{\"nonce\":\"" NONCE                                  \
    "\",\"time\":1795525200,\"expires\":1795525260,\"server\":\"localhost\"}}"
#define PROVED "{\"token\":\"abc.DEF-123\",\"expires\":1795526100,\"catalogue\":" CATALOGUE "}"
#define CODE "7K3M-9QXT-2WVD-H4NR"
#define DIGEST "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define ORDER                                                                                      \
    "{\"order\":\"" UUID "\",\"reference\":\"BXL-2026-H-0041873-8\",\"state\":\"ISSUED\","         \
    "\"price_cents\":500,\"pages\":2,\"sha256\":\"" DIGEST "\"}"
#define CODED_ORDER                                                                                \
    "{\"order\":\"" UUID "\",\"reference\":\"BXL-2026-H-0041873-8\",\"state\":\"ISSUED\","         \
    "\"price_cents\":0,\"pages\":1,\"sha256\":\"" DIGEST "\",\"verification_code\":\"" CODE        \
    "\",\"verification_address\":\"guichet.example/v\"}"
#define PROBLEM(code)                                                                              \
    "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":403,\"code\":\"" code "\"}"

static struct bytes text(const char *words)
{
    return (struct bytes){(const uint8_t *)words, strlen(words)};
}

void test_catalogue(void **state)
{
    owned(catalogue) catalogue = NULL;

    (void)state;
    assert_int_equal(answer_read_catalogue(text(CATALOGUE), &catalogue), RESULT_OK);
    assert_string_equal(catalogue->municipality[LANGUAGE_DE], "city de");
    assert_int_equal(catalogue->count, 2);
    const struct catalogue_document *first = &catalogue->documents[0];
    assert_string_equal(first->kind, "household");
    assert_string_equal(first->name[LANGUAGE_NL], "name nl");
    assert_string_equal(first->explanation[LANGUAGE_EN], "what en");
    assert_null(first->reason[LANGUAGE_FR]);
    assert_true(first->eligible && first->in_language[LANGUAGE_FR]);
    assert_int_equal(first->price_cents, 500);
    const struct catalogue_document *second = &catalogue->documents[1];
    assert_false(second->eligible || second->in_language[LANGUAGE_FR]);
    assert_true(second->in_language[LANGUAGE_NL]);
    assert_string_equal(second->reason[LANGUAGE_FR], "why fr");
}

void test_session(void **state)
{
    struct answer_session session;

    (void)state;
    assert_int_equal(answer_read_session(text(SESSION), &session), RESULT_OK);
    assert_string_equal(session.session, UUID);
    assert_string_equal(session.server, "localhost");
    assert_true(session.time == 1795525200);
    for (size_t i = 0; i < sizeof session.nonce; i++)
        assert_int_equal(session.nonce[i], i);
}

void test_proved(void **state)
{
    owned(secret) token = NULL;
    owned(catalogue) catalogue = NULL;

    (void)state;
    assert_int_equal(secret_create(TOKEN_SIZE, &token), RESULT_OK);
    assert_int_equal(answer_read_proved(text(PROVED), token, &catalogue), RESULT_OK);
    assert_string_equal((const char *)secret_bytes(token).data, "abc.DEF-123");
    assert_int_equal(catalogue->count, 2);
}

// clang-format off
#define ASKING \
    "{\"kind\":\"residence\",\"icon\":\"residence\",\"name\":" TEXTS("name") "," \
    "\"explanation\":" TEXTS("what") ",\"eligible\":true,\"languages\":[\"fr\"]," \
    "\"price_cents\":0," \
    "\"purposes\":[{\"id\":\"school\",\"name\":" TEXTS("school") "," \
    "\"eligible\":true,\"price_cents\":0}," \
    "{\"id\":\"abroad\",\"name\":" TEXTS("abroad") ",\"information\":" TEXTS("know") "," \
    "\"reason\":" TEXTS("why") ",\"eligible\":false,\"price_cents\":500}]," \
    "\"options\":[{\"id\":\"history\",\"question\":" TEXTS("ask") "," \
    "\"yes\":" TEXTS("yes") ",\"no\":" TEXTS("no") "}]}"
#define FAMILY \
    "{\"token\":\"abc\",\"expires\":1795526100,\"catalogue\":{" \
    "\"municipality\":" TEXTS("city") ",\"documents\":[" \
    HOUSEHOLD \
    "]," \
    "\"elsewhere\":[{\"kind\":\"birth\",\"name\":" TEXTS("birth") "," \
    "\"where\":" TEXTS("there") "}]}," \
    "\"children\":[{\"subject\":\"child-1\",\"name\":\"Inès\",\"documents\":[" \
    ASKING \
    "]}]}"
// clang-format on

// Purposes, options, children and what is had elsewhere.
void test_choices(void **state)
{
    owned(secret) token = NULL;
    owned(catalogue) catalogue = NULL;

    (void)state;
    assert_int_equal(secret_create(TOKEN_SIZE, &token), RESULT_OK);
    assert_int_equal(answer_read_proved(text(FAMILY), token, &catalogue), RESULT_OK);
    assert_int_equal(catalogue->elsewhere_count, 1);
    assert_string_equal(catalogue->elsewhere[0].where[LANGUAGE_NL], "there nl");
    assert_int_equal(catalogue->child_count, 1);
    assert_string_equal(catalogue->children[0].subject, "child-1");
    assert_string_equal(catalogue->children[0].name, "Inès");
    assert_null(catalogue_document_for(catalogue, 0, 1));
    assert_null(catalogue_document_for(catalogue, 2, 0));
    const struct catalogue_document *document = catalogue_document_for(catalogue, 1, 0);
    assert_string_equal(document->kind, "residence");
    assert_int_equal(document->purpose_count, 2);
    assert_true(document->purposes[0].eligible);
    assert_null(document->purposes[0].information[LANGUAGE_FR]);
    assert_false(document->purposes[1].eligible);
    assert_int_equal(document->purposes[1].price_cents, 500);
    assert_string_equal(document->purposes[1].information[LANGUAGE_EN], "know en");
    assert_string_equal(document->purposes[1].reason[LANGUAGE_DE], "why de");
    assert_int_equal(document->option_count, 1);
    assert_string_equal(document->options[0].id, "history");
    assert_string_equal(document->options[0].no[LANGUAGE_FR], "no fr");
}

void test_order(void **state)
{
    struct backend_order order;

    (void)state;
    assert_int_equal(answer_read_order(text(ORDER), "ISSUED", &order), RESULT_OK);
    assert_string_equal(order.reference, "BXL-2026-H-0041873-8");
    assert_int_equal(order.price_cents, 500);
    assert_int_equal(order.pages, 2);
    assert_int_equal(order.document_sha256[31], 31);
    assert_int_equal(answer_read_order(text(ORDER), "DELIVERED", &order), RESULT_MALFORMED);
    assert_int_equal(answer_read_order(text(ORDER), NULL, &order), RESULT_OK);
    assert_string_equal(order.verification_code, "");
    assert_int_equal(answer_read_order(text(CODED_ORDER), "ISSUED", &order), RESULT_OK);
    assert_string_equal(order.verification_code, CODE);
    assert_string_equal(order.verification_address, "guichet.example/v");
}

void test_problems(void **state)
{
    static const struct {
        const char *body;
        enum result result;
        enum backend_refusal refusal;
    } cases[] = {
        {PROBLEM("unknown-resident"), RESULT_REFUSED, BACKEND_REFUSAL_UNKNOWN_RESIDENT},
        {PROBLEM("minor"), RESULT_REFUSED, BACKEND_REFUSAL_MINOR},
        {PROBLEM("see-counter"), RESULT_REFUSED, BACKEND_REFUSAL_SEE_COUNTER},
        {PROBLEM("card-blocked"), RESULT_REFUSED, BACKEND_REFUSAL_CARD_BLOCKED},
        {PROBLEM("card-not-verifiable"), RESULT_REFUSED, BACKEND_REFUSAL_CARD_NOT_VERIFIABLE},
        {PROBLEM("challenge-stale"), RESULT_REFUSED, BACKEND_REFUSAL_CHALLENGE_STALE},
        {PROBLEM("not-possible"), RESULT_REFUSED, BACKEND_REFUSAL_NOT_POSSIBLE},
        {PROBLEM("terminal-unknown"), RESULT_REFUSED, BACKEND_REFUSAL_TERMINAL},
        {PROBLEM("register-down"), RESULT_REFUSED, BACKEND_REFUSAL_REGISTER_DOWN},
        {PROBLEM("seal-down"), RESULT_REFUSED, BACKEND_REFUSAL_SEAL_DOWN},
        {PROBLEM("bad-request"), RESULT_FAILED, BACKEND_REFUSAL_NONE},
        {PROBLEM("not-found"), RESULT_FAILED, BACKEND_REFUSAL_NONE},
        {PROBLEM("conflict"), RESULT_FAILED, BACKEND_REFUSAL_NONE},
        {PROBLEM("too-large"), RESULT_FAILED, BACKEND_REFUSAL_NONE},
        {PROBLEM("unauthorized"), RESULT_FAILED, BACKEND_REFUSAL_NONE},
        {PROBLEM("too-many-requests"), RESULT_UNREACHABLE, BACKEND_REFUSAL_NONE},
        {PROBLEM("internal"), RESULT_UNREACHABLE, BACKEND_REFUSAL_NONE},
        {PROBLEM("something-new"), RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
        {"{\"title\":\"No\"}", RESULT_MALFORMED, BACKEND_REFUSAL_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum backend_refusal refusal = BACKEND_REFUSAL_MINOR;
        assert_int_equal(answer_read_problem(text(cases[i].body), &refusal), cases[i].result);
        assert_int_equal(refusal, cases[i].refusal);
    }
}

// ---- every member, missing and wrong ----------------------------------------------------------

static enum result read_as_catalogue(struct bytes body)
{
    owned(catalogue) catalogue = NULL;

    return answer_read_catalogue(body, &catalogue);
}

static enum result read_as_session(struct bytes body)
{
    struct answer_session session;

    return answer_read_session(body, &session);
}

static enum result read_as_proved(struct bytes body)
{
    owned(secret) token = NULL;
    owned(catalogue) catalogue = NULL;

    assert_int_equal(secret_create(TOKEN_SIZE, &token), RESULT_OK);
    return answer_read_proved(body, token, &catalogue);
}

static enum result read_as_order(struct bytes body)
{
    struct backend_order order;

    return answer_read_order(body, "ISSUED", &order);
}

static const struct answer {
    const char *name, *good;
    enum result (*read)(struct bytes body);
} answers[] = {
    {"catalogue", CATALOGUE, read_as_catalogue},
    {"session", SESSION, read_as_session},
    {"proved", PROVED, read_as_proved},
    {"order", ORDER, read_as_order},
    {"order with a code", CODED_ORDER, read_as_order},
};

static void expect(const struct answer *answer, const json_t *whole, const char *what,
                   const char *member, enum result expected)
{
    char *body = json_dumps(whole, 0);
    enum result result = answer->read(text(body));

    if (result != expected)
        print_error("%s: %s %s: %s\n%s\n", answer->name, member, what, result_text(result), body);
    assert_int_equal(result, expected);
    free(body);
}

static bool is_optional(const char *member)
{
    return strcmp(member, "reason") == 0;
}

// Puts each kind of JSON value, but its own, in place of the member.
static void replace_by_every_kind(const struct answer *answer, json_t *whole, json_t *object,
                                  const char *member, const json_t *own)
{
    json_t *const values[] = {
        json_null(),  json_true(),   json_integer(-1), json_integer(INT64_MAX), json_real(1.0),
        json_array(), json_object(), json_string(""),  json_string("x\ny"),
    };

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        bool is_own_kind = json_is_boolean(own) && json_is_boolean(values[i]);
        json_object_set(object, member, values[i]);
        if (!is_own_kind &&
            !(json_is_array(own) && strcmp(member, "documents") == 0 && json_is_array(values[i])))
            expect(answer, whole, "of another kind", member, RESULT_MALFORMED);
        json_decref(values[i]);
    }
}

// Walks the whole answer; `whole` is the text that is tried, `part` the piece of it at hand.
static void try_members(const struct answer *answer, json_t *whole, json_t *part)
{
    const char *member = NULL;
    json_t *value = NULL, *element = NULL;
    size_t index = 0;
    json_t *copy = json_copy(part); // the loop runs over what does not change

    json_object_foreach(copy, member, value)
    {
        json_object_del(part, member);
        expect(answer, whole, "missing", member,
               is_optional(member) ? RESULT_OK : RESULT_MALFORMED);
        replace_by_every_kind(answer, whole, part, member, value);
        json_object_set(part, member, value);
        try_members(answer, whole, value);
        json_array_foreach(value, index, element)
        {
            try_members(answer, whole, element);
        }
    }
    json_object_set_new(part, "unknown", json_string("is ignored"));
    if (json_is_object(part))
        expect(answer, whole, "has another one", "unknown", RESULT_OK);
    json_object_del(part, "unknown");
    json_decref(copy);
}

void test_every_member(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        json_t *whole = json_loads(answers[i].good, 0, NULL);
        assert_non_null(whole);
        try_members(&answers[i], whole, whole);
        json_decref(whole);
    }
}

void test_not_json(void **state)
{
    static const struct {
        const char *what, *body;
    } cases[] = {
        {"empty", ""},
        {"text", "hello"},
        {"array", "[]"},
        {"number", "1"},
        {"bytes after the end", ORDER "x"},
        {"member twice", "{\"order\":\"" UUID "\","
                         "\"order\":\"" UUID "\"}"},
        {"single quotes", "{'order':1}"},
        {"invalid UTF-8", "{\"order\":\"\xff\"}"},
        {"overlong UTF-8", "{\"order\":\"\xc0\xaf\"}"},
        {"lone surrogate", "{\"order\":\"\\ud800\"}"},
        {"escaped zero", "{\"order\":\"\\u0000\"}"},
        {"beyond 64 bits", "{\"order\":9223372036854775808}"},
        {"not a number", "{\"order\":NaN}"},
        {"comment", "{\"order\":1/**/}"},
        {"deep", "{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *parsed = NULL;
        if (read_as_order(text(cases[i].body)) != RESULT_MALFORMED)
            print_error("%s is accepted\n", cases[i].what);
        assert_int_equal(json_parse(text(cases[i].body), &parsed), RESULT_MALFORMED);
        assert_null(parsed);
    }
    struct bytes huge = {calloc(1, JSON_SIZE_MAXIMUM + 1), JSON_SIZE_MAXIMUM + 1};
    json_t *parsed = NULL;
    assert_int_equal(json_parse(huge, &parsed), RESULT_TOO_LARGE);
    free((void *)huge.data);
}
