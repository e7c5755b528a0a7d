// The session, its pending events, and the life of all services.
#include "services_inside.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "log.h"

// ---- stepping ---------------------------------------------------------------------------------

// A session begins with a look at what will be needed, so that the resident learns of trouble
// before the card goes in.
static void look_at_everything(struct services *services)
{
    pages_service_look(services->pages);
    receipt_service_look(services->receipt);
    municipality_service_look(services->municipality);
    payment_service_look(services->payment);
}

static bool is_busy(const struct session *session)
{
    return session->order_state != ORDER_NONE || session->order_waiting != ORDER_NONE;
}

// The orders of before go on while the next resident is served, but for the reports.
static void go_on_with_orders(struct services *services)
{
    const struct session *session = &services->session;
    const struct identifier none = {};

    orders_service_spare(services->orders, is_busy(session) ? &session->order : &none);
    orders_service_allow_reports(services->orders, !session->open && !is_busy(session));
}

static void step(struct services *services, struct session_event *event)
{
    struct session_effects effects = {};
    enum session_screen before = services->session.screen;

    event->now = clock_monotonic_ms();
    if (identifier_make(&event->fresh) != RESULT_OK) {
        log_error("services", "the system gives no random numbers", 0);
        return;
    }
    session_step(&services->session, event, &services->session, &effects);
    for (size_t i = 0; i < effects.count; i++)
        services_dispatch(services, &effects.list[i]);
    if (before == SCREEN_ATTRACT && services->session.screen != SCREEN_ATTRACT)
        look_at_everything(services);
    go_on_with_orders(services);
    if (event->kind == EVENT_JOURNAL_READY)
        orders_service_look(services->orders);
}

// Services tell while they carry out an effect: what they tell waits until that step is complete.
static void tell(void *self, const struct session_event *event)
{
    struct services *services = self;

    if (services->pending_count == PENDING_MAXIMUM) {
        log_error("services", "an event is lost, its number is", event->kind);
        return;
    }
    size_t last = (services->pending_first + services->pending_count) % PENDING_MAXIMUM;
    services->pending[last] = *event;
    services->pending_count++;
    if (services->stepping)
        return;
    services->stepping = true;
    while (services->pending_count > 0) {
        struct session_event *first = &services->pending[services->pending_first];
        struct session_event next = *first;

        explicit_bzero(first, sizeof *first); // an order's code must not outlive the session here
        services->pending_first = (services->pending_first + 1) % PENDING_MAXIMUM;
        services->pending_count--;
        step(services, &next);
    }
    services->stepping = false;
}

void services_tell(struct services *services, const struct session_event *event)
{
    tell(services, event);
}

static void session_timer(void *self, uint64_t now)
{
    struct services *services = self;
    const struct session_event event = {.kind = EVENT_TIMER,
                                        .number = services->session_timer_number};

    (void)now;
    tell(services, &event);
}

// ---- the keypad -------------------------------------------------------------------------------

static bool keypad_is_shown(const struct services *services)
{
    return services->session.screen == SCREEN_PIN;
}

void services_pin_digit(struct services *services, int digit)
{
    if (keypad_is_shown(services))
        pin_service_digit(services->pin, digit);
}

void services_pin_erase(struct services *services)
{
    if (keypad_is_shown(services))
        pin_service_erase(services->pin);
}

void services_pin_confirm(struct services *services)
{
    if (keypad_is_shown(services))
        pin_service_confirm(services->pin);
}

// ---- what the screen draws from ---------------------------------------------------------------

const struct session *services_session(const struct services *services)
{
    return &services->session;
}

const struct page_picture *services_page(const struct services *services)
{
    return preview_service_page(services->preview);
}

const char *services_code(const struct services *services)
{
    return payment_service_code(services->payment);
}

const struct catalogue *services_offer(const struct services *services)
{
    return municipality_service_offer(services->municipality);
}

// ---- life -------------------------------------------------------------------------------------

static enum result create_all(struct services *services, const struct services_ports *ports)
{
    const struct service_context context = {
        .loop = services->loop, .settings = &services->settings, .tell = tell, .self = services};
    struct vault *vault = &services->vault;

    TRY(orders_service_create(&context, &services->orders));
    TRY(journal_service_create(&context, orders_service_journal_watcher(services->orders),
                               &services->journal));
    TRY(pages_service_create(&context, &ports->printer, vault,
                             orders_service_find_watcher(services->orders), &services->pages));
    TRY(municipality_service_create(&context, &ports->backend, vault,
                                    orders_service_report_watcher(services->orders),
                                    &services->municipality));
    TRY(payment_service_create(&context, ports->payment,
                               orders_service_settle_watcher(services->orders),
                               &services->payment));
    orders_service_connect(services->orders, services->journal, services->pages,
                           services->municipality, services->payment);
    TRY(pin_service_create(&context, &services->pin));
    TRY(card_service_create(&context, &ports->card, vault, &services->card));
    TRY(receipt_service_create(&context, &ports->receipt_printer, &ports->receipt_composer,
                               &services->receipt));
    return preview_service_create(&context, &ports->preview, vault, &services->preview);
}

enum result services_create(struct loop *loop, const struct services_ports *ports,
                            const struct services_settings *settings, struct services **out)
{
    struct services *services = calloc(1, sizeof *services);

    *out = NULL;
    if (services == NULL)
        return RESULT_NO_MEMORY;
    services->loop = loop;
    services->settings = *settings;
    services->session = session_begin(&settings->limits);
    services->session_timer =
        (struct loop_timer){.name = "session", .fire = session_timer, .self = services};
    enum result result = create_all(services, ports);
    if (result != RESULT_OK) {
        (void)services_destroy(services); // nothing runs yet that could be stuck
        return result;
    }
    *out = services;
    return RESULT_OK;
}

void services_start(struct services *services)
{
    const struct session_event started = {.kind = EVENT_STARTED};

    tell(services, &started);
    journal_service_start(services->journal);
    card_service_start(services->card);
    look_at_everything(services);
}

bool services_destroy(struct services *services)
{
    if (services == NULL)
        return true;
    loop_disarm(services->loop, &services->session_timer);
    bool ended = card_service_destroy(services->card);
    ended = municipality_service_destroy(services->municipality) && ended;
    ended = pages_service_destroy(services->pages) && ended;
    ended = receipt_service_destroy(services->receipt) && ended;
    ended = preview_service_destroy(services->preview) && ended;
    ended = payment_service_destroy(services->payment) && ended;
    ended = journal_service_destroy(services->journal) && ended;
    orders_service_destroy(services->orders);
    pin_service_destroy(services->pin);
    vault_wipe(&services->vault);
    if (ended)
        free(services);
    return ended;
}
