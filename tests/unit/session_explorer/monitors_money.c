// The rules about money, and what it means for an order's end.
#include "monitors_money.h"

static bool answered(const struct watched *seen, enum session_event_kind kind)
{
    return seen->asked && seen->event->kind == kind;
}

// What the scheme says of the money counts, whoever hears it.
void note_scheme(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if (answered(seen, EVENT_ORDERED))
        monitor->priced = seen->event->order.price_cents > 0;
    if (answered(seen, EVENT_PAYMENT_MADE))
        monitor->money = 2;
    if (answered(seen, EVENT_PAYMENT_REFUSED))
        monitor->money = 3;
    if (answered(seen, EVENT_PAYMENT_UNKNOWABLE))
        monitor->money = 4;
}

bool money_may_be_gone(const struct monitor *monitor)
{
    return monitor->money == 1 || monitor->money == 2 || monitor->money == 4;
}

// These screens say that nothing was paid, or offer to pay.
static bool says_unpaid(enum session_screen screen)
{
    return screen == SCREEN_PAY_CHOICE || screen == SCREEN_PAY_DOWN ||
           screen == SCREEN_PAY_REFUSED || screen == SCREEN_PAY_EXPIRED ||
           screen == SCREEN_PAY_CANCELLED || screen == SCREEN_NOT_PRINTED ||
           screen == SCREEN_CARD_EARLY || screen == SCREEN_ISSUE_FAILED || screen == SCREEN_PREVIEW;
}

enum rule watch_what_is_said(const struct watched *seen)
{
    return says_unpaid(seen->after->screen) && seen->monitor->printing == 0 &&
                   money_may_be_gone(seen->monitor)
               ? RULE_MONEY_SAID
               : RULE_NONE;
}

// What the journal is asked about money is what the scheme said of it.
enum rule watch_money(const struct monitor *monitor, enum order_state state)
{
    if (state == ORDER_PAYING && money_may_be_gone(monitor))
        return RULE_MONEY_ONCE;
    if (state == ORDER_PAYING && monitor->document != 1)
        return RULE_ONLY_VERIFIED_BYTES;
    if (state == ORDER_PRINTING && monitor->priced && monitor->money != 2)
        return RULE_PAID_BEFORE_PAPER;
    if (state == ORDER_ISSUED && money_may_be_gone(monitor))
        return RULE_PAYMENT_ENDS;
    if ((state == ORDER_PAID || state == ORDER_REFUND_DUE) && monitor->money != 2)
        return RULE_PAYMENT_ENDS;
    if (state == ORDER_REFUND_DUE && monitor->printing != 0 && monitor->last_word != 2)
        return RULE_HONEST_END;
    return RULE_NONE;
}

enum rule watch_take(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if (!answered(seen, EVENT_JOURNALED) || monitor->order_state != ORDER_PAYING)
        return RULE_WRITE_BEFORE_ACT;
    if (monitor->card_pulled)
        return RULE_NOTHING_ELSE_GOES_ON;
    if (money_may_be_gone(monitor))
        return RULE_MONEY_ONCE;
    monitor->money = 1;
    return RULE_NONE;
}

enum rule watch_stop(const struct monitor *monitor)
{
    bool announced =
        monitor->order_state == ORDER_PAYING || monitor->order_state == ORDER_CANCELLING;

    return announced && monitor->order_waiting == ORDER_NONE ? RULE_NONE : RULE_WRITE_BEFORE_ACT;
}

// Only what is on disk as to be asked about or paid back may be left to others.
enum rule watch_hand_on(struct monitor *monitor)
{
    bool announced =
        monitor->order_state == ORDER_CANCELLING || monitor->order_state == ORDER_REFUND_DUE;

    if (!announced || monitor->order_waiting != ORDER_NONE)
        return RULE_PAYMENT_ENDS;
    monitor->slip_due = 1;
    monitor->order_state = ORDER_STAFF; // recovery's, not the session's any more
    return RULE_NONE;
}

enum rule watch_slip(struct monitor *monitor, const struct session_effect *effect)
{
    if (!monitor->slip_due && !money_may_be_gone(monitor))
        return RULE_HONEST_END;
    monitor->slip_due = 0;
    return watch_note(&effect->receipt.note);
}

bool is_honest(const struct monitor *monitor, enum order_state end)
{
    if (end == ORDER_DELIVERED)
        return monitor->last_word == 1;
    if (end == ORDER_CLOSED)
        return (monitor->printing == 0 || monitor->last_word == 2) && !money_may_be_gone(monitor);
    if (monitor->printing == 0)
        return monitor->money == 4;
    return monitor->printing != 0 && (monitor->last_word == 3 || monitor->last_word == 0);
}

enum rule watch_receipt(const struct monitor *monitor, const struct session_effect *effect)
{
    if (!monitor->receipt_allowed || !identifier_equal(&monitor->delivered, &effect->order))
        return RULE_HONEST_END;
    return watch_note(&effect->receipt.note);
}
