// payment-provider FOLDER [--valid SECONDS]: a payment service provider on the loopback interface,
// and the payer's telephone. README.md names its faults. Ends on SIGTERM.
#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "provider_book.h"
#include "provider_faults.h"

#define BODY_MAXIMUM 4096
#define VALID_SECONDS 120 // of a payment in a shop

struct provider {
    struct provider_book book;
    int64_t valid_seconds;
    unsigned port;
};

struct request {
    char body[BODY_MAXIMUM];
    size_t size;
};

// What is answered: a status and a body, or nothing at all.
struct reply {
    unsigned status;
    json_t *json;
    bool lost;
};

static void reply_with(struct reply *reply, unsigned status, json_t *json)
{
    json_decref(reply->json);
    reply->status = status;
    reply->json = json;
}

static json_t *json_of(const struct provider *provider, const struct provider_payment *payment)
{
    char link[128], expires[40];
    time_t when = (time_t)payment->expires;
    struct tm moment;

    (void)snprintf(link, sizeof link, "http://127.0.0.1:%u/pay/%s", provider->port, payment->id);
    (void)strftime(expires, sizeof expires, "%Y-%m-%dT%H:%M:%S.000Z", gmtime_r(&when, &moment));
    return json_pack("{s:s, s:s, s:I, s:s, s:s, s:s, s:{s:{s:s}}}", "paymentId", payment->id,
                     "status", provider_state_word(payment->state), "amount",
                     (json_int_t)payment->cents, "currency", "EUR", "reference", payment->reference,
                     "expiresAt", expires, "_links", "qrcode", "href", link);
}

// ---- the merchant -----------------------------------------------------------------------------

static bool loses(struct provider *provider, const char *word)
{
    if (!fault_is(provider->book.folder, word) || provider->book.answers_lost > 0)
        return false;
    provider->book.answers_lost++;
    return true;
}

static void create(struct provider *provider, const json_t *body, struct reply *reply)
{
    const char *reference = json_string_value(json_object_get(body, "reference"));
    json_int_t cents = json_integer_value(json_object_get(body, "amount"));

    if (reference == NULL || strlen(reference) > 35 || cents <= 0 ||
        fault_is(provider->book.folder, "refuses-creation")) {
        reply_with(reply, 422, NULL);
        return;
    }
    struct provider_payment *payment =
        provider_book_add(&provider->book, reference, cents, provider->valid_seconds);
    if (payment == NULL) {
        reply_with(reply, 500, NULL);
        return;
    }
    reply_with(reply, 201, json_of(provider, payment));
    reply->lost = loses(provider, "loses-creation");
}

static void search(struct provider *provider, const json_t *body, struct reply *reply)
{
    const char *reference = json_string_value(json_object_get(body, "reference"));
    const struct provider_payment *payment =
        provider_book_search(&provider->book, reference == NULL ? "" : reference);
    json_t *details = json_array();

    if (payment != NULL)
        json_array_append_new(details, json_of(provider, payment));
    reply_with(reply, 200, json_pack("{s:i, s:o}", "size", payment != NULL, "details", details));
}

static void confirm(struct provider *provider, struct provider_payment *payment)
{
    const char *folder = provider->book.folder;

    if (payment->state != PENDING && payment->state != IDENTIFIED)
        return;
    if (fault_is(folder, "refuses-payer")) {
        payment->state = FAILED;
    } else if (fault_is(folder, "acknowledge")) {
        payment->state = PENDING_MERCHANT_ACKNOWLEDGEMENT;
    } else {
        payment->state = SUCCEEDED;
        provider->book.charged++;
    }
}

static void cancel(struct provider *provider, struct provider_payment *payment, struct reply *reply)
{
    if (fault_is(provider->book.folder, "pays-while-cancelling"))
        confirm(provider, payment);
    if (payment->state == PENDING || payment->state == IDENTIFIED) {
        payment->state = CANCELLED;
        reply_with(reply, 204, NULL);
    } else {
        reply_with(reply, 422, NULL); // only before it is authorised
    }
    reply->lost = loses(provider, "loses-cancellation");
}

static void acknowledge(struct provider *provider, struct provider_payment *payment,
                        struct reply *reply)
{
    if (payment->state != PENDING_MERCHANT_ACKNOWLEDGEMENT) {
        reply_with(reply, 422, NULL);
        return;
    }
    payment->state = SUCCEEDED;
    provider->book.charged++;
    provider->book.acknowledged++;
    reply_with(reply, 204, NULL);
}

// The same key moves money once.
static void refund(struct provider *provider, struct provider_payment *payment, const char *key,
                   struct reply *reply)
{
    if (fault_is(provider->book.folder, "refund-later") && provider->book.refusals_of_refunds < 3) {
        provider->book.refusals_of_refunds++;
        reply_with(reply, 503, NULL);
        return;
    }
    if (payment->state != SUCCEEDED || key == NULL ||
        (payment->refunded > 0 && strcmp(payment->refund_key, key) != 0)) {
        reply_with(reply, 422, NULL);
        return;
    }
    if (payment->refunded == 0)
        provider->book.refunded++;
    payment->refunded = payment->cents;
    (void)snprintf(payment->refund_key, sizeof payment->refund_key, "%s", key);
    reply_with(reply, 201, json_pack("{s:s}", "status", "SUCCEEDED"));
}

static void serve_payment(struct provider *provider, const char *method, const char *rest,
                          const char *key, struct reply *reply)
{
    char id[32];
    const char *what = strchr(rest, '/');
    size_t length = what == NULL ? strlen(rest) : (size_t)(what - rest);

    (void)snprintf(id, sizeof id, "%.*s", (int)length, rest);
    struct provider_payment *payment = provider_book_find(&provider->book, id);
    if (payment == NULL)
        reply_with(reply, 404, NULL);
    else if (what == NULL && strcmp(method, "GET") == 0) {
        reply_with(reply, 200, json_of(provider, payment));
        reply->lost =
            payment->state != PENDING && fault_is(provider->book.folder, "silent-after-scan");
    } else if (what == NULL && strcmp(method, "DELETE") == 0) {
        cancel(provider, payment, reply);
        reply->lost = reply->lost || fault_is(provider->book.folder, "silent-after-scan");
    } else if (what != NULL && strcmp(what, "/acknowledge") == 0)
        acknowledge(provider, payment, reply);
    else if (what != NULL && strcmp(what, "/refunds") == 0)
        refund(provider, payment, key, reply);
}

static void serve_merchant(struct provider *provider, const char *method, const char *path,
                           const json_t *body, const char *key, struct reply *reply)
{
    bool posts = strcmp(method, "POST") == 0;

    if (posts && strcmp(path, "/v3/payments") == 0)
        create(provider, body, reply);
    else if (posts && strcmp(path, "/v3/payments/search") == 0)
        search(provider, body, reply);
    else if (strncmp(path, "/v3/payments/", 13) == 0)
        serve_payment(provider, method, path + 13, key, reply);
}

// ---- the payer --------------------------------------------------------------------------------

static void serve_payer(struct provider *provider, const char *method, const char *id,
                        struct reply *reply)
{
    struct provider_payment *payment = provider_book_find(&provider->book, id);

    if (payment == NULL)
        return;
    if (payment->state == PENDING)
        payment->state = IDENTIFIED;
    if (strcmp(method, "POST") == 0)
        confirm(provider, payment);
    reply_with(reply, 200, json_of(provider, payment));
}

// ---- the line ---------------------------------------------------------------------------------

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *reply)
{
    char *text = reply->json == NULL ? strdup("") : json_dumps(reply->json, JSON_COMPACT);

    if (text == NULL)
        return MHD_NO;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "application/json");
    enum MHD_Result sent = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

static bool has_key(struct MHD_Connection *connection)
{
    const char *given = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");

    return given != NULL && strcmp(given, "Bearer test-merchant-key") == 0;
}

static enum MHD_Result serve(struct provider *provider, struct MHD_Connection *connection,
                             const char *method, const char *path, const struct request *request)
{
    struct reply reply = {.status = 404};
    json_t *body = json_loadb(request->body, request->size, 0, NULL);
    const char *key = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Idempotency-Key");

    if (fault_is(provider->book.folder, "slow"))
        (void)poll(NULL, 0, 1500);
    if (strncmp(path, "/pay/", 5) == 0)
        serve_payer(provider, method, path + 5, &reply);
    else if (fault_is(provider->book.folder, "down"))
        reply.lost = true;
    else if (!has_key(connection))
        reply.status = 401;
    else
        serve_merchant(provider, method, path, body, key, &reply);
    json_decref(body);
    provider_book_write(&provider->book);
    enum MHD_Result sent = reply.lost ? MHD_NO : send_reply(connection, &reply);
    json_decref(reply.json);
    return sent;
}

static enum MHD_Result on_request(void *closure, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **state)
{
    struct request *request = *state;

    (void)version;
    if (request == NULL) {
        *state = calloc(1, sizeof *request);
        return *state == NULL ? MHD_NO : MHD_YES;
    }
    if (*size > 0) {
        if (*size > BODY_MAXIMUM - request->size)
            return MHD_NO;
        memcpy(request->body + request->size, data, *size);
        request->size += *size;
        *size = 0;
        return MHD_YES;
    }
    return serve(closure, connection, method, path, request);
}

static void on_completed(void *closure, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)closure;
    (void)connection;
    (void)code;
    free(*state);
    *state = NULL;
}

static struct MHD_Daemon *start(struct provider *provider)
{
    struct sockaddr_in address = {.sin_family = AF_INET};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, provider,
                            MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED,
                            on_completed, NULL, MHD_OPTION_END);
}

static bool tell_port(const struct provider *provider)
{
    char path[512], fresh[520];

    (void)snprintf(path, sizeof path, "%s/port", provider->book.folder);
    (void)snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *file = fopen(fresh, "w");
    if (file == NULL)
        return false;
    (void)fprintf(file, "%u\n", provider->port);
    return fclose(file) == 0 && rename(fresh, path) == 0;
}

int main(int argc, char **argv)
{
    static struct provider provider = {.valid_seconds = VALID_SECONDS};
    sigset_t ending;
    int signal_number;

    bool valid = argc == 4 && strcmp(argv[2], "--valid") == 0;
    if (argc != 2 && !valid) {
        (void)fprintf(stderr, "usage: payment-provider FOLDER [--valid SECONDS]\n");
        return 2;
    }
    if (valid)
        provider.valid_seconds = strtol(argv[3], NULL, 10);
    provider.book.folder = argv[1];
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    struct MHD_Daemon *daemon = start(&provider);
    if (daemon == NULL)
        return 1;
    provider.port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    provider_book_write(&provider.book);
    if (!tell_port(&provider)) {
        (void)fprintf(stderr, "payment-provider: cannot write into %s\n", argv[1]);
        return 1;
    }
    while (sigwait(&ending, &signal_number) == EINTR)
        ;
    MHD_stop_daemon(daemon);
    return 0;
}
