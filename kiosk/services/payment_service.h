// payment_service.h: the ways to pay, a worker each. Orders of before a restart have their payment
// stopped and its answer read, or it is paid back; the resident's own payment is begun once, and
// followed until the scheme's answer is clear.
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

// `ways[way].verbs` may be NULL: that way to pay is not fitted at this terminal.
enum result payment_service_create(const struct service_context *context,
                                   const struct payment ways[SESSION_WAY_COUNT],
                                   struct settle_watcher watcher, struct payment_service **out);
// False: a call did not return in time.
bool payment_service_destroy(struct payment_service *service);

// Which ways work now? Told by PAYMENT_CHANGED.
void payment_service_look(struct payment_service *service);

// ---- the resident's payment, one at a time; the effects of these names

// Told by PAYMENT_READY or PAYMENT_NOT_READY.
void payment_service_prepare(struct payment_service *service, const struct session_effect *effect);
// Told by PAYMENT_SHOWN and PAYMENT_PROMPT, and at last by PAYMENT_MADE, _REFUSED, _UNCLEAR or
// _UNKNOWABLE.
void payment_service_take(struct payment_service *service, const struct session_effect *effect);
// The same last words; PAYMENT_UNCLEAR each time that the answer was not clear: it is asked again.
void payment_service_stop(struct payment_service *service, const struct session_effect *effect);
// It is not followed any more: the orders service goes on with it.
void payment_service_forget(struct payment_service *service);

// For the journal: the terminal's last receipt number before the begin, and that of the payment; -1
// and 0 not known.
int payment_service_slip_before(const struct payment_service *service);
int payment_service_slip(const struct payment_service *service);
// What the code on the screen says; "" without one.
const char *payment_service_code(const struct payment_service *service);

// ---- orders found in the journal

// ORDER_STOP_PAYMENT or ORDER_PAY_BACK for this order. RESULT_BUSY: not now. RESULT_NOT_FOUND: its
// way to pay is not fitted.
enum result payment_service_settle(struct payment_service *service,
                                   const struct journal_order *order, enum order_act act);
