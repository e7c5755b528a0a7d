#include "plain_print_job.h"

#include <cups/cups.h>

bool plain_print_job(const char *host, int port, const char *path, const char *uri,
                     const void *document, size_t size)
{
    http_t *http = httpConnect2(host, port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_NEVER, 1, 2000, NULL);
    ipp_t *request = ippNewRequest(IPP_OP_PRINT_JOB);
    bool accepted = false;

    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "kiosk");
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, "plain");
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                 "application/pdf");
    if (http != NULL &&
        cupsSendRequest(http, request, path, CUPS_LENGTH_VARIABLE) == HTTP_STATUS_CONTINUE &&
        cupsWriteRequestData(http, document, size) == HTTP_STATUS_CONTINUE) {
        ipp_t *answer = cupsGetResponse(http, path);
        accepted = answer != NULL && ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE;
        ippDelete(answer);
    }
    ippDelete(request);
    httpClose(http);
    return accepted;
}
