// The whole conversation, and the ways in which its proof must not count.
#include "clock.h"
#include "link.h"
#include "str.h"
#include "test_parts.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSION_ID "0f8fad5b-d9cb-469f-a165-70867728950e"
#define ORDER_ID "7c9e6679-7425-40de-944b-e07fc1f90ae7"
#define DOCUMENT "%PDF-1.4 pretended"
#define NONCE "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define CITY "{\"fr\":\"Ville\",\"nl\":\"Stad\",\"de\":\"Stadt\",\"en\":\"City\"}"
#define JSON "application/json"

enum { SESSION, PROOF, ORDER, FETCH, OUTCOME, CLOSE, STEPS };

// What the municipality answers in a good session, changed by the tests where they want it.
struct script {
    struct scripted_answer answers[STEPS];
};

static struct scripted_answer session_answer(int64_t time, const char *server)
{
    char body[512];

    assert_int_equal(str_format(body, sizeof body,
                                "{\"session\":\"" SESSION_ID "\",\"challenge\":{\"nonce\":\"" NONCE
                                "\",\"time\":%lld,\"expires\":%lld,\"server\":\"%s\"}}",
                                (long long)time, (long long)time + 60, server),
                     RESULT_OK);
    return make_answer("201 Created", JSON, body);
}

static struct scripted_answer order_answer(const char *state, const char *status)
{
    uint8_t digest[32];
    char hex[65], body[512];

    EVP_Digest(DOCUMENT, strlen(DOCUMENT), digest, NULL, EVP_sha256(), NULL);
    assert_int_equal(bytes_to_hex((struct bytes){digest, 32}, hex, sizeof hex), RESULT_OK);
    assert_int_equal(str_format(body, sizeof body,
                                "{\"order\":\"" ORDER_ID "\",\"reference\":\"BXL-1\","
                                "\"state\":\"%s\",\"price_cents\":0,\"pages\":1,\"sha256\":\"%s\"}",
                                state, hex),
                     RESULT_OK);
    return make_answer(status, JSON, body);
}

static struct script good_script(void)
{
    return (struct script){
        .answers = {
            [SESSION] = session_answer(clock_wall_seconds(), "localhost"),
            [PROOF] = make_answer("200 OK", JSON,
                                  "{\"token\":\"secret-token\",\"expires\":1795525200,"
                                  "\"catalogue\":{\"municipality\":" CITY ",\"documents\":[]}}"),
            [ORDER] = order_answer("ISSUED", "201 Created"),
            [FETCH] = make_answer("200 OK", "application/pdf", DOCUMENT),
            [OUTCOME] = order_answer("DELIVERED", "200 OK"),
            [CLOSE] = make_answer("204 No Content", "text/plain", ""),
        }};
}

static void script_free(struct script *script)
{
    for (size_t i = 0; i < STEPS; i++)
        free_answer(&script->answers[i]);
}

// A test's own answer in place of the usual one.
static void change(struct script *script, size_t step, struct scripted_answer answer)
{
    free_answer(&script->answers[step]);
    script->answers[step] = answer;
}

static struct secret *file(const char *content)
{
    struct secret *secret = NULL;

    assert_int_equal(secret_create(100, &secret), RESULT_OK);
    assert_int_equal(
        secret_append(secret, (struct bytes){(const uint8_t *)content, strlen(content)}),
        RESULT_OK);
    return secret;
}

static enum result open_session(struct backend *backend, struct backend_challenge *challenge,
                                enum backend_refusal *refusal)
{
    struct card_files files = {file("identity"), file("1"),      file("address"), file("2"),
                               file("auth"),     file("issuer"), file("register")};

    enum result result = backend->verbs->open_session(backend->self, &files, challenge, refusal);
    card_files_wipe(&files);
    return result;
}

static enum result prove(struct backend *backend, enum backend_refusal *refusal)
{
    const struct card_signature signature = {.bytes = "signature", .size = 9};
    owned(catalogue) offered = NULL;

    return backend->verbs->prove(backend->self, &signature, &offered, refusal);
}

static enum result make_order(struct backend *backend, struct backend_order *order)
{
    struct backend_order_request request = {
        .kind = "household", .language = "fr", .subject = "self"};
    enum backend_refusal refusal;

    assert_int_equal(identifier_from_text(ORDER_ID, &request.id), RESULT_OK);
    return backend->verbs->order(backend->self, &request, order, &refusal);
}

static bool holds(const struct backend_challenge *challenge, const void *part, size_t size)
{
    return memmem(challenge->message, challenge->size, part, size) != NULL;
}

// Field 4 is the exporter as the server's side of the connection sees it, field 9 our certificate.
static void assert_bound(const struct backend_challenge *challenge, const struct files *files,
                         struct tls_server *server)
{
    uint8_t binding[4 + 13 + 32] = "\0\4\0\x2dtls-exporter";

    memcpy(binding + 17, tls_server_seen(server, 0)->exporter, 32);
    assert_true(holds(challenge, binding, sizeof binding));
    assert_true(holds(challenge, files->kiosk_digest, 32));
    assert_true(holds(challenge, "\0\2\0\x0akiosk-0001", 14));
    assert_true(holds(challenge, "\0\1\0\x09localhost", 13));
    assert_true(holds(challenge, "\0\x08\0\x24" SESSION_ID, 40));
}

static bool was_asked(struct tls_server *server, size_t index, const char *words)
{
    return strstr(tls_server_seen(server, index)->head, words) != NULL;
}

static void finish_session(struct backend *backend)
{
    struct identifier order;
    enum backend_refusal refusal;

    assert_int_equal(identifier_from_text(ORDER_ID, &order), RESULT_OK);
    assert_int_equal(backend->verbs->outcome(backend->self, &order, true, 1, &refusal), RESULT_OK);
    assert_int_equal(backend->verbs->close_session(backend->self), RESULT_OK);
    assert_int_equal(backend->verbs->close_session(backend->self), RESULT_OK); // nothing to close
}

void test_whole_session(void **state)
{
    struct script script = good_script();
    owned(tls_server) server = good_server(*state, script.answers, STEPS);
    struct backend backend = link_to(*state, "localhost", tls_server_port(server));
    struct backend_challenge challenge;
    struct backend_order order;
    enum backend_refusal refusal;
    owned(secret) pdf = NULL;

    assert_int_equal(secret_create(1000, &pdf), RESULT_OK);
    assert_int_equal(open_session(&backend, &challenge, &refusal), RESULT_OK);
    assert_bound(&challenge, *state, server);
    assert_int_equal(prove(&backend, &refusal), RESULT_OK);
    assert_int_equal(make_order(&backend, &order), RESULT_OK);
    assert_string_equal(order.reference, "BXL-1");
    assert_int_equal(backend.verbs->document(backend.self, &order.id, pdf, &refusal), RESULT_OK);
    assert_int_equal(secret_bytes(pdf).size, strlen(DOCUMENT));
    finish_session(&backend);

    assert_true(was_asked(server, PROOF, "POST /v1/sessions/" SESSION_ID "/proof HTTP/1.1\r\n"));
    assert_string_equal(tls_server_seen(server, PROOF)->body, "{\"signature\":\"c2lnbmF0dXJl\"}");
    assert_true(was_asked(server, ORDER, "Authorization: Bearer secret-token\r\n"));
    assert_true(was_asked(server, ORDER, "Idempotency-Key: " ORDER_ID "\r\n"));
    assert_true(was_asked(server, FETCH, "GET /v1/orders/" ORDER_ID "/document"));
    assert_true(was_asked(server, FETCH, "Authorization: Bearer secret-token\r\n"));
    assert_true(was_asked(server, OUTCOME, "POST /v1/orders/" ORDER_ID "/outcome"));
    assert_false(was_asked(server, OUTCOME, "Authorization"));
    assert_true(was_asked(server, CLOSE, "DELETE /v1/sessions/" SESSION_ID " "));
    assert_int_equal(tls_server_seen(server, CLOSE)->connection, 1);
    https_backend_destroy(&backend);
    script_free(&script);
}

void test_clock_differs(void **state)
{
    static const struct {
        int64_t seconds;
        enum result result;
    } cases[] = {{121 + 5, RESULT_REFUSED}, {-121 - 5, RESULT_REFUSED}, {100, RESULT_OK}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct script script = good_script();
        change(&script, SESSION,
               session_answer(clock_wall_seconds() + cases[i].seconds, "localhost"));
        owned(tls_server) server = good_server(*state, script.answers, STEPS);
        struct backend backend = link_to(*state, "localhost", tls_server_port(server));
        struct backend_challenge challenge;
        enum backend_refusal refusal;

        assert_int_equal(open_session(&backend, &challenge, &refusal), cases[i].result);
        assert_int_equal(refusal, cases[i].result == RESULT_OK ? BACKEND_REFUSAL_NONE
                                                               : BACKEND_REFUSAL_TERMINAL);
        assert_int_equal(challenge.size != 0, cases[i].result == RESULT_OK);
        https_backend_destroy(&backend);
        script_free(&script);
    }
}

void test_other_server_name(void **state)
{
    struct script script = good_script();
    change(&script, SESSION, session_answer(clock_wall_seconds(), "elsewhere"));
    owned(tls_server) server = good_server(*state, script.answers, STEPS);
    struct backend backend = link_to(*state, "localhost", tls_server_port(server));
    struct backend_challenge challenge;
    enum backend_refusal refusal;

    assert_int_equal(open_session(&backend, &challenge, &refusal), RESULT_MALFORMED);
    assert_int_equal(challenge.size, 0);
    assert_int_equal(prove(&backend, &refusal), RESULT_INVALID);
    https_backend_destroy(&backend);
    script_free(&script);
}

// The server closes after the challenge: the proof goes out on a new connection, and whatever the
// server says to it, it does not count.
void test_stale_challenge(void **state)
{
    struct script script = good_script();
    script.answers[SESSION].manner = ANSWER_THEN_CLOSE;
    owned(tls_server) server = good_server(*state, script.answers, STEPS);
    struct backend backend = link_to(*state, "localhost", tls_server_port(server));
    struct backend_challenge challenge;
    struct backend_order order;
    enum backend_refusal refusal;

    assert_int_equal(open_session(&backend, &challenge, &refusal), RESULT_OK);
    assert_int_equal(prove(&backend, &refusal), RESULT_REFUSED);
    assert_int_equal(refusal, BACKEND_REFUSAL_CHALLENGE_STALE);
    assert_int_equal(make_order(&backend, &order), RESULT_INVALID);
    https_backend_destroy(&backend);
    script_free(&script);
}

// Another verb noticed the loss: then the proof is not even sent.
void test_connection_lost_before_proof(void **state)
{
    struct script script = good_script();
    script.answers[SESSION].manner = ANSWER_THEN_CLOSE;
    change(&script, PROOF, (struct scripted_answer){.made = {NULL, 0}});
    script.answers[PROOF].text = answer_catalogue;
    owned(tls_server) server = good_server(*state, script.answers, STEPS);
    struct backend backend = link_to(*state, "localhost", tls_server_port(server));
    struct backend_challenge challenge;
    enum backend_refusal refusal;

    assert_int_equal(open_session(&backend, &challenge, &refusal), RESULT_OK);
    assert_int_equal(ask_catalogue(&backend, &refusal), RESULT_OK);
    assert_int_equal(prove(&backend, &refusal), RESULT_REFUSED);
    assert_int_equal(refusal, BACKEND_REFUSAL_CHALLENGE_STALE);
    assert_int_equal(tls_server_seen_count(server), 2);
    https_backend_destroy(&backend);
    script_free(&script);
}

static enum result fetch(const struct files *files, struct script *script, size_t capacity,
                         size_t *size)
{
    owned(tls_server) server = good_server(files, script->answers, STEPS);
    struct backend backend = link_to(files, "localhost", tls_server_port(server));
    struct backend_challenge challenge;
    struct backend_order order;
    enum backend_refusal refusal;
    owned(secret) pdf = NULL;

    assert_int_equal(secret_create(capacity, &pdf), RESULT_OK);
    assert_int_equal(open_session(&backend, &challenge, &refusal), RESULT_OK);
    assert_int_equal(prove(&backend, &refusal), RESULT_OK);
    assert_int_equal(make_order(&backend, &order), RESULT_OK);
    enum result result = backend.verbs->document(backend.self, &order.id, pdf, &refusal);
    *size = secret_bytes(pdf).size;
    https_backend_destroy(&backend);
    return result;
}

void test_other_document(void **state)
{
    static const struct {
        const char *status, *type, *body;
        enum result result;
    } cases[] = {
        {"200 OK", "application/pdf", "%PDF-1.4 pretendeD", RESULT_MALFORMED},
        {"200 OK", "text/html", DOCUMENT, RESULT_MALFORMED},
        {"200 OK", "application/pdf", "", RESULT_MALFORMED},
        {"503 No", "application/problem+json", "{\"code\":\"seal-down\"}", RESULT_REFUSED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct script script = good_script();
        size_t size = 1;
        change(&script, FETCH, make_answer(cases[i].status, cases[i].type, cases[i].body));
        assert_int_equal(fetch(*state, &script, 1000, &size), cases[i].result);
        assert_int_equal(size, 0);
        script_free(&script);
    }
}

void test_document_too_large(void **state)
{
    struct script script = good_script();
    size_t size = 1;

    assert_int_equal(fetch(*state, &script, strlen(DOCUMENT) - 1, &size), RESULT_TOO_LARGE);
    assert_int_equal(size, 0);
    script_free(&script);
}

void test_nothing_without_proof(void **state)
{
    owned(tls_server) server = good_server(*state, NULL, 0);
    struct backend backend = link_to(*state, "localhost", tls_server_port(server));
    struct backend_order order;
    struct identifier id;
    enum backend_refusal refusal;
    owned(secret) pdf = NULL;

    assert_int_equal(secret_create(100, &pdf), RESULT_OK);
    assert_int_equal(identifier_make(&id), RESULT_OK);
    assert_int_equal(prove(&backend, &refusal), RESULT_INVALID);
    assert_int_equal(make_order(&backend, &order), RESULT_INVALID);
    assert_int_equal(backend.verbs->document(backend.self, &id, pdf, &refusal), RESULT_INVALID);
    https_backend_destroy(&backend);
}
