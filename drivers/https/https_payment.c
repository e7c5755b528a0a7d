#include "https_payment.h"

#include "answers.h"
#include "clock.h"
#include "http_client.h"
#include "log.h"
#include "requests.h"

#include <stdlib.h>

#define PATH_SIZE 128
// A municipality that is away for less than this has not said anything about the payment.
#define SILENCE_MS 15000

struct https_payment {
    struct http_client *client;
    uint32_t limit_ms;
    uint64_t heard; // when the municipality last said how a payment stands; monotonic ms
};

static void https_payment_free(struct https_payment *self)
{
    if (self == NULL)
        return;
    http_client_destroy(self->client);
    free(self);
}

// ---- asking -----------------------------------------------------------------------------------

static enum result payment_path(const struct payment_request *request, char path[PATH_SIZE])
{
    char order[IDENTIFIER_TEXT_SIZE], payment[IDENTIFIER_TEXT_SIZE];

    identifier_to_text(&request->order, order);
    identifier_to_text(&request->payment, payment);
    return str_format(path, PATH_SIZE, "/v1/orders/%s/payments/%s", order, payment);
}

static enum result run(struct https_payment *self, const struct http_request *request,
                       struct http_response *response)
{
    enum result result = http_client_run(self->client, request, response);

    if (result == RESULT_OK && response->status >= 400)
        log_warning("https", "a payment call was answered with status", response->status);
    return result;
}

// How the payment stands, in the municipality's words.
static enum result ask(struct https_payment *self, const struct http_request *request,
                       struct payment_status *status)
{
    struct http_response response;

    *status = (struct payment_status){.state = PAYMENT_UNCLEAR, .slip = -1};
    enum result result = run(self, request, &response);
    if (result == RESULT_OK)
        result = response.status < 300 && response.kind == HTTP_KIND_JSON
                     ? answer_read_payment(http_client_body(self->client), status)
                     : RESULT_FAILED;
    http_client_wipe(self->client);
    if (result == RESULT_OK)
        self->heard = clock_monotonic_ms();
    return result;
}

// ---- verbs ------------------------------------------------------------------------------------

static enum result prepare(void *closure, int *slip_before)
{
    struct https_payment *self = closure;
    const struct http_request request = {
        .method = "GET", .path = "/v1/payment-ways", .limit_ms = self->limit_ms};
    struct http_response response;
    bool works = false;

    *slip_before = -1;
    enum result result = run(self, &request, &response);
    if (result == RESULT_OK && (response.status != 200 || response.kind != HTTP_KIND_JSON))
        result = RESULT_UNREACHABLE;
    if (result == RESULT_OK)
        result = answer_read_payment_ways(http_client_body(self->client), &works);
    http_client_wipe(self->client);
    if (result == RESULT_OK && !works)
        result = RESULT_BUSY;
    return result;
}

// The payment's identifier is the key: asked again, the municipality takes the same one.
static enum result begin(void *closure, const struct payment_request *request,
                         struct payment_status *status)
{
    struct https_payment *self = closure;
    owned(secret) body = NULL;
    char order[IDENTIFIER_TEXT_SIZE], path[PATH_SIZE];

    *status = (struct payment_status){.state = PAYMENT_UNCLEAR, .slip = -1};
    identifier_to_text(&request->order, order);
    TRY(str_format(path, sizeof path, "/v1/orders/%s/payments", order));
    TRY(request_payment(&body));
    const struct http_request post = {.method = "POST",
                                      .path = path,
                                      .idempotency_key = &request->payment,
                                      .body = body,
                                      .limit_ms = self->limit_ms};
    self->heard = clock_monotonic_ms();
    enum result result = ask(self, &post, status);
    return result == RESULT_OK ? RESULT_OK : ask(self, &post, status);
}

static enum result poll(void *closure, const struct payment_request *request,
                        struct payment_status *status)
{
    struct https_payment *self = closure;
    char path[PATH_SIZE];

    *status = (struct payment_status){.state = PAYMENT_UNCLEAR, .slip = -1};
    TRY(payment_path(request, path));
    const struct http_request get = {.method = "GET", .path = path, .limit_ms = self->limit_ms};
    enum result result = ask(self, &get, status);
    if (result != RESULT_OK && clock_monotonic_ms() - self->heard < SILENCE_MS) {
        status->state = PAYMENT_OPEN;
        return RESULT_OK;
    }
    return result;
}

// Also one that never arrived is cancelled there, and so can begin no more.
static enum result cancel(void *closure, const struct payment_request *request,
                          struct payment_status *status)
{
    struct https_payment *self = closure;
    char path[PATH_SIZE];

    *status = (struct payment_status){.state = PAYMENT_UNCLEAR, .slip = -1};
    TRY(payment_path(request, path));
    const struct http_request delete = {
        .method = "DELETE", .path = path, .limit_ms = self->limit_ms};
    enum result result = ask(self, &delete, status);
    return result == RESULT_OK ? RESULT_OK : ask(self, &delete, status);
}

// The municipality pays back what was paid for a document of which no sheet came out.
static enum result refund(void *closure, const struct payment_request *request,
                          struct payment_status *status)
{
    struct https_payment *self = closure;
    owned(secret) body = NULL;
    struct identifier key;
    struct http_response response;
    char order[IDENTIFIER_TEXT_SIZE], path[PATH_SIZE];

    *status = (struct payment_status){.state = PAYMENT_OPEN, .slip = -1};
    identifier_to_text(&request->order, order);
    TRY(str_format(path, sizeof path, "/v1/orders/%s/outcome", order));
    TRY(request_outcome_key(&request->order, false, 0, &key));
    TRY(request_outcome(false, 0, &body));
    const struct http_request post = {.method = "POST",
                                      .path = path,
                                      .idempotency_key = &key,
                                      .body = body,
                                      .limit_ms = self->limit_ms};
    TRY(run(self, &post, &response));
    http_client_wipe(self->client);
    if (response.status >= 500)
        return RESULT_UNREACHABLE;
    enum result result = payment_path(request, path);
    const struct http_request get = {.method = "GET", .path = path, .limit_ms = self->limit_ms};
    if (result == RESULT_OK)
        result = ask(self, &get, status);
    if (result != RESULT_OK || status->state == PAYMENT_MADE || status->state == PAYMENT_UNCLEAR)
        status->state = PAYMENT_OPEN; // it is still being paid back
    return result;
}

// The scheme closes its days with the municipality.
static enum result close_day(void *self)
{
    (void)self;
    return RESULT_OK;
}

static const struct payment_verbs verbs = {
    .prepare = prepare,
    .begin = begin,
    .poll = poll,
    .cancel = cancel,
    .refund = refund,
    .close_day = close_day,
};

// ---- life -------------------------------------------------------------------------------------

enum result https_payment_create(const struct https_backend_settings *settings, struct payment *out)
{
    *out = (struct payment){};
    if (!str_starts_with(settings->url, "https://"))
        return RESULT_INVALID;
    struct https_payment *self = calloc(1, sizeof *self);
    if (self == NULL)
        return RESULT_NO_MEMORY;
    self->limit_ms = settings->limits.total;
    enum result result = http_client_create(settings, &self->client);
    if (result != RESULT_OK) {
        https_payment_free(self);
        return result == RESULT_TOO_LARGE ? RESULT_INVALID : result;
    }
    *out = (struct payment){.verbs = &verbs, .self = self};
    return RESULT_OK;
}

void https_payment_destroy(struct payment *payment)
{
    https_payment_free(payment->self);
    *payment = (struct payment){};
}
