#include "journal_service.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"

enum journal_job_kind {
    JOB_OPEN,
    JOB_CHAPTER,
    JOB_STEP,
    JOB_REPORTED,
    JOB_LIST,
    JOB_RECOVER,
    JOB_PURGE,
};
#define JOURNAL_LIMIT_MS 10000 // a commit takes milliseconds; a dying disk takes longer
// A step of a resident waits for one batch at the most: some milliseconds.
#define PURGE_BATCH 100
#define PURGE_PAUSE_MS 20 // between two batches the disk is free

struct journal_service {
    struct service_context context;
    struct journal_watcher watcher;
    struct worker *worker;
    struct journal *journal; // the worker's alone, until it has been joined
    struct loop_timer try_again;
    struct loop_timer purge;
    uint32_t ticket;
};

struct journal_job {
    struct job job;
    struct journal_service *service;
    uint32_t ticket;
    enum result result;
    struct identifier visit, order;
    bool begins;
    enum session_ending ending;
    enum language language;
    struct session_order_note record;
    struct journal_facts facts;
    bool more;
    struct journal_list list;
};

static void destroy_job(struct job *job)
{
    free(job);
}

static struct journal_job *new_job(struct journal_service *service, const struct job_verbs *verbs,
                                   enum journal_job_kind kind, uint32_t ticket)
{
    struct journal_job *job = calloc(1, sizeof *job);

    if (job != NULL)
        *job = (struct journal_job){
            .job = {.verbs = verbs, .what = kind}, .service = service, .ticket = ticket};
    return job;
}

static bool submit(struct journal_service *service, struct journal_job *job)
{
    return job != NULL && worker_submit(service->worker, &job->job, JOURNAL_LIMIT_MS) == RESULT_OK;
}

// ---- open -------------------------------------------------------------------------------------

static void run_open(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal_service *service = journal->service;

    journal_destroy(take(service->journal));
    journal->result = journal_create(service->context.settings->journal_file, &service->journal);
}

static void try_later(struct journal_service *service)
{
    loop_arm(service->context.loop, &service->try_again,
             clock_monotonic_ms() + service->context.settings->retry_ms);
}

static void lose(struct journal_service *service)
{
    service_tell(&service->context, EVENT_JOURNAL_LOST, 0);
    try_later(service);
}

static void purge_in(struct journal_service *service, uint32_t wait)
{
    if (service->context.settings->purge_ms != 0)
        loop_arm(service->context.loop, &service->purge, clock_monotonic_ms() + wait);
}

static void finish_open(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal_service *service = journal->service;

    if (journal->result != RESULT_OK) {
        lose(service);
        return;
    }
    service_tell(&service->context, EVENT_JOURNAL_READY, 0);
    purge_in(service, service->context.settings->purge_ms);
}

void journal_service_start(struct journal_service *service)
{
    static const struct job_verbs verbs = {run_open, finish_open, destroy_job};

    if (!submit(service, new_job(service, &verbs, JOB_OPEN, 0)))
        lose(service);
}

static void try_again(void *self, uint64_t now)
{
    (void)now;
    journal_service_start(self);
}

// A failed write: the session must not act on it, and the file is opened anew.
static void fail(struct journal_service *service, uint32_t ticket)
{
    service_tell(&service->context, EVENT_JOURNAL_FAILED, ticket);
    try_later(service);
}

// ---- sessions ---------------------------------------------------------------------------------

static void run_chapter(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal *file = journal->service->journal;
    int64_t now = clock_wall_seconds();

    if (file == NULL)
        journal->result = RESULT_UNREACHABLE;
    else if (journal->begins)
        journal->result =
            journal_begin_session(file, &journal->visit, language_code(journal->language), now);
    else
        journal->result =
            journal_end_session(file, &journal->visit, session_ending_name(journal->ending), now);
}

static void finish_chapter(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;

    if (journal->result != RESULT_OK)
        lose(journal->service);
}

void journal_service_chapter(struct journal_service *service, const struct session_effect *effect)
{
    static const struct job_verbs verbs = {run_chapter, finish_chapter, destroy_job};
    struct journal_job *job = new_job(service, &verbs, JOB_CHAPTER, 0);

    if (job != NULL) {
        job->visit = effect->visit;
        job->begins = effect->chapter.begins;
        job->ending = effect->chapter.ending;
        job->language = effect->chapter.language;
    }
    if (!submit(service, job))
        lose(service);
}

// ---- orders -----------------------------------------------------------------------------------

// As payment_service reads them back.
static const char *const scheme_words[SESSION_WAY_COUNT] = {
    [SESSION_WAY_QR] = "qr", [SESSION_WAY_TERMINAL] = "terminal"};

static void run_step(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    const struct session_order_note *record = &journal->record;
    bool pays = record->state == ORDER_PAYING;
    const struct journal_step step = {
        .order = journal->order,
        .to = record->state,
        .visit = journal->visit,
        .now = clock_wall_seconds(),
        .kind = record->kind,
        .language = record->kind[0] == '\0' ? "" : language_code(record->paper),
        .reference = record->reference,
        .price_cents = record->price_cents,
        .pages = record->pages,
        .sheets = record->sheets,
        .printer_up = journal->facts.printer_up,
        .payment = pays ? record->payment : (struct identifier){},
        .scheme = pays ? scheme_words[record->way] : "",
        .slip_before = journal->facts.slip_before,
        .slip = journal->facts.slip,
    };

    journal->result = journal->service->journal == NULL
                          ? RESULT_UNREACHABLE
                          : journal_move_order(journal->service->journal, &step);
}

static void finish_step(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal_service *service = journal->service;
    const struct session_event written = {
        .kind = EVENT_JOURNALED, .ticket = journal->ticket, .state = journal->record.state};

    if (journal->result == RESULT_OK)
        service->context.tell(service->context.self, &written);
    else
        fail(service, journal->ticket);
}

void journal_service_step(struct journal_service *service, const struct session_effect *effect,
                          const struct journal_facts *facts)
{
    static const struct job_verbs verbs = {run_step, finish_step, destroy_job};
    struct journal_job *job = new_job(service, &verbs, JOB_STEP, effect->ticket);

    service->ticket = effect->ticket;
    if (job != NULL) {
        job->visit = effect->visit;
        job->order = effect->order;
        job->record = effect->record;
        job->facts = *facts;
        if (effect->record.state != ORDER_PRINTING)
            job->facts.printer_up = 0;
        if (effect->record.state != ORDER_PAID)
            job->facts.slip = 0;
    }
    if (!submit(service, job))
        fail(service, effect->ticket);
}

static void finish_recover(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;

    journal->service->watcher.recovered(journal->service->watcher.self, journal->result);
}

void journal_service_recover(struct journal_service *service, const struct identifier *order,
                             enum order_state to, int sheets, int slip)
{
    static const struct job_verbs verbs = {run_step, finish_recover, destroy_job};
    struct journal_job *job = new_job(service, &verbs, JOB_RECOVER, 0);

    if (job != NULL) {
        job->order = *order;
        job->record = (struct session_order_note){.state = to, .sheets = sheets};
        job->facts.slip = slip;
    }
    if (!submit(service, job))
        service->watcher.recovered(service->watcher.self, RESULT_BUSY);
}

static void run_reported(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;

    journal->result = journal->service->journal == NULL
                          ? RESULT_UNREACHABLE
                          : journal_mark_reported(journal->service->journal, &journal->order);
}

static void finish_reported(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;

    if (journal->result != RESULT_OK) // it will be reported once more, which the city allows
        log_warning("journal", "a report could not be noted", journal->result);
}

void journal_service_mark_reported(struct journal_service *service, const struct identifier *order)
{
    static const struct job_verbs verbs = {run_reported, finish_reported, destroy_job};
    struct journal_job *job = new_job(service, &verbs, JOB_REPORTED, 0);

    if (job != NULL)
        job->order = *order;
    (void)submit(service, job);
}

static void run_list(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal *file = journal->service->journal;
    struct journal_list *list = &journal->list;

    journal->result = RESULT_UNREACHABLE;
    if (file != NULL)
        journal->result =
            journal_open_orders(file, list->open, JOURNAL_LIST_MAXIMUM, &list->open_count);
    if (journal->result == RESULT_OK)
        journal->result = journal_unreported_orders(file, list->unreported, JOURNAL_LIST_MAXIMUM,
                                                    &list->unreported_count);
}

static void finish_list(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;

    journal->service->watcher.listed(journal->service->watcher.self, journal->result,
                                     &journal->list);
}

void journal_service_list(struct journal_service *service)
{
    static const struct job_verbs verbs = {run_list, finish_list, destroy_job};

    if (!submit(service, new_job(service, &verbs, JOB_LIST, 0)))
        service->watcher.listed(service->watcher.self, RESULT_BUSY, NULL);
}

// ---- what is too old -------------------------------------------------------------------------

static void run_purge(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal_service *service = journal->service;
    int64_t before = clock_wall_seconds() - service->context.settings->journal_keep_seconds;

    journal->result = service->journal == NULL
                          ? RESULT_UNREACHABLE
                          : journal_purge(service->journal, before, PURGE_BATCH, &journal->more);
}

static void finish_purge(struct job *job)
{
    struct journal_job *journal = (struct journal_job *)job;
    struct journal_service *service = journal->service;

    if (journal->result != RESULT_OK)
        log_warning("journal", "old entries could not be taken out", journal->result);
    purge_in(service, journal->result == RESULT_OK && journal->more
                          ? PURGE_PAUSE_MS
                          : service->context.settings->purge_ms);
}

static void purge(void *self, uint64_t now)
{
    static const struct job_verbs verbs = {run_purge, finish_purge, destroy_job};
    struct journal_service *service = self;

    (void)now;
    if (!submit(service, new_job(service, &verbs, JOB_PURGE, 0)))
        purge_in(service, service->context.settings->purge_ms);
}

// ---- life -------------------------------------------------------------------------------------

static void on_gave_up(void *self, int what)
{
    struct journal_service *service = self;

    if (what == JOB_STEP)
        fail(service, service->ticket);
    if (what == JOB_LIST)
        service->watcher.listed(service->watcher.self, RESULT_TIMED_OUT, NULL);
    if (what == JOB_RECOVER)
        service->watcher.recovered(service->watcher.self, RESULT_TIMED_OUT);
    if (what == JOB_PURGE)
        purge_in(service, service->context.settings->purge_ms);
}

static void on_stuck(void *self)
{
    lose(self);
}

static void on_returned(void *self)
{
    journal_service_start(self);
}

enum result journal_service_create(const struct service_context *context,
                                   struct journal_watcher watcher, struct journal_service **out)
{
    struct journal_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, on_stuck, on_returned, NULL, NULL};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct journal_service){.context = *context, .watcher = watcher};
    service->try_again =
        (struct loop_timer){.name = "open the journal", .fire = try_again, .self = service};
    service->purge = (struct loop_timer){.name = "old entries", .fire = purge, .self = service};
    *out = service;
    return worker_create(context->loop, "journal", owner, &service->worker);
}

bool journal_service_destroy(struct journal_service *service)
{
    if (service == NULL)
        return true;
    loop_disarm(service->context.loop, &service->try_again);
    loop_disarm(service->context.loop, &service->purge);
    if (!worker_destroy(service->worker))
        return false;
    journal_destroy(service->journal);
    free(service);
    return true;
}
