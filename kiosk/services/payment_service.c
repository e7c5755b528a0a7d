// The workers of the ways to pay, what works, and the orders found in the journal.
#include "payment_inside.h"

#include <stdlib.h>

#include "clock.h"
#include "log.h"

static void destroy_job(struct job *job)
{
    free(job);
}

struct payment_job *payment_new_job(struct way_to_pay *way, const struct job_verbs *verbs,
                                    enum payment_job_kind kind, uint32_t ticket)
{
    struct payment_job *job = calloc(1, sizeof *job);

    if (job != NULL)
        *job = (struct payment_job){.job = {.verbs = verbs, .what = kind},
                                    .way = way,
                                    .ticket = ticket,
                                    .request = way->service->request,
                                    .slip_before = -1};
    return job;
}

void payment_destroy_job(struct job *job)
{
    destroy_job(job);
}

// ---- what works -------------------------------------------------------------------------------

static void look_later(struct way_to_pay *way)
{
    const struct services_settings *settings = way->service->context.settings;

    loop_arm(way->service->context.loop, &way->look,
             clock_monotonic_ms() + (way->works ? settings->backend_idle_ms : settings->retry_ms));
}

static void tell_works(struct way_to_pay *way, bool works)
{
    const struct session_event event = {.kind = EVENT_PAYMENT_CHANGED,
                                        .payment = {.way = way->name, .works = works}};

    if (way->told && way->works == works)
        return;
    way->told = true;
    way->works = works;
    way->service->context.tell(way->service->context.self, &event);
}

static void run_look(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct payment *scheme = &payment->way->payment;

    payment->result = scheme->verbs->prepare(scheme->self, &payment->slip_before);
}

static void finish_look(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;

    tell_works(payment->way, payment->result == RESULT_OK);
    look_later(payment->way);
}

static void look_at(struct way_to_pay *way)
{
    static const struct job_verbs verbs = {run_look, finish_look, destroy_job};

    if (way->payment.verbs == NULL)
        return;
    // While it takes money it is not to be asked anything else.
    if (way->service->doing != PAYMENT_DOING_NOTHING || worker_is_stuck(way->worker) ||
        worker_is_busy(way->worker, WORKER_EVERY_KIND)) {
        look_later(way);
        return;
    }
    struct payment_job *job = payment_new_job(way, &verbs, JOB_LOOK, 0);
    if (job == NULL || worker_submit(way->worker, &job->job, PREPARE_LIMIT_MS) != RESULT_OK)
        look_later(way);
}

void payment_service_look(struct payment_service *service)
{
    for (int i = 0; i < SESSION_WAY_COUNT; i++)
        look_at(&service->ways[i]);
}

static void look(void *self, uint64_t now)
{
    (void)now;
    look_at(self);
}

// ---- orders found in the journal --------------------------------------------------------------

static enum order_news news_of(enum payment_state state)
{
    switch (state) {
    case PAYMENT_OPEN:
        return ORDER_NO_NEWS;
    case PAYMENT_MADE:
        return ORDER_PAYMENT_MADE;
    case PAYMENT_REFUSED:
        return ORDER_PAYMENT_REFUSED;
    case PAYMENT_UNCLEAR:
        return ORDER_PAYMENT_UNCLEAR;
    case PAYMENT_UNKNOWABLE:
        return ORDER_PAYMENT_UNKNOWABLE;
    case PAYMENT_PAID_BACK:
        return ORDER_MONEY_BACK;
    case PAYMENT_NOT_RETURNABLE:
        return ORDER_NO_MONEY_BACK;
    }
    return ORDER_NO_NEWS;
}

static void run_settle(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct payment *scheme = &payment->way->payment;
    enum result result =
        payment->pays_back
            ? scheme->verbs->refund(scheme->self, &payment->request, &payment->status)
            : scheme->verbs->cancel(scheme->self, &payment->request, &payment->status);

    if (result != RESULT_OK)
        payment->status = (struct payment_status){.state = PAYMENT_OPEN};
}

static void finish_settle(struct job *job)
{
    struct payment_job *payment = (struct payment_job *)job;
    const struct settle_watcher *watcher = &payment->way->service->watcher;
    bool made = payment->status.state == PAYMENT_MADE;

    watcher->settled(watcher->self, news_of(payment->status.state),
                     made && payment->status.slip > 0 ? payment->status.slip : 0);
}

// The words that the journal has; anything else is the terminal, the first way there was.
static enum session_way way_of(const struct journal_order *order)
{
    return str_equal(order->scheme, "qr") ? SESSION_WAY_QR : SESSION_WAY_TERMINAL;
}

enum result payment_service_settle(struct payment_service *service,
                                   const struct journal_order *order, enum order_act act)
{
    static const struct job_verbs verbs = {run_settle, finish_settle, destroy_job};
    struct way_to_pay *way = &service->ways[way_of(order)];

    if (way->payment.verbs == NULL) {
        log_error("payment", "an order waits for a way to pay that is not fitted any more", 0);
        return RESULT_NOT_FOUND;
    }
    if (service->doing != PAYMENT_DOING_NOTHING && service->way == way)
        return RESULT_BUSY; // the resident who is there goes first
    struct payment_job *job = payment_new_job(way, &verbs, JOB_SETTLE, 0);
    if (job == NULL)
        return RESULT_NO_MEMORY;
    job->request = (struct payment_request){.order = order->id,
                                            .payment = order->payment,
                                            .cents = order->price_cents,
                                            .slip_before = order->slip_before,
                                            .slip = order->slip};
    job->pays_back = act == ORDER_PAY_BACK;
    return worker_submit(way->worker, &job->job, SETTLE_LIMIT_MS);
}

// ---- life -------------------------------------------------------------------------------------

static void on_gave_up(void *self, int what)
{
    struct way_to_pay *way = self;

    if (what == JOB_SETTLE)
        way->service->watcher.settled(way->service->watcher.self, ORDER_NO_NEWS, 0);
    else if (what == JOB_LOOK)
        look_later(way);
    else
        payment_gave_up(way, (enum payment_job_kind)what);
}

static void on_stuck(void *self)
{
    log_error("payment", "the driver of a way to pay does not come back", 0);
    tell_works(self, false);
}

static void on_returned(void *self)
{
    look_at(self); // an order is asked about again by its own timer
}

static enum result create_way(struct payment_service *service, enum session_way name,
                              const struct payment *payment)
{
    struct way_to_pay *way = &service->ways[name];
    struct worker_owner owner = {way, on_gave_up, on_stuck, on_returned, NULL, NULL};

    *way = (struct way_to_pay){.service = service, .name = name, .payment = *payment};
    way->look = (struct loop_timer){.name = "way to pay", .fire = look, .self = way};
    if (payment->verbs == NULL)
        return RESULT_OK;
    return worker_create(service->context.loop, "payment", owner, &way->worker);
}

enum result payment_service_create(const struct service_context *context,
                                   const struct payment ways[SESSION_WAY_COUNT],
                                   struct settle_watcher watcher, struct payment_service **out)
{
    struct payment_service *service = calloc(1, sizeof *service);

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct payment_service){.context = *context, .watcher = watcher};
    payment_begin_following(service);
    *out = service;
    for (int i = 0; i < SESSION_WAY_COUNT; i++)
        TRY(create_way(service, (enum session_way)i, &ways[i]));
    return RESULT_OK;
}

bool payment_service_destroy(struct payment_service *service)
{
    bool ended = true;

    if (service == NULL)
        return true;
    payment_service_forget(service);
    for (int i = 0; i < SESSION_WAY_COUNT; i++) {
        loop_disarm(service->context.loop, &service->ways[i].look);
        if (service->ways[i].worker != NULL)
            ended = worker_destroy(service->ways[i].worker) && ended;
    }
    if (ended)
        free(service);
    return ended;
}
