#include "fakes.h"

#include <string.h>

void fakes_begin(struct fakes *fakes)
{
    *fakes = (struct fakes){
        .presence = CARD_PRESENCE_ABSENT,
        .findings = {.kind = CARD_KIND_EID,
                     .identity_signature = CHECK_VALID,
                     .address_signature = CHECK_VALID,
                     .certificate_chain = CHECK_VALID,
                     .activated = true,
                     .pin_tries_left = 3,
                     .valid_until_day = 100000},
        .right_pin = "1234",
        .tries_left = 3,
        .condition = PAGE_PRINTER_READY,
        .printer_is_there = true,
        .job = PAGE_JOB_PRINTING,
        .up_seconds = 5000,
    };
    pthread_mutex_init(&fakes->lock, NULL);
    pthread_cond_init(&fakes->changed, NULL);
}

void fakes_end(struct fakes *fakes)
{
    pthread_cond_destroy(&fakes->changed);
    pthread_mutex_destroy(&fakes->lock);
}

void fakes_lock(struct fakes *fakes)
{
    pthread_mutex_lock(&fakes->lock);
}

void fakes_unlock(struct fakes *fakes)
{
    pthread_cond_broadcast(&fakes->changed);
    pthread_mutex_unlock(&fakes->lock);
}

void fakes_put_card(struct fakes *fakes, enum card_presence presence)
{
    fakes_lock(fakes);
    fakes->presence = presence;
    fakes_unlock(fakes);
}
