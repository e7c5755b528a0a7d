// The reference municipality over real TLS: an order is one order however often it is asked for,
// its outcome is final, and what breaks is said before anything is promised.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "city_bench.h"
#include "seal.h"
#include "str.h"
#include "visit.h"

static struct https_question order_question(const char *token, const char *key, const char *body)
{
    return (struct https_question){.method = "POST",
                                   .path = "/v1/orders",
                                   .token = token,
                                   .idempotency_key = key,
                                   .body = text_bytes(body)};
}

static const char french[] = "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"fr\"}";
static const char dutch[] = "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"nl\"}";

// The terminal's own verifier on what came over the wire.
static void check_document(struct world *world, const struct https_reply *reply,
                           const json_t *order)
{
    char path[512], pem[16384], hex[65];
    uint8_t digest[32];
    struct seal_report report;
    struct seal_anchors *anchors = NULL;
    FILE *file = fopen(city_bench_path(&world->bench, "authorities/seal-ca.pem", path), "rb");
    size_t size = fread(pem, 1, sizeof pem, file);
    const struct seal_trust trust = {.authorities = {{(const uint8_t *)pem, size}},
                                     .organization = "VATBE-0000000196"};

    fclose(file);
    SHA256(reply->body, reply->size, digest);
    assert_int_equal(bytes_to_hex((struct bytes){digest, 32}, hex, sizeof hex), RESULT_OK);
    assert_string_equal(hex, json_string_value(json_object_get(order, "sha256")));
    assert_int_equal(seal_anchors_create(&trust, &anchors), RESULT_OK);
    assert_int_equal(
        seal_verify((struct bytes){reply->body, reply->size}, anchors, time(NULL), &report),
        RESULT_OK);
    assert_true(report.covers_whole_file);
    seal_anchors_destroy(anchors);
}

static void a_resident_gets_a_sealed_document(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *proved = prove(world, peer, "amina-benali", 200, "");
    const char *token = json_string_value(json_object_get(proved, "token"));
    const char *key = "0b7c1d0e-8a55-4a31-9d7e-000000000010";
    const struct https_question ask_order = order_question(token, key, french);
    char path[128], session[128];

    assert_int_equal(
        json_array_size(json_object_get(json_object_get(proved, "catalogue"), "documents")), 5);
    struct city_answer order = city_ask(peer, &ask_order);
    assert_int_equal(order.status, 201);
    assert_string_equal(json_string_value(json_object_get(order.json, "state")), "ISSUED");
    assert_int_equal(json_integer_value(json_object_get(order.json, "pages")), 1);
    // A new connection of the same terminal goes on with the token.
    https_peer_close(peer);
    peer = join(world, "kiosk-0001");
    snprintf(path, sizeof path, "/v1/orders/%s/document", key);
    const struct https_question fetch = {.method = "GET", .path = path, .token = token};
    struct https_reply reply = https_peer_ask(peer, &fetch);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.type, "application/pdf");
    check_document(world, &reply, order.json);
    free(reply.body);
    // Without the token, and after the session's end, the document stays where it is.
    const struct https_question bare = {.method = "GET", .path = path};
    expect(peer, &bare, 401, "unauthorized");
    snprintf(session, sizeof session, "/v1/sessions/%s",
             json_string_value(json_object_get(proved, "session")));
    const struct https_question leave = {.method = "DELETE", .path = session};
    expect(peer, &leave, 204, "");
    expect(peer, &leave, 204, "");
    expect(peer, &fetch, 401, "unauthorized");
    expect(peer, &ask_order, 401, "unauthorized");
    city_answer_clear(&order);
    json_decref(proved);
    https_peer_close(peer);
}

static const char *reference_of(const struct city_answer *answer)
{
    return json_string_value(json_object_get(answer->json, "reference"));
}

// The receipt repeats both, so that a paper can be checked without the paper.
static void expect_words_for_checking(const struct city_answer *answer)
{
    const char *code = json_string_value(json_object_get(answer->json, "verification_code"));
    const char *address = json_string_value(json_object_get(answer->json, "verification_address"));

    assert_non_null(code);
    assert_int_equal(strlen(code), 19);
    for (size_t i = 0; i < 19; i++)
        assert_true(i % 5 == 4 ? code[i] == '-' : isupper(code[i]) || isdigit(code[i]));
    assert_non_null(address);
    assert_string_equal(address, "guichet.example/v");
}

static void an_order_is_one_order(void **state)
{
    struct world *world = *state;
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *proved = prove(world, peer, "amina-benali", 200, "");
    const char *token = json_string_value(json_object_get(proved, "token"));
    const char *key = "0b7c1d0e-8a55-4a31-9d7e-000000000020";
    const struct https_question question = order_question(token, key, dutch);
    const struct https_question other_body = order_question(token, key, french);
    const struct https_question bad[] = {
        order_question(token, NULL, dutch),
        order_question(token, "not-a-uuid", dutch),
        order_question(token, "0b7c1d0e-8a55-4a31-9d7e-000000000021",
                       "{\"kind\":\"household\",\"subject\":\"neighbour\",\"language\":\"fr\"}"),
        order_question(token, "0b7c1d0e-8a55-4a31-9d7e-000000000021",
                       "{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"de\"}"),
        order_question(token, "0b7c1d0e-8a55-4a31-9d7e-000000000021", "{\"kind\":\"household\"}"),
    };
    const struct https_question never =
        order_question(token, "0b7c1d0e-8a55-4a31-9d7e-000000000021",
                       "{\"kind\":\"passport\",\"subject\":\"self\",\"language\":\"fr\"}");

    struct city_answer first = city_ask(peer, &question), second = city_ask(peer, &question);
    assert_int_equal(first.status, 201);
    assert_int_equal(second.status, 201);
    assert_true(json_equal(first.json, second.json));
    expect_words_for_checking(&first);
    expect(peer, &other_body, 409, "conflict");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect(peer, &bad[i], 400, "bad-request");
    expect(peer, &never, 403, "not-possible");
    const struct https_question next =
        order_question(token, "0b7c1d0e-8a55-4a31-9d7e-000000000022", dutch);
    struct city_answer third = city_ask(peer, &next);
    assert_int_equal(third.status, 201);
    assert_string_not_equal(reference_of(&first), reference_of(&third));
    city_answer_clear(&first);
    city_answer_clear(&second);
    city_answer_clear(&third);
    json_decref(proved);
    https_peer_close(peer);
}

// One of several terminals' hands that order at the same moment; never asserts: it has no test's
// thread.
struct racer {
    struct https_peer *peer;
    struct https_question question;
    struct city_answer answer;
};

static void *race(void *argument)
{
    struct racer *racer = argument;

    racer->answer = city_ask(racer->peer, &racer->question);
    return NULL;
}

static void orders_at_the_same_moment(void **state)
{
    struct world *world = *state;
    struct https_peer *first = join(world, "kiosk-0001");
    json_t *proved = prove(world, first, "amina-benali", 200, "");
    const char *token = json_string_value(json_object_get(proved, "token"));
    // Twice the same order, and two others beside it.
    static const char *const keys[4] = {
        "0b7c1d0e-8a55-4a31-9d7e-000000000040", "0b7c1d0e-8a55-4a31-9d7e-000000000040",
        "0b7c1d0e-8a55-4a31-9d7e-000000000041", "0b7c1d0e-8a55-4a31-9d7e-000000000042"};
    struct racer racers[4];
    pthread_t threads[4];

    for (size_t i = 0; i < 4; i++)
        racers[i] = (struct racer){.peer = join(world, "kiosk-0001"),
                                   .question = order_question(token, keys[i], french)};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(racers[i].answer.status, 201);
    assert_true(json_equal(racers[0].answer.json, racers[1].answer.json));
    assert_string_not_equal(reference_of(&racers[0].answer), reference_of(&racers[2].answer));
    assert_string_not_equal(reference_of(&racers[2].answer), reference_of(&racers[3].answer));
    for (size_t i = 0; i < 4; i++) {
        city_answer_clear(&racers[i].answer);
        https_peer_close(racers[i].peer);
    }
    json_decref(proved);
    https_peer_close(first);
}

static struct https_question outcome_question(const char *path, const char *body)
{
    return (struct https_question){.method = "POST",
                                   .path = path,
                                   .body = text_bytes(body),
                                   .idempotency_key = "0b7c1d0e-8a55-4a31-9d7e-0000000000ff"};
}

// Orders with this key, then reports each outcome in turn and expects the statuses.
static void settle(struct world *world, const char *key, const char *const reports[],
                   const char *const states[], size_t count)
{
    struct https_peer *peer = join(world, "kiosk-0001"), *other = join(world, "kiosk-0002");
    json_t *proved = prove(world, peer, "amina-benali", 200, "");
    const struct https_question ask_order =
        order_question(json_string_value(json_object_get(proved, "token")), key, french);
    char path[128], order[128];

    expect(peer, &ask_order, 201, "");
    snprintf(path, sizeof path, "/v1/orders/%s/outcome", key);
    snprintf(order, sizeof order, "/v1/orders/%s", key);
    const struct https_question theirs = outcome_question(path, reports[0]);
    expect(other, &theirs, 404, "not-found"); // another terminal's order
    for (size_t i = 0; i < count; i++) {
        const struct https_question report = outcome_question(path, reports[i]);
        struct city_answer answer = city_ask(peer, &report);
        assert_int_equal(answer.status, states[i] == NULL ? 409 : 200);
        if (states[i] != NULL)
            assert_string_equal(json_string_value(json_object_get(answer.json, "state")),
                                states[i]);
        city_answer_clear(&answer);
    }
    const struct https_question look = {.method = "GET", .path = order};
    struct city_answer now = city_ask(peer, &look);
    assert_string_equal(json_string_value(json_object_get(now.json, "state")), states[0]);
    city_answer_clear(&now);
    json_decref(proved);
    https_peer_close(peer);
    https_peer_close(other);
}

static void outcomes_are_final(void **state)
{
    struct world *world = *state;
    static const char delivered[] = "{\"delivered\":true,\"sheets\":1}";
    static const char nothing[] = "{\"delivered\":false,\"sheets\":0}";
    static const char unclear[] = "{\"delivered\":false,\"sheets\":-1}";

    settle(world, "0b7c1d0e-8a55-4a31-9d7e-000000000030",
           (const char *const[]){delivered, delivered, nothing},
           (const char *const[]){"DELIVERED", "DELIVERED", NULL}, 3);
    settle(world, "0b7c1d0e-8a55-4a31-9d7e-000000000031", (const char *const[]){nothing, delivered},
           (const char *const[]){"CLOSED", NULL}, 2);
    settle(world, "0b7c1d0e-8a55-4a31-9d7e-000000000032", (const char *const[]){unclear, unclear},
           (const char *const[]){"STAFF", "STAFF"}, 2);
}

static int64_t count_in(struct world *world, const char *database, const char *sql)
{
    char path[512];
    sqlite3 *opened = NULL;
    sqlite3_stmt *statement = NULL;

    assert_int_equal(sqlite3_open(city_bench_path(&world->bench, database, path), &opened),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(opened, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(opened);
    return count;
}

static void closing_voids_the_code_and_looking_is_recorded(void **state)
{
    struct world *world = *state;

    assert_int_equal(count_in(world, "store.db",
                              "SELECT count(*) FROM document_order WHERE code_is_void = 1"
                              " AND state <> 'CLOSED'"),
                     0);
    assert_true(count_in(world, "store.db",
                         "SELECT count(*) FROM document_order WHERE code_is_void = 1") == 1);
    assert_true(count_in(world, "register.db",
                         "SELECT count(*) FROM consultation WHERE purpose = 'household'"
                         " AND terminal = 'kiosk-0001'") >= 3);
}

static void a_seal_that_would_not_hold_is_said_first(void **state)
{
    struct world *world = *state;
    const char *const changes[][3] = {{"seal", "certificate", "old.pem"},
                                      {"seal", "key", "old.key"},
                                      {"seal", "authority", "old-ca.pem"},
                                      {"store", "database", "store-old.db"}};
    struct city_server server = city_server_start(&world->bench, "old-seal", changes, 4);
    struct https_peer *peer = city_connect(&world->bench, &server, "kiosk-0001");
    const struct https_question question = {.method = "GET", .path = "/v1/catalogue"};

    assert_non_null(peer);
    expect(peer, &question, 503, "seal-down");
    json_t *request = city_card_request(&world->bench, "amina-benali");
    json_decref(post(peer, "/v1/sessions", request, 503, "seal-down"));
    json_decref(request);
    https_peer_close(peer);
    assert_int_equal(city_server_stop(&server), 0);
}

static void a_register_that_breaks_is_said_first(void **state)
{
    struct world *world = *state;
    char path[512], residents[512];
    const char *const fill[] = {"--database", city_bench_path(&world->bench, "broken.db", path),
                                "--cards", city_bench_path(&world->bench, "residents", residents),
                                NULL};
    const char *const changes[][3] = {{"register", "database", "broken.db"},
                                      {"store", "database", "store-broken.db"}};
    const struct https_question question = {.method = "GET", .path = "/v1/catalogue"};
    sqlite3 *opened = NULL;

    assert_int_equal(city_bench_run(&world->bench, "municipality-register", fill), 0);
    struct city_server server = city_server_start(&world->bench, "broken", changes, 2);
    struct https_peer *peer = city_connect(&world->bench, &server, "kiosk-0001");
    assert_non_null(peer);
    expect(peer, &question, 200, "");
    assert_int_equal(sqlite3_open(path, &opened), SQLITE_OK);
    assert_int_equal(sqlite3_exec(opened, "ALTER TABLE resident RENAME TO gone", NULL, NULL, NULL),
                     SQLITE_OK);
    expect(peer, &question, 503, "register-down");
    assert_int_equal(sqlite3_exec(opened, "ALTER TABLE gone RENAME TO resident", NULL, NULL, NULL),
                     SQLITE_OK);
    expect(peer, &question, 200, ""); // and it comes back by itself
    sqlite3_close(opened);
    https_peer_close(peer);
    assert_int_equal(city_server_stop(&server), 0);
}

static void bad_configurations_are_named(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *section, *key, *value, *said;
    } wrong[] = {
        {"listen", "port", "66000", "[listen] port: expected a number from 0 to 65535"},
        {"listen", "threads", "many", "[listen] threads: expected a number from 1 to 64"},
        {"seal", "organization", "", "[seal] organization: expected a text"},
        {"tls", "key", "", "[tls] key: expected the name of a file"},
        {"tls", "key", "nowhere.key", "nowhere.key: expected the server's key in PEM"},
        {"card", "roots", "fleet.txt", "fleet.txt: expected certificates in PEM"},
        {"register", "database", "nowhere.db", "nowhere.db: expected a register"},
        {"listen", "address", "localhost", "localhost: expected an address of this machine"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *const changes[][3] = {{wrong[i].section, wrong[i].key, wrong[i].value}};
        char name[32], file[64], path[512], text[4096] = "";
        snprintf(name, sizeof name, "wrong-%zu", i);
        struct city_server server = city_server_start(&world->bench, name, changes, 1);
        assert_int_equal(server.port, 0);
        assert_int_equal(city_server_stop(&server), 2);
        snprintf(file, sizeof file, "%s.log", name);
        FILE *log = fopen(city_bench_path(&world->bench, file, path), "rb");
        assert_non_null(log);
        text[fread(text, 1, sizeof text - 1, log)] = '\0';
        fclose(log);
        if (strstr(text, wrong[i].said) == NULL)
            fail_msg("'%s' is not in: %s", wrong[i].said, text);
    }
}

static void the_log_names_nobody(void **state)
{
    struct world *world = *state;
    char path[512], text[65536] = "", number[12] = "";
    json_t *resident = json_load_file(
        city_bench_path(&world->bench, "residents/amina-benali.json", path), 0, NULL);
    FILE *log = fopen(city_bench_path(&world->bench, "usual.log", path), "rb");

    text[fread(text, 1, sizeof text - 1, log)] = '\0';
    fclose(log);
    assert_true(strlen(text) > 100); // it did write about all those refusals
    assert_int_equal(str_copy(number, sizeof number,
                              json_string_value(json_object_get(resident, "national_number"))),
                     RESULT_OK);
    assert_null(strstr(text, number));
    assert_null(strcasestr(text, "benali"));
    assert_null(strcasestr(text, "amina"));
    assert_null(strstr(text, "Échantillon"));
    json_decref(resident);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resident_gets_a_sealed_document),
        cmocka_unit_test(an_order_is_one_order),
        cmocka_unit_test(orders_at_the_same_moment),
        cmocka_unit_test(outcomes_are_final),
        cmocka_unit_test(closing_voids_the_code_and_looking_is_recorded),
        cmocka_unit_test(a_seal_that_would_not_hold_is_said_first),
        cmocka_unit_test(a_register_that_breaks_is_said_first),
        cmocka_unit_test(bad_configurations_are_named),
        cmocka_unit_test(the_log_names_nobody),
    };

    return cmocka_run_group_tests(tests, visit_set_up, visit_tear_down);
}
