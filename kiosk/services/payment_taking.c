// The resident's own payment: prepared, begun once, followed, stopped. What the scheme says becomes
// the session's events, each piece of news once.
#include "payment_inside.h"

#include <string.h>

#include "clock.h"

#define POLL_EVERY_MS 250

static void tell(struct payment_service *service, struct session_event event)
{
    event.ticket = service->ticket;
    service->context.tell(service->context.self, &event);
}

// The last word: nothing is followed any more.
static void tell_last(struct payment_service *service, struct session_event event)
{
    service->doing = PAYMENT_DOING_NOTHING;
    service->status.link[0] = '\0';
    tell(service, event);
}

static void again_in(struct payment_service *service, uint32_t milliseconds)
{
    loop_arm(service->context.loop, &service->again, clock_monotonic_ms() + milliseconds);
}

// ---- what the scheme says ---------------------------------------------------------------------

static enum session_prompt prompt_of(enum payment_prompt prompt)
{
    switch (prompt) {
    case PAYMENT_PROMPT_NONE:
    case PAYMENT_PROMPT_WAIT:
        return SESSION_PROMPT_WAIT;
    case PAYMENT_PROMPT_CONFIRM_AMOUNT:
        return SESSION_PROMPT_CONFIRM_AMOUNT;
    case PAYMENT_PROMPT_INSERT_CARD:
        return SESSION_PROMPT_INSERT_CARD;
    case PAYMENT_PROMPT_ENTER_PIN:
        return SESSION_PROMPT_ENTER_PIN;
    case PAYMENT_PROMPT_PIN_WRONG:
        return SESSION_PROMPT_PIN_WRONG;
    case PAYMENT_PROMPT_TAKE_CARD:
        return SESSION_PROMPT_TAKE_CARD;
    case PAYMENT_PROMPT_CARD_NOT_READABLE:
        return SESSION_PROMPT_CARD_NOT_READABLE;
    case PAYMENT_PROMPT_CARD_NOT_TAKEN:
        return SESSION_PROMPT_CARD_NOT_TAKEN;
    case PAYMENT_PROMPT_SCANNED:
        return SESSION_PROMPT_SCANNED;
    }
    return SESSION_PROMPT_WAIT;
}

static enum session_no no_of(enum payment_no no)
{
    switch (no) {
    case PAYMENT_NO_REFUSED:
        return SESSION_NO_REFUSED;
    case PAYMENT_NO_EXPIRED:
        return SESSION_NO_EXPIRED;
    case PAYMENT_NO_CANCELLED:
        return SESSION_NO_CANCELLED;
    }
    return SESSION_NO_REFUSED;
}

static void tell_open(struct payment_service *service, const struct payment_status *status)
{
    bool code = status->link[0] != '\0' && service->status.link[0] == '\0';
    bool prompt = status->prompt != service->status.prompt;

    if (code) // told once
        memcpy(service->status.link, status->link, sizeof service->status.link);
    service->status.prompt = status->prompt;
    again_in(service, POLL_EVERY_MS);
    if (code)
        tell(service, (struct session_event){.kind = EVENT_PAYMENT_SHOWN,
                                             .payment = {.milliseconds = status->valid_ms}});
    if (prompt)
        tell(service, (struct session_event){.kind = EVENT_PAYMENT_PROMPT,
                                             .payment = {.prompt = prompt_of(status->prompt)}});
}

// A stop is repeated until its answer is clear; a payment that is unclear is the session's to stop.
static void tell_unclear(struct payment_service *service)
{
    const struct session_event unclear = {.kind = EVENT_PAYMENT_UNCLEAR};

    if (service->doing == PAYMENT_DOING_STOP) {
        again_in(service, service->context.settings->retry_ms);
        tell(service, unclear);
    } else {
        tell_last(service, unclear);
    }
}

static void take_news(struct payment_service *service, const struct payment_status *status)
{
    switch (status->state) {
    case PAYMENT_OPEN:
        if (service->doing == PAYMENT_DOING_STOP)
            tell_unclear(service);
        else
            tell_open(service, status);
        return;
    case PAYMENT_MADE:
        service->status.slip = status->slip;
        tell_last(service, (struct session_event){.kind = EVENT_PAYMENT_MADE});
        return;
    case PAYMENT_REFUSED:
        tell_last(service, (struct session_event){.kind = EVENT_PAYMENT_REFUSED,
                                                  .payment = {.no = no_of(status->no)}});
        return;
    case PAYMENT_UNCLEAR:
    case PAYMENT_PAID_BACK: // nobody asked for that
    case PAYMENT_NOT_RETURNABLE:
        tell_unclear(service);
        return;
    case PAYMENT_UNKNOWABLE:
        tell_last(service, (struct session_event){.kind = EVENT_PAYMENT_UNKNOWABLE});
        return;
    }
}

// An answer to what is not asked any more is nobody's.
static void finish_news(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    struct payment_service *service = payment->way->service;

    if (service->doing == PAYMENT_DOING_NOTHING || payment->ticket != service->ticket)
        return;
    if (payment->result != RESULT_OK)
        payment->status = (struct payment_status){.state = PAYMENT_UNCLEAR};
    take_news(service, &payment->status);
}

// ---- what is asked of it ----------------------------------------------------------------------

static void run_begin(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct payment *scheme = &payment->way->payment;

    payment->result = scheme->verbs->begin(scheme->self, &payment->request, &payment->status);
}

static void run_poll(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct payment *scheme = &payment->way->payment;

    payment->result = scheme->verbs->poll(scheme->self, &payment->request, &payment->status);
}

static void run_stop(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct payment *scheme = &payment->way->payment;

    payment->result = scheme->verbs->cancel(scheme->self, &payment->request, &payment->status);
}

static const struct job_verbs begin_verbs = {run_begin, finish_news, payment_destroy_job};
static const struct job_verbs poll_verbs = {run_poll, finish_news, payment_destroy_job};
static const struct job_verbs stop_verbs = {run_stop, finish_news, payment_destroy_job};

static void submit(struct payment_service *service, const struct job_verbs *verbs,
                   enum payment_job_kind kind, uint32_t limit_ms)
{
    struct way_to_pay *way = service->way;
    struct payment_job *job = payment_new_job(way, verbs, kind, service->ticket);

    if (job == NULL || worker_submit(way->worker, &job->job, limit_ms) != RESULT_OK)
        tell_unclear(service);
}

static void again(void *self, uint64_t now)
{
    struct payment_service *service = self;

    (void)now;
    if (service->doing == PAYMENT_DOING_TAKE)
        submit(service, &poll_verbs, JOB_POLL, POLL_LIMIT_MS);
    else if (service->doing == PAYMENT_DOING_STOP)
        submit(service, &stop_verbs, JOB_STOP, SETTLE_LIMIT_MS);
}

static void take_up(struct payment_service *service, const struct session_effect *effect,
                    enum payment_doing doing)
{
    loop_disarm(service->context.loop, &service->again);
    service->doing = doing;
    service->way = &service->ways[effect->payment.way];
    service->ticket = effect->ticket;
    service->request.order = effect->order;
    service->request.payment = effect->payment.id;
    service->request.cents = effect->payment.cents;
}

void payment_service_take(struct payment_service *service, const struct session_effect *effect)
{
    take_up(service, effect, PAYMENT_DOING_TAKE);
    service->status = (struct payment_status){.slip = -1};
    submit(service, &begin_verbs, JOB_BEGIN, BEGIN_LIMIT_MS);
}

void payment_service_stop(struct payment_service *service, const struct session_effect *effect)
{
    take_up(service, effect, PAYMENT_DOING_STOP);
    submit(service, &stop_verbs, JOB_STOP, SETTLE_LIMIT_MS);
}

void payment_service_forget(struct payment_service *service)
{
    loop_disarm(service->context.loop, &service->again);
    service->doing = PAYMENT_DOING_NOTHING;
    service->status.link[0] = '\0';
}

// ---- before it --------------------------------------------------------------------------------

static void run_prepare(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct payment *scheme = &payment->way->payment;

    payment->result = scheme->verbs->prepare(scheme->self, &payment->slip_before);
}

static void tell_prepared(struct payment_service *service, bool ready)
{
    tell_last(service, (struct session_event){.kind = ready ? EVENT_PAYMENT_READY
                                                            : EVENT_PAYMENT_NOT_READY});
}

static void finish_prepare(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    struct payment_service *service = payment->way->service;

    if (service->doing != PAYMENT_DOING_PREPARE || payment->ticket != service->ticket)
        return;
    service->request.slip_before = payment->slip_before;
    tell_prepared(service, payment->result == RESULT_OK);
}

void payment_service_prepare(struct payment_service *service, const struct session_effect *effect)
{
    static const struct job_verbs verbs = {run_prepare, finish_prepare, payment_destroy_job};

    take_up(service, effect, PAYMENT_DOING_PREPARE);
    service->request.slip = service->request.slip_before = -1;
    service->status = (struct payment_status){.slip = -1};
    struct way_to_pay *way = service->way;
    struct payment_job *job = way->payment.verbs == NULL
                                  ? NULL
                                  : payment_new_job(way, &verbs, JOB_PREPARE, effect->ticket);
    if (job == NULL || worker_submit(way->worker, &job->job, PREPARE_LIMIT_MS) != RESULT_OK)
        tell_prepared(service, false);
}

// ---- and what is known of it ------------------------------------------------------------------

void payment_gave_up(struct way_to_pay *way, enum payment_job_kind kind)
{
    struct payment_service *service = way->service;

    if (service->way != way || service->doing == PAYMENT_DOING_NOTHING)
        return;
    if (kind == JOB_PREPARE)
        tell_prepared(service, false);
    else
        tell_unclear(service);
}

int payment_service_slip_before(const struct payment_service *service)
{
    return service->request.slip_before;
}

int payment_service_slip(const struct payment_service *service)
{
    return service->status.slip > 0 ? service->status.slip : 0;
}

const char *payment_service_code(const struct payment_service *service)
{
    return service->status.link;
}

void payment_begin_following(struct payment_service *service)
{
    service->again = (struct loop_timer){.name = "payment", .fire = again, .self = service};
    service->request.slip_before = service->request.slip = -1;
    service->status.slip = -1;
}
