#include "ipp_link.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "clock.h"
#include "log.h"
#include "str.h"

// Shown on the printer's panel and kept in its log; never the resident.
#define USER_NAME "kiosk"

static const char *no_password(const char *prompt, http_t *connection, const char *method,
                               const char *resource, void *data)
{
    (void)prompt, (void)connection, (void)method, (void)resource, (void)data;
    return NULL; // libcups's own answer would be to ask on the terminal
}

static int give_up(http_t *connection, void *data)
{
    (void)connection, (void)data;
    return 0;
}

static int milliseconds_until(uint64_t deadline)
{
    uint64_t now = clock_monotonic_ms();

    return deadline > now ? (int)(deadline - now) : 1;
}

enum result ipp_link_set_uri(struct ipp_link *link, const char *uri)
{
    char scheme[8], user[64];

    TRY(str_copy(link->uri, sizeof link->uri, uri));
    if (httpSeparateURI(HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user,
                        link->host, sizeof link->host, &link->port, link->path,
                        sizeof link->path) != HTTP_URI_STATUS_OK)
        return RESULT_INVALID;
    return str_equal(scheme, "ipp") && link->host[0] != '\0' && user[0] == '\0' ? RESULT_OK
                                                                                : RESULT_INVALID;
}

void ipp_link_set_deadline(struct ipp_link *link, uint64_t deadline)
{
    httpSetTimeout(link->connection, milliseconds_until(deadline) / 1000.0, give_up, NULL);
}

enum result ipp_link_open(struct ipp_link *link, uint64_t deadline)
{
    ipp_link_close(link);
    cupsSetPasswordCB2(no_password, NULL); // held per thread by libcups
    link->connection = httpConnect2(link->host, link->port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_NEVER,
                                    1, milliseconds_until(deadline), NULL);
    if (link->connection == NULL)
        return RESULT_UNREACHABLE;
    ipp_link_set_deadline(link, deadline);
    return RESULT_OK;
}

void ipp_link_close(struct ipp_link *link)
{
    httpClose(link->connection); // NULL is fine
    link->connection = NULL;
}

ipp_t *ipp_link_request(const struct ipp_link *link, ipp_op_t operation)
{
    ipp_t *request = ippNew();

    if (request == NULL)
        return NULL;
    ippSetOperation(request, operation);
    ippSetRequestId(request, 1);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", NULL, "utf-8");
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_LANGUAGE, "attributes-natural-language", NULL,
                 "en");
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, link->uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, USER_NAME);
    return request;
}

// An idle connection has nothing to read unless the printer closed it.
static bool still_open(const struct ipp_link *link)
{
    struct pollfd waiting = {.events = POLLIN | POLLRDHUP};

    if (link->connection == NULL)
        return false;
    waiting.fd = httpGetFd(link->connection);
    return poll(&waiting, 1, 0) == 0;
}

static enum result ask_once(struct ipp_link *link, ipp_t *request, uint64_t deadline,
                            ipp_t **answer)
{
    ipp_link_set_deadline(link, deadline);
    http_status_t status =
        cupsSendRequest(link->connection, request, link->path, ippLength(request));
    ipp_link_set_deadline(link, deadline); // each wait begins anew; libcups has just had one
    if (status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK)
        *answer = cupsGetResponse(link->connection, link->path);
    if (*answer != NULL)
        return RESULT_OK;
    ipp_link_close(link);
    return RESULT_UNREACHABLE;
}

enum result ipp_link_ask(struct ipp_link *link, ipp_t *request, uint64_t deadline, ipp_t **answer)
{
    *answer = NULL;
    if (request == NULL)
        return RESULT_NO_MEMORY;
    if (still_open(link) && ask_once(link, request, deadline, answer) == RESULT_OK)
        return RESULT_OK;
    if (clock_monotonic_ms() >= deadline)
        return RESULT_UNREACHABLE;
    TRY(ipp_link_open(link, deadline));
    enum result result = ask_once(link, request, deadline, answer);
    if (result != RESULT_OK)
        log_warning("ipp", "the printer accepts a connection but gives no answer", errno);
    return result;
}
