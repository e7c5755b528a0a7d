// Hostile requests as tables: every call with every rule that it can break, and the problem that
// must come back. Afterwards the municipality still serves.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostile_stage.h"
#include "str.h"

// Every call of the API, well formed.
static const struct attack calls[] = {
    {"GET", "/v1/catalogue", NULL, NULL, NULL, NULL, 200, ""},
    {"POST", "/v1/sessions", NULL, NULL, NULL, "{}", 400, "bad-request"},
    {"POST", "/v1/sessions/{open}/proof", NULL, NULL, NULL, "{\"signature\":\"AAAA\"}", 0, ""},
    {"DELETE", "/v1/sessions/{session}", NULL, NULL, NULL, NULL, 0, ""},
    {"POST", "/v1/orders", "{token}", ORDER, NULL, GOOD, 201, ""},
    {"GET", "/v1/orders/" ORDER, NULL, NULL, NULL, NULL, 200, ""},
    {"GET", "/v1/orders/" ORDER "/document", "{token}", NULL, NULL, NULL, 200, ""},
    {"POST", "/v1/orders/" ORDER "/outcome", NULL, NOBODYS, NULL,
     "{\"delivered\":true,\"sheets\":1}", 0, ""},
};
#define CALLS (sizeof calls / sizeof calls[0])

static void strangers_get_nothing_from_any_call(void **state)
{
    struct stage *stage = *state;
    static const char *const strangers[] = {NULL, "stranger", "kiosk-9999"};

    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < CALLS; j++) {
            struct attack attack = calls[j];
            struct https_peer *peer = fresh(stage, strangers[i]);
            attack.status = 403;
            attack.code = "terminal-unknown";
            struct https_reply reply = send_attack(stage, peer, &attack);
            judge(&attack, &reply);
            https_peer_close(peer);
        }
    }
}

// The same ids and tokens from another terminal of the fleet.
static void another_terminal_gets_nothing_of_this_one(void **state)
{
    struct stage *stage = *state;
    static const struct {
        int status;
        const char *code;
    } expected[CALLS] = {{200, ""},
                         {400, "bad-request"},
                         {409, "challenge-stale"},
                         {204, ""}, // as if it were gone: nobody learns that it is there
                         {401, "unauthorized"},
                         {404, "not-found"},
                         {401, "unauthorized"},
                         {404, "not-found"}};
    struct https_peer *peer = fresh(stage, "kiosk-0002");

    for (size_t i = 0; i < CALLS; i++) {
        struct attack attack = calls[i];
        attack.status = expected[i].status;
        attack.code = expected[i].code;
        struct https_reply reply = send_attack(stage, peer, &attack);
        judge(&attack, &reply);
    }
    https_peer_close(peer);
    const struct attack still_there[] = {
        {"GET", "/v1/orders/" ORDER "/document", "{token}", NULL, NULL, NULL, 200, ""}};
    STRIKE(stage, still_there);
}

static void wrong_methods_are_told(void **state)
{
    struct stage *stage = *state;
    static const char *const methods[] = {"PUT", "PATCH", "OPTIONS", "TRACE", "SECRET"};

    for (size_t i = 0; i < CALLS; i++) {
        for (size_t j = 0; j < sizeof methods / sizeof methods[0]; j++) {
            struct attack attack = calls[i];
            attack.method = methods[j];
            attack.body = NULL;
            attack.status = 405;
            attack.code = "method-not-allowed";
            strike(stage, &attack, 1);
        }
    }
}

static void only_these_paths_are_there(void **state)
{
    struct stage *stage = *state;
    static const char *const paths[] = {
        "/",
        "//v1/catalogue",
        "/v1/catalogue/",
        "/v1//catalogue",
        "/V1/catalogue",
        "/v1/catalogue%00",
        "/v1/catalogue/..",
        "/v1/../v1/catalogue",
        "/v2/catalogue",
        "/v1",
        "/v1/sessions/",
        "/v1/sessions/{session}/",
        "/v1/sessions/{session}/proof/",
        "/v1/sessions/{session}/else",
        "/v1/sessions/{session}x",
        "/v1/orders/",
        "/v1/orders/" ORDER "/",
        "/v1/orders/" ORDER "/document/x",
        "/v1/orders/" ORDER "x",
        "/v1/orders/not-an-identifier",
        "/v1/orders/0b7c1d0e8a554a319d7e000000000001",
        "/v1/orders/0b7c1d0e-8a55-4a31-9d7e-00000000000g",
        "/v1/orders/%27%20OR%201=1",
        "/v1/orders/../../etc/passwd",
        "/v/7K3M-9QXT-2WVD-H4NR",
        "/.well-known/est/cacerts",
        "*",
        "http://localhost/v1/nothing",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const struct attack attack = {"GET", paths[i], "{token}", NULL,
                                      NULL,  NULL,     404,       "not-found"};
        strike(stage, &attack, 1);
    }
}

static void broken_bodies_are_refused_by_every_call_that_reads_one(void **state)
{
    struct stage *stage = *state;
    static const char *const bodies[] = {
        "",
        " ",
        "[]",
        "\"SECRET\"",
        "7",
        "null",
        "{",
        "{} {}",
        "{}x",
        "{\"a\":1,\"a\":1}",
        "{\"a\":NaN}",
        "{'a':'b'}",
        "{\"a\":\"\xC0\xAF\"}",
        "{\"a\":\"\xFF\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud800\"}",
        "\xEF\xBB\xBF{}",
        "{\"a\":01}",
        "{\"a\":1e400}",
        "{\"a\":9223372036854775808}",
        "{\"a\":[[[[[[[[[[]]]]]]]]]]}",
        "{\"a\":\"\n\"}",
        "{\"a\":tru}",
        "<order/>",
        "kind=household",
    };

    for (size_t i = 0; i < CALLS; i++) {
        if (!str_equal(calls[i].method, "POST"))
            continue;
        for (size_t j = 0; j < sizeof bodies / sizeof bodies[0]; j++) {
            struct attack attack = calls[i];
            attack.body = bodies[j];
            attack.status = 400;
            attack.code = "bad-request";
            strike(stage, &attack, 1);
        }
    }
}

#define ORDERING(body)                                                                             \
    {                                                                                              \
        "POST", "/v1/orders", "{token}", NOBODYS, NULL, body, 400, "bad-request"                   \
    }
#define SETTLING(body)                                                                             \
    {                                                                                              \
        "POST", "/v1/orders/" ORDER "/outcome", NULL, NOBODYS, NULL, body, 400, "bad-request"      \
    }
#define PROVING(body)                                                                              \
    {                                                                                              \
        "POST", "/v1/sessions/{open}/proof", NULL, NULL, NULL, body, 400, "bad-request"            \
    }

static void members_are_judged_one_by_one(void **state)
{
    static const struct attack attacks[] = {
        ORDERING("{\"subject\":\"self\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":7,\"subject\":\"self\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":\"\",\"subject\":\"self\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":null,\"subject\":\"self\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":[\"household\"],\"subject\":\"self\",\"language\":\"fr\"}"),
        ORDERING(
            "{\"kind\":\"SECRETSECRETSECRETSECRETSECRETSECRETSECRETSECRET\",\"subject\":\"self\","
            "\"language\":\"fr\"}"),
        ORDERING("{\"kind\":\"household\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"85673001281\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":true,\"language\":\"fr\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"\",\"language\":\"fr\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"self\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"de\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"FR\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"fra\"}"),
        ORDERING("{\"kind\":\"household\",\"subject\":\"self\",\"language\":{}}"),
        SETTLING("{\"sheets\":1}"),
        SETTLING("{\"delivered\":true}"),
        SETTLING("{\"delivered\":\"true\",\"sheets\":1}"),
        SETTLING("{\"delivered\":1,\"sheets\":1}"),
        SETTLING("{\"delivered\":null,\"sheets\":1}"),
        SETTLING("{\"delivered\":true,\"sheets\":-2}"),
        SETTLING("{\"delivered\":true,\"sheets\":1001}"),
        SETTLING("{\"delivered\":true,\"sheets\":1.5}"),
        SETTLING("{\"delivered\":true,\"sheets\":1.0}"),
        SETTLING("{\"delivered\":true,\"sheets\":\"1\"}"),
        SETTLING("{\"delivered\":true,\"sheets\":9223372036854775807}"),
        SETTLING("{\"delivered\":true,\"sheets\":null}"),
        PROVING("{}"),
        PROVING("{\"signature\":\"\"}"),
        PROVING("{\"signature\":7}"),
        PROVING("{\"signature\":\"AAA\"}"),
        PROVING("{\"signature\":\"AA=A\"}"),
        PROVING("{\"signature\":\"====\"}"),
        PROVING("{\"signature\":\"AA AA\"}"),
        PROVING("{\"signature\":\"SECRET__\"}"),
    };

    STRIKE(*state, attacks);
}

#define TOKEN_ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void keys_and_tokens_are_judged(void **state)
{
    struct stage *stage = *state;
    static const char *const tokens[] = {NULL,       "",          "SECRET",          "{token}0",
                                         "0{token}", TOKEN_ZEROS, "{token} {token}", "{session}",
                                         "\xFF\xFE", "' OR 1=1"};
    static const char *const keys[] = {NULL,          "",  "SECRET", ORDER "0", ORDER " x",
                                       "{" ORDER "}", "0", "\xFF"};
    static const char *const schemes[] = {"Authorization: Basic U0VDUkVUOng=\r\n",
                                          "Authorization: bearer x\r\n", "Authorization:\r\n",
                                          "Authorization: Bearer\r\n", "Authorization: Digest\r\n"};

    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        const struct attack attacks[] = {
            {"POST", "/v1/orders", tokens[i], NOBODYS, NULL, GOOD, 401, "unauthorized"},
            {"GET", "/v1/orders/" ORDER "/document", tokens[i], NULL, NULL, NULL, 401,
             "unauthorized"},
        };
        STRIKE(stage, attacks);
    }
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        const struct attack attack = {"POST",     "/v1/orders", NULL, NOBODYS,
                                      schemes[i], GOOD,         401,  "unauthorized"};
        strike(stage, &attack, 1);
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct attack attacks[] = {
            {"POST", "/v1/orders", "{token}", keys[i], NULL, GOOD, 400, "bad-request"},
            {"POST", "/v1/orders/" ORDER "/outcome", NULL, keys[i], NULL,
             "{\"delivered\":true,\"sheets\":1}", 400, "bad-request"},
        };
        STRIKE(stage, attacks);
    }
}

static void nothing_happens_out_of_order_or_twice(void **state)
{
    static const struct attack attacks[] = {
        // before there is anything
        {"POST", "/v1/sessions/" NOBODYS "/proof", NULL, NULL, NULL, "{\"signature\":\"AAAA\"}",
         409, "challenge-stale"},
        {"POST", "/v1/sessions/{session}/proof", NULL, NULL, NULL, "{\"signature\":\"AAAA\"}", 409,
         "challenge-stale"}, // proved already
        {"GET", "/v1/orders/" NOBODYS, NULL, NULL, NULL, NULL, 404, "not-found"},
        {"GET", "/v1/orders/" NOBODYS "/document", "{token}", NULL, NULL, NULL, 404, "not-found"},
        {"POST", "/v1/orders/" NOBODYS "/outcome", NULL, NOBODYS, NULL,
         "{\"delivered\":true,\"sheets\":1}", 404, "not-found"},
        {"POST", "/v1/orders", "{token}", NOBODYS, NULL,
         "{\"kind\":\"nothing\",\"subject\":\"self\",\"language\":\"fr\"}", 403, "not-possible"},
        // the same key for something else
        {"POST", "/v1/orders", "{token}", ORDER, NULL,
         "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"nl\"}", 409, "conflict"},
        {"POST", "/v1/orders", "{token}", SETTLED, NULL,
         "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"nl\"}", 409, "conflict"},
        // of another session of the same terminal
        {"GET", "/v1/orders/" ORDER "/document", "{other}", NULL, NULL, NULL, 404, "not-found"},
        {"GET", "/v1/orders/" OTHERS "/document", "{token}", NULL, NULL, NULL, 404, "not-found"},
        // after it was settled
        {"GET", "/v1/orders/" SETTLED "/document", "{token}", NULL, NULL, NULL, 409, "conflict"},
        {"POST", "/v1/orders/" SETTLED "/outcome", NULL, NOBODYS, NULL,
         "{\"delivered\":false,\"sheets\":0}", 409, "conflict"},
        {"POST", "/v1/orders/" SETTLED "/outcome", NULL, NOBODYS, NULL,
         "{\"delivered\":false,\"sheets\":2}", 409, "conflict"},
        // what may be said twice
        {"POST", "/v1/orders", "{token}", ORDER, NULL, GOOD, 201, ""},
        {"POST", "/v1/orders/" SETTLED "/outcome", NULL, NOBODYS, NULL,
         "{\"delivered\":true,\"sheets\":1}", 200, ""},
        {"DELETE", "/v1/sessions/" NOBODYS, NULL, NULL, NULL, NULL, 204, ""},
    };

    STRIKE(*state, attacks);
}

// Announced or sent, with a length or in pieces: no call takes more than its bound.
static void too_much_is_refused_by_every_call(void **state)
{
    struct stage *stage = *state;
    static char text[400000];
    const size_t sent = 300000;

    for (size_t i = 0; i < CALLS; i++) {
        char path[256];
        fill_in(stage, calls[i].path, path, sizeof path);
        int head = snprintf(text, sizeof text,
                            "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 262145\r\n\r\n",
                            calls[i].method, path);
        struct https_peer *peer = fresh(stage, "kiosk-0001");
        struct https_reply reply =
            https_peer_ask_raw(peer, (struct bytes){(const uint8_t *)text, (size_t)head});
        assert_int_equal(reply.status, 413);
        judge_problem(&reply, 413, "too-large");
        free(reply.body);
        https_peer_close(peer);
        head = snprintf(text, sizeof text,
                        "%s %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                        "chunked\r\n\r\n%zx\r\n",
                        calls[i].method, path, sent);
        memset(text + head, ' ', sent);
        memcpy(text + head + sent, "\r\n0\r\n\r\n", 7);
        peer = fresh(stage, "kiosk-0001");
        reply = https_peer_ask_raw(peer,
                                   (struct bytes){(const uint8_t *)text, (size_t)head + sent + 7});
        assert_int_equal(reply.status, 413);
        judge_problem(&reply, 413, "too-large");
        free(reply.body);
        https_peer_close(peer);
        stage->asked += 2;
    }
}

#define CHUNKED "POST /v1/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
// What is no HTTP never reaches a call: it gets a refusal of the library, or the line is cut.
static void what_is_no_http_is_cut_off(void **state)
{
    struct stage *stage = *state;
    static const char *const requests[] = {
        "SECRET\r\n\r\n",
        "GET /v1/catalogue\r\n\r\n",
        "GET /v1/catalogue HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v1/catalogue HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\x16\x03\x01\x02\r\n\r\n",
        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        "POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        CHUNKED "SECRET\r\n",
        CHUNKED "-1\r\n\r\n",
        CHUNKED "ffffffffffffffffff\r\n\r\n",
    };

    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        struct https_peer *peer = fresh(stage, "kiosk-0001");
        struct https_reply reply = https_peer_ask_raw(peer, text_bytes(requests[i]));
        if (reply.status != 0 && reply.status < 400)
            fprintf(stderr, "%s: %d\n", requests[i], reply.status);
        assert_true(reply.status == 0 || reply.status >= 400);
        assert_true(reply.body == NULL || strstr((const char *)reply.body, "SECRET") == NULL);
        free(reply.body);
        https_peer_close(peer);
        stage->asked++;
    }
}

static void headers_without_end_are_refused(void **state)
{
    struct stage *stage = *state;
    static char text[80000];
    struct https_peer *peer = fresh(stage, "kiosk-0001");
    int head = snprintf(text, sizeof text, "GET /v1/catalogue HTTP/1.1\r\nHost: x\r\nX: ");

    memset(text + head, 'x', 70000);
    memcpy(text + head + 70000, "\r\n\r\n", 4);
    struct https_reply reply =
        https_peer_ask_raw(peer, (struct bytes){(const uint8_t *)text, (size_t)head + 70004});
    assert_true(reply.status == 0 || reply.status == 431 || reply.status == 400);
    free(reply.body);
    https_peer_close(peer);
    stage->asked++;
}

static void a_terminal_that_storms_is_slowed(void **state)
{
    struct stage *stage = *state;
    const char *const changes[][3] = {{"fleet", "requests_per_minute", "60"},
                                      {"store", "database", "store-storm.db"}};
    struct city_server server = city_server_start(&stage->world->bench, "storm", changes, 2);
    struct https_peer *peer = city_connect(&stage->world->bench, &server, "kiosk-0001");
    const struct https_question question = {.method = "GET", .path = "/v1/catalogue"};
    struct https_reply reply = {};
    int answered = 0;

    assert_non_null(peer);
    do {
        free(reply.body);
        reply = https_peer_ask(peer, &question);
    } while (reply.status == 200 && answered++ < 100000);
    assert_true(answered >= 60);
    assert_int_equal(reply.status, 429);
    judge_problem(&reply, 429, "too-many-requests");
    free(reply.body);
    https_peer_close(peer);
    peer = city_connect(&stage->world->bench, &server, "kiosk-0002"); // not its neighbours
    expect(peer, &question, 200, "");
    https_peer_close(peer);
    stage->asked++;
    assert_int_equal(city_server_stop(&server), 0);
}

static void the_municipality_still_serves(void **state)
{
    struct stage *stage = *state;
    static const struct attack last[] = {
        {"GET", "/v1/catalogue", NULL, NULL, NULL, NULL, 200, ""},
        {"POST", "/v1/orders", "{token}", ORDER, NULL, GOOD, 201, ""},
        {"GET", "/v1/orders/" ORDER "/document", "{token}", NULL, NULL, NULL, 200, ""},
        {"DELETE", "/v1/sessions/{session}", NULL, NULL, NULL, NULL, 204, ""},
        {"GET", "/v1/orders/" ORDER "/document", "{token}", NULL, NULL, NULL, 401, "unauthorized"},
        {"POST", "/v1/orders", "{token}", ORDER, NULL, GOOD, 401, "unauthorized"},
    };

    STRIKE(stage, last);
    printf("%d hostile requests\n", stage->asked);
    assert_true(stage->asked >= 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_is_set),
        cmocka_unit_test(strangers_get_nothing_from_any_call),
        cmocka_unit_test(another_terminal_gets_nothing_of_this_one),
        cmocka_unit_test(wrong_methods_are_told),
        cmocka_unit_test(only_these_paths_are_there),
        cmocka_unit_test(broken_bodies_are_refused_by_every_call_that_reads_one),
        cmocka_unit_test(members_are_judged_one_by_one),
        cmocka_unit_test(keys_and_tokens_are_judged),
        cmocka_unit_test(nothing_happens_out_of_order_or_twice),
        cmocka_unit_test(too_much_is_refused_by_every_call),
        cmocka_unit_test(what_is_no_http_is_cut_off),
        cmocka_unit_test(headers_without_end_are_refused),
        cmocka_unit_test(a_terminal_that_storms_is_slowed),
        cmocka_unit_test(the_municipality_still_serves),
    };

    return cmocka_run_group_tests(tests, stage_set_up, stage_tear_down);
}
