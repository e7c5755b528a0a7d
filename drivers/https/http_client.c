#include "http_client.h"

#include "clock.h"
#include "json_reader.h"
#include "log.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PATH_SIZE 512
#define URL_SIZE 1024
#define HEADER_SIZE 640
#define SLOWEST_BYTES 300 // in SLOWEST_MS
#define SLOWEST_MS 3000
#define POLL_MS 1000

struct http_client {
    CURLM *multi;
    struct secret *body;
    long connections;
    struct cancellation cancellation;
    uint32_t connect_ms;
    char url[PATH_SIZE], ca[PATH_SIZE], certificate[PATH_SIZE], key[PATH_SIZE];
};

// One request on its way.
struct exchange {
    struct http_client *client;
    const struct http_request *request;
    struct http_response *response;
    CURL *transfer;
    struct curl_slist *headers;
    struct secret *sink;
    enum result failure;    // found in a callback
    uint64_t pace_since_ms; // 0 until the answer begins
    curl_off_t pace_bytes;  // received until then
};

static enum result copy_settings(struct http_client *client,
                                 const struct https_backend_settings *settings)
{
    client->connect_ms = settings->limits.connect;
    TRY(str_copy(client->url, sizeof client->url, settings->url));
    TRY(str_copy(client->ca, sizeof client->ca, settings->ca));
    TRY(str_copy(client->certificate, sizeof client->certificate, settings->certificate));
    return str_copy(client->key, sizeof client->key, settings->key);
}

enum result http_client_create(const struct https_backend_settings *settings,
                               struct http_client **out)
{
    owned(http_client) client = calloc(1, sizeof *client);

    *out = NULL;
    if (client == NULL)
        return RESULT_NO_MEMORY;
    TRY(copy_settings(client, settings));
    TRY(secret_create(JSON_SIZE_MAXIMUM, &client->body));
    client->multi = curl_multi_init();
    if (client->multi == NULL)
        return RESULT_NO_MEMORY;
    *out = take(client);
    return RESULT_OK;
}

void http_client_destroy(struct http_client *client)
{
    if (client == NULL)
        return;
    curl_multi_cleanup(client->multi);
    secret_destroy(client->body);
    free(client);
}

struct bytes http_client_body(const struct http_client *client)
{
    return secret_bytes(client->body);
}

void http_client_wipe(struct http_client *client)
{
    secret_wipe(client->body);
}

long http_client_connections(const struct http_client *client)
{
    return client->connections;
}

void http_client_begin(struct http_client *client, uint32_t number)
{
    cancellation_begin(&client->cancellation, number);
}

void http_client_cancel(struct http_client *client, uint32_t number)
{
    cancellation_ask(&client->cancellation, number);
    curl_multi_wakeup(
        client->multi); // the only call of a multi handle that another thread may make
}

// ---- the answer -------------------------------------------------------------------------------

// Called once the head of the answer is known.
static enum result choose_sink(struct exchange *exchange)
{
    long status = 0;

    if (curl_easy_getinfo(exchange->transfer, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
        return RESULT_FAILED;
    bool is_document = exchange->request->document != NULL && status == 200;
    exchange->sink = is_document ? exchange->request->document : exchange->client->body;
    if (exchange->request->bind)
        return tls_binding_read(exchange->transfer, &exchange->response->binding);
    return RESULT_OK;
}

static size_t take_body(char *data, size_t size, size_t count, void *user)
{
    struct exchange *exchange = user;

    if (exchange->sink == NULL)
        exchange->failure = choose_sink(exchange);
    if (exchange->failure == RESULT_OK)
        exchange->failure =
            secret_append(exchange->sink, (struct bytes){(const uint8_t *)data, size * count});
    return exchange->failure == RESULT_OK ? size * count : CURL_WRITEFUNC_ERROR;
}

static bool is_type(const char *type, const char *wanted)
{
    size_t size = strlen(wanted);

    return type != NULL && strncasecmp(type, wanted, size) == 0 &&
           (type[size] == '\0' || type[size] == ';' || type[size] == ' ');
}

static enum http_kind kind_of(const char *type)
{
    if (type == NULL)
        return HTTP_KIND_NONE;
    if (is_type(type, "application/json"))
        return HTTP_KIND_JSON;
    if (is_type(type, "application/problem+json"))
        return HTTP_KIND_PROBLEM;
    return is_type(type, "application/pdf") ? HTTP_KIND_PDF : HTTP_KIND_OTHER;
}

static enum result read_head(struct exchange *exchange)
{
    const char *type = NULL;
    long connections = 0;

    if (curl_easy_getinfo(exchange->transfer, CURLINFO_RESPONSE_CODE,
                          &exchange->response->status) != CURLE_OK ||
        curl_easy_getinfo(exchange->transfer, CURLINFO_CONTENT_TYPE, &type) != CURLE_OK ||
        curl_easy_getinfo(exchange->transfer, CURLINFO_NUM_CONNECTS, &connections) != CURLE_OK)
        return RESULT_FAILED;
    exchange->response->kind = kind_of(type);
    exchange->client->connections += connections;
    return RESULT_OK;
}

// ---- the request ------------------------------------------------------------------------------

static enum result add_header(struct exchange *exchange, const char *text)
{
    struct curl_slist *longer = curl_slist_append(exchange->headers, text);

    if (longer == NULL)
        return RESULT_NO_MEMORY;
    exchange->headers = longer;
    return RESULT_OK;
}

static enum result add_token(struct exchange *exchange)
{
    char text[HEADER_SIZE];
    enum result result = str_format(text, sizeof text, "Authorization: Bearer %s",
                                    (const char *)secret_bytes(exchange->request->token).data);

    if (result == RESULT_OK)
        result = add_header(exchange, text);
    explicit_bzero(text, sizeof text);
    return result;
}

static enum result add_headers(struct exchange *exchange)
{
    const struct http_request *request = exchange->request;
    char text[HEADER_SIZE], key[IDENTIFIER_TEXT_SIZE];

    TRY(add_header(exchange,
                   "Accept: application/json, application/problem+json, application/pdf"));
    TRY(add_header(exchange, "Expect:")); // never wait for "100 Continue"
    if (request->body != NULL)
        TRY(add_header(exchange, "Content-Type: application/json"));
    if (request->token != NULL)
        TRY(add_token(exchange));
    if (request->idempotency_key == NULL)
        return RESULT_OK;
    identifier_to_text(request->idempotency_key, key);
    TRY(str_format(text, sizeof text, "Idempotency-Key: %s", key));
    return add_header(exchange, text);
}

struct number_option {
    CURLoption option;
    long value;
};
struct text_option {
    CURLoption option;
    const char *value;
};

static bool set_all(CURL *transfer, const struct number_option *numbers, size_t number_count,
                    const struct text_option *texts, size_t text_count)
{
    for (size_t i = 0; i < number_count; i++)
        if (curl_easy_setopt(transfer, numbers[i].option, numbers[i].value) != CURLE_OK)
            return false;
    for (size_t i = 0; i < text_count; i++)
        if (curl_easy_setopt(transfer, texts[i].option, texts[i].value) != CURLE_OK)
            return false;
    return true;
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// Whom to trust: TLS 1.3 alone, one authority file and no directory (else the system's stays
// trusted), no proxy from the environment, no redirect, no other protocol. Sessions are not
// resumed, so that every connection shows both certificates.
static bool set_trust(CURL *transfer, const struct http_client *client)
{
    const struct number_option numbers[] = {
        {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3 | CURL_SSLVERSION_MAX_TLSv1_3},
        {CURLOPT_SSL_VERIFYPEER, 1},
        {CURLOPT_SSL_VERIFYHOST, 2},
        {CURLOPT_SSL_SESSIONID_CACHE, 0},
        {CURLOPT_FOLLOWLOCATION, 0},
        {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    };
    const struct text_option texts[] = {
        {CURLOPT_PROTOCOLS_STR, "https"},
        {CURLOPT_REDIR_PROTOCOLS_STR, "https"},
        {CURLOPT_PROXY, ""},
        {CURLOPT_CAINFO, client->ca},
        {CURLOPT_CAPATH, NULL},
        {CURLOPT_SSLCERT, client->certificate},
        {CURLOPT_SSLKEY, client->key},
    };

    return set_all(transfer, numbers, COUNT(numbers), texts, COUNT(texts));
}

// How long and how much. QUICK_EXIT: a name that is still being looked up by libcurl's own thread
// does not hold up a cancel.
static bool set_limits(const struct exchange *exchange)
{
    const struct http_request *request = exchange->request;
    const struct number_option numbers[] = {
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_QUICK_EXIT, 1},
        {CURLOPT_CONNECTTIMEOUT_MS, exchange->client->connect_ms},
        {CURLOPT_TIMEOUT_MS, request->limit_ms},
    };
    const struct secret *largest =
        request->document != NULL ? request->document : exchange->client->body;

    return set_all(exchange->transfer, numbers, COUNT(numbers), NULL, 0) &&
           curl_easy_setopt(exchange->transfer, CURLOPT_MAXFILESIZE_LARGE,
                            (curl_off_t)secret_capacity(largest)) == CURLE_OK;
}

static bool set_request(struct exchange *exchange)
{
    const struct http_request *request = exchange->request;
    CURL *transfer = exchange->transfer;
    char url[URL_SIZE];

    if (str_format(url, sizeof url, "%s%s", exchange->client->url, request->path) != RESULT_OK ||
        curl_easy_setopt(transfer, CURLOPT_URL, url) != CURLE_OK ||
        curl_easy_setopt(transfer, CURLOPT_HTTPHEADER, exchange->headers) != CURLE_OK ||
        curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, take_body) != CURLE_OK ||
        curl_easy_setopt(transfer, CURLOPT_WRITEDATA, exchange) != CURLE_OK)
        return false;
    if (request->body != NULL) {
        struct bytes body = secret_bytes(request->body); // libcurl reads it where it is
        if (curl_easy_setopt(transfer, CURLOPT_POSTFIELDS, body.data) != CURLE_OK ||
            curl_easy_setopt(transfer, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.size) !=
                CURLE_OK)
            return false;
    }
    return curl_easy_setopt(transfer, CURLOPT_CUSTOMREQUEST, request->method) == CURLE_OK;
}

// ---- running ----------------------------------------------------------------------------------

static enum result result_of_code(CURLcode code)
{
    switch ((int)code) { // a list of the few that mean something else than "no answer"
    case CURLE_OK:
        return RESULT_OK;
    case CURLE_OUT_OF_MEMORY:
        return RESULT_NO_MEMORY;
    case CURLE_FILESIZE_EXCEEDED:
        return RESULT_TOO_LARGE;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: // also what libcurl calls HTTP/0.9
    case CURLE_BAD_CONTENT_ENCODING:
        return RESULT_MALFORMED;
    default:
        return RESULT_UNREACHABLE;
    }
}

static enum result outcome_of(struct exchange *exchange, CURLcode code)
{
    if (exchange->failure != RESULT_OK)
        return exchange->failure;
    if (code != CURLE_OK)
        log_warning("https", "the municipality did not answer; libcurl says", code);
    TRY(result_of_code(code));
    return read_head(exchange);
}

static curl_off_t received(CURL *transfer)
{
    curl_off_t body = 0;
    long head = 0;

    curl_easy_getinfo(transfer, CURLINFO_SIZE_DOWNLOAD_T, &body);
    curl_easy_getinfo(transfer, CURLINFO_HEADER_SIZE, &head);
    return body + head;
}

// Drawing and sealing take the municipality a moment, in which it is silent: that has the whole
// limit (libcurl's own low-speed limit would count it). An answer that has begun must flow.
static bool is_dripping(struct exchange *exchange)
{
    curl_off_t bytes = received(exchange->transfer);
    uint64_t now = clock_monotonic_ms();

    if (bytes == 0)
        return false;
    if (exchange->pace_since_ms != 0 && now - exchange->pace_since_ms < SLOWEST_MS)
        return false;
    bool slow = exchange->pace_since_ms != 0 && bytes - exchange->pace_bytes < SLOWEST_BYTES;
    exchange->pace_since_ms = now;
    exchange->pace_bytes = bytes;
    return slow;
}

// The transfer is in the multi handle; sleeps in curl_multi_poll until something happens.
static enum result drive(struct exchange *exchange)
{
    struct http_client *client = exchange->client;
    int running = 1, left = 0;

    while (running > 0) {
        if (curl_multi_perform(client->multi, &running) != CURLM_OK)
            return RESULT_FAILED;
        if (cancellation_is_asked(&client->cancellation))
            return RESULT_CANCELLED;
        if (running > 0 && is_dripping(exchange)) {
            log_warning("https", "the municipality's answer drips; bytes so far",
                        (int)exchange->pace_bytes);
            return RESULT_UNREACHABLE;
        }
        if (running > 0 && curl_multi_poll(client->multi, NULL, 0, POLL_MS, NULL) != CURLM_OK)
            return RESULT_FAILED;
    }
    const CURLMsg *message = curl_multi_info_read(client->multi, &left);
    if (message == NULL || message->msg != CURLMSG_DONE)
        return RESULT_FAILED;
    return outcome_of(exchange, message->data.result);
}

static enum result run_transfer(struct exchange *exchange)
{
    TRY(add_headers(exchange));
    if (!set_trust(exchange->transfer, exchange->client) || !set_limits(exchange) ||
        !set_request(exchange))
        return RESULT_FAILED;
    if (curl_multi_add_handle(exchange->client->multi, exchange->transfer) != CURLM_OK)
        return RESULT_FAILED;
    enum result result = drive(exchange);
    curl_multi_remove_handle(exchange->client->multi, exchange->transfer);
    return result;
}

enum result http_client_run(struct http_client *client, const struct http_request *request,
                            struct http_response *response)
{
    struct exchange exchange = {.client = client,
                                .request = request,
                                .response = response,
                                .transfer = curl_easy_init(),
                                .failure = RESULT_OK};

    *response = (struct http_response){};
    secret_wipe(client->body);
    if (exchange.transfer == NULL)
        return RESULT_NO_MEMORY;
    enum result result =
        cancellation_is_asked(&client->cancellation) ? RESULT_CANCELLED : run_transfer(&exchange);
    curl_easy_cleanup(exchange.transfer);
    curl_slist_free_all(exchange.headers);
    return result;
}
