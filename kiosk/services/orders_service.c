#include "orders_service.h"

#include <stdlib.h>

#include "clock.h"

// A finished job is known to the printer for at least this long, by our own reckoning (CUPS'
// ippeveprinter forgets jobs after a minute): what it does not know later, it may have forgotten.
#define JOB_KEPT_SECONDS 60
// Up-time and clock are whole seconds of two machines.
#define UP_TOLERANCE_SECONDS 2

struct orders_service {
    struct service_context context;
    struct journal_service *journal;
    struct pages_service *pages;
    struct municipality_service *municipality;
    struct loop_timer again;
    bool allowed, running, reporting;
    struct journal_list list;
    size_t next_open, next_unreported;
};

enum order_state orders_service_verdict(const struct journal_order *order, enum found_job job,
                                        int sheets, int64_t up_seconds, int64_t now)
{
    int64_t age = now - order->changed;

    switch (job) {
    case FOUND_JOB_COMPLETED:
        return order_after_printing(ORDER_PRINT_COMPLETED, sheets, order->pages);
    case FOUND_JOB_ENDED:
        return sheets == 0 ? ORDER_CLOSED : ORDER_STAFF;
    case FOUND_JOB_RUNS:
    case FOUND_JOB_UNKNOWN:
        return ORDER_PRINTING;
    case FOUND_JOB_NONE:
        // It never had the job, if it has been up since before the hand-over and would still know.
        if (order->printer_up > 0 && age >= 0 && age < JOB_KEPT_SECONDS &&
            up_seconds + UP_TOLERANCE_SECONDS >= order->printer_up + age)
            return ORDER_CLOSED;
        return ORDER_STAFF;
    }
    return ORDER_STAFF;
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

static void take_up_open(struct orders_service *service)
{
    const struct journal_order *order = &service->list.open[service->next_open];

    if (order->state != ORDER_PRINTING)
        journal_service_recover(service->journal, &order->id, ORDER_CLOSED, 0);
    else if (pages_service_find(service->pages, &order->id) != RESULT_OK)
        later(service);
}

static void take_up_unreported(struct orders_service *service)
{
    const struct journal_order *order = &service->list.unreported[service->next_unreported];

    if (!municipality_service_is_ready(service->municipality)) {
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
    } else if (service->list.open_count > 0) {
        service->running = false; // what became final now has to be reported: a new list
        orders_service_look(service);
    } else if (service->next_unreported < service->list.unreported_count) {
        take_up_unreported(service);
    } else {
        service->running = false;
    }
}

void orders_service_look(struct orders_service *service)
{
    if (service->running || !service->allowed)
        return;
    service->running = true;
    loop_disarm(service->context.loop, &service->again);
    journal_service_list(service->journal);
}

void orders_service_allow(struct orders_service *service, bool allowed)
{
    bool before = service->allowed;

    service->allowed = allowed;
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
        later(service);
    else
        journal_service_recover(service->journal, &order->id, verdict,
                                verdict == ORDER_CLOSED ? 0 : sheets);
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
                            struct pages_service *pages, struct municipality_service *municipality)
{
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
