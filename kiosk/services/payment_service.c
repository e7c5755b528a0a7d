#include "payment_service.h"

#include <stdlib.h>

#include "log.h"

enum payment_job_kind { JOB_SETTLE };

// A line, an enquiry and an answer: the driver's own limits, twice.
#define SETTLE_LIMIT_MS 120000

struct payment_service {
    struct service_context context;
    struct payment payment;
    struct settle_watcher watcher;
    struct worker *worker;
};

struct payment_job {
    struct job job;
    struct payment_service *service;
    struct payment_request request;
    bool pays_back;
    struct payment_status status;
};

static void destroy_job(struct job *job)
{
    free(job);
}

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
    const struct payment *scheme = &payment->service->payment;
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
    const struct settle_watcher *watcher = &payment->service->watcher;
    bool made = payment->status.state == PAYMENT_MADE;

    watcher->settled(watcher->self, news_of(payment->status.state),
                     made && payment->status.slip > 0 ? payment->status.slip : 0);
}

enum result payment_service_settle(struct payment_service *service,
                                   const struct journal_order *order, enum order_act act)
{
    static const struct job_verbs verbs = {run_settle, finish_settle, destroy_job};

    if (service->payment.verbs == NULL) {
        log_error("payment", "an order waits for a way to pay that is not fitted any more", 0);
        return RESULT_NOT_FOUND;
    }
    struct payment_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return RESULT_NO_MEMORY;
    *job = (struct payment_job){
        .job = {.verbs = &verbs, .what = JOB_SETTLE},
        .service = service,
        .request = {.order = order->id,
                    .payment = order->payment,
                    .cents = order->price_cents,
                    .slip_before = order->slip_before,
                    .slip = order->slip},
        .pays_back = act == ORDER_PAY_BACK,
    };
    return worker_submit(service->worker, &job->job, SETTLE_LIMIT_MS);
}

static void on_gave_up(void *self, int what)
{
    struct payment_service *service = self;

    (void)what;
    service->watcher.settled(service->watcher.self, ORDER_NO_NEWS, 0);
}

static void on_stuck(void *self)
{
    (void)self;
    log_error("payment", "the payment terminal's driver does not come back", 0);
}

static void on_returned(void *self)
{
    (void)self; // the order is asked about again by its own timer
}

enum result payment_service_create(const struct service_context *context,
                                   const struct payment *payment, struct settle_watcher watcher,
                                   struct payment_service **out)
{
    struct payment_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, on_stuck, on_returned, NULL, NULL};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service =
        (struct payment_service){.context = *context, .payment = *payment, .watcher = watcher};
    *out = service;
    return worker_create(context->loop, "payment", owner, &service->worker);
}

bool payment_service_destroy(struct payment_service *service)
{
    if (service == NULL)
        return true;
    if (!worker_destroy(service->worker))
        return false;
    free(service);
    return true;
}
