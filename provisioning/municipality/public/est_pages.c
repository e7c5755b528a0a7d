#include "est_pages.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "str.h"

#define PREFIX "/.well-known/est/"
#define WRONG_CODE_COST 5
#define PROBLEM_SIZE 200

struct incoming {
    bool too_large;
    size_t size;
    uint8_t body[EST_REQUEST_MAXIMUM];
};

bool est_pages_has(const char *path)
{
    return str_starts_with(path, PREFIX);
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned int status,
                             const char *type, const char *text)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);

    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    if (status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                                "Basic realm=\"enrolment\"");
    if (status == MHD_HTTP_TOO_MANY_REQUESTS)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "60");
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

// RFC 9457.
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned int status,
                              const char *code, const char *title)
{
    char text[PROBLEM_SIZE];

    if (str_format(text, sizeof text,
                   "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,\"code\":\"%s\"}",
                   title, status, code) != RESULT_OK)
        return MHD_NO;
    return queue(connection, status, "application/problem+json", text);
}

static enum MHD_Result answer(struct MHD_Connection *connection, enum result result, char *text)
{
    if (result == RESULT_OK) {
        // RFC 7030, 4.1.3 and 4.2.3, without a transfer encoding, as errata 5107 has it.
        enum MHD_Result sent =
            queue(connection, MHD_HTTP_OK, "application/pkcs7-mime; smime-type=certs-only", text);
        free(text);
        return sent;
    }
    if (result == RESULT_MALFORMED)
        return refuse(connection, MHD_HTTP_BAD_REQUEST, "bad-request",
                      "Expected a PKCS #10 request in base64 for an EC or RSA key, self-signed");
    if (result == RESULT_REFUSED)
        return refuse(connection, MHD_HTTP_UNAUTHORIZED, "code-refused",
                      "This code is wrong, used or too old");
    return refuse(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "internal",
                  "The municipality's own error");
}

static struct bytes visitor_of(struct MHD_Connection *connection)
{
    static const struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

    return rate_limit_name(info == NULL ? &nobody : info->client_addr);
}

static enum MHD_Result enrol(const struct est_pages *pages, struct MHD_Connection *connection,
                             const struct incoming *incoming)
{
    int64_t now = (int64_t)clock_monotonic_ms();
    struct bytes visitor = visitor_of(connection);
    char *text = NULL;

    if (!rate_limit_spend(pages->limit, visitor, WRONG_CODE_COST, now))
        return refuse(connection, MHD_HTTP_TOO_MANY_REQUESTS, "too-many-requests",
                      "Too many requests of this network address");
    enum result result =
        est_enrol(pages->desk, (struct bytes){incoming->body, incoming->size},
                  MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization"),
                  clock_wall_seconds(), &text);
    if (result == RESULT_OK)
        rate_limit_give_back(pages->limit, visitor, WRONG_CODE_COST - 1, now);
    return answer(connection, result, text);
}

static enum MHD_Result dispatch(const struct est_pages *pages, struct MHD_Connection *connection,
                                const char *path, const char *method,
                                const struct incoming *incoming)
{
    char *text = NULL;
    bool authorities = str_equal(path, PREFIX "cacerts");

    if (pages->desk == NULL || (!authorities && !str_equal(path, PREFIX "simpleenroll")))
        return refuse(connection, MHD_HTTP_NOT_FOUND, "not-found", "There is nothing here");
    if (!str_equal(method, authorities ? "GET" : "POST"))
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "method-not-allowed",
                      "This is not done with that");
    if (incoming->too_large)
        return refuse(connection, MHD_HTTP_CONTENT_TOO_LARGE, "too-large",
                      "The request is larger than 8 kB");
    if (!authorities)
        return enrol(pages, connection, incoming);
    enum result result = est_authorities(pages->desk, &text);
    return answer(connection, result, text);
}

enum MHD_Result est_pages_visit(const struct est_pages *pages, struct MHD_Connection *connection,
                                const char *path, const char *method, struct bytes data,
                                void **request)
{
    struct incoming *incoming = *request;

    if (incoming == NULL)
        return (*request = calloc(1, sizeof *incoming)) == NULL ? MHD_NO : MHD_YES;
    if (data.size == 0)
        return dispatch(pages, connection, path, method, incoming);
    if (data.size > sizeof incoming->body - incoming->size) {
        incoming->too_large = true;
        return MHD_YES;
    }
    memcpy(incoming->body + incoming->size, data.data, data.size);
    incoming->size += data.size;
    return MHD_YES;
}
