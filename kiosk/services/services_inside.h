// services_inside.h: all services together, for the two files that see all of them.
#pragma once
#include "card_service.h"
#include "orders_service.h"
#include "pin_service.h"
#include "preview_service.h"
#include "receipt_service.h"

#define PENDING_MAXIMUM 64

struct services {
    struct loop *loop;
    struct services_settings settings;
    struct session session;
    struct loop_timer session_timer;
    uint32_t session_timer_number;

    struct session_event pending[PENDING_MAXIMUM];
    size_t pending_first, pending_count;
    bool stepping;

    struct vault vault;
    struct card_service *card;
    struct pin_service *pin;
    struct municipality_service *municipality;
    struct pages_service *pages;
    struct receipt_service *receipt;
    struct preview_service *preview;
    struct journal_service *journal;
    struct orders_service *orders;
    struct payment_service *payment;
};

// Hands an effect to the service that carries it out.
void services_dispatch(struct services *services, const struct session_effect *effect);
