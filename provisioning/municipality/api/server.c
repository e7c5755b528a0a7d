#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"
#include "rate_limit.h"
#include "routes.h"
#include "terminal.h"

#define BODY_MAXIMUM (256 * 1024)
// Of a body without an announced size this much more is read and dropped before the line is cut.
#define DROPPED_MAXIMUM (4 * 1024 * 1024)
// Longer than a challenge holds: the resident types the PIN while the connection is quiet.
#define IDLE_SECONDS 320
#define CONNECTIONS_MAXIMUM 256

struct server {
    struct MHD_Daemon *daemon;
    const struct city_hall *hall;
    struct rate_limit *limit;
};

// A request whose body is still coming.
struct incoming {
    uint8_t *body;
    size_t size, dropped;
};

static void incoming_destroy(struct incoming *incoming)
{
    if (incoming == NULL)
        return;
    if (incoming->body != NULL)
        explicit_bzero(incoming->body, incoming->size);
    free(incoming->body);
    free(incoming);
}

static void wipe_and_free(void *memory, size_t size)
{
    if (memory != NULL)
        explicit_bzero(memory, size);
    free(memory);
}

// Besides type and caching; NULL: not told.
struct more_headers {
    const char *allow, *retry_after;
};

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value != NULL)
        MHD_add_response_header(response, name, value);
}

static enum MHD_Result send_bytes(struct MHD_Connection *connection, unsigned int status,
                                  const char *type, struct bytes body,
                                  const struct more_headers *more)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.size, (void *)body.data, MHD_RESPMEM_MUST_COPY);

    if (response == NULL)
        return MHD_NO;
    add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    add_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    add_header(response, MHD_HTTP_HEADER_ALLOW, more->allow);
    add_header(response, MHD_HTTP_HEADER_RETRY_AFTER, more->retry_after);
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result send_json(struct MHD_Connection *connection, unsigned int status,
                                 const char *type, const json_t *json,
                                 const struct more_headers *more)
{
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);

    if (text == NULL)
        return MHD_NO;
    size_t size = strlen(text);
    enum MHD_Result sent =
        send_bytes(connection, status, type, (struct bytes){(const uint8_t *)text, size}, more);
    json_free_t release; // the program chooses jansson's allocator
    json_get_alloc_funcs(NULL, &release);
    explicit_bzero(text, size);
    release(text);
    return sent;
}

// When it is worth while to ask again, in seconds.
static const char *retry_after(enum problem problem)
{
    if (problem == PROBLEM_TOO_MANY_REQUESTS)
        return "10";
    return problem == PROBLEM_REGISTER_DOWN || problem == PROBLEM_SEAL_DOWN ||
                   problem == PROBLEM_PAYMENT_DOWN
               ? "30"
               : NULL;
}

// `allow`: the methods that there are, for PROBLEM_METHOD_NOT_ALLOWED; else NULL.
static enum MHD_Result send_problem_with(struct MHD_Connection *connection, enum problem problem,
                                         const char *detail, const char *allow)
{
    const struct more_headers more = {allow, retry_after(problem)};
    const struct problem_text *text = problem_text_of(problem);
    json_t *json = json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", text->title,
                             "status", (int)text->status, "code", text->code);

    if (json != NULL && detail[0] != '\0')
        json_object_set_new(json, "detail", json_string(detail));
    log_write(LOG_LEVEL_NOTICE, "api", text->title, text->status); // one of our own constants
    enum MHD_Result sent =
        send_json(connection, text->status, "application/problem+json", json, &more);
    json_decref(json);
    return sent;
}

static enum MHD_Result send_problem(struct MHD_Connection *connection, enum problem problem,
                                    const char *detail)
{
    return send_problem_with(connection, problem, detail, NULL);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct answer *answer)
{
    static const struct more_headers none = {};

    if (answer->pdf != NULL)
        return send_bytes(connection, answer->status, "application/pdf",
                          (struct bytes){answer->pdf, answer->pdf_size}, &none);
    if (answer->certificates != NULL)
        return send_bytes(
            connection, answer->status, "application/pkcs7-mime; smime-type=certs-only",
            (struct bytes){(const uint8_t *)answer->certificates, strlen(answer->certificates)},
            &none);
    if (answer->json != NULL)
        return send_json(connection, answer->status, "application/json", answer->json, &none);
    return send_bytes(connection, answer->status, NULL, (struct bytes){}, &none);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result answer_call(const struct server *server, struct MHD_Connection *connection,
                                   handle_call *handle, struct call *call)
{
    struct answer answer = {};

    call->hall = server->hall;
    call->idempotency_key = header(connection, "Idempotency-Key");
    call->authorization = header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    call->now = clock_wall_seconds();
    enum problem problem = handle(call, &answer);
    enum MHD_Result sent = problem == PROBLEM_NONE
                               ? send_answer(connection, &answer)
                               : send_problem(connection, problem, answer.detail);
    wipe_and_free(answer.pdf, answer.pdf_size);
    free(answer.certificates);
    json_decref(answer.json);
    return sent;
}

static struct terminal *terminal_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info == NULL ? NULL : info->socket_context;
}

static enum problem admission(const struct server *server, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    struct terminal *terminal = terminal_of(connection);

    if (terminal == NULL || info == NULL)
        return PROBLEM_TERMINAL_UNKNOWN;
    return terminal_admission(terminal, info->tls_session, server->hall);
}

// Every request counts, before anything is read.
static bool is_within_limit(const struct server *server, struct MHD_Connection *connection)
{
    const char *name = terminal_of(connection)->peer.terminal;

    return rate_limit_spend(server->limit, (struct bytes){(const uint8_t *)name, strlen(name)}, 1,
                            (int64_t)clock_monotonic_ms());
}

// A body announced as too large is refused before it is sent.
static bool announces_too_much(struct MHD_Connection *connection)
{
    const char *length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    int64_t size;

    return length != NULL && str_to_int(length, 0, BODY_MAXIMUM, &size) != RESULT_OK;
}

static enum MHD_Result take_more(struct incoming *incoming, const char *data, size_t *size)
{
    size_t more = *size;

    *size = 0;
    if (incoming->dropped > 0 || more > BODY_MAXIMUM - incoming->size) {
        incoming->dropped += more;
        return incoming->dropped > DROPPED_MAXIMUM ? MHD_NO : MHD_YES;
    }
    if (incoming->body == NULL && (incoming->body = malloc(BODY_MAXIMUM)) == NULL)
        return MHD_NO;
    memcpy(incoming->body + incoming->size, data, more);
    incoming->size += more;
    return MHD_YES;
}

static enum MHD_Result send_no_call(struct MHD_Connection *connection, const char *path)
{
    char methods[ROUTE_METHODS_SIZE];

    route_methods(path, methods);
    if (methods[0] == '\0')
        return send_problem(connection, PROBLEM_NOT_FOUND, "");
    return send_problem_with(connection, PROBLEM_METHOD_NOT_ALLOWED, "", methods);
}

static enum MHD_Result on_request(void *closure, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *data, size_t *size, void **request)
{
    const struct server *server = closure;
    struct incoming *incoming = *request;
    struct call call = {};

    (void)version;
    if (incoming == NULL) {
        *request = calloc(1, sizeof *incoming);
        if (*request == NULL)
            return MHD_NO;
        enum problem refused = admission(server, connection);
        if (refused != PROBLEM_NONE)
            return send_problem(connection, refused, "");
        if (!is_within_limit(server, connection))
            return send_problem(connection, PROBLEM_TOO_MANY_REQUESTS, "");
        if (announces_too_much(connection))
            return send_problem(connection, PROBLEM_TOO_LARGE, "");
        return MHD_YES;
    }
    if (*size > 0)
        return take_more(incoming, data, size);
    if (incoming->dropped > 0)
        return send_problem(connection, PROBLEM_TOO_LARGE, "");
    struct identifier found[2] = {};
    handle_call *handle = route(method, path, found);
    if (handle == NULL)
        return send_no_call(connection, path);
    call.subject = found[0];
    call.second = found[1];
    call.peer = &terminal_of(connection)->peer;
    call.body = (struct bytes){incoming->body, incoming->size};
    return answer_call(server, connection, handle, &call);
}

static void on_completed(void *closure, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode code)
{
    (void)closure;
    (void)connection;
    (void)code;
    incoming_destroy(*request);
    *request = NULL;
}

static void on_connection(void *closure, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    (void)closure;
    (void)connection;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = calloc(1, sizeof(struct terminal));
    } else {
        free(*context);
        *context = NULL;
    }
}

// The library's own messages may quote what a stranger sent: only that there was one is noted.
static void on_library_message(void *closure, const char *format, va_list arguments)
{
    (void)closure;
    (void)format;
    (void)arguments;
    log_warning("api", "the HTTP library complains about a connection", 0);
}

// No path of the API has an escaped letter: one that has is left as it is, and so leads nowhere.
// The library's own decoding would let a path end at %00.
static size_t leave_escaped(void *closure, struct MHD_Connection *connection, char *text)
{
    (void)closure;
    (void)connection;
    return strlen(text);
}

static enum result parse_address(const struct server_settings *settings,
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
    if (inet_pton(AF_INET6, settings->address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(settings->port);
        return RESULT_OK;
    }
    return RESULT_INVALID;
}

static struct MHD_Daemon *start(struct server *server, const struct server_settings *settings,
                                const struct sockaddr_storage *address)
{
    unsigned int flags =
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_TLS | MHD_USE_ERROR_LOG;

    if (address->ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, settings->port, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER,
        on_library_message, NULL, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_HTTPS_MEM_CERT,
        settings->certificate, MHD_OPTION_HTTPS_MEM_KEY, settings->key, MHD_OPTION_HTTPS_MEM_TRUST,
        settings->fleet_authority, MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3",
        MHD_OPTION_THREAD_POOL_SIZE, settings->threads, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned int)CONNECTIONS_MAXIMUM, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned int)IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, NULL, MHD_OPTION_END);
}

enum result server_create(const struct server_settings *settings, const struct city_hall *hall,
                          struct server **out)
{
    struct sockaddr_storage address;
    owned(server) server = calloc(1, sizeof *server);

    if (server == NULL)
        return RESULT_NO_MEMORY;
    TRY(parse_address(settings, &address));
    TRY(rate_limit_create(settings->requests_per_minute, &server->limit));
    server->hall = hall;
    server->daemon = start(server, settings, &address);
    if (server->daemon == NULL)
        return RESULT_BUSY;
    *out = take(server);
    return RESULT_OK;
}

uint16_t server_port(const struct server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info == NULL ? 0 : info->port;
}

void server_destroy(struct server *server)
{
    if (server == NULL)
        return;
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    rate_limit_destroy(server->limit);
    free(server);
}
