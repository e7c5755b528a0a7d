// The seal's time stamp (PAdES B-T) by the reference municipality and a time-stamping authority
// over HTTP: it is there and holds, and what happens without the authority is what the
// configuration says.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "seal.h"
#include "visit.h"

#define WAITS 300 // of a tenth of a second each

static const char order[] = "{\"kind\":\"life\",\"subject\":\"self\",\"language\":\"fr\"}";

// A municipality of its own in the shared world, with these settings of time stamps.
static struct world begin(const struct world *shared, const char *name, int port,
                          const char *required)
{
    struct world world = *shared;
    char url[64], database[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/tsa", port);
    snprintf(database, sizeof database, "%s.db", name);
    const char *const changes[][3] = {
        {"store", "database", database},
        {"seal", "time_url", url},
        {"seal", "time_authority", "authorities/seal-ca.pem"},
        {"seal", "time_required", required},
    };

    world.server = city_server_start(&world.bench, name, changes, 4);
    assert_int_not_equal(world.server.port, 0);
    return world;
}

static struct bytes read_pem(const struct world *world, const char *name, uint8_t to[16384])
{
    char path[512];
    FILE *file = fopen(city_bench_path(&world->bench, name, path), "rb");
    size_t size = fread(to, 1, 16384, file);

    fclose(file);
    return (struct bytes){to, size};
}

// The terminal's own verifier, which knows the time-stamping authority or does not.
static struct seal_report verify(const struct world *world, const struct https_reply *document,
                                 bool knows_authority)
{
    uint8_t seal[16384], clock[16384];
    struct seal_trust trust = {.organization = "VATBE-0000000196"};
    struct seal_anchors *anchors = NULL;
    struct seal_report report;

    trust.authorities[0] = read_pem(world, "authorities/seal-ca.pem", seal);
    if (knows_authority)
        trust.time_authority = read_pem(world, "authorities/seal-ca.pem", clock);
    assert_int_equal(seal_anchors_create(&trust, &anchors), RESULT_OK);
    enum result result =
        seal_verify((struct bytes){document->body, document->size}, anchors, time(NULL), &report);
    assert_int_equal(result == RESULT_OK, report.status == SEAL_STATUS_GOOD);
    seal_anchors_destroy(anchors);
    return report;
}

// Orders a certificate of life: the sealed document, or no body and that problem.
static struct https_reply issue(struct world *world, const char *key, int status, const char *code)
{
    struct https_peer *peer = join(world, "kiosk-0001");
    json_t *proved = prove(world, peer, "amina-benali", 200, "");
    const char *token = json_string_value(json_object_get(proved, "token"));
    const struct https_question ask = {.method = "POST",
                                       .path = "/v1/orders",
                                       .token = token,
                                       .idempotency_key = key,
                                       .body = text_bytes(order)};
    char path[128];
    struct https_reply document = {};

    snprintf(path, sizeof path, "/v1/orders/%s/document", key);
    const struct https_question fetch = {.method = "GET", .path = path, .token = token};
    expect(peer, &ask, status, code);
    if (status == 201)
        document = https_peer_ask(peer, &fetch);
    https_peer_close(peer);
    json_decref(proved);
    return document;
}

static void a_seal_has_the_time_of_the_authority(void **state)
{
    const struct world *shared = *state;
    struct city_server clock = city_clock_start(&shared->bench, "authorities", 0);
    struct world world = begin(shared, "stamped", clock.port, "yes");
    int64_t before = time(NULL);
    struct https_reply document = issue(&world, "0b7c1d0e-8a55-4a31-9d7e-000000000001", 201, "");
    struct seal_report report = verify(&world, &document, true);

    assert_int_equal(report.status, SEAL_STATUS_GOOD);
    assert_true(report.timestamped);
    assert_in_range(report.signed_at, before - 1, time(NULL) + 1);
    assert_int_equal(verify(&world, &document, false).reason, SEAL_REASON_TIME_STAMP_UNEXPECTED);
    free(document.body);
    assert_int_equal(city_server_stop(&world.server), 0);
    assert_int_equal(city_server_stop(&clock), 0);
}

// "Register or seal down is said before the card is asked for, and passes by itself."
static void a_required_authority_that_is_silent_stops_the_seal_until_it_is_back(void **state)
{
    static const struct https_question catalogue = {.method = "GET", .path = "/v1/catalogue"};
    const struct world *shared = *state;
    struct city_server clock = city_clock_start(&shared->bench, "authorities", 0);
    struct world world = begin(shared, "silent", clock.port, "yes");
    int port = clock.port, waits = 0;
    struct city_answer answer = {};

    assert_int_equal(city_server_stop(&clock), 0);
    issue(&world, "0b7c1d0e-8a55-4a31-9d7e-000000000002", 503, "seal-down");
    struct https_peer *peer = join(&world, "kiosk-0001");
    expect(peer, &catalogue, 503, "seal-down");
    clock = city_clock_start(&shared->bench, "authorities", port);
    assert_int_equal(clock.port, port);
    for (; answer.status != 200 && waits < WAITS; waits++) {
        city_answer_clear(&answer);
        answer = city_ask(peer, &catalogue);
        poll(NULL, 0, 100);
    }
    assert_int_equal(answer.status, 200);
    city_answer_clear(&answer);
    https_peer_close(peer);
    free(issue(&world, "0b7c1d0e-8a55-4a31-9d7e-000000000002", 201, "").body);
    assert_int_equal(city_server_stop(&world.server), 0);
    assert_int_equal(city_server_stop(&clock), 0);
}

static void an_authority_that_is_not_required_may_be_silent(void **state)
{
    const struct world *shared = *state;
    struct city_server clock = city_clock_start(&shared->bench, "authorities", 0);
    struct world world = begin(shared, "unstamped", clock.port, "no");

    assert_int_equal(city_server_stop(&clock), 0);
    struct https_reply document = issue(&world, "0b7c1d0e-8a55-4a31-9d7e-000000000003", 201, "");
    struct seal_report report = verify(&world, &document, true);
    assert_int_equal(report.status, SEAL_STATUS_GOOD);
    assert_false(report.timestamped);
    free(document.body);
    assert_int_equal(city_server_stop(&world.server), 0);
}

// Another city's clock answers at that address: its tokens are not taken.
static void a_stranger_stamps_nothing(void **state)
{
    const struct world *shared = *state;
    char folder[512];
    const char *const make[] = {city_bench_path(&shared->bench, "elsewhere", folder), NULL};

    assert_int_equal(city_bench_run(&shared->bench, "make-authorities", make), 0);
    struct city_server clock = city_clock_start(&shared->bench, "elsewhere", 0);
    struct world world = begin(shared, "strange", clock.port, "yes");
    issue(&world, "0b7c1d0e-8a55-4a31-9d7e-000000000004", 503, "seal-down");
    assert_int_equal(city_server_stop(&world.server), 0);
    assert_int_equal(city_server_stop(&clock), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seal_has_the_time_of_the_authority),
        cmocka_unit_test(a_required_authority_that_is_silent_stops_the_seal_until_it_is_back),
        cmocka_unit_test(an_authority_that_is_not_required_may_be_silent),
        cmocka_unit_test(a_stranger_stamps_nothing),
    };

    return cmocka_run_group_tests(tests, visit_set_up, visit_tear_down);
}
