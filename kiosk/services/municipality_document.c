// Ordering and fetching: nothing leaves this file as a document before its digest and its seal are
// what they must be.
#include "municipality_inside.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"

static void run_order(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;
    struct backend_order_request request = {
        .id = asked->order, .kind = asked->kind, .language = language_code(asked->paper)};

    asked->result = backend->verbs->order(backend->self, &request, &asked->answer, &asked->refusal);
}

// What stands on the paper and on the receipt.
static enum result note_papers(const struct backend_order *answer, struct session_event *event)
{
    struct session_verification *verification = &event->order.verification;

    TRY(str_copy(event->order.reference, sizeof event->order.reference, answer->reference));
    TRY(str_copy(verification->code, sizeof verification->code, answer->verification_code));
    return str_copy(verification->address, sizeof verification->address,
                    answer->verification_address);
}

static void finish_order(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    struct municipality_service *service = asked->service;
    struct session_event event = {.kind = EVENT_ORDERED, .ticket = asked->ticket};

    if (asked->result == RESULT_OK && !identifier_equal(&asked->answer.id, &asked->order))
        asked->result = RESULT_MALFORMED;
    if (asked->result == RESULT_OK)
        asked->result = note_papers(&asked->answer, &event);
    if (asked->result != RESULT_OK || asked->visit != service->vault->visit) {
        municipality_tell_no(asked);
        return;
    }
    memcpy(service->vault->document_sha256, asked->answer.document_sha256,
           sizeof service->vault->document_sha256);
    event.order.price_cents = asked->answer.price_cents;
    event.order.pages = asked->answer.pages;
    service->context.tell(service->context.self, &event);
}

void municipality_service_order(struct municipality_service *service,
                                const struct session_effect *effect)
{
    static const struct job_verbs verbs = {run_order, finish_order, municipality_destroy_job};
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_ORDER, effect->ticket);

    if (job != NULL) {
        job->order = effect->order;
        job->paper = effect->document.paper;
        memcpy(job->kind, effect->document.kind, sizeof job->kind);
    }
    municipality_ask(service, job, effect->ticket, service->context.settings->limits.issue);
}

// The document is the one that was ordered, and the municipality sealed it.
static bool is_genuine(const struct municipality_job *asked)
{
    struct bytes document = secret_bytes(asked->document);
    uint8_t sha256[32];
    struct seal_report report;

    if (EVP_Digest(document.data, document.size, sha256, NULL, EVP_sha256(), NULL) != 1 ||
        memcmp(sha256, asked->sha256, sizeof sha256) != 0) {
        log_error("municipality", "the document is not the one that was announced", 0);
        return false;
    }
    if (seal_verify(document, asked->service->context.settings->seal, clock_wall_seconds(),
                    &report) != RESULT_OK) {
        log_error("municipality", "the seal is refused; the reason's number is", report.reason);
        return false;
    }
    return report.status == SEAL_STATUS_GOOD && report.covers_whole_file;
}

static void run_fetch(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;

    asked->result = secret_create(DOCUMENT_MAXIMUM, &asked->document);
    if (asked->result == RESULT_OK)
        asked->result = backend->verbs->document(backend->self, &asked->order, asked->document,
                                                 &asked->refusal);
    if (asked->result == RESULT_OK)
        asked->seal_good = is_genuine(asked);
}

static void finish_fetch(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    struct municipality_service *service = asked->service;

    if (asked->result != RESULT_OK || asked->visit != service->vault->visit) {
        municipality_tell_no(asked);
        return;
    }
    if (!asked->seal_good) {
        service_tell(&service->context, EVENT_SEAL_REFUSED, asked->ticket);
        return;
    }
    vault_drop_document(service->vault);
    service->vault->document = take(asked->document);
    service_tell(&service->context, EVENT_SEALED, asked->ticket);
}

void municipality_service_fetch(struct municipality_service *service,
                                const struct session_effect *effect)
{
    static const struct job_verbs verbs = {run_fetch, finish_fetch, municipality_destroy_job};
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_FETCH, effect->ticket);

    if (job != NULL) {
        job->order = effect->order;
        memcpy(job->sha256, service->vault->document_sha256, sizeof job->sha256);
    }
    municipality_ask(service, job, effect->ticket, service->context.settings->limits.issue);
}
