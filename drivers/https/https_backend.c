#include "https_backend.h"

#include "answers.h"
#include "clock.h"
#include "http_client.h"
#include "log.h"
#include "requests.h"
#include "terminal_identity.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 128

struct https_backend {
    struct https_backend_limits limits;
    struct terminal_identity terminal;
    struct http_client *client;
    char session[IDENTIFIER_TEXT_SIZE]; // empty: none is open
    long connection;                    // that the challenge is bound to
    struct secret *token;               // empty until the resident is proved
    struct backend_order order;         // the last one: its document's digest is checked
};

// ---- making -----------------------------------------------------------------------------------

static void https_backend_free(struct https_backend *backend)
{
    if (backend == NULL)
        return;
    http_client_destroy(backend->client);
    secret_destroy(backend->token);
    free(backend);
}

static uint32_t or_else(uint32_t value, uint32_t otherwise)
{
    return value != 0 ? value : otherwise;
}

static struct https_backend_limits complete_limits(const struct https_backend_limits *given)
{
    return (struct https_backend_limits){
        .connect = or_else(given->connect, 3000),
        .total = or_else(given->total, 10000),
        .document = or_else(given->document, 60000),
        .clock_skew_s = or_else(given->clock_skew_s, 120),
    };
}

static enum result fill(struct https_backend *backend,
                        const struct https_backend_settings *settings)
{
    struct https_backend_settings complete = *settings;

    complete.limits = backend->limits = complete_limits(&settings->limits);
    TRY(terminal_identity_read(settings, &backend->terminal));
    TRY(secret_create(TOKEN_SIZE, &backend->token));
    return http_client_create(&complete, &backend->client);
}

static const struct backend_verbs verbs;

enum result https_backend_create(const struct https_backend_settings *settings, struct backend *out)
{
    *out = (struct backend){};
    if (!str_starts_with(settings->url, "https://"))
        return RESULT_INVALID;
    struct https_backend *backend = calloc(1, sizeof *backend);
    if (backend == NULL)
        return RESULT_NO_MEMORY;
    enum result result = fill(backend, settings);
    if (result != RESULT_OK) {
        https_backend_free(backend);
        return result == RESULT_TOO_LARGE ? RESULT_INVALID : result;
    }
    *out = (struct backend){.verbs = &verbs, .self = backend};
    return RESULT_OK;
}

void https_backend_destroy(struct backend *backend)
{
    https_backend_free(backend->self);
    *backend = (struct backend){};
}

// ---- asking -----------------------------------------------------------------------------------

// An answer that is not the expected one: a problem in the API's words, or somebody else's page.
static enum result judge_other_answer(struct https_backend *backend,
                                      const struct http_response *response,
                                      enum backend_refusal *refusal)
{
    enum result result = RESULT_MALFORMED;

    if (response->kind == HTTP_KIND_PROBLEM)
        result = answer_read_problem(http_client_body(backend->client), refusal);
    log_warning("https", "the municipality answered with status", response->status);
    return result == RESULT_MALFORMED && response->status >= 500 ? RESULT_UNREACHABLE : result;
}

struct expected {
    long status;
    enum http_kind kind;
};
static const struct expected json_200 = {200, HTTP_KIND_JSON};
static const struct expected json_201 = {201, HTTP_KIND_JSON};
static const struct expected pdf_200 = {200, HTTP_KIND_PDF};

// Runs the request; RESULT_OK only for the expected answer, whose body is in the client.
static enum result ask(struct https_backend *backend, const struct http_request *request,
                       const struct expected *expected, struct http_response *response,
                       enum backend_refusal *refusal)
{
    *refusal = BACKEND_REFUSAL_NONE;
    TRY(http_client_run(backend->client, request, response));
    if (response->status == expected->status && response->kind == expected->kind)
        return RESULT_OK;
    return judge_other_answer(backend, response, refusal);
}

// What the answer held was read: the copy in the client goes. Too much of it breaks the API.
static enum result finish(struct https_backend *backend, enum result result)
{
    http_client_wipe(backend->client);
    if (result == RESULT_MALFORMED || result == RESULT_TOO_LARGE)
        log_error("https", "an answer breaks the API", 0);
    return result == RESULT_TOO_LARGE ? RESULT_MALFORMED : result;
}

static enum result catalogue(void *self, struct catalogue **offered, enum backend_refusal *refusal)
{
    struct https_backend *backend = self;
    const struct http_request request = {
        .method = "GET", .path = "/v1/catalogue", .limit_ms = backend->limits.total};
    struct http_response response;

    *offered = NULL;
    enum result result = ask(backend, &request, &json_200, &response, refusal);
    if (result == RESULT_OK)
        result = answer_read_catalogue(http_client_body(backend->client), offered);
    return finish(backend, result);
}

// ---- session and proof ------------------------------------------------------------------------

static void forget_session(struct https_backend *backend)
{
    backend->session[0] = '\0';
    secret_wipe(backend->token);
    backend->order = (struct backend_order){};
}

static enum result digest_of(struct bytes bytes, uint8_t out[DIGEST_SIZE])
{
    bool made = EVP_Digest(bytes.data, bytes.size, out, NULL, EVP_sha256(), NULL) == 1;

    return made ? RESULT_OK : RESULT_FAILED;
}

// The municipality's clock and name are checked here, before anything is signed.
static enum result check_session(struct https_backend *backend,
                                 const struct answer_session *session,
                                 const struct tls_binding *binding, enum backend_refusal *refusal)
{
    int64_t difference = session->time - clock_wall_seconds();

    if (llabs(difference) > backend->limits.clock_skew_s) {
        log_error("https", "the clocks of terminal and municipality differ by seconds", difference);
        *refusal = BACKEND_REFUSAL_TERMINAL;
        return RESULT_REFUSED;
    }
    if (!tls_binding_is_server(binding, session->server)) {
        log_error("https", "the challenge names another server than its TLS certificate", 0);
        return RESULT_MALFORMED;
    }
    return RESULT_OK;
}

static enum result make_challenge(struct https_backend *backend, const struct card_files *files,
                                  const struct tls_binding *binding,
                                  struct backend_challenge *challenge,
                                  enum backend_refusal *refusal)
{
    struct answer_session session;

    TRY(answer_read_session(http_client_body(backend->client), &session));
    TRY(check_session(backend, &session, binding, refusal));
    struct challenge_parts parts = {
        .server = session.server,
        .terminal = backend->terminal.name,
        .time = session.time,
        .session = session.session,
    };
    memcpy(parts.nonce, session.nonce, sizeof parts.nonce);
    memcpy(parts.exporter, binding->exporter, sizeof parts.exporter);
    memcpy(parts.terminal_certificate, backend->terminal.certificate_digest, DIGEST_SIZE);
    TRY(digest_of(secret_bytes(files->authentication_certificate),
                  parts.authentication_certificate));
    TRY(challenge_build(&parts, challenge));
    return str_copy(backend->session, sizeof backend->session, session.session);
}

static enum result open_session(void *self, const struct card_files *files,
                                struct backend_challenge *challenge, enum backend_refusal *refusal)
{
    struct https_backend *backend = self;
    owned(secret) body = NULL;
    struct http_response response = {};

    *refusal = BACKEND_REFUSAL_NONE;
    *challenge = (struct backend_challenge){};
    forget_session(backend);
    TRY(request_session(files, &body));
    const struct http_request request = {.method = "POST",
                                         .path = "/v1/sessions",
                                         .body = body,
                                         .limit_ms = backend->limits.total,
                                         .bind = true};
    enum result result = ask(backend, &request, &json_201, &response, refusal);
    if (result == RESULT_OK)
        result = make_challenge(backend, files, &response.binding, challenge, refusal);
    backend->connection = http_client_connections(backend->client);
    tls_binding_clear(&response.binding);
    return finish(backend, result);
}

static enum result challenge_stale(enum backend_refusal *refusal)
{
    log_warning("https", "the connection that the challenge is bound to is gone", 0);
    *refusal = BACKEND_REFUSAL_CHALLENGE_STALE;
    return RESULT_REFUSED;
}

static enum result prove(void *self, const struct card_signature *signature,
                         struct catalogue **offered, enum backend_refusal *refusal)
{
    struct https_backend *backend = self;
    owned(secret) body = NULL;
    char path[PATH_SIZE];
    struct http_response response;

    *offered = NULL;
    *refusal = BACKEND_REFUSAL_NONE;
    if (backend->session[0] == '\0')
        return RESULT_INVALID;
    if (http_client_connections(backend->client) != backend->connection)
        return challenge_stale(refusal);
    TRY(request_proof(signature, &body));
    TRY(str_format(path, sizeof path, "/v1/sessions/%s/proof", backend->session));
    const struct http_request request = {
        .method = "POST", .path = path, .body = body, .limit_ms = backend->limits.total};
    enum result result = ask(backend, &request, &json_200, &response, refusal);
    // libcurl opened a new connection for it: whatever the answer is, the challenge was not for it.
    if (http_client_connections(backend->client) != backend->connection)
        result = challenge_stale(refusal);
    if (result == RESULT_OK)
        result = answer_read_proved(http_client_body(backend->client), backend->token, offered);
    return finish(backend, result);
}

static enum result close_session(void *self)
{
    struct https_backend *backend = self;
    char path[PATH_SIZE];
    struct http_response response;

    if (backend->session[0] == '\0')
        return RESULT_OK;
    enum result result = str_format(path, sizeof path, "/v1/sessions/%s", backend->session);
    forget_session(backend);
    const struct http_request request = {
        .method = "DELETE", .path = path, .limit_ms = backend->limits.total};
    if (result == RESULT_OK)
        result = http_client_run(backend->client, &request, &response);
    if (result == RESULT_OK && response.status != 204 && response.status != 404)
        result = RESULT_FAILED; // 404: it was forgotten there before
    return finish(backend, result);
}

// ---- order, document, outcome -----------------------------------------------------------------

static bool is_proved(const struct https_backend *backend)
{
    return secret_bytes(backend->token).size > 0;
}

static enum result order(void *self, const struct backend_order_request *wanted,
                         struct backend_order *made, enum backend_refusal *refusal)
{
    struct https_backend *backend = self;
    owned(secret) body = NULL;
    struct http_response response;

    *refusal = BACKEND_REFUSAL_NONE;
    *made = (struct backend_order){};
    if (!is_proved(backend))
        return RESULT_INVALID;
    TRY(request_order(wanted, &body));
    const struct http_request request = {.method = "POST",
                                         .path = "/v1/orders",
                                         .token = backend->token,
                                         .idempotency_key = &wanted->id,
                                         .body = body,
                                         .limit_ms = backend->limits.total};
    enum result result = ask(backend, &request, &json_201, &response, refusal);
    if (result == RESULT_OK)
        result = answer_read_order(http_client_body(backend->client), "ISSUED", made);
    if (result == RESULT_OK && !identifier_equal(&made->id, &wanted->id))
        result = RESULT_MALFORMED; // the key is the order's identifier
    if (result == RESULT_OK)
        backend->order = *made;
    return finish(backend, result);
}

// What was appended to `pdf` must be what the order announced.
static enum result check_document(const struct https_backend *backend, const struct secret *pdf,
                                  size_t before)
{
    struct bytes fetched;
    uint8_t digest[DIGEST_SIZE];

    TRY(bytes_slice(secret_bytes(pdf), before, secret_bytes(pdf).size - before, &fetched));
    TRY(digest_of(fetched, digest));
    if (memcmp(digest, backend->order.document_sha256, sizeof digest) == 0)
        return RESULT_OK;
    log_error("https", "the document is not the one that the order announced", 0);
    return RESULT_MALFORMED;
}

static enum result document(void *self, const struct identifier *id, struct secret *pdf,
                            enum backend_refusal *refusal)
{
    struct https_backend *backend = self;
    char text[IDENTIFIER_TEXT_SIZE], path[PATH_SIZE];
    struct http_response response;
    size_t before = secret_bytes(pdf).size;

    *refusal = BACKEND_REFUSAL_NONE;
    if (!is_proved(backend) || identifier_is_none(id) || !identifier_equal(id, &backend->order.id))
        return RESULT_INVALID;
    identifier_to_text(id, text);
    TRY(str_format(path, sizeof path, "/v1/orders/%s/document", text));
    const struct http_request request = {.method = "GET",
                                         .path = path,
                                         .token = backend->token,
                                         .document = pdf,
                                         .limit_ms = backend->limits.document};
    enum result result = ask(backend, &request, &pdf_200, &response, refusal);
    if (result == RESULT_OK)
        result = check_document(backend, pdf, before);
    if (result != RESULT_OK)
        secret_wipe(pdf); // half a document, or another one, is of no use to anybody
    http_client_wipe(backend->client);
    return result;
}

static enum result outcome(void *self, const struct identifier *id, bool delivered, int sheets,
                           enum backend_refusal *refusal)
{
    struct https_backend *backend = self;
    owned(secret) body = NULL;
    struct identifier key;
    char text[IDENTIFIER_TEXT_SIZE], path[PATH_SIZE];
    struct backend_order settled;
    struct http_response response;

    *refusal = BACKEND_REFUSAL_NONE;
    identifier_to_text(id, text);
    TRY(str_format(path, sizeof path, "/v1/orders/%s/outcome", text));
    TRY(request_outcome_key(id, delivered, sheets, &key));
    TRY(request_outcome(delivered, sheets, &body));
    const struct http_request request = {.method = "POST",
                                         .path = path,
                                         .idempotency_key = &key,
                                         .body = body,
                                         .limit_ms = backend->limits.total};
    enum result result = ask(backend, &request, &json_200, &response, refusal);
    if (result == RESULT_OK)
        result = answer_read_order(http_client_body(backend->client), NULL, &settled);
    explicit_bzero(&settled, sizeof settled); // the paper's code stands in it
    return finish(backend, result);
}

static void begin(void *self, uint32_t number)
{
    struct https_backend *backend = self;

    http_client_begin(backend->client, number);
}

static void cancel(void *self, uint32_t number)
{
    struct https_backend *backend = self;

    http_client_cancel(backend->client, number);
}

static const struct backend_verbs verbs = {
    .catalogue = catalogue,
    .open_session = open_session,
    .prove = prove,
    .order = order,
    .document = document,
    .outcome = outcome,
    .close_session = close_session,
    .begin = begin,
    .cancel = cancel,
};
