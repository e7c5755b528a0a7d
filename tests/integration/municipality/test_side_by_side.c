// Two backend processes on one PostgreSQL: an order is one order, whichever of them is asked, and
// no reference is given twice.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "private_postgresql.h"
#include "visit.h"

#define BACKENDS 2
#define SHARED 6 // orders that both are asked for at once
#define OWN 4    // orders of each

struct side {
    struct world *world; // bench shared, server of its own
    pthread_barrier_t *together;
    pthread_t thread;
    struct https_peer *peer;
    char token[128];
    char shared[SHARED][40], own[OWN][40]; // references
    int wrong;
};

struct scene {
    struct world worlds[BACKENDS];
    struct private_postgresql postgresql;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char residents[512];

    *state = scene;
    if (scene == NULL || city_bench_create(&scene->worlds[0].bench) != 0 ||
        private_postgresql_create(&scene->postgresql) != 0)
        return 1;
    scene->worlds[1].bench = scene->worlds[0].bench;
    const char *connection = scene->postgresql.connection;
    const char *const fill[] = {"--postgresql", connection, "--cards",
                                city_bench_path(&scene->worlds[0].bench, "residents", residents),
                                NULL};
    const char *const changes[][3] = {{"register", "store", "postgresql"},
                                      {"register", "connection", connection},
                                      {"store", "store", "postgresql"},
                                      {"store", "connection", connection}};
    if (city_bench_run(&scene->worlds[0].bench, "municipality-register", fill) != 0)
        return 1;
    for (size_t i = 0; i < BACKENDS; i++) {
        char name[16];
        snprintf(name, sizeof name, "backend-%zu", i);
        scene->worlds[i].server = city_server_start(&scene->worlds[i].bench, name, changes, 4);
        if (scene->worlds[i].server.port == 0)
            return 1;
    }
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    int status = 0;

    for (size_t i = 0; i < BACKENDS; i++)
        status |= city_server_stop(&scene->worlds[i].server);
    private_postgresql_destroy(&scene->postgresql);
    city_bench_destroy(&scene->worlds[0].bench);
    free(scene);
    return status;
}

static void order(struct side *side, const char *key, char reference[40])
{
    const struct https_question question = {
        .method = "POST",
        .path = "/v1/orders",
        .token = side->token,
        .idempotency_key = key,
        .body = text_bytes("{\"kind\":\"household\",\"subject\":\"self\",\"language\":\"fr\"}")};
    struct city_answer answer = city_ask(side->peer, &question);
    const char *given = json_string_value(json_object_get(answer.json, "reference"));

    side->wrong += answer.status != 201 || given == NULL;
    snprintf(reference, 40, "%s", given == NULL ? "" : given);
    city_answer_clear(&answer);
}

static void *ask(void *closure)
{
    struct side *side = closure;
    char key[48];

    for (int i = 0; i < SHARED; i++) {
        snprintf(key, sizeof key, "0b7c1d0e-8a55-4a31-9d7e-%012d", i);
        pthread_barrier_wait(side->together);
        order(side, key, side->shared[i]);
    }
    for (int i = 0; i < OWN; i++) {
        snprintf(key, sizeof key, "0b7c1d0e-8a55-4a31-9d7f-%08x%04d",
                 (unsigned int)side->world->server.port, i);
        order(side, key, side->own[i]);
    }
    return NULL;
}

static void open_side(struct side *side)
{
    side->peer = join(side->world, "kiosk-0001");
    json_t *proved = prove(side->world, side->peer, "amina-benali", 200, "");
    snprintf(side->token, sizeof side->token, "%s",
             json_string_value(json_object_get(proved, "token")));
    json_decref(proved);
}

static long long count_orders(const struct scene *scene)
{
    PGconn *connection = PQconnectdb(scene->postgresql.connection);
    PGresult *result =
        PQexec(connection, "SELECT count(*), count(DISTINCT reference) FROM document_order");

    assert_int_equal(PQntuples(result), 1);
    assert_string_equal(PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1));
    long long count = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    PQfinish(connection);
    return count;
}

static void no_order_is_made_twice(void **state)
{
    struct scene *scene = *state;
    struct side sides[BACKENDS] = {};
    pthread_barrier_t together;

    pthread_barrier_init(&together, NULL, BACKENDS);
    for (size_t i = 0; i < BACKENDS; i++) {
        sides[i].world = &scene->worlds[i];
        sides[i].together = &together;
        open_side(&sides[i]);
    }
    for (size_t i = 0; i < BACKENDS; i++)
        assert_int_equal(pthread_create(&sides[i].thread, NULL, ask, &sides[i]), 0);
    for (size_t i = 0; i < BACKENDS; i++) {
        pthread_join(sides[i].thread, NULL);
        https_peer_close(sides[i].peer);
    }
    pthread_barrier_destroy(&together);
    for (size_t i = 0; i < BACKENDS; i++)
        assert_int_equal(sides[i].wrong, 0);
    for (size_t i = 0; i < SHARED; i++)
        assert_string_equal(sides[0].shared[i], sides[1].shared[i]);
    assert_int_equal(count_orders(scene), SHARED + BACKENDS * OWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_order_is_made_twice),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
