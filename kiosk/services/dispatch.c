// Effect -> service, in one table. Nothing else in the program carries effects out.
#include "services_inside.h"

#include "clock.h"
#include "log.h"

static void arm_timer(struct services *services, const struct session_effect *effect)
{
    services->session_timer_number = effect->timer.number;
    loop_arm(services->loop, &services->session_timer,
             clock_monotonic_ms() + effect->timer.milliseconds);
}

static void disarm_timer(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    loop_disarm(services->loop, &services->session_timer);
}

static void read_card(struct services *services, const struct session_effect *effect)
{
    card_service_read(services->card, effect->ticket);
}

static void verify_pin(struct services *services, const struct session_effect *effect)
{
    card_service_verify_pin(services->card, effect->ticket, pin_service_take(services->pin));
}

static void verify_pin_on_pad(struct services *services, const struct session_effect *effect)
{
    card_service_verify_pin_on_pad(services->card, effect->ticket, effect->pad.seconds,
                                   effect->pad.language);
}

static void clear_pin(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    pin_service_clear(services->pin);
}

static void sign_challenge(struct services *services, const struct session_effect *effect)
{
    card_service_sign(services->card, effect->ticket);
}

static void log_off_card(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    card_service_log_off(services->card);
}

static void release_card(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    card_service_release(services->card);
}

static void open_backend_session(struct services *services, const struct session_effect *effect)
{
    municipality_service_open_session(services->municipality, effect->ticket);
}

static void prove(struct services *services, const struct session_effect *effect)
{
    municipality_service_prove(services->municipality, effect->ticket);
}

static void close_backend_session(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    municipality_service_close_session(services->municipality);
}

static void order_document(struct services *services, const struct session_effect *effect)
{
    municipality_service_order(services->municipality, effect);
}

static void fetch_document(struct services *services, const struct session_effect *effect)
{
    municipality_service_fetch(services->municipality, effect);
}

static void report_outcome(struct services *services, const struct session_effect *effect)
{
    municipality_service_report(services->municipality, effect->ticket, &effect->order,
                                effect->outcome.delivered, effect->outcome.sheets);
}

static void draw_page(struct services *services, const struct session_effect *effect)
{
    preview_service_draw(services->preview, effect->ticket, effect->page);
}

static void drop_page(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    preview_service_drop(services->preview);
}

static void prepare_payment(struct services *services, const struct session_effect *effect)
{
    payment_service_prepare(services->payment, effect);
}

static void take_payment(struct services *services, const struct session_effect *effect)
{
    payment_service_take(services->payment, effect);
}

static void stop_payment(struct services *services, const struct session_effect *effect)
{
    payment_service_stop(services->payment, effect);
}

static void hand_on_order(struct services *services, const struct session_effect *effect)
{
    (void)effect; // it is in the journal, where the orders service finds it
    payment_service_forget(services->payment);
    orders_service_look(services->orders);
}

static void print(struct services *services, const struct session_effect *effect)
{
    pages_service_print(services->pages, effect->ticket, &effect->order);
}

static void cancel_print(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    pages_service_cancel(services->pages);
}

static void print_receipt(struct services *services, const struct session_effect *effect)
{
    receipt_service_print(services->receipt, effect->ticket, &effect->receipt.note,
                          effect->receipt.language);
}

static void journal_session(struct services *services, const struct session_effect *effect)
{
    journal_service_chapter(services->journal, effect);
}

static void journal_order(struct services *services, const struct session_effect *effect)
{
    const struct journal_facts facts = {
        .printer_up = pages_service_up_seconds(services->pages),
        .slip_before = payment_service_slip_before(services->payment),
        .slip = payment_service_slip(services->payment),
    };

    journal_service_step(services->journal, effect, &facts);
}

static void drop_document(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    vault_drop_document(&services->vault);
}

// The printer's job and a receipt already hold what they need.
static void wipe(struct services *services, const struct session_effect *effect)
{
    (void)effect;
    pin_service_clear(services->pin);
    preview_service_drop(services->preview);
    vault_wipe(&services->vault);
}

static void call_staff(struct services *services, const struct session_effect *effect)
{
    (void)services;
    // Until the fleet link brings it to the reception, the technical log has it.
    log_notice("services", "a person is wanted; the reason is", effect->call);
}

static void sound(struct services *services, const struct session_effect *effect)
{
    (void)services; // no loudspeaker is fitted yet: every sound also shows on the screen
    (void)effect;
}

void services_dispatch(struct services *services, const struct session_effect *effect)
{
    static void (*const table[SESSION_EFFECT_COUNT])(struct services *,
                                                     const struct session_effect *) = {
        [EFFECT_ARM_TIMER] = arm_timer,
        [EFFECT_DISARM_TIMER] = disarm_timer,
        [EFFECT_READ_CARD] = read_card,
        [EFFECT_VERIFY_PIN] = verify_pin,
        [EFFECT_VERIFY_PIN_ON_PAD] = verify_pin_on_pad,
        [EFFECT_CLEAR_PIN] = clear_pin,
        [EFFECT_SIGN_CHALLENGE] = sign_challenge,
        [EFFECT_LOG_OFF_CARD] = log_off_card,
        [EFFECT_RELEASE_CARD] = release_card,
        [EFFECT_OPEN_BACKEND_SESSION] = open_backend_session,
        [EFFECT_PROVE] = prove,
        [EFFECT_CLOSE_BACKEND_SESSION] = close_backend_session,
        [EFFECT_ORDER_DOCUMENT] = order_document,
        [EFFECT_FETCH_DOCUMENT] = fetch_document,
        [EFFECT_REPORT_OUTCOME] = report_outcome,
        [EFFECT_DRAW_PAGE] = draw_page,
        [EFFECT_DROP_PAGE] = drop_page,
        [EFFECT_PREPARE_PAYMENT] = prepare_payment,
        [EFFECT_TAKE_PAYMENT] = take_payment,
        [EFFECT_STOP_PAYMENT] = stop_payment,
        [EFFECT_HAND_ON_ORDER] = hand_on_order,
        [EFFECT_PRINT] = print,
        [EFFECT_CANCEL_PRINT] = cancel_print,
        [EFFECT_PRINT_RECEIPT] = print_receipt,
        [EFFECT_JOURNAL_SESSION] = journal_session,
        [EFFECT_JOURNAL_ORDER] = journal_order,
        [EFFECT_DROP_DOCUMENT] = drop_document,
        [EFFECT_WIPE] = wipe,
        [EFFECT_CALL_STAFF] = call_staff,
        [EFFECT_SOUND] = sound,
    };

    table[effect->kind](services, effect);
}
