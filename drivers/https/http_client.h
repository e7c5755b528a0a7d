// http_client.h: one HTTPS request at a time over libcurl, in the caller's thread, with time
// limits, a cap on the body, and a cancel from any thread. Knows nothing of the municipality's
// words.
#pragma once
#include "cancellation.h"
#include "https_backend.h"
#include "tls_binding.h"

struct http_client;

enum http_kind {
    HTTP_KIND_NONE,
    HTTP_KIND_JSON,
    HTTP_KIND_PROBLEM,
    HTTP_KIND_PDF,
    HTTP_KIND_OTHER
};

// Members left out are not sent.
struct http_request {
    const char *method;         // GET, POST, DELETE
    const char *path;           // "/v1/…"
    const struct secret *token; // with its NUL, as bearer token
    const struct identifier *idempotency_key;
    const struct secret *body; // JSON
    struct secret *document;   // takes the body of an answer with status 200
    uint32_t limit_ms;
    bool bind; // read the connection's binding
};

struct http_response {
    long status;
    enum http_kind kind; // by its content type
    struct tls_binding binding;
};

// Copies the settings. The caller destroys it when no request is running.
enum result http_client_create(const struct https_backend_settings *settings,
                               struct http_client **out);
void http_client_destroy(struct http_client *client);
DEFINE_OWNED(http_client)

// Blocks until the answer is there, the limit has passed or the request was cancelled. RESULT_OK:
// an answer of any status. RESULT_UNREACHABLE: none (in time), or TLS refused the peer.
// RESULT_TOO_LARGE: more than fits. RESULT_MALFORMED: not HTTP. RESULT_CANCELLED. The caller clears
// response->binding.
enum result http_client_run(struct http_client *client, const struct http_request *request,
                            struct http_response *response);

// The body of the last answer, unless it went to request->document; until the next run or wipe.
struct bytes http_client_body(const struct http_client *client);
void http_client_wipe(struct http_client *client);

// How many connections were opened so far: unchanged over two requests means the same connection.
long http_client_connections(const struct http_client *client);

// As backend_verbs.begin and cancel.
void http_client_begin(struct http_client *client, uint32_t number);
void http_client_cancel(struct http_client *client, uint32_t number);
