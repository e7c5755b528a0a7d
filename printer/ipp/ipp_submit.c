#include "ipp_submit.h"

#include <errno.h>

#include "clock.h"
#include "ipp_words.h"
#include "log.h"

#define CONNECT_LIMIT_MS 2000
#define HAND_OVER_LIMIT_MS 20000

// libcups copies what is shorter than its own buffer of 32 KiB and writes longer pieces straight
// from the caller's memory: no piece is shorter, unless the whole document is.
#define PIECE_SIZE 65536u
#define PIECE_LEAST 32768u

static void add_ticket(ipp_t *request, const struct ipp_abilities *abilities)
{
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, "iso_a4_210x297mm");
    if (abilities->one_sided)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
    if (abilities->monochrome)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-color-mode", NULL, "monochrome");
    if (abilities->quality_high)
        ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_ENUM, "print-quality", IPP_QUALITY_HIGH);
    if (abilities->scaling_none)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
}

static ipp_t *print_job(const struct ipp_link *link, const struct ipp_abilities *abilities,
                        const char *name)
{
    ipp_t *request = ipp_link_request(link, IPP_OP_PRINT_JOB);

    if (request == NULL)
        return NULL;
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
    ippAddBoolean(request, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                 "application/pdf");
    add_ticket(request, abilities);
    return request;
}

static size_t next_piece(size_t rest)
{
    return rest < PIECE_SIZE + PIECE_LEAST ? rest : PIECE_SIZE;
}

// Stops early when the printer answers before the end; its answer says why.
static enum result send_document(struct ipp_link *link, struct bytes pdf, uint64_t deadline)
{
    for (size_t at = 0; at < pdf.size;) {
        size_t piece = next_piece(pdf.size - at);
        if (clock_monotonic_ms() >= deadline)
            return RESULT_TIMED_OUT;
        http_status_t status =
            cupsWriteRequestData(link->connection, (const char *)pdf.data + at, piece);
        if (status == HTTP_STATUS_ERROR)
            return RESULT_FAILED;
        if (status != HTTP_STATUS_CONTINUE)
            break;
        at += piece;
    }
    return RESULT_OK;
}

static enum result no_answer(struct ipp_link *link, uint64_t deadline)
{
    http_status_t status = httpGetStatus(link->connection);

    log_error("ipp", "the printer took the request and gave no proper answer", status);
    if (status >= HTTP_STATUS_BAD_REQUEST && status < HTTP_STATUS_SERVER_ERROR)
        return RESULT_REFUSED;
    return clock_monotonic_ms() >= deadline ? RESULT_TIMED_OUT : RESULT_FAILED;
}

static enum result read_answer(ipp_t *answer, int *job)
{
    enum result result = ipp_submit_result(ippGetStatusCode(answer));

    if (result != RESULT_OK) {
        log_warning("ipp", "the printer did not take the document; IPP status",
                    ippGetStatusCode(answer));
        return result;
    }
    ipp_attribute_t *id = ippFindAttribute(answer, "job-id", IPP_TAG_INTEGER);
    *job = ippGetInteger(id, 0);
    return *job > 0 ? RESULT_OK : RESULT_FAILED; // accepted, but it cannot be followed
}

static enum result hand_over(struct ipp_link *link, ipp_t *request, struct bytes pdf, int *job)
{
    uint64_t deadline = clock_monotonic_ms() + HAND_OVER_LIMIT_MS;

    ipp_link_set_deadline(link, deadline);
    http_status_t status =
        cupsSendRequest(link->connection, request, link->path, CUPS_LENGTH_VARIABLE);
    if (status == HTTP_STATUS_ERROR || status >= HTTP_STATUS_SERVER_ERROR)
        return RESULT_UNREACHABLE; // no byte of the document has left
    if (status >= HTTP_STATUS_BAD_REQUEST)
        return RESULT_REFUSED;
    if (status == HTTP_STATUS_CONTINUE)
        TRY(send_document(link, pdf, deadline));
    ipp_link_set_deadline(link, deadline);
    owned_message answer = cupsGetResponse(link->connection, link->path);
    return answer == NULL ? no_answer(link, deadline) : read_answer(answer, job);
}

enum result ipp_submit(struct ipp_link *link, const struct ipp_abilities *abilities,
                       const char *name, struct bytes pdf, int *job)
{
    owned_message request = print_job(link, abilities, name);

    if (request == NULL)
        return RESULT_NO_MEMORY;
    // A connection of its own: on one that the printer has meanwhile closed, nobody could tell how
    // far the document went.
    TRY(ipp_link_open(link, clock_monotonic_ms() + CONNECT_LIMIT_MS));
    enum result result = hand_over(link, request, pdf, job);
    if (result != RESULT_OK)
        ipp_link_close(link);
    return result;
}
