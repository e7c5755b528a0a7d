// A way to pay: a terminal whose answers the test decides.
#include "fakes.h"

#define SLIP 42

static enum result cancel(void *self, const struct payment_request *request,
                          struct payment_status *status)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->cancels++;
    fakes->last_payment = *request;
    *status = (struct payment_status){.state = fakes->cancel_answer,
                                      .slip = fakes->cancel_answer == PAYMENT_MADE ? SLIP : -1};
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static enum result refund(void *self, const struct payment_request *request,
                          struct payment_status *status)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->refunds++;
    fakes->last_payment = *request;
    *status = (struct payment_status){.state = fakes->refund_answer, .slip = -1};
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static enum result prepare(void *self, int *slip_before)
{
    (void)self;
    *slip_before = SLIP - 1;
    return RESULT_OK;
}

static enum result begin(void *self, const struct payment_request *request,
                         struct payment_status *status)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->begins++;
    fakes->last_payment = *request;
    *status = (struct payment_status){.state = PAYMENT_OPEN, .slip = -1};
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static enum result poll(void *self, const struct payment_request *request,
                        struct payment_status *status)
{
    struct fakes *fakes = self;

    (void)request;
    pthread_mutex_lock(&fakes->lock);
    *status = (struct payment_status){.state = fakes->poll_answer,
                                      .slip = fakes->poll_answer == PAYMENT_MADE ? SLIP : -1};
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

struct payment fakes_payment(struct fakes *fakes)
{
    static const struct payment_verbs verbs = {
        .prepare = prepare, .begin = begin, .poll = poll, .cancel = cancel, .refund = refund};

    return (struct payment){&verbs, fakes};
}
