// integration_crowd CLIENTS VISITS: so many terminals with a resident each, all at once, so many
// times over; first one municipality process on SQLite, then two on PostgreSQL, where the outcome
// of an order goes to the process that did not make it. No call may fail, and every order is there
// once. The times are printed and not judged.
#include <stdio.h>
#include <stdlib.h>

#include "client.h"
#include "https_backend.h"
#include "private_postgresql.h"
#include "str.h"

#define CLIENTS_MAXIMUM 200
#define PROCESSES_MAXIMUM 2

struct scene {
    const char *name;
    struct crowd *crowd;
    struct database_address residents, orders;
    size_t processes, visits;
    struct city_server servers[PROCESSES_MAXIMUM];
    struct client clients[CLIENTS_MAXIMUM];
};

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

// Median and 99th percentile of one verb, or of all.
static void print_times(const struct scene *scene, const char *name, int only)
{
    size_t most = scene->crowd->count * scene->visits * CLIENT_VERB_COUNT, count = 0;
    double *all = calloc(most, sizeof *all);

    must(all != NULL, "no memory");
    for (size_t i = 0; i < scene->crowd->count; i++)
        for (size_t visit = 0; visit < scene->visits; visit++)
            for (int verb = 0; verb < CLIENT_VERB_COUNT; verb++)
                if (only < 0 || only == verb)
                    all[count++] = scene->clients[i].took[visit][verb];
    qsort(all, count, sizeof *all, ascending);
    printf("  %-16s %6zu calls  P50 %8.1f ms  P99 %8.1f ms  most %8.1f ms\n", name, count,
           all[count / 2], all[(count * 99 + 99) / 100 - 1], all[count - 1]);
    free(all);
}

static enum result read_counts(void *closure, const struct sql_row *row)
{
    int64_t *counts = closure;

    for (size_t i = 0; i < 3; i++)
        TRY(sql_row_whole(row, i, &counts[i]));
    return RESULT_OK;
}

// As many orders as were made, no reference twice, all delivered.
static void count_orders(const struct scene *scene)
{
    int64_t counts[3], expected = (int64_t)(scene->crowd->count * scene->visits);
    owned(database) database = NULL;
    const struct sql_statement select = {
        .sql = "SELECT count(*), count(DISTINCT reference),"
               " sum(CASE WHEN state = 'DELIVERED' THEN 1 ELSE 0 END) FROM document_order",
        .reader = read_counts,
        .closure = counts,
    };

    must(database_create(&scene->orders, &database) == RESULT_OK &&
             database_run(database, &select) == RESULT_OK,
         "the orders cannot be counted");
    printf("  %lld orders, %lld references, %lld delivered\n", (long long)counts[0],
           (long long)counts[1], (long long)counts[2]);
    must(counts[0] == expected && counts[1] == expected && counts[2] == expected,
         "an order is missing or there twice");
}

static void open_scene(struct scene *scene, pthread_barrier_t *together)
{
    char name[64];

    for (size_t i = 0; i < scene->processes; i++) {
        must(str_format(name, sizeof name, "%s-%zu", scene->name, i) == RESULT_OK, "name");
        scene->servers[i] = crowd_server(scene->crowd, name, &scene->residents, &scene->orders);
    }
    for (size_t i = 0; i < scene->crowd->count; i++) {
        const int ports[2] = {scene->servers[i % scene->processes].port,
                              scene->servers[(i + 1) % scene->processes].port};
        client_create(scene->crowd, i, ports, &scene->clients[i]);
        scene->clients[i].visits = scene->visits;
        scene->clients[i].together = together;
    }
}

static size_t run_clients(struct scene *scene)
{
    size_t errors = 0;

    for (size_t i = 0; i < scene->crowd->count; i++)
        must(pthread_create(&scene->clients[i].thread, NULL, client_run, &scene->clients[i]) == 0,
             "no thread");
    for (size_t i = 0; i < scene->crowd->count; i++) {
        pthread_join(scene->clients[i].thread, NULL);
        errors += scene->clients[i].errors;
    }
    return errors;
}

static void play(struct scene *scene)
{
    pthread_barrier_t together;

    crowd_write_register(scene->crowd, &scene->residents);
    pthread_barrier_init(&together, NULL, (unsigned int)scene->crowd->count);
    open_scene(scene, &together);
    size_t errors = run_clients(scene);
    printf("%s: %zu clients, %zu visits each, %zu errors\n", scene->name, scene->crowd->count,
           scene->visits, errors);
    print_times(scene, "all calls", -1);
    print_times(scene, "open session", CLIENT_OPEN);
    print_times(scene, "prove", CLIENT_PROVE);
    print_times(scene, "order", CLIENT_ORDER);
    print_times(scene, "document", CLIENT_DOCUMENT);
    for (size_t i = 0; i < scene->crowd->count; i++)
        client_destroy(&scene->clients[i]);
    for (size_t i = 0; i < scene->processes; i++)
        must(city_server_stop(&scene->servers[i]) == 0, "the municipality did not end well");
    pthread_barrier_destroy(&together);
    must(errors == 0, "there were errors");
    count_orders(scene);
    fflush(stdout); // before anything is forked
}

static void play_sqlite(struct scene *scene)
{
    char residents[512], orders[512];
    const struct city_bench *bench = &scene->crowd->bench;

    scene->name = "sqlite";
    scene->processes = 1;
    scene->residents = (struct database_address){
        DATABASE_SQLITE, city_bench_path(bench, "many.db", residents), .may_be_new = true};
    scene->orders = (struct database_address){
        DATABASE_SQLITE, city_bench_path(bench, "many-orders.db", orders), .may_be_new = true};
    play(scene);
}

static void play_postgresql(struct scene *scene)
{
    struct private_postgresql server;

    must(private_postgresql_create(&server) == 0, "PostgreSQL does not start");
    scene->name = "postgresql";
    scene->processes = 2;
    scene->residents =
        (struct database_address){.kind = DATABASE_POSTGRESQL, .where = server.connection};
    scene->orders = scene->residents;
    play(scene);
    private_postgresql_destroy(&server);
}

int main(int argc, char **argv)
{
    int64_t clients, visits;
    struct crowd crowd = {};

    if (argc != 3 || str_to_int(argv[1], 1, CLIENTS_MAXIMUM, &clients) != RESULT_OK ||
        str_to_int(argv[2], 1, CLIENT_VISITS_MAXIMUM, &visits) != RESULT_OK) {
        fprintf(stderr, "usage: integration_crowd CLIENTS VISITS, at most %d and %d\n",
                CLIENTS_MAXIMUM, CLIENT_VISITS_MAXIMUM);
        return 2;
    }
    struct scene *scene = calloc(1, sizeof *scene);
    must(scene != NULL && https_library_begin() == RESULT_OK, "libcurl");
    crowd_create(&crowd, (size_t)clients);
    scene->crowd = &crowd;
    scene->visits = (size_t)visits;
    play_sqlite(scene);
    play_postgresql(scene);
    crowd_destroy(&crowd);
    free(scene);
    https_library_end();
    return 0;
}
