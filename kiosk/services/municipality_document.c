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
    const struct wish_words *wish = &asked->wish;
    struct backend_order_request request = {.id = asked->order,
                                            .kind = asked->kind,
                                            .language = language_code(asked->paper),
                                            .subject = wish->subject,
                                            .purpose =
                                                wish->purpose[0] != '\0' ? wish->purpose : NULL,
                                            .option_count = wish->option_count};

    for (size_t i = 0; i < wish->option_count; i++)
        request.options[i] = wish->options[i];

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

static enum result put_options(const struct catalogue_document *document, uint32_t wanted,
                               struct wish_words *words)
{
    for (size_t i = 0; i < document->option_count; i++) {
        if ((wanted & UINT32_C(1) << i) == 0)
            continue;
        TRY(str_copy(words->options[words->option_count], WISH_WORD_SIZE, document->options[i].id));
        words->option_count++;
    }
    return RESULT_OK;
}

// RESULT_INVALID: the catalogue has no such child, document, purpose or option.
static enum result put_into_words(const struct catalogue *catalogue,
                                  const struct session_effect *effect, struct wish_words *words)
{
    const struct session_wish *wish = &effect->document.wish;
    const struct catalogue_document *document =
        catalogue_document_for(catalogue, wish->subject, effect->document.index);

    *words = (struct wish_words){};
    if (document == NULL || wish->purpose > document->purpose_count ||
        document->option_count > CATALOGUE_OPTIONS_MAXIMUM ||
        wish->options >> document->option_count != 0)
        return RESULT_INVALID;
    TRY(str_copy(words->subject, sizeof words->subject,
                 wish->subject == 0 ? "self" : catalogue->children[wish->subject - 1].subject));
    if (wish->purpose > 0)
        TRY(str_copy(words->purpose, sizeof words->purpose,
                     document->purposes[wish->purpose - 1].id));
    return put_options(document, wish->options, words);
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
        if (put_into_words(service->vault->catalogue, effect, &job->wish) != RESULT_OK)
            municipality_destroy_job(&take(job)->job);
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
