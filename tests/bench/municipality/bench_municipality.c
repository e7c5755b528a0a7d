// bench-municipality PROGRAMS [ROW…]: prints the rows api_keepalive and issue_document, fields with
// tabs between. Each server has one processor, and who asks it another where there are two; they
// take turns.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "issuing_alone.h"
#include "keep_alive.h"
#include "processor.h"
#include "static_nginx.h"
#include "times.h"
#include "visitor.h"

#define ROUNDS 7
#define SECONDS 2.0
#define VISITORS 4
#define DOCUMENTS_OF_VISITOR 15

// The city, and a server of it with so many threads.
struct stage {
    struct city_bench bench;
    struct city_server server;
};

static void open_stage(struct stage *stage, const char *threads)
{
    const char *const changes[][3] = {{"listen", "threads", threads},
                                      {"fleet", "requests_per_minute", "100000000"},
                                      {"city", "proof_seconds", "900"}};

    need(city_bench_create(&stage->bench) == 0, "the city could not be made");
    processor_use(PROCESSOR_OF_SERVER);
    stage->server = city_server_start(&stage->bench, "server", changes, 3);
    need(stage->server.port != 0, "the municipality does not start");
    processor_use(PROCESSOR_OF_CLIENTS);
}

static void close_stage(struct stage *stage)
{
    need(city_server_stop(&stage->server) == 0, "the municipality did not end well");
    city_bench_destroy(&stage->bench);
}

// The files of terminal kiosk-0001.
struct terminal_files {
    char authority[512], certificate[512], key[512];
};

static struct https_identity identity_of(const struct city_bench *bench,
                                         struct terminal_files *files)
{
    return (struct https_identity){
        .authority = city_bench_path(bench, "authorities/tls-ca.pem", files->authority),
        .certificate = city_bench_path(bench, "kiosk-0001.pem", files->certificate),
        .key = city_bench_path(bench, "kiosk-0001.key", files->key),
    };
}

static struct static_nginx *open_nginx(const struct city_bench *bench, size_t body_size)
{
    char folder[512], certificate[512], key[512], authority[512];
    const struct static_nginx_settings settings = {
        .folder = city_bench_path(bench, "nginx", folder),
        .certificate = city_bench_path(bench, "authorities/server.pem", certificate),
        .key = city_bench_path(bench, "authorities/server.key", key),
        .client_authority = city_bench_path(bench, "fleet.pem", authority),
        .file_size = body_size,
    };

    processor_use(PROCESSOR_OF_SERVER);
    struct static_nginx *nginx = static_nginx_start(&settings);
    processor_use(PROCESSOR_OF_CLIENTS);
    need(nginx != NULL, "nginx does not start");
    return nginx;
}

// The order of a proved resident, asked for again and again.
static struct keep_alive *ask_municipality(struct stage *stage,
                                           const struct https_identity *identity,
                                           struct visitor *visitor)
{
    char id[VISITOR_ORDER_SIZE], request[512];

    visitor_enter(&stage->bench, &stage->server, visitor);
    visitor_order(visitor, 1, id);
    snprintf(request, sizeof request,
             "GET /v1/orders/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n",
             id, visitor->token);
    struct keep_alive *asking = keep_alive_create(stage->server.port, identity, request);
    need(asking != NULL, "the municipality does not answer");
    return asking;
}

static void measure_keep_alive(void)
{
    struct stage stage;
    struct visitor visitor;
    struct terminal_files files;
    struct times ours = {}, theirs = {};

    open_stage(&stage, "1");
    const struct https_identity identity = identity_of(&stage.bench, &files);
    struct keep_alive *api = ask_municipality(&stage, &identity, &visitor);
    struct static_nginx *nginx = open_nginx(&stage.bench, keep_alive_body_size(api));
    struct keep_alive *file =
        keep_alive_create(static_nginx_port(nginx), &identity,
                          "GET " STATIC_NGINX_PATH " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    need(file != NULL && keep_alive_body_size(file) == keep_alive_body_size(api),
         "nginx does not answer with a file as large");
    for (int i = 0; i < ROUNDS; i++) {
        times_add(&ours, keep_alive_rate(api, SECONDS));
        times_add(&theirs, keep_alive_rate(file, SECONDS));
    }
    rates_print("api_keepalive", "1/s", "nginx static", &ours, &theirs);
    keep_alive_destroy(api);
    keep_alive_destroy(file);
    static_nginx_stop(nginx);
    visitor_leave(&visitor);
    close_stage(&stage);
}

struct orders {
    pthread_t thread;
    struct visitor visitor;
    unsigned long next; // number of an order
};

static void *order_documents(void *closure)
{
    struct orders *orders = closure;
    char id[VISITOR_ORDER_SIZE];

    for (int i = 0; i < DOCUMENTS_OF_VISITOR; i++)
        visitor_order(&orders->visitor, orders->next++, id);
    return NULL;
}

// All visitors at once; documents a second.
static double rate_of_orders(struct orders orders[VISITORS])
{
    double began = milliseconds_now();

    for (int i = 0; i < VISITORS; i++)
        need(pthread_create(&orders[i].thread, NULL, order_documents, &orders[i]) == 0,
             "no thread");
    for (int i = 0; i < VISITORS; i++)
        pthread_join(orders[i].thread, NULL);
    return VISITORS * DOCUMENTS_OF_VISITOR * 1e3 / (milliseconds_now() - began);
}

static double rate_alone(struct issuing_alone *alone)
{
    double began = milliseconds_now();

    for (int i = 0; i < VISITORS * DOCUMENTS_OF_VISITOR; i++)
        need(issuing_alone_make(alone), "a document could not be drawn and sealed");
    return VISITORS * DOCUMENTS_OF_VISITOR * 1e3 / (milliseconds_now() - began);
}

static void measure_issuing(void)
{
    struct stage stage;
    struct orders orders[VISITORS];
    struct times ours = {}, theirs = {};

    open_stage(&stage, "4");
    struct issuing_alone *alone = issuing_alone_create(&stage.bench);
    need(alone != NULL, "nothing can be drawn and sealed");
    for (int i = 0; i < VISITORS; i++) {
        orders[i] = (struct orders){.next = (unsigned long)(i + 1) * 1000000};
        visitor_enter(&stage.bench, &stage.server, &orders[i].visitor);
    }
    for (int i = 0; i < ROUNDS; i++) {
        processor_use(PROCESSOR_OF_CLIENTS);
        times_add(&ours, rate_of_orders(orders));
        processor_use(PROCESSOR_OF_SERVER);
        times_add(&theirs, rate_alone(alone));
    }
    rates_print("issue_document", "1/s", "drawing and sealing", &ours, &theirs);
    for (int i = 0; i < VISITORS; i++)
        visitor_leave(&orders[i].visitor);
    issuing_alone_destroy(alone);
    close_stage(&stage);
}

static bool is_asked(int argc, char **argv, const char *row)
{
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], row) == 0)
            return true;
    return argc == 2;
}

int main(int argc, char **argv)
{
    need(argc >= 2, "usage: bench-municipality PROGRAMS [ROW…]");
    setenv("MUNICIPALITY_PROGRAMS", argv[1], 1);
    setenv("MUNICIPALITY_SOURCE", BENCH_MUNICIPALITY, 1);
    if (is_asked(argc, argv, "api_keepalive"))
        measure_keep_alive();
    if (is_asked(argc, argv, "issue_document"))
        measure_issuing();
    return 0;
}
