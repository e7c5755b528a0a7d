#include "public_server.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "offer_to_api.h"
#include "clock.h"
#include "est_pages.h"
#include "log.h"
#include "public_page.h"
#include "rate_limit.h"
#include "str.h"

#define THREADS 2
#define CONNECTIONS_MAXIMUM 256
#define CONNECTIONS_OF_ONE 32
#define IDLE_SECONDS 15
#define DAY_SECONDS 86400
// A code that nobody has costs as much as so many pages: guessing gets slow, looking does not.
#define GUESS_COST 5
#define RETRY_SECONDS "60"

// What stands for a request whose headers came.
static const char headers_came;

struct public_server {
    const struct est_desk *est;
    struct MHD_Daemon *daemon;
    struct order_store *store;
    struct rate_limit *limit;
    json_t *catalogue; // names in four languages
    int64_t valid_seconds;
};

struct visit {
    const struct public_server *server;
    struct MHD_Connection *connection;
    enum public_language language;
    char address[128]; // of the page, for the links to other languages
};

static void add_headers(struct MHD_Response *response, const char *type, const char *caching)
{
    static const char *const always[][2] = {
        {"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; "
                                    "form-action 'self'; base-uri 'none';"
                                    " frame-ancestors 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
        {"Strict-Transport-Security", "max-age=31536000"},
    };

    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        MHD_add_response_header(response, always[i][0], always[i][1]);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, caching);
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned int status,
                             struct MHD_Response *response)
{
    enum MHD_Result queued = MHD_queue_response(connection, status, response);

    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result send_resource(struct MHD_Connection *connection, const char *type,
                                     const char *text)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT);

    if (response == NULL)
        return MHD_NO;
    add_headers(response, type, "public, max-age=86400");
    return queue(connection, MHD_HTTP_OK, response);
}

static const char *name_in(const json_t *names, enum public_language language)
{
    const char *name = json_string_value(json_object_get(names, public_words_in(language)->tag));

    return name == NULL ? "" : name;
}

// NULL: a kind that is offered no more.
static const json_t *document_of(const struct public_server *server, const char *kind)
{
    const json_t *document;
    size_t i;

    json_array_foreach(json_object_get(server->catalogue, "documents"), i, document)
    {
        if (str_equal(json_string_value(json_object_get(document, "kind")), kind))
            return document;
    }
    return NULL;
}

// The document's name as the catalogue has it; a kind that is offered no more keeps its own word.
static const char *document_name(const struct public_server *server, const char *kind,
                                 enum public_language language)
{
    const json_t *document = document_of(server, kind);

    return document == NULL ? kind : name_in(json_object_get(document, "name"), language);
}

// What the catalogue says of the kind; the configuration's limit holds for all of them besides.
static bool is_past_its_days(const struct public_server *server, const struct check_report *report)
{
    const json_t *days = json_object_get(document_of(server, report->kind), "validity_days");

    return days != NULL &&
           report->issued_at + json_integer_value(days) * DAY_SECONDS < clock_wall_seconds();
}

static enum MHD_Result send_page(const struct visit *visit, enum public_page_kind kind,
                                 unsigned int status, const struct check_report *report)
{
    const struct public_server *server = visit->server;
    const struct public_page page = {
        .kind = kind,
        .language = visit->language,
        .address = visit->address,
        .municipality =
            name_in(json_object_get(server->catalogue, "municipality"), visit->language),
        .document = report == NULL ? "" : document_name(server, report->kind, visit->language),
        .report = report,
    };
    char *html;
    size_t size;

    if (public_page_render(&page, &html, &size) != RESULT_OK)
        return MHD_NO;
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, html, MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        return MHD_NO;
    add_headers(response, "text/html; charset=utf-8", "no-store");
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_LANGUAGE,
                            public_words_in(visit->language)->tag);
    MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    if (kind == PAGE_TOO_MANY)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, RETRY_SECONDS);
    return queue(visit->connection, status, response);
}

static enum MHD_Result send_elsewhere(const struct visit *visit, const char *where)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);

    if (response == NULL)
        return MHD_NO;
    add_headers(response, "text/plain", "no-store");
    MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, where);
    return queue(visit->connection, MHD_HTTP_SEE_OTHER, response);
}

static const struct sockaddr *visitor_of(struct MHD_Connection *connection)
{
    static const struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

    return info == NULL ? &nobody : info->client_addr;
}

static unsigned int status_of(enum check_verdict verdict)
{
    switch (verdict) {
    case CHECK_GENUINE:
    case CHECK_NOT_HANDED_OVER:
    case CHECK_EXPIRED:
        return MHD_HTTP_OK;
    case CHECK_VOID:
        return MHD_HTTP_GONE;
    case CHECK_UNKNOWN:
        return MHD_HTTP_NOT_FOUND;
    case CHECK_NO_CODE:
    case CHECK_VERDICT_COUNT:
        return MHD_HTTP_BAD_REQUEST;
    }
    return MHD_HTTP_BAD_REQUEST;
}

// A reference that could be one is compared; anything else in its place is as if nobody gave any.
static const char *reference_of(struct MHD_Connection *connection)
{
    const char *given = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "r");

    if (given == NULL || strlen(given) >= ORDER_REFERENCE_SIZE ||
        strspn(given, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != strlen(given))
        return NULL;
    return given;
}

static enum result address_page(struct visit *visit, const char *code, const char *reference)
{
    if (reference == NULL)
        return str_format(visit->address, sizeof visit->address, "/v/%s", code);
    return str_format(visit->address, sizeof visit->address, "/v/%s?r=%s", code, reference);
}

// The whole price of a guess is laid down first and most of it given back when the code was real.
static enum MHD_Result check(struct visit *visit, const char *typed)
{
    const struct public_server *server = visit->server;
    struct bytes visitor = rate_limit_name(visitor_of(visit->connection));
    struct check_report report = {.verdict = CHECK_NO_CODE};
    char code[ORDER_CODE_SIZE];
    int64_t now = (int64_t)clock_monotonic_ms();

    if (!rate_limit_spend(server->limit, visitor, GUESS_COST, now))
        return send_page(visit, PAGE_TOO_MANY, MHD_HTTP_TOO_MANY_REQUESTS, NULL);
    if (public_code_from_text(typed, code) != RESULT_OK) {
        rate_limit_give_back(server->limit, visitor, GUESS_COST - 1, now);
        return send_page(visit, PAGE_REPORT, status_of(report.verdict), &report);
    }
    const char *reference = reference_of(visit->connection);
    if (address_page(visit, code, reference) != RESULT_OK ||
        public_check(server->store, code, reference, clock_wall_seconds() - server->valid_seconds,
                     &report) != RESULT_OK)
        return send_page(visit, PAGE_DOWN, MHD_HTTP_SERVICE_UNAVAILABLE, NULL);
    if (report.verdict == CHECK_GENUINE && is_past_its_days(server, &report))
        report.verdict = CHECK_EXPIRED;
    if (report.verdict != CHECK_UNKNOWN)
        rate_limit_give_back(server->limit, visitor, GUESS_COST - 1, now);
    return send_page(visit, PAGE_REPORT, status_of(report.verdict), &report);
}

// /v: the form, or what it sent, which becomes the address of a page.
static enum MHD_Result answer_form(struct visit *visit)
{
    const char *typed =
        MHD_lookup_connection_value(visit->connection, MHD_GET_ARGUMENT_KIND, "code");
    char code[ORDER_CODE_SIZE], where[64];

    if (typed == NULL)
        return send_page(visit, PAGE_FORM, MHD_HTTP_OK, NULL);
    if (public_code_from_text(typed, code) != RESULT_OK)
        return check(visit, "");
    if (str_format(where, sizeof where, "/v/%s?lang=%s", code,
                   public_words_in(visit->language)->tag) != RESULT_OK)
        return MHD_NO;
    return send_elsewhere(visit, where);
}

static enum MHD_Result answer_path(struct visit *visit, const char *path)
{
    if (str_equal(path, "/v/style.css"))
        return send_resource(visit->connection, "text/css; charset=utf-8", public_style);
    if (str_equal(path, "/v/crest.svg"))
        return send_resource(visit->connection, "image/svg+xml", public_drawing_crest);
    if (str_equal(path, "/v") || str_equal(path, "/v/"))
        return answer_form(visit);
    if (str_equal(path, "/"))
        return send_elsewhere(visit, "/v");
    if (str_starts_with(path, "/v/"))
        return check(visit, path + strlen("/v/"));
    return send_page(visit, PAGE_NOTHING, MHD_HTTP_NOT_FOUND, NULL);
}

static enum public_language language_of(struct MHD_Connection *connection)
{
    enum public_language language;
    const char *chosen = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "lang");

    if (public_language_of(chosen, &language) == RESULT_OK)
        return language;
    return public_language_accepted(
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE));
}

static enum MHD_Result refuse_method(struct visit *visit)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);

    if (response == NULL)
        return MHD_NO;
    add_headers(response, "text/plain", "no-store");
    MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    return queue(visit->connection, MHD_HTTP_METHOD_NOT_ALLOWED, response);
}

static enum MHD_Result on_request(void *closure, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **request)
{
    struct visit visit = {.server = closure,
                          .connection = connection,
                          .language = language_of(connection),
                          .address = "/v"};

    (void)version;
    if (est_pages_has(path)) {
        const struct est_pages pages = {visit.server->est, visit.server->limit};
        const struct bytes body = {(const uint8_t *)data, *size};
        *size = 0;
        return est_pages_visit(&pages, connection, path, method, body, request);
    }
    if (!str_equal(method, "GET") && !str_equal(method, "HEAD"))
        return *request == NULL ? refuse_method(&visit) : MHD_NO;
    if (*request == NULL) {
        *request = (void *)&headers_came; // the answer follows in the next call
        return MHD_YES;
    }
    if (*size > 0) // a body where none belongs
        return MHD_NO;
    return answer_path(&visit, path);
}

static void on_completed(void *closure, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode code)
{
    (void)closure;
    (void)connection;
    (void)code;
    if (*request != &headers_came)
        free(*request);
    *request = NULL;
}

// The library's own messages may quote what a stranger sent: only that there was one is noted.
static void on_library_message(void *closure, const char *format, va_list arguments)
{
    (void)closure;
    (void)format;
    (void)arguments;
    log_write(LOG_LEVEL_NOTICE, "public", "the HTTP library complains about a connection", 0);
}

// What would hold a zero byte, and so seem to end there, stays escaped: then it is no code.
static size_t unescape(void *closure, struct MHD_Connection *connection, char *text)
{
    (void)closure;
    (void)connection;
    return strstr(text, "%00") == NULL ? MHD_http_unescape(text) : strlen(text);
}

static enum result parse_address(const struct public_server_settings *settings,
                                 struct sockaddr_storage *out)
{
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;

    *out = (struct sockaddr_storage){};
    if (inet_pton(AF_INET, settings->address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(settings->port);
        return RESULT_OK;
    }
    if (inet_pton(AF_INET6, settings->address, &six->sin6_addr) != 1)
        return RESULT_INVALID;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(settings->port);
    return RESULT_OK;
}

static struct MHD_Daemon *start(struct public_server *server,
                                const struct public_server_settings *settings,
                                const struct sockaddr_storage *address)
{
    unsigned int flags =
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_TLS | MHD_USE_ERROR_LOG;

    if (address->ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, settings->port, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER,
        on_library_message, NULL, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_HTTPS_MEM_CERT,
        settings->certificate, MHD_OPTION_HTTPS_MEM_KEY, settings->key, MHD_OPTION_HTTPS_PRIORITIES,
        "NORMAL:-VERS-ALL:+VERS-TLS1.3", MHD_OPTION_THREAD_POOL_SIZE, (unsigned int)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned int)CONNECTIONS_MAXIMUM,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned int)CONNECTIONS_OF_ONE,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, NULL, MHD_OPTION_END);
}

enum result public_server_create(const struct public_server_settings *settings,
                                 struct order_store *store, const struct offer *offer,
                                 struct public_server **out)
{
    const struct offer_view nobody = {.takes_payment = false};
    struct sockaddr_storage address;
    owned(public_server) server = calloc(1, sizeof *server);

    if (server == NULL)
        return RESULT_NO_MEMORY;
    TRY(parse_address(settings, &address));
    TRY(rate_limit_create(settings->checks_per_minute, &server->limit));
    server->store = store;
    server->est = settings->est;
    server->valid_seconds = (int64_t)settings->valid_days * DAY_SECONDS;
    server->catalogue = offer_to_api(offer, &nobody);
    if (server->catalogue == NULL)
        return RESULT_NO_MEMORY;
    server->daemon = start(server, settings, &address);
    if (server->daemon == NULL)
        return RESULT_BUSY;
    *out = take(server);
    return RESULT_OK;
}

uint16_t public_server_port(const struct public_server *public_server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(public_server->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info == NULL ? 0 : info->port;
}

void public_server_destroy(struct public_server *public_server)
{
    if (public_server == NULL)
        return;
    if (public_server->daemon != NULL)
        MHD_stop_daemon(public_server->daemon);
    json_decref(public_server->catalogue);
    rate_limit_destroy(public_server->limit);
    free(public_server);
}

const char *public_server_call(size_t index)
{
    static const char *const calls[] = {"GET /v", "GET /v/{}",
                                        "POST /.well-known/est/simpleenroll"};

    return index < sizeof calls / sizeof calls[0] ? calls[index] : NULL;
}
