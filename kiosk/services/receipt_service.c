#include "receipt_service.h"

#include <stdlib.h>

#include "clock.h"
#include "log.h"

enum receipt_job_kind { JOB_STATUS, JOB_PRINT };
#define RECEIPT_LIMIT_MS 3000 // the port's own

struct receipt_service {
    struct service_context context;
    struct receipt_printer printer;
    struct receipt_composer composer;
    struct worker *worker;
    struct loop_timer look;
    bool told, works;                      // what the session knows
    enum receipt_printer_condition detail; // what a technician knows
    uint32_t ticket;
};

struct receipt_job {
    struct job job;
    struct receipt_service *service;
    uint32_t ticket;
    enum result result;
    enum receipt_printer_condition condition;
    struct secret *stream;
};

static void destroy_job(struct job *job)
{
    struct receipt_job *receipt = (struct receipt_job *)job;

    secret_destroy(receipt->stream);
    free(receipt);
}

static struct receipt_job *new_job(struct receipt_service *service, const struct job_verbs *verbs,
                                   enum receipt_job_kind kind, uint32_t ticket)
{
    struct receipt_job *job = calloc(1, sizeof *job);

    if (job != NULL)
        *job = (struct receipt_job){
            .job = {.verbs = verbs, .what = kind}, .service = service, .ticket = ticket};
    return job;
}

static void tell_works(struct receipt_service *service, bool works)
{
    const struct session_event event = {.kind = EVENT_RECEIPT_CHANGED, .works = works};

    if (service->told && service->works == works)
        return;
    service->told = true;
    service->works = works;
    service->context.tell(service->context.self, &event);
}

static void look_later(struct receipt_service *service)
{
    const struct services_settings *settings = service->context.settings;

    loop_arm(service->context.loop, &service->look,
             clock_monotonic_ms() +
                 (service->works ? settings->printer_idle_ms : settings->retry_ms));
}

static void run_status(struct job *job)
{
    struct receipt_job *receipt = (struct receipt_job *)job;
    const struct receipt_printer *printer = &receipt->service->printer;

    receipt->result = printer->verbs->status(printer->self, &receipt->condition);
}

// The technician hears of each change; the session, whether a receipt can be had.
static void tell_condition(struct receipt_service *service,
                           enum receipt_printer_condition condition)
{
    bool ready = condition == RECEIPT_PRINTER_READY;

    if (!service->told || service->detail != condition)
        log_write(ready ? LOG_LEVEL_NOTICE : LOG_LEVEL_WARNING, "receipt",
                  receipt_printer_condition_text(condition), condition);
    service->detail = condition;
    tell_works(service, ready || condition == RECEIPT_PRINTER_NEAR_END);
}

static void finish_status(struct job *job)
{
    struct receipt_job *receipt = (struct receipt_job *)job;

    tell_condition(receipt->service,
                   receipt->result == RESULT_OK ? receipt->condition : RECEIPT_PRINTER_OFFLINE);
    look_later(receipt->service);
}

void receipt_service_look(struct receipt_service *service)
{
    static const struct job_verbs verbs = {run_status, finish_status, destroy_job};

    if (service->printer.verbs == NULL) {
        tell_works(service, false);
        return;
    }
    if (worker_is_busy(service->worker, WORKER_EVERY_KIND))
        return;
    struct receipt_job *job = new_job(service, &verbs, JOB_STATUS, 0);
    if (job == NULL || worker_submit(service->worker, &job->job, RECEIPT_LIMIT_MS) != RESULT_OK)
        look_later(service);
}

static void look(void *self, uint64_t now)
{
    (void)now;
    receipt_service_look(self);
}

static void run_print(struct job *job)
{
    struct receipt_job *receipt = (struct receipt_job *)job;
    const struct receipt_printer *printer = &receipt->service->printer;

    receipt->result = printer->verbs->print(printer->self, secret_bytes(receipt->stream));
}

static void finish_print(struct job *job)
{
    struct receipt_job *receipt = (struct receipt_job *)job;

    service_tell(&receipt->service->context,
                 receipt->result == RESULT_OK ? EVENT_RECEIPT_PRINTED : EVENT_RECEIPT_FAILED,
                 receipt->ticket);
    receipt_service_look(receipt->service);
}

static enum result make_print(struct receipt_service *service, uint32_t ticket,
                              const struct session_order_note *note, enum language language,
                              struct receipt_job **out)
{
    static const struct job_verbs verbs = {run_print, finish_print, destroy_job};
    owned(secret) stream = NULL;

    if (service->printer.verbs == NULL)
        return RESULT_NOT_FOUND;
    TRY(secret_create(RECEIPT_COMPOSER_CAPACITY, &stream));
    TRY(service->composer.compose(service->composer.self, note, language, clock_wall_seconds(),
                                  stream));
    struct receipt_job *job = new_job(service, &verbs, JOB_PRINT, ticket);
    if (job == NULL)
        return RESULT_NO_MEMORY;
    job->stream = take(stream);
    *out = job;
    return RESULT_OK;
}

void receipt_service_print(struct receipt_service *service, uint32_t ticket,
                           const struct session_order_note *note, enum language language)
{
    struct receipt_job *job = NULL;

    worker_cancel(service->worker, 1U << JOB_PRINT);
    service->ticket = ticket;
    if (make_print(service, ticket, note, language, &job) != RESULT_OK ||
        worker_submit(service->worker, &job->job, RECEIPT_LIMIT_MS) != RESULT_OK)
        service_tell(&service->context, EVENT_RECEIPT_FAILED, ticket);
}

static void on_gave_up(void *self, int what)
{
    struct receipt_service *service = self;

    if (what == JOB_PRINT)
        service_tell(&service->context, EVENT_RECEIPT_FAILED, service->ticket);
}

static void on_stuck(void *self)
{
    tell_works(self, false);
}

static void on_returned(void *self)
{
    receipt_service_look(self);
}

enum result receipt_service_create(const struct service_context *context,
                                   const struct receipt_printer *printer,
                                   const struct receipt_composer *composer,
                                   struct receipt_service **out)
{
    struct receipt_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, on_stuck, on_returned, NULL, NULL};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service =
        (struct receipt_service){.context = *context, .printer = *printer, .composer = *composer};
    service->look = (struct loop_timer){.name = "receipt printer", .fire = look, .self = service};
    *out = service;
    return worker_create(context->loop, "receipt", owner, &service->worker);
}

bool receipt_service_destroy(struct receipt_service *service)
{
    if (service == NULL)
        return true;
    loop_disarm(service->context.loop, &service->look);
    if (!worker_destroy(service->worker))
        return false;
    free(service);
    return true;
}
