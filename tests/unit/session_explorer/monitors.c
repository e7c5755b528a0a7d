// The rules, one function each concern. Includes the session's vocabulary and nothing of its
// sources.
#include "monitors_money.h"

#include <string.h>

#include "order.h"
#include "view.h"

const char *rule_text(enum rule rule)
{
    static const char *const texts[] = {
#define X(id, text) text,
        RULE_LIST(X)
#undef X
    };

    return texts[rule];
}

struct monitor monitor_begin(void)
{
    return (struct monitor){};
}

static size_t count_of(const struct watched *seen, enum session_effect_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < seen->effects->count; i++)
        count += seen->effects->list[i].kind == kind;
    return count;
}

static bool has(const struct watched *seen, enum session_effect_kind kind)
{
    return count_of(seen, kind) > 0;
}

#define TRY_RULE(expression)                                                                       \
    do {                                                                                           \
        enum rule rule_ = (expression);                                                            \
        if (rule_ != RULE_NONE)                                                                    \
            return rule_;                                                                          \
    } while (0)

static bool answered(const struct watched *seen, enum session_event_kind kind)
{
    return seen->asked && seen->event->kind == kind;
}

static bool ends_session(const struct watched *seen)
{
    for (size_t i = 0; i < seen->effects->count; i++)
        if (seen->effects->list[i].kind == EFFECT_JOURNAL_SESSION &&
            !seen->effects->list[i].chapter.begins)
            return true;
    return false;
}

static bool begins_session(const struct watched *seen)
{
    return has(seen, EFFECT_JOURNAL_SESSION) && !ends_session(seen);
}

// ---- before the effects are looked at: what the event itself means

static void note_slot(struct monitor *monitor, enum session_event_kind kind)
{
    if (kind == EVENT_CARD_IN || kind == EVENT_CARD_SILENT) {
        if (!monitor->card_in)
            monitor->card_used = 0;
        monitor->card_in = 1;
    } else if (kind == EVENT_CARD_OUT || kind == EVENT_READER_LOST) {
        monitor->card_in = 0;
        monitor->card_used = 0;
    }
}

static bool breaks_the_card_off(const struct watched *seen)
{
    enum session_event_kind kind = seen->event->kind;

    return kind == EVENT_CARD_OUT || kind == EVENT_READER_LOST || kind == EVENT_CARD_SILENT;
}

// The reader has stopped asking. What it was allowed to do at the last try is used up by a try.
static void note_pad_answers(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;
    bool tried = answered(seen, EVENT_PIN_ACCEPTED) || answered(seen, EVENT_PIN_REFUSED);

    if (monitor->pad != 2)
        return;
    if (tried)
        monitor->consent = 0;
    if (answered(seen, EVENT_PIN_FAILED))
        monitor->pad = 3;
    else if (tried || answered(seen, EVENT_PIN_PAD_CANCELLED) ||
             answered(seen, EVENT_PIN_PAD_TIMED_OUT) || answered(seen, EVENT_PIN_PAD_TOO_SHORT))
        monitor->pad = 1;
}

static void note_pin_answers(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    bool good = answered(seen, EVENT_CARD_READ) && seen->event->card.verdict == SESSION_CARD_GOOD;
    bool tells = good || answered(seen, EVENT_CARD_KNOWN);
    if (good)
        monitor->judged = 1;
    if (tells)
        monitor->pad = seen->event->card.pad;
    note_pad_answers(seen);
    if (tells)
        monitor->last_try = seen->event->card.tries_left == 1;
    if (answered(seen, EVENT_PIN_REFUSED))
        monitor->last_try = seen->event->count == 1 || seen->event->count < 0;
    if (answered(seen, EVENT_PIN_ACCEPTED)) {
        monitor->verified = 1;
        monitor->right = 1;
        monitor->last_try = 0;
    }
    if (answered(seen, EVENT_PROVED) && seen->event->catalogue != NULL)
        monitor->proved = 1;
}

static void note_hands(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;
    enum session_event_kind kind = seen->event->kind;

    if (seen->before == SCREEN_PIN_LAST_TRY && (kind == EVENT_YES || kind == EVENT_CONTINUE))
        monitor->consent = 1;
    if (seen->before == SCREEN_PIN && kind == EVENT_PIN_DIGITS)
        monitor->pin_digits = seen->event->count >= 4;
}

static void note_printer(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if (seen->event->kind == EVENT_PRINTER_CHANGED)
        monitor->printer_ready = seen->event->printer.condition == SESSION_PRINTER_READY;
    if (answered(seen, EVENT_PRINT_ACCEPTED))
        monitor->printing = 2;
    if (answered(seen, EVENT_PRINT_PROGRESS) && seen->event->count > 0)
        monitor->sheets_seen = 1;
    if (answered(seen, EVENT_PRINT_COMPLETED))
        monitor->last_word = seen->event->count < 0 || seen->event->count >= 2 ? 1 : 3;
    if (answered(seen, EVENT_PRINT_REFUSED))
        monitor->last_word = 2;
    if (answered(seen, EVENT_PRINT_ABORTED))
        monitor->last_word = seen->event->count == 0 && !monitor->sheets_seen ? 2 : 3;
    if (answered(seen, EVENT_PRINT_UNCLEAR))
        monitor->last_word = 3;
}

// ---- the card, its PIN and its proof

static bool confirms_pin(const struct watched *seen)
{
    return seen->event->kind == EVENT_PIN_CONFIRMED && seen->monitor->pin == 1 &&
           seen->monitor->pin_digits;
}

static enum rule watch_sent_pin(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;
    bool waited = answered(seen, EVENT_CARD_READ) && monitor->pin == 3;

    if (!(confirms_pin(seen) || waited) || count_of(seen, EFFECT_VERIFY_PIN) > 1)
        return RULE_PIN_SENT_ONCE;
    if (!monitor->judged)
        return RULE_PIN_AFTER_VERDICT;
    if (monitor->last_try && !monitor->consent)
        return RULE_CONSENT_BEFORE_LAST_TRY;
    monitor->pin = 2;
    monitor->consent = 0;
    return RULE_NONE;
}

static enum rule watch_pin(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;
    enum session_screen screen = seen->after->screen;

    if (has(seen, EFFECT_VERIFY_PIN))
        TRY_RULE(watch_sent_pin(seen));
    else if (confirms_pin(seen))
        monitor->pin = 3;
    if (has(seen, EFFECT_CLEAR_PIN)) {
        monitor->pin = 0;
        monitor->pin_digits = 0;
    }
    if (screen == SCREEN_PIN && monitor->pin == 0)
        monitor->pin = 1;
    if (monitor->pin != 0 && screen != SCREEN_PIN && screen != SCREEN_PIN_CHECKING)
        return RULE_PIN_ONLY_IN_ENTRY;
    if (monitor->pin >= 2 && screen != SCREEN_PIN_CHECKING)
        return RULE_PIN_ONLY_IN_ENTRY;
    return monitor->pin == 3 && monitor->judged ? RULE_PIN_SENT_ONCE : RULE_NONE;
}

static enum rule watch_verdict(const struct watched *seen)
{
    bool bad = answered(seen, EVENT_CARD_READ) && seen->event->card.verdict != SESSION_CARD_GOOD;

    return bad && !ends_session(seen) ? RULE_BAD_CARD_ENDS : RULE_NONE;
}

static enum rule watch_pad(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;
    size_t asked = count_of(seen, EFFECT_VERIFY_PIN_ON_PAD);
    enum session_screen screen = seen->after->screen;

    if (asked > 0 && (monitor->pad != 1 || asked > 1 || !monitor->session_open))
        return RULE_PAD_ASKS_ONCE;
    if (asked > 0 && !monitor->judged)
        return RULE_PIN_AFTER_VERDICT;
    if (asked > 0 && monitor->last_try && !monitor->consent)
        return RULE_CONSENT_BEFORE_LAST_TRY;
    if (asked > 0)
        monitor->pad = 2;
    if (monitor->pad != 0 && (screen == SCREEN_PIN || has(seen, EFFECT_VERIFY_PIN)))
        return RULE_PAD_ALONE;
    if (screen == SCREEN_PIN_ON_PAD && monitor->pad != 2)
        return RULE_PAD_ALONE; // nobody asks
    if (monitor->proved || ends_session(seen))
        monitor->pad = 0;
    return RULE_NONE;
}

static enum rule watch_proof(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if ((has(seen, EFFECT_OPEN_BACKEND_SESSION) || has(seen, EFFECT_PROVE)) &&
        !(monitor->verified && monitor->session_open))
        return RULE_PIN_BEFORE_DATA;
    if (has(seen, EFFECT_LOG_OFF_CARD) || has(seen, EFFECT_RELEASE_CARD))
        monitor->right = 0;
    if (has(seen, EFFECT_SIGN_CHALLENGE) && !monitor->right)
        return RULE_PIN_BEFORE_DATA;
    if (monitor->right && monitor->proved)
        return RULE_RIGHT_GIVEN_BACK;
    if (monitor->right && seen->after->screen != SCREEN_AUTHENTICATING &&
        seen->after->screen != SCREEN_BACKEND_DOWN)
        return RULE_RIGHT_GIVEN_BACK;
    return RULE_NONE;
}

static enum rule watch_reading(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if (!has(seen, EFFECT_READ_CARD))
        return RULE_NONE;
    if (monitor->card_used || !monitor->card_in)
        return RULE_CARD_READ_ONCE;
    monitor->judged = 0;
    monitor->card_used = 1;
    return RULE_NONE;
}

// ---- the session's beginning and end

static enum rule watch_end(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;
    bool ends = ends_session(seen);

    if (begins_session(seen)) {
        if (monitor->session_open)
            return RULE_WIPED_ONCE;
        monitor->session_open = 1;
        monitor->verified = 0;
        monitor->proved = 0;
    }
    if (count_of(seen, EFFECT_WIPE) != (ends ? 1 : 0) || (ends && !monitor->session_open))
        return RULE_WIPED_ONCE;
    if (ends && !has(seen, EFFECT_RELEASE_CARD))
        return RULE_CARD_RELEASED;
    if (breaks_the_card_off(seen) && monitor->session_open && !ends)
        return RULE_WIPED_ONCE;
    if (ends) {
        monitor->session_open = 0;
        monitor->judged = 0;
        monitor->verified = 0;
        monitor->proved = 0;
        monitor->consent = 0;
        monitor->last_try = 0;
    }
    return RULE_NONE;
}

static enum rule watch_backend_session(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    for (size_t i = 0; i < seen->effects->count; i++) {
        if (seen->effects->list[i].kind == EFFECT_OPEN_BACKEND_SESSION) {
            if (monitor->backend_open)
                return RULE_BACKEND_CLOSED;
            monitor->backend_open = 1;
        } else if (seen->effects->list[i].kind == EFFECT_CLOSE_BACKEND_SESSION) {
            monitor->backend_open = 0;
        }
    }
    return !monitor->session_open && monitor->backend_open ? RULE_BACKEND_CLOSED : RULE_NONE;
}

// Tries, digits, what a resident may have, what the pages show: nothing of it without a session;
// and no session on the screens of an idle terminal.
static enum rule watch_screen(const struct watched *seen)
{
    struct view view;

    session_view(seen->after, &view);
    bool idle = view.screen == SCREEN_ATTRACT || view.screen == SCREEN_OUT_OF_SERVICE ||
                view.screen == SCREEN_LANGUAGE || view.screen == SCREEN_INSERT ||
                view.screen == SCREEN_TAKE_CARD || view.screen == SCREEN_CARD_LEFT ||
                view.screen == SCREEN_STARTING;

    if (idle && seen->monitor->session_open)
        return RULE_WIPED_ONCE;
    if (!seen->monitor->session_open &&
        (view.catalogue != NULL || view.page_shown != 0 || view.page_drawn ||
         view.pin_digits != 0 || view.tries_left != -1))
        return RULE_NOTHING_PERSONAL_SHOWN;
    return RULE_NONE;
}

// ---- the order

static bool is_act(enum session_effect_kind kind)
{
    return kind == EFFECT_ORDER_DOCUMENT || kind == EFFECT_PRINT || kind == EFFECT_REPORT_OUTCOME ||
           kind == EFFECT_TAKE_PAYMENT || kind == EFFECT_STOP_PAYMENT ||
           kind == EFFECT_HAND_ON_ORDER;
}

// No act in a step that asks the journal about the same order.
static enum rule watch_same_step(const struct watched *seen)
{
    const struct session_effects *effects = seen->effects;

    for (size_t i = 0; i < effects->count; i++)
        for (size_t j = 0; j < effects->count; j++)
            if (is_act(effects->list[i].kind) && effects->list[j].kind == EFFECT_JOURNAL_ORDER &&
                identifier_equal(&effects->list[i].order, &effects->list[j].order))
                return RULE_WRITE_BEFORE_ACT;
    return RULE_NONE;
}

enum rule watch_note(const struct session_order_note *note)
{
    bool kind = note->kind[0] == '\0' || strcmp(note->kind, "household") == 0 ||
                strcmp(note->kind, "residence") == 0;
    bool reference = note->reference[0] == '\0' || strcmp(note->reference, "BXL-0001") == 0;

    return kind && reference ? RULE_NONE : RULE_NOTHING_PERSONAL_WRITTEN;
}

static enum rule watch_journal_question(struct monitor *monitor,
                                        const struct session_effect *effect)
{
    enum order_state state = effect->record.state;

    if (monitor->order_waiting != ORDER_NONE)
        return RULE_ORDER_MOVES_LEGALLY;
    if (state == ORDER_INTENT) {
        monitor->order = effect->order;
        monitor->order_known = 0;
        monitor->printing = 0;
        monitor->cancelled = 0;
        monitor->sheets_seen = 0;
        monitor->last_word = 0;
        monitor->card_pulled = 0;
        monitor->priced = 0;
        monitor->money = 0;
        monitor->slip_due = 0;
        if (!(monitor->verified && monitor->proved && monitor->session_open))
            return RULE_PROOF_BEFORE_ISSUE;
    }
    if (!identifier_equal(&monitor->order, &effect->order) ||
        !order_may_move((enum order_state)monitor->order_state, state))
        return RULE_ORDER_MOVES_LEGALLY;
    if (state == ORDER_ISSUED && monitor->document != 1)
        return RULE_ONLY_VERIFIED_BYTES;
    if ((state == ORDER_PRINTING || state == ORDER_PAYING) && !monitor->printer_ready)
        return RULE_PRINTER_READY_FIRST;
    enum rule money = watch_money(monitor, state);
    if (money != RULE_NONE)
        return money;
    if (order_state_is_final(state) && !is_honest(monitor, state))
        return RULE_HONEST_END;
    monitor->order_waiting = (uint8_t)state;
    return watch_note(&effect->record);
}

static enum rule watch_print(const struct watched *seen, const struct session_effect *effect)
{
    struct monitor *monitor = seen->monitor;

    if (!answered(seen, EVENT_JOURNALED) || monitor->order_state != ORDER_PRINTING)
        return RULE_WRITE_BEFORE_ACT;
    if (monitor->card_pulled)
        return RULE_NOTHING_ELSE_GOES_ON;
    if (monitor->document != 1 || monitor->printing != 0 ||
        !identifier_equal(&monitor->order, &effect->order))
        return RULE_ONLY_VERIFIED_BYTES;
    monitor->printing = 1;
    return RULE_NONE;
}

static enum rule watch_outcome(const struct watched *seen, const struct session_effect *effect)
{
    struct monitor *monitor = seen->monitor;
    bool delivered = monitor->order_state == ORDER_DELIVERED;

    if (!answered(seen, EVENT_JOURNALED) ||
        !order_state_is_final((enum order_state)monitor->order_state))
        return RULE_WRITE_BEFORE_ACT;
    if (!monitor->order_known || effect->outcome.delivered != delivered ||
        (monitor->order_state == ORDER_CLOSED && effect->outcome.sheets > 0))
        return RULE_HONEST_END;
    return RULE_NONE;
}

static enum rule watch_issue(struct monitor *monitor)
{
    if (!(monitor->verified && monitor->proved && monitor->session_open))
        return RULE_PROOF_BEFORE_ISSUE;
    if (monitor->order_state != ORDER_INTENT || monitor->order_waiting != ORDER_NONE)
        return RULE_WRITE_BEFORE_ACT;
    return RULE_NONE;
}

static enum rule watch_order_effect(const struct watched *seen, const struct session_effect *effect)
{
    struct monitor *monitor = seen->monitor;

    if (effect->kind == EFFECT_JOURNAL_ORDER)
        return watch_journal_question(monitor, effect);
    if (effect->kind == EFFECT_ORDER_DOCUMENT) {
        monitor->order_known = 1;
        return watch_issue(monitor);
    }
    if (effect->kind == EFFECT_FETCH_DOCUMENT)
        return watch_issue(monitor);
    if (effect->kind == EFFECT_PRINT)
        return watch_print(seen, effect);
    if (effect->kind == EFFECT_REPORT_OUTCOME)
        return watch_outcome(seen, effect);
    if (effect->kind == EFFECT_TAKE_PAYMENT)
        return watch_take(seen);
    if (effect->kind == EFFECT_STOP_PAYMENT)
        return watch_stop(monitor);
    if (effect->kind == EFFECT_HAND_ON_ORDER)
        return watch_hand_on(monitor);
    if (effect->kind == EFFECT_PRINT_RECEIPT &&
        !identifier_equal(&monitor->delivered, &effect->order))
        return watch_slip(monitor, effect);
    if (effect->kind == EFFECT_PRINT_RECEIPT)
        return watch_receipt(monitor, effect);
    if (effect->kind == EFFECT_CANCEL_PRINT) {
        if (breaks_the_card_off(seen) || monitor->printing == 0 || monitor->cancelled)
            return RULE_JOB_GOES_ON;
        monitor->cancelled = 1;
    }
    return RULE_NONE;
}

static void note_journal(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if (answered(seen, EVENT_JOURNALED)) {
        monitor->order_state = monitor->order_waiting;
        monitor->order_waiting = ORDER_NONE;
        if (monitor->order_state == ORDER_DELIVERED) {
            monitor->receipt_allowed = 1;
            monitor->delivered = monitor->order;
        }
        monitor->slip_due = monitor->slip_due || monitor->order_state == ORDER_STAFF;
    }
    if (answered(seen, EVENT_JOURNAL_FAILED)) {
        monitor->slip_due = monitor->slip_due || money_may_be_gone(monitor);
        // The paper is there whatever the journal says.
        if (monitor->order_waiting == ORDER_DELIVERED) {
            monitor->receipt_allowed = 1;
            monitor->delivered = monitor->order;
        }
        monitor->order_waiting = ORDER_NONE;
        monitor->order_state = ORDER_STAFF; // recovery's, not the session's any more
    }
    if (breaks_the_card_off(seen) && monitor->session_open && monitor->printing == 0)
        monitor->card_pulled = 1;
}

static enum rule watch_order(const struct watched *seen)
{
    enum rule rule = watch_same_step(seen);

    note_journal(seen);
    for (size_t i = 0; rule == RULE_NONE && i < seen->effects->count; i++) {
        // What is final or given to recovery makes room for the next.
        if (seen->effects->list[i].kind == EFFECT_JOURNAL_ORDER &&
            seen->effects->list[i].record.state == ORDER_INTENT &&
            order_state_is_final((enum order_state)seen->monitor->order_state))
            seen->monitor->order_state = ORDER_NONE;
        rule = watch_order_effect(seen, &seen->effects->list[i]);
    }
    return rule;
}

// ---- the verified bytes

static bool printer_has_them(const struct watched *seen)
{
    return answered(seen, EVENT_PRINT_ACCEPTED) || answered(seen, EVENT_PRINT_COMPLETED) ||
           answered(seen, EVENT_PRINT_REFUSED) || answered(seen, EVENT_PRINT_ABORTED) ||
           answered(seen, EVENT_PRINT_UNCLEAR);
}

static enum rule watch_bytes(const struct watched *seen)
{
    struct monitor *monitor = seen->monitor;

    if (has(seen, EFFECT_DROP_DOCUMENT)) {
        if (monitor->document == 0 || count_of(seen, EFFECT_DROP_DOCUMENT) > 1)
            return RULE_BYTES_LIVE_SHORTLY;
        monitor->document = 0;
    }
    if (has(seen, EFFECT_WIPE) && monitor->printing != 1)
        monitor->document = 0;
    if (printer_has_them(seen) && monitor->document != 0)
        return RULE_BYTES_LIVE_SHORTLY;
    if (monitor->document != 0 && !monitor->session_open && monitor->printing != 1)
        return RULE_BYTES_LIVE_SHORTLY;
    return RULE_NONE;
}

static enum rule watch_room(const struct watched *seen)
{
    return seen->effects->count >= SESSION_EFFECTS_MAXIMUM ? RULE_ROOM_FOR_EFFECTS : RULE_NONE;
}

// What is final, or was given to recovery, does nothing any more: every act below asks for a state
// that it does not have.
static void forget_order(struct monitor *monitor)
{
    if (!order_state_is_final((enum order_state)monitor->order_state) ||
        monitor->order_waiting != ORDER_NONE)
        return;
    monitor->order_state = ORDER_NONE;
    monitor->order_known = 0;
    monitor->printing = 0;
    monitor->cancelled = 0;
    monitor->sheets_seen = 0;
    monitor->last_word = 0;
    monitor->card_pulled = 0;
    monitor->priced = 0;
    monitor->money = 0;
}

static void forget_visit(const struct watched *seen)
{
    if (seen->after->screen != SCREEN_ATTRACT && seen->after->screen != SCREEN_OUT_OF_SERVICE)
        return;
    seen->monitor->receipt_allowed = 0;
    seen->monitor->slip_due = 0;
    seen->monitor->delivered = (struct identifier){};
}

enum rule monitor_watch(const struct watched *seen)
{
    static enum rule (*const watchers[])(const struct watched *) = {
        watch_room, watch_reading,         watch_verdict, watch_pin,
        watch_pad,  watch_proof,           watch_order,   watch_bytes,
        watch_end,  watch_backend_session, watch_screen,  watch_what_is_said,
    };
    enum rule rule = RULE_NONE;

    note_slot(seen->monitor, seen->event->kind);
    note_hands(seen);
    note_pin_answers(seen);
    note_printer(seen);
    note_scheme(seen);
    if (answered(seen, EVENT_SEALED))
        seen->monitor->document = 1;
    for (size_t i = 0; rule == RULE_NONE && i < sizeof watchers / sizeof *watchers; i++)
        rule = watchers[i](seen);
    forget_order(seen->monitor);
    forget_visit(seen);
    return rule;
}
