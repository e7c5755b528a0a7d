// payment_service.h: the way to pay, for orders of before a restart: a payment is stopped and its
// answer read, or it is paid back.
#pragma once
#include "inside.h"
#include "journal.h"
#include "order.h"
#include "payment.h"

struct payment_service;

// Answers to payment_service_settle; the loop's thread. `slip` comes with ORDER_PAYMENT_MADE, 0
// otherwise. ORDER_NO_NEWS and ORDER_PAYMENT_UNCLEAR: ask again later.
struct settle_watcher {
    void (*settled)(void *self, enum order_news news, int slip);
    void *self;
};

// `payment->verbs` may be NULL: there is no way to pay at this terminal.
enum result payment_service_create(const struct service_context *context,
                                   const struct payment *payment, struct settle_watcher watcher,
                                   struct payment_service **out);
bool payment_service_destroy(struct payment_service *service);

// `act` is ORDER_STOP_PAYMENT or ORDER_PAY_BACK. RESULT_BUSY: ask later. RESULT_NOT_FOUND: there is
// no way to pay any more, so that nobody can tell; an order of before waits until there is.
enum result payment_service_settle(struct payment_service *service,
                                   const struct journal_order *order, enum order_act act);
