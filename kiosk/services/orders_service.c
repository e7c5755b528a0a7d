#include "orders_service.h"

#include <stdlib.h>

#include "clock.h"

struct orders_service {
    struct service_context context;
    struct journal_service *journal;
    struct pages_service *pages;
    struct municipality_service *municipality;
    struct payment_service *payment;
    struct loop_timer again;
    struct identifier spared;
    bool may_report, running, reporting;
    bool look_again; // an order was added to the list's back
    bool put_off;    // an order of this list has to wait; those behind it do not
    struct journal_list list;
    size_t next_open, next_unreported;
};

static struct order found_order(const struct journal_order *order)
{
    return (struct order){
        .state = order->state, .company = ORDER_FOUND, .costs = order->price_cents > 0};
}

static enum order_news news_of(const struct journal_order *order, enum found_job job, int sheets,
                               int64_t up_seconds, int64_t now)
{
    switch (job) {
    case FOUND_JOB_COMPLETED:
        return order_news_of_job(ORDER_PRINT_COMPLETED, sheets, order->pages);
    case FOUND_JOB_ENDED:
        return sheets == 0 ? ORDER_NO_SHEET : ORDER_PRINT_UNCLEAR;
    case FOUND_JOB_RUNS:
    case FOUND_JOB_UNKNOWN:
        return ORDER_NO_NEWS;
    case FOUND_JOB_NONE:
        return order_news_of_missing_job(now - order->changed, order->printer_up, up_seconds);
    }
    return ORDER_NO_NEWS;
}

enum order_state orders_service_verdict(const struct journal_order *order, enum found_job job,
                                        int sheets, int64_t up_seconds, int64_t now)
{
    const struct order found = found_order(order);

    return order_next(&found, news_of(order, job, sheets, up_seconds, now));
}

static void look_later(struct orders_service *service)
{
    loop_arm(service->context.loop, &service->again,
             clock_monotonic_ms() + service->context.settings->retry_ms);
}

// What is in hand cannot be done now.
static void later(struct orders_service *service)
{
    service->running = service->reporting = false;
    look_later(service);
}

static void go_on(struct orders_service *service);

// Nobody can tell yet what became of this payment or job: the other orders are not held up by it.
static void put_off(struct orders_service *service)
{
    service->put_off = true;
    service->next_open++;
    go_on(service);
}

static void take_up_open(struct orders_service *service)
{
    const struct journal_order *order = &service->list.open[service->next_open];
    const struct order found = found_order(order);

    if (identifier_equal(&order->id, &service->spared)) {
        put_off(service);
        return;
    }
    switch (order_act(&found)) {
    case ORDER_GIVE_UP:
        journal_service_recover(service->journal, &order->id, order_next(&found, ORDER_LEFT), 0, 0);
        return;
    case ORDER_ASK_PRINTER:
        if (pages_service_find(service->pages, &order->id) != RESULT_OK)
            put_off(service);
        return;
    case ORDER_STOP_PAYMENT:
    case ORDER_PAY_BACK:
        if (payment_service_settle(service->payment, order, order_act(&found)) != RESULT_OK)
            put_off(service);
        return;
    case ORDER_WAIT: // none of these is asked for by an order that was found

    case ORDER_GO_ON_TO_PRINT:
    case ORDER_ASK_FOR_DOCUMENT:
    case ORDER_TAKE_PAYMENT:
    case ORDER_PRINT:
        later(service);
        return;
    }
}

static void take_up_unreported(struct orders_service *service)
{
    const struct journal_order *order = &service->list.unreported[service->next_unreported];

    if (!service->may_report || !municipality_service_is_ready(service->municipality)) {
        later(service);
        return;
    }
    service->reporting = true;
    municipality_service_report(service->municipality, 0, &order->id,
                                order->state == ORDER_DELIVERED, order->sheets);
}

// One thing at a time: first the open orders, then the reports.
static void go_on(struct orders_service *service)
{
    if (service->next_open < service->list.open_count) {
        take_up_open(service);
    } else if (service->list.open_count > 0 && !service->put_off) {
        service->running = false; // what became final now has to be reported: a new list
        orders_service_look(service);
    } else if (service->next_unreported < service->list.unreported_count) {
        take_up_unreported(service);
    } else {
        service->running = false;
        if (service->look_again)
            orders_service_look(service);
        else if (service->put_off)
            look_later(service);
    }
}

void orders_service_look(struct orders_service *service)
{
    service->look_again = service->running;
    if (service->running)
        return;
    service->running = true;
    loop_disarm(service->context.loop, &service->again);
    journal_service_list(service->journal);
}

void orders_service_spare(struct orders_service *service, const struct identifier *order)
{
    service->spared = *order;
}

void orders_service_allow_reports(struct orders_service *service, bool allowed)
{
    bool before = service->may_report;

    service->may_report = allowed;
    if (allowed && !before)
        orders_service_look(service);
}

static void listed(void *self, enum result result, const struct journal_list *list)
{
    struct orders_service *service = self;

    if (result != RESULT_OK) {
        later(service); // also where the journal was only busy, so that no JOURNAL_READY comes
        return;
    }
    service->list = *list;
    service->next_open = service->next_unreported = 0;
    service->put_off = false;
    go_on(service);
}

static void recovered(void *self, enum result result)
{
    struct orders_service *service = self;

    if (result != RESULT_OK) {
        later(service);
        return;
    }
    service->next_open++;
    go_on(service);
}

static void found(void *self, enum found_job job, int sheets, int64_t up_seconds)
{
    struct orders_service *service = self;
    const struct journal_order *order = &service->list.open[service->next_open];
    enum order_state verdict =
        orders_service_verdict(order, job, sheets, up_seconds, clock_wall_seconds());

    if (verdict == ORDER_PRINTING)
        put_off(service);
    else
        journal_service_recover(service->journal, &order->id, verdict,
                                verdict == ORDER_DELIVERED || verdict == ORDER_STAFF ? sheets : 0,
                                0);
}

static void settled(void *self, enum order_news news, int slip)
{
    struct orders_service *service = self;
    const struct journal_order *order = &service->list.open[service->next_open];
    const struct order found = found_order(order);
    enum order_state to = order_next(&found, news);

    if (to == order->state)
        put_off(service);
    else
        journal_service_recover(service->journal, &order->id, to, order->sheets, slip);
}

// Reports of a session come by here, too.
static void reported(void *self, const struct identifier *order)
{
    struct orders_service *service = self;

    journal_service_mark_reported(service->journal, order);
    if (!service->reporting ||
        !identifier_equal(order, &service->list.unreported[service->next_unreported].id))
        return;
    service->reporting = false;
    service->next_unreported++;
    go_on(service);
}

static void not_reported(void *self)
{
    struct orders_service *service = self;

    if (service->reporting)
        later(service);
    else
        look_later(service);
}

static void again(void *self, uint64_t now)
{
    struct orders_service *service = self;

    (void)now;
    if (service->running)
        look_later(service);
    else
        orders_service_look(service);
}

struct journal_watcher orders_service_journal_watcher(struct orders_service *service)
{
    return (struct journal_watcher){listed, recovered, service};
}

struct find_watcher orders_service_find_watcher(struct orders_service *service)
{
    return (struct find_watcher){found, service};
}

struct settle_watcher orders_service_settle_watcher(struct orders_service *service)
{
    return (struct settle_watcher){settled, service};
}

struct report_watcher orders_service_report_watcher(struct orders_service *service)
{
    return (struct report_watcher){reported, not_reported, service};
}

enum result orders_service_create(const struct service_context *context,
                                  struct orders_service **out)
{
    struct orders_service *service = calloc(1, sizeof *service);

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct orders_service){.context = *context};
    service->again = (struct loop_timer){.name = "open orders", .fire = again, .self = service};
    *out = service;
    return RESULT_OK;
}

void orders_service_connect(struct orders_service *service, struct journal_service *journal,
                            struct pages_service *pages, struct municipality_service *municipality,
                            struct payment_service *payment)
{
    service->payment = payment;
    service->journal = journal;
    service->pages = pages;
    service->municipality = municipality;
}

void orders_service_destroy(struct orders_service *service)
{
    if (service == NULL)
        return;
    loop_disarm(service->context.loop, &service->again);
    free(service);
}
