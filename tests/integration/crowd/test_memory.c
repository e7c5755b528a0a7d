// integration_memory REQUESTS KILOBYTES: four terminals ask one municipality process so many times:
// seven of a hundred requests are a resident's whole visit with a document, the others ask for the
// catalogue or, in vain, about an order that nobody made. Once it is warm, its proportional set
// size may grow by so many kilobytes at most; every step and the slope are printed.
#include <stdio.h>
#include <stdlib.h>

#include "client.h"
#include "https_backend.h"
#include "str.h"

#define CLIENTS 4
#define STEPS 10 // in which the requests are made; the first three warm it up
#define WARM 3
#define VAIN 50   // one request in so many
#define BLOCK 100 // requests, one visit among them

struct worker {
    struct client client;
    pthread_t thread;
    size_t blocks;
};

// The same answers for everybody: what is offered, and that there is no such order.
static void ask_small(struct client *client, bool catalogue)
{
    const struct backend *backend = &client->backend;
    enum backend_refusal refusal;
    struct identifier nobodys;
    owned(catalogue) offered = NULL;

    if (catalogue)
        client->errors += backend->verbs->catalogue(backend->self, &offered, &refusal) != RESULT_OK;
    else if (identifier_make(&nobodys) != RESULT_OK ||
             backend->verbs->outcome(backend->self, &nobodys, true, 1, &refusal) == RESULT_OK)
        client->errors++;
}

static void *work(void *closure)
{
    struct worker *worker = closure;
    double took[CLIENT_VERB_COUNT];

    for (size_t block = 0; block < worker->blocks; block++) {
        client_visit(&worker->client, took);
        for (int i = CLIENT_VERB_COUNT + 1; i <= BLOCK; i++)
            ask_small(&worker->client, i % VAIN != 0);
    }
    return NULL;
}

static size_t work_once(struct worker workers[CLIENTS])
{
    size_t errors = 0;

    for (size_t i = 0; i < CLIENTS; i++)
        must(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0, "no thread");
    for (size_t i = 0; i < CLIENTS; i++) {
        pthread_join(workers[i].thread, NULL);
        errors += workers[i].client.errors;
    }
    return errors;
}

// Proportional set size in kilobytes (proc(5), smaps_rollup).
static long memory_of(pid_t process)
{
    char path[64], line[128];
    long kilobytes = -1;

    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)process);
    FILE *file = fopen(path, "r");
    must(file != NULL, path);
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "Pss: %ld kB", &kilobytes) == 1)
            break;
    fclose(file);
    must(kilobytes > 0, "no Pss");
    return kilobytes;
}

// Kilobytes a step, by least squares over the warm ones.
static double slope_of(const long memory[STEPS])
{
    double n = STEPS - WARM, x = 0, y = 0, xx = 0, xy = 0;

    for (int i = WARM; i < STEPS; i++) {
        x += i;
        y += (double)memory[i];
        xx += (double)i * i;
        xy += i * (double)memory[i];
    }
    return (n * xy - x * y) / (n * xx - x * x);
}

static void measure(struct worker workers[CLIENTS], pid_t process, long most)
{
    long memory[STEPS];
    size_t requests = workers[0].blocks * BLOCK * CLIENTS;

    for (int i = 0; i < STEPS; i++) {
        must(work_once(workers) == 0, "a request was answered wrongly");
        memory[i] = memory_of(process);
        printf("%7zu requests: %6ld kB\n", requests * (size_t)(i + 1), memory[i]);
    }
    long growth = memory[STEPS - 1] - memory[WARM - 1];
    printf("grown by %ld kB since it was warm, at most %ld; slope %.1f kB in 10000 requests\n",
           growth, most, slope_of(memory) * 10000 / (double)requests);
    must(growth <= most, "the municipality's memory grows");
}

static void run(struct crowd *crowd, size_t blocks, long most)
{
    struct worker *workers = calloc(CLIENTS, sizeof *workers);
    char residents[512], orders[512];
    const struct database_address people = {
        DATABASE_SQLITE, city_bench_path(&crowd->bench, "many.db", residents), .may_be_new = true};
    const struct database_address store = {DATABASE_SQLITE,
                                           city_bench_path(&crowd->bench, "many-orders.db", orders),
                                           .may_be_new = true};

    must(workers != NULL, "no memory");
    crowd_write_register(crowd, &people);
    struct city_server server = crowd_server(crowd, "memory", &people, &store);
    const int ports[2] = {server.port, server.port};
    for (size_t i = 0; i < CLIENTS; i++) {
        client_create(crowd, i, ports, &workers[i].client);
        workers[i].blocks = blocks;
    }
    measure(workers, server.pid, most);
    for (size_t i = 0; i < CLIENTS; i++)
        client_destroy(&workers[i].client);
    must(city_server_stop(&server) == 0, "the municipality did not end well");
    free(workers);
}

int main(int argc, char **argv)
{
    int64_t requests, most;
    struct crowd crowd = {};

    if (argc != 3 || str_to_int(argv[1], 1, 100000000, &requests) != RESULT_OK ||
        str_to_int(argv[2], 0, 1000000, &most) != RESULT_OK) {
        fputs("usage: integration_memory REQUESTS KILOBYTES\n", stderr);
        return 2;
    }
    must(https_library_begin() == RESULT_OK, "libcurl");
    crowd_create(&crowd, CLIENTS);
    size_t blocks = (size_t)requests / (STEPS * CLIENTS * BLOCK);
    run(&crowd, blocks > 0 ? blocks : 1, (long)most);
    crowd_destroy(&crowd);
    https_library_end();
    return 0;
}
