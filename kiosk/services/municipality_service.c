// Is the municipality there; its sessions; reports of what became of orders.
#include "municipality_inside.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"

void municipality_destroy_job(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;

    card_files_wipe(&asked->files);
    catalogue_destroy(asked->catalogue);
    secret_destroy(asked->document);
    explicit_bzero(asked, sizeof *asked);
    free(asked);
}

struct municipality_job *municipality_new_job(struct municipality_service *service,
                                              const struct job_verbs *verbs,
                                              enum municipality_job_kind kind, uint32_t ticket)
{
    struct municipality_job *job = calloc(1, sizeof *job);

    if (job != NULL)
        *job = (struct municipality_job){.job = {.verbs = verbs, .what = kind},
                                         .service = service,
                                         .ticket = ticket,
                                         .visit = service->vault->visit};
    return job;
}

// ---- is it there ------------------------------------------------------------------------------

static void tell_ready(struct municipality_service *service, bool ready)
{
    if (service->told && service->ready == ready)
        return;
    service->told = true;
    service->ready = ready;
    service_tell(&service->context, ready ? EVENT_BACKEND_READY : EVENT_BACKEND_LOST, 0);
}

static void look_later(struct municipality_service *service)
{
    const struct services_settings *settings = service->context.settings;

    loop_arm(service->context.loop, &service->look,
             clock_monotonic_ms() +
                 (service->ready ? settings->backend_idle_ms : settings->retry_ms));
}

static void run_look(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;

    asked->result = backend->verbs->catalogue(backend->self, &asked->catalogue, &asked->refusal);
}

static void finish_look(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    struct municipality_service *service = asked->service;

    if (asked->result == RESULT_OK) {
        catalogue_destroy(take(service->offer));
        service->offer = take(asked->catalogue);
    }
    tell_ready(service, asked->result == RESULT_OK);
    look_later(service);
}

void municipality_service_look(struct municipality_service *service)
{
    static const struct job_verbs verbs = {run_look, finish_look, municipality_destroy_job};

    // Who is being asked something shows by that whether it is there.
    if (worker_is_stuck(service->worker) || worker_is_busy(service->worker, WORKER_EVERY_KIND)) {
        look_later(service);
        return;
    }
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_LOOK, 0);
    if (job == NULL || worker_submit(service->worker, &job->job, LOOK_LIMIT_MS) != RESULT_OK)
        look_later(service);
}

static void look(void *self, uint64_t now)
{
    (void)now;
    municipality_service_look(self);
}

bool municipality_service_is_ready(const struct municipality_service *service)
{
    return service->ready;
}

const struct catalogue *municipality_service_offer(const struct municipality_service *service)
{
    return service->offer;
}

// ---- questions --------------------------------------------------------------------------------

// A look at the municipality must not hold up a resident either.
static void void_questions(struct municipality_service *service)
{
    worker_cancel(service->worker, SESSION_JOBS | 1U << JOB_LOOK);
    look_later(service);
}

void municipality_ask(struct municipality_service *service, struct municipality_job *job,
                      uint32_t ticket, uint32_t limit_ms)
{
    void_questions(service);
    service->ticket = ticket;
    if (job == NULL || worker_submit(service->worker, &job->job, limit_ms) != RESULT_OK)
        service_tell(&service->context, EVENT_BACKEND_FAILED, ticket);
}

static enum session_refusal refusal_of(enum backend_refusal refusal)
{
    switch (refusal) {
    case BACKEND_REFUSAL_UNKNOWN_RESIDENT:
        return SESSION_REFUSAL_UNKNOWN_RESIDENT;
    case BACKEND_REFUSAL_MINOR:
        return SESSION_REFUSAL_MINOR;
    case BACKEND_REFUSAL_SEE_COUNTER:
        return SESSION_REFUSAL_SEE_COUNTER;
    case BACKEND_REFUSAL_CARD_BLOCKED:
        return SESSION_REFUSAL_CARD_BLOCKED;
    case BACKEND_REFUSAL_CARD_NOT_VERIFIABLE:
        return SESSION_REFUSAL_CARD_NOT_VERIFIABLE;
    case BACKEND_REFUSAL_CHALLENGE_STALE:
        return SESSION_REFUSAL_CHALLENGE_STALE;
    case BACKEND_REFUSAL_NOT_POSSIBLE:
        return SESSION_REFUSAL_NOT_POSSIBLE;
    case BACKEND_REFUSAL_NONE:
    case BACKEND_REFUSAL_TERMINAL:
    case BACKEND_REFUSAL_REGISTER_DOWN:
    case BACKEND_REFUSAL_SEAL_DOWN:
        return SESSION_REFUSAL_SERVICE;
    }
    return SESSION_REFUSAL_SERVICE;
}

void municipality_tell_no(struct municipality_job *job)
{
    struct municipality_service *service = job->service;
    const struct session_event refused = {
        .kind = EVENT_BACKEND_REFUSED, .ticket = job->ticket, .refusal = refusal_of(job->refusal)};

    log_warning("municipality", "a question was not answered as hoped; the result is", job->result);
    if (job->result == RESULT_REFUSED) {
        service->context.tell(service->context.self, &refused);
        return;
    }
    service_tell(&service->context, EVENT_BACKEND_FAILED, job->ticket);
    municipality_service_look(service);
}

static void run_open(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;

    asked->result = backend->verbs->open_session(backend->self, &asked->files, &asked->challenge,
                                                 &asked->refusal);
}

static void finish_open(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    struct vault *vault = asked->service->vault;

    if (asked->result != RESULT_OK || asked->visit != vault->visit) {
        municipality_tell_no(asked);
        return;
    }
    vault->challenge = asked->challenge;
    service_tell(&asked->service->context, EVENT_CHALLENGED, asked->ticket);
}

void municipality_service_open_session(struct municipality_service *service, uint32_t ticket)
{
    static const struct job_verbs verbs = {run_open, finish_open, municipality_destroy_job};
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_OPEN, ticket);

    // A copy: the vault's are needed again when this job is lost, or for a second challenge.
    if (job != NULL && card_files_copy(&service->vault->files, &job->files) != RESULT_OK)
        municipality_destroy_job(&take(job)->job);
    municipality_ask(service, job, ticket, service->context.settings->limits.backend);
}

static void run_prove(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;

    asked->result =
        backend->verbs->prove(backend->self, &asked->signature, &asked->catalogue, &asked->refusal);
}

static void finish_prove(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    struct municipality_service *service = asked->service;
    struct vault *vault = service->vault;

    if (asked->result != RESULT_OK || asked->visit != vault->visit) {
        municipality_tell_no(asked);
        return;
    }
    card_files_wipe(&vault->files); // the municipality has them, nobody here needs them any more
    catalogue_destroy(take(vault->catalogue));
    vault->catalogue = take(asked->catalogue);
    const struct session_event proved = {
        .kind = EVENT_PROVED, .ticket = asked->ticket, .catalogue = vault->catalogue};
    service->context.tell(service->context.self, &proved);
}

void municipality_service_prove(struct municipality_service *service, uint32_t ticket)
{
    static const struct job_verbs verbs = {run_prove, finish_prove, municipality_destroy_job};
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_PROVE, ticket);

    if (job != NULL)
        job->signature = service->vault->signature;
    municipality_ask(service, job, ticket, service->context.settings->limits.backend);
}

static void run_close(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;

    asked->result = backend->verbs->close_session(backend->self);
}

static void finish_close(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;

    // It ends by itself after 15 minutes, too.
    if (asked->result != RESULT_OK)
        log_warning("municipality", "the session could not be closed", asked->result);
}

void municipality_service_close_session(struct municipality_service *service)
{
    static const struct job_verbs verbs = {run_close, finish_close, municipality_destroy_job};
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_CLOSE, 0);

    void_questions(service);
    if (job == NULL || worker_submit(service->worker, &job->job, LOOK_LIMIT_MS) != RESULT_OK)
        log_warning("municipality", "the session could not be closed", RESULT_BUSY);
}

// ---- reports ----------------------------------------------------------------------------------

static void run_report(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    const struct backend *backend = &asked->service->backend;

    asked->result = backend->verbs->outcome(backend->self, &asked->order, asked->delivered,
                                            asked->sheets, &asked->refusal);
}

static void finish_report(struct job *job)
{
    struct municipality_job *asked = (struct municipality_job *)job;
    struct municipality_service *service = asked->service;
    // An order that the municipality never heard of, or settled, needs no report any more.
    bool settled =
        asked->result == RESULT_OK || asked->result == RESULT_NOT_FOUND ||
        (asked->result == RESULT_REFUSED && asked->refusal == BACKEND_REFUSAL_NOT_POSSIBLE);

    if (settled)
        service->watcher.reported(service->watcher.self, &asked->order);
    else
        service->watcher.not_reported(service->watcher.self);
    if (asked->ticket != 0)
        service_tell(&service->context, settled ? EVENT_OUTCOME_REPORTED : EVENT_OUTCOME_FAILED,
                     asked->ticket);
}

void municipality_service_report(struct municipality_service *service, uint32_t ticket,
                                 const struct identifier *order, bool delivered, int sheets)
{
    static const struct job_verbs verbs = {run_report, finish_report, municipality_destroy_job};
    struct municipality_job *job = municipality_new_job(service, &verbs, JOB_REPORT, ticket);

    if (job != NULL) {
        job->order = *order;
        job->delivered = delivered;
        job->sheets = sheets;
    }
    service->report_ticket = ticket;
    if (job == NULL || worker_submit(service->worker, &job->job, LOOK_LIMIT_MS) != RESULT_OK) {
        service->watcher.not_reported(service->watcher.self);
        if (ticket != 0)
            service_tell(&service->context, EVENT_OUTCOME_FAILED, ticket);
    }
}

// ---- life -------------------------------------------------------------------------------------

static void on_gave_up(void *self, int what)
{
    struct municipality_service *service = self;

    if ((1U << what & SESSION_JOBS) != 0)
        service_tell(&service->context, EVENT_BACKEND_FAILED, service->ticket);
    if (what == JOB_REPORT) {
        service->watcher.not_reported(service->watcher.self);
        if (service->report_ticket != 0)
            service_tell(&service->context, EVENT_OUTCOME_FAILED, service->report_ticket);
    }
}

static void on_stuck(void *self)
{
    tell_ready(self, false);
}

static void on_returned(void *self)
{
    municipality_service_look(self);
}

static void begin(void *self, uint32_t number)
{
    const struct backend *backend = &((struct municipality_service *)self)->backend;

    backend->verbs->begin(backend->self, number);
}

static void cancel(void *self, uint32_t number)
{
    const struct backend *backend = &((struct municipality_service *)self)->backend;

    backend->verbs->cancel(backend->self, number);
}

enum result municipality_service_create(const struct service_context *context,
                                        const struct backend *backend, struct vault *vault,
                                        struct report_watcher watcher,
                                        struct municipality_service **out)
{
    struct municipality_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, on_stuck, on_returned, begin, cancel};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct municipality_service){
        .context = *context, .backend = *backend, .vault = vault, .watcher = watcher};
    service->look = (struct loop_timer){.name = "municipality", .fire = look, .self = service};
    *out = service;
    return worker_create(context->loop, "municipality", owner, &service->worker);
}

bool municipality_service_destroy(struct municipality_service *service)
{
    if (service == NULL)
        return true;
    loop_disarm(service->context.loop, &service->look);
    if (!worker_destroy(service->worker))
        return false;
    catalogue_destroy(service->offer);
    free(service);
    return true;
}
