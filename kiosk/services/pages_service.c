#include "pages_service.h"

#include <stdlib.h>

#include "clock.h"
#include "log.h"

enum pages_job_kind { JOB_STATUS, JOB_SUBMIT, JOB_FOLLOW, JOB_CANCEL, JOB_FIND };

#define STATUS_LIMIT_MS 2000  // the port's own
#define SUBMIT_LIMIT_MS 25000 // connecting and handing over
#define FIND_LIMIT_MS 8000    // four questions
// A printer that vanished in the middle of a job is asked for this long before nobody can tell.
#define SILENCE_MS 20000

struct pages_service {
    struct service_context context;
    struct page_printer printer;
    struct vault *vault;
    struct find_watcher watcher;
    struct worker *worker;
    struct loop_timer look;

    enum page_printer_condition detail; // what a technician wants to know of it
    const char *last_word;              // on the last document; static storage

    bool told; // what the session knows of the printer
    enum session_printer condition;
    bool low;

    int64_t up_seconds; // as reported at `up_at`
    uint64_t up_at;

    bool printing; // a document is being handed over or at the printer
    int number;    // the printer's number of the job; 0 while it is being handed over
    bool unwanted; // to be cancelled as soon as it has a number
    uint32_t ticket;
    int sheets;
    uint64_t silent_since; // 0: the printer answers
};

struct pages_job {
    struct job job;
    struct pages_service *service;
    enum result result;
    struct identifier order;
    struct secret *document;
    int number;
    struct page_printer_status printer;
    struct page_job_status status;
    enum found_job found;
};

static void destroy_job(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;

    secret_destroy(pages->document);
    free(pages);
}

static struct pages_job *new_job(struct pages_service *service, const struct job_verbs *verbs,
                                 enum pages_job_kind kind)
{
    struct pages_job *job = calloc(1, sizeof *job);

    if (job != NULL)
        *job = (struct pages_job){
            .job = {.verbs = verbs, .what = kind}, .service = service, .number = service->number};
    return job;
}

// ---- how the printer is -----------------------------------------------------------------------

static enum session_printer condition_of(enum page_printer_condition condition)
{
    switch (condition) {
    case PAGE_PRINTER_READY:
        return SESSION_PRINTER_READY;
    case PAGE_PRINTER_OFFLINE:
        return SESSION_PRINTER_OFFLINE;
    case PAGE_PRINTER_MEDIA_EMPTY:
    case PAGE_PRINTER_WRONG_MEDIA: // no paper that we could use
        return SESSION_PRINTER_EMPTY;
    case PAGE_PRINTER_MEDIA_JAM:
    case PAGE_PRINTER_COVER_OPEN:
    case PAGE_PRINTER_TONER_EMPTY:
    case PAGE_PRINTER_PAUSED:
    case PAGE_PRINTER_ATTENTION:
    case PAGE_PRINTER_STOPPED:
    case PAGE_PRINTER_OUTPUT_FULL:
    case PAGE_PRINTER_NO_PDF:
        return SESSION_PRINTER_TROUBLE;
    }
    return SESSION_PRINTER_TROUBLE;
}

// The technician hears of each change, the session of those that matter to a resident.
static void tell_condition(struct pages_service *service, enum page_printer_condition detail,
                           bool low)
{
    enum session_printer condition = condition_of(detail);
    const struct session_event event = {.kind = EVENT_PRINTER_CHANGED,
                                        .printer = {.condition = condition, .low = low}};

    if (service->detail != detail || !service->told)
        log_write(detail == PAGE_PRINTER_READY ? LOG_LEVEL_NOTICE : LOG_LEVEL_WARNING, "pages",
                  page_printer_condition_text(detail), detail);
    service->detail = detail;
    if (service->told && service->condition == condition && service->low == low)
        return;
    service->told = true;
    service->condition = condition;
    service->low = low;
    service->context.tell(service->context.self, &event);
}

static void look_later(struct pages_service *service)
{
    const struct services_settings *settings = service->context.settings;
    uint32_t wait = settings->printer_idle_ms;

    if (service->printing)
        wait = settings->printer_job_ms;
    else if (service->condition != SESSION_PRINTER_READY)
        wait = settings->retry_ms;
    loop_arm(service->context.loop, &service->look, clock_monotonic_ms() + wait);
}

static void run_status(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    const struct page_printer *printer = &pages->service->printer;

    pages->result = printer->verbs->status(printer->self, &pages->printer);
}

static void finish_status(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    struct pages_service *service = pages->service;
    enum page_printer_condition condition = PAGE_PRINTER_OFFLINE;

    if (pages->result == RESULT_OK) {
        condition = pages->printer.condition;
        service->up_seconds = pages->printer.up_seconds;
        service->up_at = clock_monotonic_ms();
        if (condition == PAGE_PRINTER_READY && !pages->printer.takes_pdf)
            condition = PAGE_PRINTER_NO_PDF;
        if (condition == PAGE_PRINTER_READY && !pages->printer.takes_a4)
            condition = PAGE_PRINTER_WRONG_MEDIA;
    }
    tell_condition(service, condition, pages->printer.media_low || pages->printer.toner_low);
    look_later(service);
}

static void follow(struct pages_service *service);

void pages_service_look(struct pages_service *service)
{
    static const struct job_verbs verbs = {run_status, finish_status, destroy_job};

    if (worker_is_stuck(service->worker) || worker_is_busy(service->worker, WORKER_EVERY_KIND)) {
        look_later(service);
        return;
    }
    if (service->printing) {
        follow(service);
        return;
    }
    struct pages_job *job = new_job(service, &verbs, JOB_STATUS);
    if (job == NULL || worker_submit(service->worker, &job->job, STATUS_LIMIT_MS) != RESULT_OK)
        look_later(service);
}

static void look(void *self, uint64_t now)
{
    (void)now;
    pages_service_look(self);
}

int64_t pages_service_up_seconds(const struct pages_service *service)
{
    if (service->up_seconds == 0)
        return 0;
    return service->up_seconds + (int64_t)(clock_monotonic_ms() - service->up_at) / 1000;
}

enum page_printer_condition pages_service_condition(const struct pages_service *service)
{
    return service->detail;
}

const char *pages_service_last_word(const struct pages_service *service)
{
    return service->last_word;
}

// ---- one document -----------------------------------------------------------------------------

// The printer's last word on the document.
static void end_printing(struct pages_service *service, enum session_event_kind kind, int sheets,
                         const char *word)
{
    service->last_word = word;
    log_write(kind == EVENT_PRINT_COMPLETED ? LOG_LEVEL_NOTICE : LOG_LEVEL_WARNING, "pages", word,
              sheets);
    service->printing = false;
    service->number = 0;
    service->silent_since = 0;
    service_tell_count(&service->context, kind, service->ticket, sheets);
    look_later(service);
}

static void run_submit(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    const struct page_printer *printer = &pages->service->printer;
    char name[IDENTIFIER_TEXT_SIZE];

    identifier_to_text(&pages->order, name);
    pages->result =
        printer->verbs->submit(printer->self, name, secret_bytes(pages->document), &pages->number);
    secret_destroy(take(pages->document));
    // An answer that did not come does not mean that the printer has nothing: it is asked.
    if ((pages->result == RESULT_TIMED_OUT || pages->result == RESULT_FAILED) &&
        printer->verbs->find(printer->self, name, &pages->number) == RESULT_OK)
        pages->result = RESULT_OK;
}

static void finish_submit(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    struct pages_service *service = pages->service;

    switch (pages->result) {
    case RESULT_OK:
        service->number = pages->number;
        service_tell(&service->context, EVENT_PRINT_ACCEPTED, service->ticket);
        if (service->unwanted)
            pages_service_cancel(service);
        look_later(service);
        return;
    case RESULT_REFUSED:
        end_printing(service, EVENT_PRINT_REFUSED, 0, "the printer refused the document");
        return;
    case RESULT_BUSY:
        end_printing(service, EVENT_PRINT_REFUSED, 0, "the printer is busy with something else");
        return;
    case RESULT_UNREACHABLE:
        end_printing(service, EVENT_PRINT_REFUSED, 0,
                     "away before a byte of the document had left");
        return;
    case RESULT_INVALID:
    case RESULT_NO_MEMORY:
    case RESULT_TOO_LARGE:
        end_printing(service, EVENT_PRINT_REFUSED, 0, "the terminal could not hand it over");
        return;
    case RESULT_TIMED_OUT:
        end_printing(service, EVENT_PRINT_UNCLEAR, -1, "no answer to the document in time");
        return;
    case RESULT_CANCELLED:
    case RESULT_MALFORMED:
    case RESULT_REMOVED:
    case RESULT_NOT_FOUND:
    case RESULT_FAILED:
        end_printing(service, EVENT_PRINT_UNCLEAR, -1, "the line broke while the document left");
        return;
    }
}

void pages_service_print(struct pages_service *service, uint32_t ticket,
                         const struct identifier *order)
{
    static const struct job_verbs verbs = {run_submit, finish_submit, destroy_job};
    struct pages_job *job = NULL;

    service->ticket = ticket;
    service->sheets = 0;
    service->unwanted = false;
    worker_cancel(service->worker, 1U << JOB_STATUS);
    if (!service->printing && service->vault->document != NULL)
        job = new_job(service, &verbs, JOB_SUBMIT);
    if (job == NULL) {
        service_tell_count(&service->context, EVENT_PRINT_REFUSED, ticket, 0);
        return;
    }
    service->printing = true;
    job->order = *order;
    job->document = take(service->vault->document);
    if (worker_submit(service->worker, &job->job, SUBMIT_LIMIT_MS) != RESULT_OK)
        end_printing(service, EVENT_PRINT_REFUSED, 0, "the terminal could not hand it over");
}

static void run_follow(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    const struct page_printer *printer = &pages->service->printer;

    pages->result = printer->verbs->job_status(printer->self, pages->number, &pages->status);
}

static void stay_silent(struct pages_service *service)
{
    uint64_t now = clock_monotonic_ms();

    tell_condition(service, PAGE_PRINTER_OFFLINE, service->low);
    if (service->silent_since == 0)
        service->silent_since = now;
    if (now - service->silent_since >= SILENCE_MS)
        end_printing(service, EVENT_PRINT_UNCLEAR, -1, "away in the middle of the job, too long");
    else
        look_later(service);
}

static void tell_progress(struct pages_service *service, int sheets)
{
    if (sheets <= service->sheets)
        return;
    service->sheets = sheets;
    service_tell_count(&service->context, EVENT_PRINT_PROGRESS, service->ticket, sheets);
}

// A printer that does not count cannot say that nothing came out.
static void end_job_early(struct pages_service *service, int sheets, const char *word)
{
    end_printing(service, sheets < 0 ? EVENT_PRINT_UNCLEAR : EVENT_PRINT_ABORTED, sheets, word);
}

static void finish_follow(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    struct pages_service *service = pages->service;

    if (pages->result != RESULT_OK) {
        stay_silent(service);
        return;
    }
    service->silent_since = 0;
    tell_condition(service, pages->status.condition, service->low);
    switch (pages->status.state) {
    case PAGE_JOB_WAITING:
    case PAGE_JOB_PRINTING:
        tell_progress(service, pages->status.sheets_completed);
        look_later(service);
        return;
    case PAGE_JOB_COMPLETED:
        end_printing(service, EVENT_PRINT_COMPLETED, pages->status.sheets_completed,
                     "the printer calls the job completed");
        return;
    case PAGE_JOB_ABORTED:
        end_job_early(service, pages->status.sheets_completed, "the printer gave the job up");
        return;
    case PAGE_JOB_CANCELED:
        end_job_early(service, pages->status.sheets_completed, "the job was cancelled");
        return;
    case PAGE_JOB_UNKNOWN:
        end_printing(service, EVENT_PRINT_UNCLEAR, -1, "the printer has forgotten the job");
        return;
    }
}

static void follow(struct pages_service *service)
{
    static const struct job_verbs verbs = {run_follow, finish_follow, destroy_job};
    struct pages_job *job = service->number != 0 ? new_job(service, &verbs, JOB_FOLLOW) : NULL;

    if (job == NULL || worker_submit(service->worker, &job->job, STATUS_LIMIT_MS) != RESULT_OK)
        look_later(service);
}

static void run_cancel(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    const struct page_printer *printer = &pages->service->printer;

    pages->result = printer->verbs->cancel_job(printer->self, pages->number);
}

// The last word still comes from following the job.
static void finish_cancel(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;

    if (pages->result != RESULT_OK && pages->result != RESULT_REFUSED)
        log_warning("pages", "the printer did not take the cancellation", pages->result);
    pages_service_look(pages->service);
}

void pages_service_cancel(struct pages_service *service)
{
    static const struct job_verbs verbs = {run_cancel, finish_cancel, destroy_job};
    struct pages_job *job =
        service->printing && service->number != 0 ? new_job(service, &verbs, JOB_CANCEL) : NULL;

    service->unwanted = service->printing;
    if (job != NULL && worker_submit(service->worker, &job->job, STATUS_LIMIT_MS) != RESULT_OK)
        log_warning("pages", "the cancellation could not be asked for", 0);
}

// ---- after a restart --------------------------------------------------------------------------

static enum found_job meaning_of(enum page_job_state state)
{
    switch (state) {
    case PAGE_JOB_COMPLETED:
        return FOUND_JOB_COMPLETED;
    case PAGE_JOB_ABORTED:
    case PAGE_JOB_CANCELED:
        return FOUND_JOB_ENDED;
    case PAGE_JOB_WAITING:
    case PAGE_JOB_PRINTING:
        return FOUND_JOB_RUNS;
    case PAGE_JOB_UNKNOWN:
        return FOUND_JOB_UNKNOWN;
    }
    return FOUND_JOB_UNKNOWN;
}

static void run_find(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    const struct page_printer *printer = &pages->service->printer;
    char name[IDENTIFIER_TEXT_SIZE];

    pages->found = FOUND_JOB_UNKNOWN;
    identifier_to_text(&pages->order, name);
    enum result result = printer->verbs->find(printer->self, name, &pages->number);
    // Its up-time after the look: one that starts in between has forgotten, and says so.
    if (printer->verbs->status(printer->self, &pages->printer) != RESULT_OK)
        return;
    if (result == RESULT_NOT_FOUND)
        pages->found = FOUND_JOB_NONE;
    if (result != RESULT_OK ||
        printer->verbs->job_status(printer->self, pages->number, &pages->status) != RESULT_OK)
        return;
    pages->found = meaning_of(pages->status.state);
    if (pages->found == FOUND_JOB_RUNS)
        (void)printer->verbs->cancel_job(printer->self, pages->number);
}

static void finish_find(struct job *job)
{
    struct pages_job *pages = (struct pages_job *)job;
    struct pages_service *service = pages->service;

    service->watcher.found(service->watcher.self, pages->found, pages->status.sheets_completed,
                           pages->printer.up_seconds);
}

enum result pages_service_find(struct pages_service *service, const struct identifier *order)
{
    static const struct job_verbs verbs = {run_find, finish_find, destroy_job};

    if (service->printing || worker_is_stuck(service->worker))
        return RESULT_BUSY;
    struct pages_job *job = new_job(service, &verbs, JOB_FIND);
    if (job == NULL)
        return RESULT_BUSY;
    job->order = *order;
    return worker_submit(service->worker, &job->job, FIND_LIMIT_MS);
}

// ---- life -------------------------------------------------------------------------------------

static void on_gave_up(void *self, int what)
{
    struct pages_service *service = self;

    if (what == JOB_SUBMIT || (what == JOB_FOLLOW && service->printing))
        end_printing(service, EVENT_PRINT_UNCLEAR, -1, "the printer's driver did not come back");
    if (what == JOB_FIND)
        service->watcher.found(service->watcher.self, FOUND_JOB_UNKNOWN, -1, 0);
}

static void on_stuck(void *self)
{
    tell_condition(self, PAGE_PRINTER_OFFLINE, false);
}

static void on_returned(void *self)
{
    pages_service_look(self);
}

enum result pages_service_create(const struct service_context *context,
                                 const struct page_printer *printer, struct vault *vault,
                                 struct find_watcher watcher, struct pages_service **out)
{
    struct pages_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, on_stuck, on_returned, NULL, NULL};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct pages_service){.context = *context,
                                      .printer = *printer,
                                      .vault = vault,
                                      .watcher = watcher,
                                      .last_word = ""};
    service->look = (struct loop_timer){.name = "printer", .fire = look, .self = service};
    *out = service;
    return worker_create(context->loop, "printer", owner, &service->worker);
}

bool pages_service_destroy(struct pages_service *service)
{
    if (service == NULL)
        return true;
    loop_disarm(service->context.loop, &service->look);
    if (!worker_destroy(service->worker))
        return false;
    free(service);
    return true;
}
