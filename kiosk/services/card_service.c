#include "card_service.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"

enum card_job_kind {
    JOB_WATCH,
    JOB_READ,
    JOB_VERIFY,
    JOB_VERIFY_ON_PAD,
    JOB_SIGN,
    JOB_LOG_OFF,
    JOB_RELEASE,
    JOB_LOOK
};
#define QUESTIONS                                                                                  \
    (1U << JOB_LOOK | 1U << JOB_READ | 1U << JOB_VERIFY | 1U << JOB_VERIFY_ON_PAD | 1U << JOB_SIGN)

#define SECONDS_A_DAY 86400
// LOG OFF and the reset that releases a card: a few exchanges.
#define LET_GO_LIMIT_MS 3000
// A reader waits for each of twelve digits and for OK.
#define PAD_WAITS 13

struct card_service {
    struct service_context context;
    struct card_reader reader;
    struct vault *vault;
    struct worker *watcher, *worker;
    struct loop_timer look_again; // after a watch that failed
    enum card_presence presence;  // as the watch told it last
    uint32_t ticket;              // of the question being asked
    bool told_ready;
};

struct card_job {
    struct job job;
    struct card_service *service;
    enum result result;
    uint32_t ticket, visit;
    enum card_presence presence; // known before, then now
    struct card_files files;
    struct card_findings findings;
    struct secret *pin;
    struct pin_outcome outcome;
    int pad_seconds;
    enum language pad_language;
    struct backend_challenge challenge;
    struct card_signature signature;
};

static void destroy_job(struct job *job)
{
    struct card_job *card = (struct card_job *)job;

    card_files_wipe(&card->files);
    secret_destroy(card->pin);
    explicit_bzero(card, sizeof *card);
    free(card);
}

static struct card_job *new_job(struct card_service *service, const struct job_verbs *verbs,
                                enum card_job_kind kind, uint32_t ticket)
{
    struct card_job *job = calloc(1, sizeof *job);

    if (job != NULL)
        *job = (struct card_job){.job = {.verbs = verbs, .what = kind},
                                 .service = service,
                                 .ticket = ticket,
                                 .visit = service->vault->visit};
    return job;
}

// ---- presence ---------------------------------------------------------------------------------

// The reader is ready when the watch sees it and the other worker is not stuck.
static void tell_reader(struct card_service *service)
{
    bool ready = service->presence != CARD_PRESENCE_UNKNOWN &&
                 service->presence != CARD_PRESENCE_NO_READER && !worker_is_stuck(service->worker);

    if (ready != service->told_ready)
        service_tell(&service->context, ready ? EVENT_READER_READY : EVENT_READER_LOST, 0);
    service->told_ready = ready;
}

static bool in_slot(enum card_presence presence)
{
    return presence == CARD_PRESENCE_PRESENT || presence == CARD_PRESENCE_MUTE;
}

static void tell_presence(struct card_service *service, enum card_presence now)
{
    enum card_presence before = service->presence;

    service->presence = now;
    if (in_slot(before) && !in_slot(now))
        service_tell(&service->context, EVENT_CARD_OUT, 0);
    if (before == CARD_PRESENCE_UNKNOWN && now == CARD_PRESENCE_NO_READER)
        service_tell(&service->context, EVENT_READER_LOST, 0);
    tell_reader(service);
    if (now == CARD_PRESENCE_PRESENT)
        service_tell(&service->context, EVENT_CARD_IN, 0);
    else if (now == CARD_PRESENCE_MUTE)
        service_tell(&service->context, EVENT_CARD_SILENT, 0);
}

static void watch(struct card_service *service);

static void run_watch(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct card_reader *reader = &card->service->reader;

    card->result = reader->verbs->watch(reader->self, card->presence, &card->presence);
}

static void finish_watch(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    struct card_service *service = card->service;

    if (card->result != RESULT_OK) {
        tell_presence(service, CARD_PRESENCE_NO_READER);
        loop_arm(service->context.loop, &service->look_again,
                 clock_monotonic_ms() + service->context.settings->retry_ms);
        return;
    }
    if (card->presence != service->presence)
        tell_presence(service, card->presence);
    watch(service);
}

static void watch(struct card_service *service)
{
    static const struct job_verbs verbs = {run_watch, finish_watch, destroy_job};
    struct card_job *job = new_job(service, &verbs, JOB_WATCH, 0);

    if (job == NULL) {
        log_error("card", "no memory to watch the slot", 0);
        return;
    }
    job->presence = service->presence;
    if (worker_submit(service->watcher, &job->job, WORKER_NO_LIMIT) != RESULT_OK)
        log_error("card", "the watch on the slot does not take jobs", 0);
}

static void look_again(void *self, uint64_t now)
{
    (void)now;
    watch(self);
}

// ---- questions --------------------------------------------------------------------------------

static void tell_failed(struct card_service *service, enum card_job_kind kind, uint32_t ticket)
{
    switch (kind) {
    case JOB_LOOK:
    case JOB_READ:
        service_tell(&service->context, EVENT_CARD_FAILED, ticket);
        break;
    case JOB_VERIFY:
    case JOB_VERIFY_ON_PAD:
        service_tell(&service->context, EVENT_PIN_FAILED, ticket);
        break;
    case JOB_SIGN:
        service_tell(&service->context, EVENT_SIGN_FAILED, ticket);
        break;
    case JOB_WATCH:
    case JOB_LOG_OFF:
    case JOB_RELEASE:
        break; // nobody waits for these
    }
}

// The watch tells of a card that is out: that is no failure of card or reader. Should it see the
// card all the same, the time of the screen ends the wait.
static void tell_unless_pulled(const struct card_job *job, enum card_job_kind kind)
{
    if (job->result != RESULT_REMOVED)
        tell_failed(job->service, kind, job->ticket);
}

// What was asked before is void: nobody wants its answer any more.
static void cancel_questions(struct card_service *service)
{
    worker_cancel(service->worker, QUESTIONS);
}

static void submit(struct card_service *service, struct card_job *job, enum card_job_kind kind,
                   uint32_t ticket, uint32_t limit_ms)
{
    if ((1U << kind & QUESTIONS) != 0)
        service->ticket = ticket;
    if (job == NULL || worker_submit(service->worker, &job->job, limit_ms) != RESULT_OK)
        tell_failed(service, kind, ticket);
}

static bool is_expired(const struct card_findings *findings)
{
    return findings->valid_until_day != 0 &&
           findings->valid_until_day < clock_wall_seconds() / SECONDS_A_DAY;
}

// After a look nothing is checked: the card may still be good.
static enum session_card verdict_on_eid(const struct card_findings *findings, bool checked)
{
    if (is_expired(findings))
        return SESSION_CARD_EXPIRED;
    if (!findings->activated)
        return SESSION_CARD_NOT_ACTIVATED;
    if (checked &&
        (findings->identity_signature != CHECK_VALID ||
         findings->address_signature != CHECK_VALID || findings->certificate_chain != CHECK_VALID ||
         findings->genuine_chip == CHECK_INVALID))
        return SESSION_CARD_NOT_VERIFIABLE;
    return SESSION_CARD_GOOD;
}

static enum session_card verdict_on(const struct card_findings *findings, bool checked)
{
    switch (findings->kind) {
    case CARD_KIND_EID:
        return verdict_on_eid(findings, checked);
    case CARD_KIND_KIDS:
        return SESSION_CARD_KIDS;
    case CARD_KIND_BANK:
        return SESSION_CARD_BANK;
    case CARD_KIND_FOREIGN:
        return SESSION_CARD_FOREIGN;
    case CARD_KIND_OTHER:
        return SESSION_CARD_OTHER;
    case CARD_KIND_MUTE:
        return SESSION_CARD_MUTE;
    }
    return SESSION_CARD_OTHER;
}

// Every answer about a card but "it could not be read".
static struct session_event card_event(const struct card_job *job, bool checked)
{
    struct session_event event = {.kind = EVENT_CARD_READ, .ticket = job->ticket};

    if (job->result == RESULT_MALFORMED) {
        event.card.verdict = SESSION_CARD_NOT_VERIFIABLE;
        event.card.tries_left = -1;
        return event;
    }
    event.card.verdict = verdict_on(&job->findings, checked);
    event.card.tries_left = job->findings.pin_tries_left;
    event.card.pad = job->findings.pin_pad;
    event.card.valid_until_day = job->findings.valid_until_day;
    return event;
}

static bool tells_of_card(const struct card_job *job)
{
    return job->result == RESULT_OK || job->result == RESULT_MALFORMED;
}

static void run_read(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct card_reader *reader = &card->service->reader;

    card->result = reader->verbs->read(reader->self, &card->files, &card->findings);
}

static void finish_read(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    struct card_service *service = card->service;

    if (!tells_of_card(card)) {
        tell_unless_pulled(card, JOB_READ);
        return;
    }
    struct session_event event = card_event(card, true);
    if (event.card.verdict == SESSION_CARD_GOOD && card->visit == service->vault->visit) {
        card_files_wipe(&service->vault->files);
        service->vault->files = card->files;
        card->files = (struct card_files){}; // they live in the vault now
    }
    service->context.tell(service->context.self, &event);
}

static void read_rest(struct card_service *service, uint32_t ticket)
{
    static const struct job_verbs verbs = {run_read, finish_read, destroy_job};

    submit(service, new_job(service, &verbs, JOB_READ, ticket), JOB_READ, ticket,
           service->context.settings->limits.reading);
}

static void run_look(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct card_reader *reader = &card->service->reader;

    card->result = reader->verbs->look(reader->self, &card->findings);
}

// The PIN may be asked for while the rest is read; any other card is what the look says.
static void finish_look(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    struct card_service *service = card->service;

    if (!tells_of_card(card)) {
        tell_unless_pulled(card, JOB_LOOK);
        return;
    }
    struct session_event event = card_event(card, false);
    bool goes_on = event.card.verdict == SESSION_CARD_GOOD;
    if (goes_on)
        event.kind = EVENT_CARD_KNOWN;
    service->context.tell(service->context.self, &event);
    if (goes_on)
        read_rest(service, card->ticket);
}

void card_service_read(struct card_service *service, uint32_t ticket)
{
    static const struct job_verbs verbs = {run_look, finish_look, destroy_job};

    cancel_questions(service);
    submit(service, new_job(service, &verbs, JOB_LOOK, ticket), JOB_LOOK, ticket,
           service->context.settings->limits.reading);
}

static void run_verify(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct card_reader *reader = &card->service->reader;

    card->result = reader->verbs->verify_pin(reader->self, card->pin, &card->outcome);
    secret_destroy(take(card->pin));
}

static void finish_verify(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct service_context *context = &card->service->context;

    if (card->result != RESULT_OK)
        tell_unless_pulled(card, JOB_VERIFY);
    else if (card->outcome.accepted)
        service_tell(context, EVENT_PIN_ACCEPTED, card->ticket);
    else
        service_tell_count(context, EVENT_PIN_REFUSED, card->ticket, card->outcome.tries_left);
}

void card_service_verify_pin(struct card_service *service, uint32_t ticket, struct secret *pin)
{
    static const struct job_verbs verbs = {run_verify, finish_verify, destroy_job};
    owned(secret) held = pin;

    cancel_questions(service);
    struct card_job *job = held != NULL ? new_job(service, &verbs, JOB_VERIFY, ticket) : NULL;
    if (job != NULL)
        job->pin = take(held);
    submit(service, job, JOB_VERIFY, ticket, service->context.settings->limits.reading);
}

static void run_verify_on_pad(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct card_reader *reader = &card->service->reader;

    card->result = reader->verbs->verify_pin_on_pad(reader->self, card->pad_seconds,
                                                    card->pad_language, &card->outcome);
}

static void finish_verify_on_pad(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct service_context *context = &card->service->context;

    if (card->result != RESULT_OK || card->outcome.entry == PIN_ENTRY_SENT) {
        finish_verify(job);
        return;
    }
    if (card->outcome.entry == PIN_ENTRY_CANCELLED)
        service_tell(context, EVENT_PIN_PAD_CANCELLED, card->ticket);
    else if (card->outcome.entry == PIN_ENTRY_TIMED_OUT)
        service_tell(context, EVENT_PIN_PAD_TIMED_OUT, card->ticket);
    else
        service_tell(context, EVENT_PIN_PAD_TOO_SHORT, card->ticket);
}

void card_service_verify_pin_on_pad(struct card_service *service, uint32_t ticket, int seconds,
                                    enum language language)
{
    static const struct job_verbs verbs = {run_verify_on_pad, finish_verify_on_pad, destroy_job};

    cancel_questions(service);
    struct card_job *job = new_job(service, &verbs, JOB_VERIFY_ON_PAD, ticket);
    if (job != NULL) {
        job->pad_seconds = seconds;
        job->pad_language = language;
    }
    submit(service, job, JOB_VERIFY_ON_PAD, ticket, (uint32_t)seconds * PAD_WAITS * 1000);
}

static void run_sign(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    const struct card_reader *reader = &card->service->reader;
    struct bytes message = {.data = card->challenge.message, .size = card->challenge.size};

    card->result = reader->verbs->sign(reader->self, message, &card->signature);
}

static void finish_sign(struct job *job)
{
    struct card_job *card = (struct card_job *)job;
    struct card_service *service = card->service;

    if (card->result != RESULT_OK || card->visit != service->vault->visit) {
        tell_unless_pulled(card, JOB_SIGN);
        return;
    }
    service->vault->signature = card->signature;
    service_tell(&service->context, EVENT_SIGNED, card->ticket);
}

void card_service_sign(struct card_service *service, uint32_t ticket)
{
    static const struct job_verbs verbs = {run_sign, finish_sign, destroy_job};

    cancel_questions(service);
    struct card_job *job = new_job(service, &verbs, JOB_SIGN, ticket);
    if (job != NULL)
        job->challenge = service->vault->challenge;
    submit(service, job, JOB_SIGN, ticket, service->context.settings->limits.reading);
}

// ---- letting go -------------------------------------------------------------------------------

static void run_log_off(struct job *job)
{
    struct card_job *card = (struct card_job *)job;

    card->result = card->service->reader.verbs->log_off(card->service->reader.self);
}

static void run_release(struct job *job)
{
    struct card_job *card = (struct card_job *)job;

    card->result = card->service->reader.verbs->release(card->service->reader.self);
}

static void finish_letting_go(struct job *job)
{
    struct card_job *card = (struct card_job *)job;

    // A card that is out has nothing left to log off.
    if (card->result != RESULT_OK && card->result != RESULT_REMOVED)
        log_warning("card", "log off or release did not work", card->result);
}

void card_service_log_off(struct card_service *service)
{
    static const struct job_verbs verbs = {run_log_off, finish_letting_go, destroy_job};

    submit(service, new_job(service, &verbs, JOB_LOG_OFF, 0), JOB_LOG_OFF, 0, LET_GO_LIMIT_MS);
}

void card_service_release(struct card_service *service)
{
    static const struct job_verbs verbs = {run_release, finish_letting_go, destroy_job};

    cancel_questions(service);
    submit(service, new_job(service, &verbs, JOB_RELEASE, 0), JOB_RELEASE, 0, LET_GO_LIMIT_MS);
}

// ---- life -------------------------------------------------------------------------------------

static void on_gave_up(void *self, int what)
{
    struct card_service *service = self;

    tell_failed(service, (enum card_job_kind)what, service->ticket);
}

static void on_stuck_or_returned(void *self)
{
    tell_reader(self);
}

static void begin(void *self, uint32_t number)
{
    const struct card_reader *reader = &((struct card_service *)self)->reader;

    reader->verbs->begin(reader->self, number);
}

static void cancel(void *self, uint32_t number)
{
    const struct card_reader *reader = &((struct card_service *)self)->reader;

    reader->verbs->cancel(reader->self, number);
}

// There is one watch at a time, so its number says nothing.
static void cancel_watch(void *self, uint32_t number)
{
    const struct card_reader *reader = &((struct card_service *)self)->reader;

    (void)number;
    reader->verbs->cancel_watch(reader->self);
}

static void nobody_asks(void *self)
{
    (void)self; // the watch has no limit, so that it is never given up
}

static void no_job_given_up(void *self, int what)
{
    (void)self;
    (void)what;
}

enum result card_service_create(const struct service_context *context,
                                const struct card_reader *reader, struct vault *vault,
                                struct card_service **out)
{
    struct card_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, on_stuck_or_returned, on_stuck_or_returned,
                                 begin,   cancel};
    struct worker_owner watch_owner = {service, no_job_given_up, nobody_asks, nobody_asks,
                                       NULL,    cancel_watch};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct card_service){.context = *context, .reader = *reader, .vault = vault};
    service->look_again =
        (struct loop_timer){.name = "look for the reader", .fire = look_again, .self = service};
    *out = service;
    TRY(worker_create(context->loop, "card", owner, &service->worker));
    return worker_create(context->loop, "card watch", watch_owner, &service->watcher);
}

void card_service_start(struct card_service *service)
{
    watch(service);
}

bool card_service_destroy(struct card_service *service)
{
    if (service == NULL)
        return true;
    loop_disarm(service->context.loop, &service->look_again);
    bool watch_ended = worker_destroy(service->watcher);
    bool work_ended = worker_destroy(service->worker);
    if (!watch_ended || !work_ended)
        return false;
    (void)service->reader.verbs->release(service->reader.self); // no thread is left to mind
    free(service);
    return true;
}
