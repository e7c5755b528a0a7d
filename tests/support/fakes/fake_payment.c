// The way to pay, as recovery sees it.
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

struct payment fakes_payment(struct fakes *fakes)
{
    static const struct payment_verbs verbs = {.cancel = cancel, .refund = refund};

    return (struct payment){&verbs, fakes};
}
