// The reference municipality over real TLS: who is let in, and what a card must prove.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "city_bench.h"
#include "str.h"
#include "visit.h"

static void only_terminals_of_the_fleet_are_answered(void **state)
{
    struct world *world = *state;
    const char *const strangers[] = {NULL, "stranger", "kiosk-9999"};
    const struct https_question questions[] = {
        {.method = "GET", .path = "/v1/catalogue"},
        {.method = "POST", .path = "/v1/sessions", .body = text_bytes("{}")},
        {.method = "GET", .path = "/v1/orders/0b7c1d0e-8a55-4a31-9d7e-000000000001"},
    };

    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            struct https_peer *peer = join(world, strangers[i]);
            expect(peer, &questions[j], 403, "terminal-unknown");
            https_peer_close(peer);
        }
    }
}

static void only_tls_1_3_is_spoken(void **state)
{
    struct world *world = *state;
    char authority[512], certificate[512], key[512];
    const struct https_identity identity = {
        city_bench_path(&world->bench, "authorities/tls-ca.pem", authority),
        city_bench_path(&world->bench, "kiosk-0001.pem", certificate),
        city_bench_path(&world->bench, "kiosk-0001.key", key),
    };

    assert_null(https_peer_connect_old(world->server.port, &identity));
    struct https_peer *peer = https_peer_connect(world->server.port, &identity);
    assert_non_null(peer);
    https_peer_close(peer);
}

static void catalogue_is_as_described(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    const struct https_question question = {.method = "GET", .path = "/v1/catalogue"};
    struct city_answer answer = city_ask(peer, &question);
    const json_t *document = json_array_get(json_object_get(answer.json, "documents"), 0);
    static const char *const languages[] = {"fr", "nl", "de", "en"};

    assert_int_equal(answer.status, 200);
    assert_string_equal(json_string_value(json_object_get(document, "kind")), "household");
    assert_true(json_is_true(json_object_get(document, "eligible")));
    assert_int_equal(json_integer_value(json_object_get(document, "price_cents")), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(json_string_length(
                        json_object_get(json_object_get(document, "name"), languages[i])) > 0);
        assert_true(json_string_length(json_object_get(json_object_get(answer.json, "municipality"),
                                                       languages[i])) > 0);
    }
    city_answer_clear(&answer);
    https_peer_close(peer);
}

static void unknown_calls_are_not_found(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    const struct https_question questions[] = {
        {.method = "GET", .path = "/"},
        {.method = "GET", .path = "/v2/catalogue"},
        {.method = "GET", .path = "/v1/orders/not-an-identifier"},
        {.method = "GET", .path = "/v1/orders/0b7c1d0e-8a55-4a31-9d7e-000000000001/else"},
        {.method = "GET", .path = "/v1/orders/0b7c1d0e-8a55-4a31-9d7e-000000000001"},
    };

    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        expect(peer, &questions[i], 404, "not-found");
    https_peer_close(peer);
}

static void bodies_are_believed_in_nothing(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    const char *const bodies[] = {
        "",
        "[]",
        "\"text\"",
        "{",
        "{} x",
        "{\"channel\":\"kiosk\",\"channel\":\"kiosk\"}",
        "{\"channel\":NaN}",
        "{'channel':'kiosk'}",
        "{\"channel\":\"\xC0\xAF\"}",
        "{\"channel\":\"\\u0000\"}",
        "{\"channel\":\"\\ud800\"}",
        "\xEF\xBB\xBF{}",
        "{\"a\":01}",
        "{\"a\":1e400}",
        "{\"a\":[[[[[[[[[[[[]]]]]]]]]]]]}",
        "{\"channel\":7}",
        "{\"channel\":\"home\"}",
    };

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const struct https_question question = {
            .method = "POST", .path = "/v1/sessions", .body = text_bytes(bodies[i])};
        expect(peer, &question, 400, "bad-request");
    }
    https_peer_close(peer);
}

static void each_member_is_required_and_the_answer_names_it(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *whole = city_card_request(&world->bench, "amina-benali");
    const char *name;
    json_t *value;

    json_object_foreach(whole, name, value)
    {
        json_t *without = json_copy(whole), *wrong = json_copy(whole);
        json_object_del(without, name);
        json_object_set_new(wrong, name, json_string("=="));
        json_t *first = post(peer, "/v1/sessions", without, 400, "bad-request");
        json_t *second = post(peer, "/v1/sessions", wrong, 400, "bad-request");
        assert_non_null(strstr(json_string_value(json_object_get(first, "detail")), name));
        assert_non_null(strstr(json_string_value(json_object_get(second, "detail")), name));
        json_decref(without);
        json_decref(wrong);
        json_decref(first);
        json_decref(second);
    }
    json_object_set_new(whole, "something_new", json_integer(1)); // unknown members are ignored
    json_decref(post(peer, "/v1/sessions", whole, 201, ""));
    json_decref(whole);
    https_peer_close(peer);
}

static void large_bodies_are_refused(void **state)
{
    struct world *world = *state;
    char *body = calloc(1, 300001);
    const struct https_question question = {
        .method = "POST", .path = "/v1/sessions", .body = {(const uint8_t *)body, 300000}};
    struct https_peer *peer = join(world, "kiosk-0001");

    memset(body, ' ', 300000);
    expect(peer, &question, 413, "too-large");
    https_peer_close(peer);
    peer = join(world, "kiosk-0001"); // the house still stands
    const struct https_question again = {.method = "GET", .path = "/v1/catalogue"};
    expect(peer, &again, 200, "");
    https_peer_close(peer);
    free(body);
}

// Replaces one member of amina's request by the same member of somebody else's card.
static void with_member_of(struct world *world, const char *member, const char *card)
{
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *request = city_card_request(&world->bench, "amina-benali");
    json_t *other = city_card_request(&world->bench, card);

    json_object_set(request, member, json_object_get(other, member));
    json_decref(post(peer, "/v1/sessions", request, 403, "card-not-verifiable"));
    json_decref(request);
    json_decref(other);
    https_peer_close(peer);
}

static void cards_do_not_mix(void **state)
{
    struct world *world = *state;

    with_member_of(world, "authentication_certificate", "nadia-moved");
    with_member_of(world, "identity", "nadia-moved");
    with_member_of(world, "identity_signature", "nadia-moved");
    with_member_of(world, "address", "nadia-moved");
    with_member_of(world, "address_signature", "nadia-moved");
}

static void forged_cards_are_refused(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *forged = city_card_request(&world->bench, "forged");
    json_t *real = city_card_request(&world->bench, "amina-benali");

    json_decref(post(peer, "/v1/sessions", forged, 403, "card-not-verifiable"));
    // A real register's certificate does not help forged data, nor a real citizen's as a
    // register's.
    json_object_set(forged, "register_certificate", json_object_get(real, "register_certificate"));
    json_decref(post(peer, "/v1/sessions", forged, 403, "card-not-verifiable"));
    json_object_set(real, "register_certificate",
                    json_object_get(real, "authentication_certificate"));
    json_decref(post(peer, "/v1/sessions", real, 403, "card-not-verifiable"));
    json_decref(forged);
    json_decref(real);
    https_peer_close(peer);
}

static void a_challenge_is_used_once(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *session = open_session(world, peer, "amina-benali");
    char *signature = city_sign(&world->bench, "amina-benali", session, peer, "kiosk-0001");

    json_decref(send_proof(peer, session, signature, 200, ""));
    json_decref(send_proof(peer, session, signature, 409, "challenge-stale"));
    free(signature);
    json_decref(session);
    https_peer_close(peer);
}

static void a_proof_belongs_to_its_connection(void **state)
{
    struct world *world = *state;
    struct https_peer *first = join(world, "kiosk-0001"), *second = join(world, "kiosk-0001");
    json_t *session = open_session(world, first, "amina-benali");
    // Signed for the first connection and carried to the second: the way of a relay.
    char *signature = city_sign(&world->bench, "amina-benali", session, first, "kiosk-0001");

    json_decref(send_proof(second, session, signature, 409, "challenge-stale"));
    json_decref(
        send_proof(first, session, signature, 409, "challenge-stale")); // it was the one try
    free(signature);
    json_decref(session);
    https_peer_close(first);
    https_peer_close(second);
}

static void a_proof_belongs_to_its_session_and_terminal(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001"), *other = join(world, "kiosk-0002");
    json_t *first = open_session(world, peer, "amina-benali");
    json_t *second = open_session(world, peer, "amina-benali");
    json_t *third = open_session(world, peer, "amina-benali");
    char *signature = city_sign(&world->bench, "amina-benali", first, peer, "kiosk-0001");
    char *misnamed = city_sign(&world->bench, "amina-benali", third, peer, "kiosk-0002");

    json_decref(send_proof(peer, second, signature, 403, "card-not-verifiable"));
    json_decref(send_proof(peer, third, misnamed, 403, "card-not-verifiable"));
    json_decref(send_proof(other, first, signature, 409, "challenge-stale"));
    json_decref(
        send_proof(peer, first, signature, 200, "")); // another terminal cannot even spoil it
    free(signature);
    free(misnamed);
    json_decref(first);
    json_decref(second);
    json_decref(third);
    https_peer_close(peer);
    https_peer_close(other);
}

static void a_proof_needs_the_cards_key(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *session = open_session(world, peer, "amina-benali");
    char *signature = city_sign(&world->bench, "nadia-moved", session, peer, "kiosk-0001");

    json_decref(send_proof(peer, session, signature, 403, "card-not-verifiable"));
    free(signature);
    json_decref(session);
    https_peer_close(peer);
}

static void an_old_challenge_is_stale(void **state)
{
    struct world *world = *state;
    const char *const changes[][3] = {{"city", "challenge_seconds", "1"},
                                      {"store", "database", "store-stale.db"}};
    struct city_server server = city_server_start(&world->bench, "stale", changes, 2);
    struct https_peer *peer = city_connect(&world->bench, &server, "kiosk-0001");

    assert_non_null(peer);
    json_t *session = open_session(world, peer, "amina-benali");
    char *signature = city_sign(&world->bench, "amina-benali", session, peer, "kiosk-0001");
    json_int_t expires =
        json_integer_value(json_object_get(json_object_get(session, "challenge"), "expires"));
    while (time(NULL) <= expires)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    json_decref(send_proof(peer, session, signature, 409, "challenge-stale"));
    free(signature);
    json_decref(session);
    https_peer_close(peer);
    assert_int_equal(city_server_stop(&server), 0);
}

static void refusals_come_after_the_proof(void **state)
{
    struct world *world = *state;
    static const char *const refused[][2] = {{"didier-counter", "see-counter"},
                                             {"nadia-moved", "unknown-resident"},
                                             {"victor-blocked", "card-blocked"},
                                             {"lina-haddad", "minor"}};

    for (size_t i = 0; i < 4; i++) {
        struct https_peer *peer = join(world, "kiosk-0001");
        json_decref(prove(world, peer, refused[i][0], 403, refused[i][1]));
        https_peer_close(peer);
    }
}

// Also when all of them were opened within one second.
static void the_newest_session_of_a_terminal_is_kept(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *sessions[10];

    for (size_t i = 0; i < 10; i++)
        sessions[i] = open_session(world, peer, "amina-benali");
    char *signature = city_sign(&world->bench, "amina-benali", sessions[8], peer, "kiosk-0001");
    json_decref(send_proof(peer, sessions[8], signature, 200, ""));
    free(signature);
    signature = city_sign(&world->bench, "amina-benali", sessions[1], peer, "kiosk-0001");
    json_decref(send_proof(peer, sessions[1], signature, 409, "challenge-stale"));
    free(signature);
    for (size_t i = 0; i < 10; i++)
        json_decref(sessions[i]);
    https_peer_close(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_terminals_of_the_fleet_are_answered),
        cmocka_unit_test(only_tls_1_3_is_spoken),
        cmocka_unit_test(catalogue_is_as_described),
        cmocka_unit_test(unknown_calls_are_not_found),
        cmocka_unit_test(bodies_are_believed_in_nothing),
        cmocka_unit_test(each_member_is_required_and_the_answer_names_it),
        cmocka_unit_test(large_bodies_are_refused),
        cmocka_unit_test(cards_do_not_mix),
        cmocka_unit_test(forged_cards_are_refused),
        cmocka_unit_test(a_challenge_is_used_once),
        cmocka_unit_test(a_proof_belongs_to_its_connection),
        cmocka_unit_test(a_proof_belongs_to_its_session_and_terminal),
        cmocka_unit_test(a_proof_needs_the_cards_key),
        cmocka_unit_test(an_old_challenge_is_stale),
        cmocka_unit_test(refusals_come_after_the_proof),
        cmocka_unit_test(the_newest_session_of_a_terminal_is_kept),
    };

    return cmocka_run_group_tests(tests, visit_set_up, visit_tear_down);
}
