// Planted defects: each wraps the shipped step and spoils one thing.
#include "defects.h"

static void shipped(const struct session *before, const struct session_event *event,
                    struct session *after, struct session_effects *effects)
{
    session_step(before, event, after, effects);
}

// ---- tools

static void drop(struct session_effects *effects, enum session_effect_kind kind)
{
    size_t kept = 0;

    for (size_t i = 0; i < effects->count; i++)
        if (effects->list[i].kind != kind)
            effects->list[kept++] = effects->list[i];
    effects->count = kept;
}

static struct session_effect *add(struct session_effects *effects, enum session_effect_kind kind,
                                  const struct session *session)
{
    struct session_effect *effect = &effects->list[effects->count++];

    *effect = (struct session_effect){.kind = kind, .ticket = 7, .order = session->order};
    return effect;
}

static struct session_effect *find(struct session_effects *effects, enum session_effect_kind kind)
{
    for (size_t i = 0; i < effects->count; i++)
        if (effects->list[i].kind == kind)
            return &effects->list[i];
    return NULL;
}

static bool asks_journal(struct session_effects *effects, enum order_state state)
{
    const struct session_effect *effect = find(effects, EFFECT_JOURNAL_ORDER);

    return effect != NULL && effect->record.state == state;
}

#define DEFECT(name)                                                                               \
    static void name(const struct session *before, const struct session_event *event,              \
                     struct session *after, struct session_effects *effects)

// ---- the defects

DEFECT(still_there_never_ends)
{
    shipped(before, event, after, effects);
    if (before->screen == SCREEN_STILL_THERE && event->kind == EVENT_TIMER &&
        before->timer == event->number) {
        *after = *before;
        effects->count = 0;
    }
}

DEFECT(no_wipe_when_pulled)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_OUT)
        drop(effects, EFFECT_WIPE);
}

DEFECT(wipes_twice)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_OUT && before->screen == SCREEN_TAKE_CARD)
        add(effects, EFFECT_WIPE, after);
}

DEFECT(session_goes_on_without_card)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_OUT && before->screen == SCREEN_PREVIEW) {
        *after = *before;
        effects->count = 0;
    }
}

DEFECT(pulling_cancels_the_job)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_OUT && before->job_given &&
        before->asked[SESSION_ASKED_PRINTER].ticket != 0)
        add(effects, EFFECT_CANCEL_PRINT, after);
}

DEFECT(prints_after_pulling)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_JOURNALED && before->order_waiting == ORDER_PRINTING &&
        before->order_goal == ORDER_CLOSED && before->slot == SESSION_SLOT_EMPTY &&
        event->ticket != 0 && event->ticket == before->asked[SESSION_ASKED_JOURNAL].ticket) {
        effects->count = 0;
        add(effects, EFFECT_PRINT, after);
    }
}

DEFECT(prints_unverified_bytes)
{
    struct session_event believed = *event;

    if (event->kind == EVENT_SEAL_REFUSED)
        believed.kind = EVENT_SEALED;
    shipped(before, &believed, after, effects);
}

DEFECT(prints_twice)
{
    shipped(before, event, after, effects);
    if (find(effects, EFFECT_PRINT) != NULL)
        add(effects, EFFECT_PRINT, after);
}

DEFECT(orders_before_proof)
{
    shipped(before, event, after, effects);
    if (find(effects, EFFECT_SIGN_CHALLENGE) != NULL)
        add(effects, EFFECT_ORDER_DOCUMENT, after);
}

DEFECT(prints_on_an_empty_printer)
{
    struct session blind = *before;

    if (before->screen == SCREEN_PREVIEW)
        blind.printer = SESSION_PRINTER_READY;
    shipped(before->screen == SCREEN_PREVIEW ? &blind : before, event, after, effects);
    if (before->screen == SCREEN_PREVIEW && event->kind != EVENT_PRINTER_CHANGED)
        after->printer = before->printer;
}

DEFECT(keeps_the_bytes)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PRINT_ACCEPTED)
        drop(effects, EFFECT_DROP_DOCUMENT);
}

DEFECT(drops_the_bytes_too_soon)
{
    shipped(before, event, after, effects);
    if (asks_journal(effects, ORDER_PRINTING))
        add(effects, EFFECT_DROP_DOCUMENT, after);
}

DEFECT(keeps_the_pin)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_STOP)
        drop(effects, EFFECT_CLEAR_PIN);
}

DEFECT(keeps_the_pin_after_a_refusal)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PIN_REFUSED)
        drop(effects, EFFECT_CLEAR_PIN);
}

DEFECT(tries_the_pin_again)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PIN_FAILED && before->screen == SCREEN_PIN_CHECKING &&
        before->asked[SESSION_ASKED_CARD].effect == EFFECT_VERIFY_PIN)
        add(effects, EFFECT_VERIFY_PIN, after);
}

DEFECT(sends_the_pin_before_the_verdict)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PIN_CONFIRMED && after->screen == SCREEN_PIN_CHECKING &&
        find(effects, EFFECT_VERIFY_PIN) == NULL)
        add(effects, EFFECT_VERIFY_PIN, after);
}

DEFECT(forgets_the_pin_that_waits)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_READ && before->screen == SCREEN_PIN_CHECKING)
        drop(effects, EFFECT_VERIFY_PIN);
}

DEFECT(asks_on_the_pad_before_the_verdict)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_KNOWN && after->pad && after->screen == SCREEN_READING)
        add(effects, EFFECT_VERIFY_PIN_ON_PAD, after);
}

DEFECT(goes_on_with_a_bad_card)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_READ && before->screen == SCREEN_PIN &&
        event->card.verdict == SESSION_CARD_NOT_VERIFIABLE) {
        *after = *before;
        effects->count = 0;
    }
}

DEFECT(last_try_without_consent)
{
    struct session bold = *before;

    bold.pin_consented = true;
    shipped(&bold, event, after, effects);
    if (after->screen == SCREEN_PIN_LAST_TRY) {
        after->screen = SCREEN_PIN;
        after->pin_open = true;
    }
    after->pin_consented = before->pin_consented;
}

DEFECT(last_try_on_the_pad_without_consent)
{
    shipped(before, event, after, effects);
    if (after->screen == SCREEN_PIN_LAST_TRY && after->pad &&
        after->asked[SESSION_ASKED_CARD].ticket == 0) {
        after->screen = SCREEN_PIN_ON_PAD;
        after->asked[SESSION_ASKED_CARD] =
            (struct session_question){.ticket = 7, .effect = EFFECT_VERIFY_PIN_ON_PAD};
        add(effects, EFFECT_VERIFY_PIN_ON_PAD, after);
    }
}

DEFECT(asks_on_the_pad_twice)
{
    shipped(before, event, after, effects);
    if (before->screen == SCREEN_PIN_CANCELLED && after->screen == SCREEN_PIN_ON_PAD &&
        find(effects, EFFECT_VERIFY_PIN_ON_PAD) == NULL)
        add(effects, EFFECT_VERIFY_PIN_ON_PAD, after);
}

DEFECT(asks_on_the_pad_after_a_failure)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PIN_FAILED && before->screen == SCREEN_PIN_ON_PAD)
        add(effects, EFFECT_VERIFY_PIN_ON_PAD, after);
}

// The downgrade that nobody would notice.
DEFECT(types_on_the_screen_when_the_pad_is_slow)
{
    struct session downgraded = *before;

    if (before->screen == SCREEN_STILL_THERE)
        downgraded.pad = false;
    shipped(&downgraded, event, after, effects);
    if (before->screen == SCREEN_STILL_THERE && after->screen == SCREEN_STILL_THERE)
        after->pad = before->pad;
}

DEFECT(waits_for_a_pad_that_does_not_ask)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PIN_PAD_TIMED_OUT)
        drop(effects, EFFECT_VERIFY_PIN_ON_PAD);
}

DEFECT(keeps_the_catalogue)
{
    shipped(before, event, after, effects);
    if (before->catalogue != NULL && !after->open)
        after->catalogue = before->catalogue;
}

DEFECT(writes_a_name)
{
    shipped(before, event, after, effects);
    struct session_effect *effect = find(effects, EFFECT_JOURNAL_ORDER);
    if (effect != NULL)
        effect->record.reference[0] = 'A';
}

DEFECT(keeps_the_card)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_NO)
        drop(effects, EFFECT_RELEASE_CARD);
}

DEFECT(keeps_the_right)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PROVED)
        drop(effects, EFFECT_LOG_OFF_CARD);
}

DEFECT(keeps_the_backend_session)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_TIMER)
        drop(effects, EFFECT_CLOSE_BACKEND_SESSION);
}

DEFECT(prints_while_it_writes)
{
    shipped(before, event, after, effects);
    if (asks_journal(effects, ORDER_PRINTING))
        add(effects, EFFECT_PRINT, after);
}

DEFECT(prints_although_the_journal_failed)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_JOURNAL_FAILED && before->order_waiting == ORDER_PRINTING &&
        event->ticket == before->asked[SESSION_ASKED_JOURNAL].ticket)
        add(effects, EFFECT_PRINT, after)->order = before->order;
}

DEFECT(orders_although_the_journal_failed)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_JOURNAL_FAILED && before->order_waiting == ORDER_INTENT &&
        event->ticket == before->asked[SESSION_ASKED_JOURNAL].ticket)
        add(effects, EFFECT_ORDER_DOCUMENT, after)->order = before->order;
}

DEFECT(reports_before_it_writes)
{
    shipped(before, event, after, effects);
    if (asks_journal(effects, ORDER_DELIVERED))
        add(effects, EFFECT_REPORT_OUTCOME, after)->outcome.delivered = true;
}

DEFECT(skips_issued)
{
    shipped(before, event, after, effects);
    if (asks_journal(effects, ORDER_ISSUED))
        find(effects, EFFECT_JOURNAL_ORDER)->record.state = ORDER_PRINTING;
}

DEFECT(orders_two_at_once)
{
    struct session hasty = *before;
    bool now = event->kind == EVENT_DOCUMENT_CHOSEN && before->screen == SCREEN_LIST &&
               before->order_state == ORDER_PRINTING;

    if (now) {
        hasty.order_state = ORDER_NONE;
        hasty.order_waiting = ORDER_NONE;
    }
    shipped(&hasty, event, after, effects);
}

DEFECT(says_delivered_after_an_abort)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PRINT_ABORTED && asks_journal(effects, ORDER_STAFF)) {
        find(effects, EFFECT_JOURNAL_ORDER)->record.state = ORDER_DELIVERED;
        after->order_waiting = ORDER_DELIVERED;
    }
}

DEFECT(closes_although_sheets_came_out)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PRINT_ABORTED && asks_journal(effects, ORDER_STAFF)) {
        find(effects, EFFECT_JOURNAL_ORDER)->record.state = ORDER_CLOSED;
        after->order_waiting = ORDER_CLOSED;
    }
}

DEFECT(reports_a_wrong_outcome)
{
    shipped(before, event, after, effects);
    struct session_effect *effect = find(effects, EFFECT_REPORT_OUTCOME);
    if (effect != NULL)
        effect->outcome.delivered = true;
}

DEFECT(sends_card_data_at_once)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_READ && after->screen == SCREEN_PIN)
        add(effects, EFFECT_OPEN_BACKEND_SESSION, after);
}

DEFECT(reads_a_forgotten_card)
{
    struct session forgetful = *before;

    if (before->screen == SCREEN_TIMED_OUT && event->kind == EVENT_TIMER &&
        before->timer == event->number) {
        forgetful.screen = SCREEN_LANGUAGE;
        forgetful.card_spent = false;
        struct session_event chosen = *event;
        chosen.kind = EVENT_LANGUAGE_CHOSEN;
        shipped(&forgetful, &chosen, after, effects);
        return;
    }
    shipped(before, event, after, effects);
}

DEFECT(forgets_a_timer)
{
    shipped(before, event, after, effects);
    if (after->screen == SCREEN_RECEIPT && before->screen != SCREEN_RECEIPT) {
        drop(effects, EFFECT_ARM_TIMER);
        after->timer = 0;
    }
}

DEFECT(too_many_effects)
{
    shipped(before, event, after, effects);
    while (find(effects, EFFECT_WIPE) != NULL && effects->count < SESSION_EFFECTS_MAXIMUM)
        add(effects, EFFECT_DROP_PAGE, after);
}

DEFECT(believes_late_answers)
{
    struct session_event believed = *event;

    if (event->kind == EVENT_PIN_REFUSED)
        believed.ticket = before->asked[SESSION_ASKED_CARD].ticket;
    shipped(before, &believed, after, effects);
    if (event->kind == EVENT_PIN_REFUSED && event->ticket != believed.ticket)
        after->mute_cards = 1;
}

DEFECT(believes_late_timers)
{
    struct session_event believed = *event;

    if (event->kind == EVENT_TIMER && before->timer != 0)
        believed.number = before->timer;
    shipped(before, &believed, after, effects);
}

DEFECT(believes_that_it_is_free)
{
    struct session_event believed = *event;

    if (event->kind == EVENT_ORDERED)
        believed.order.price_cents = 0;
    shipped(before, &believed, after, effects);
}

DEFECT(asks_for_money_twice)
{
    shipped(before, event, after, effects);
    const struct session_effect *taken = find(effects, EFFECT_TAKE_PAYMENT);
    if (taken != NULL)
        effects->list[effects->count++] = *taken;
}

DEFECT(believes_that_a_refusal_paid)
{
    struct session_event believed = *event;

    if (event->kind == EVENT_PAYMENT_REFUSED)
        believed.kind = EVENT_PAYMENT_MADE;
    shipped(before, &believed, after, effects);
}

DEFECT(hands_on_before_it_is_written)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_CARD_OUT && before->order_state == ORDER_PAYING) {
        drop(effects, EFFECT_JOURNAL_ORDER);
        add(effects, EFFECT_HAND_ON_ORDER, after);
    }
}

DEFECT(calls_the_unknown_unpaid)
{
    shipped(before, event, after, effects);
    if (event->kind == EVENT_PAYMENT_UNCLEAR && after->screen == SCREEN_PAY_CHECKING)
        after->screen = SCREEN_PAY_CANCELLED;
}

#define ROW(step, rule)                                                                            \
    {                                                                                              \
#step, step, RULE_##rule                                                                   \
    }
static const struct defect all[] = {
    ROW(still_there_never_ends, WAY_HOME),
    ROW(no_wipe_when_pulled, WIPED_ONCE),
    ROW(wipes_twice, WIPED_ONCE),
    ROW(session_goes_on_without_card, WIPED_ONCE),
    ROW(pulling_cancels_the_job, JOB_GOES_ON),
    ROW(prints_after_pulling, NOTHING_ELSE_GOES_ON),
    ROW(prints_unverified_bytes, ONLY_VERIFIED_BYTES),
    ROW(prints_twice, ONLY_VERIFIED_BYTES),
    ROW(orders_before_proof, PROOF_BEFORE_ISSUE),
    ROW(prints_on_an_empty_printer, PRINTER_READY_FIRST),
    ROW(keeps_the_bytes, BYTES_LIVE_SHORTLY),
    ROW(drops_the_bytes_too_soon, ONLY_VERIFIED_BYTES),
    ROW(keeps_the_pin, PIN_ONLY_IN_ENTRY),
    ROW(keeps_the_pin_after_a_refusal, PIN_ONLY_IN_ENTRY),
    ROW(tries_the_pin_again, PIN_SENT_ONCE),
    ROW(sends_the_pin_before_the_verdict, PIN_AFTER_VERDICT),
    ROW(forgets_the_pin_that_waits, PIN_SENT_ONCE),
    ROW(asks_on_the_pad_before_the_verdict, PIN_AFTER_VERDICT),
    ROW(goes_on_with_a_bad_card, BAD_CARD_ENDS),
    ROW(last_try_without_consent, CONSENT_BEFORE_LAST_TRY),
    ROW(last_try_on_the_pad_without_consent, CONSENT_BEFORE_LAST_TRY),
    ROW(asks_on_the_pad_twice, PAD_ASKS_ONCE),
    ROW(asks_on_the_pad_after_a_failure, PAD_ASKS_ONCE),
    ROW(types_on_the_screen_when_the_pad_is_slow, PAD_ALONE),
    ROW(waits_for_a_pad_that_does_not_ask, PAD_ALONE),
    ROW(keeps_the_catalogue, NOTHING_PERSONAL_SHOWN),
    ROW(writes_a_name, NOTHING_PERSONAL_WRITTEN),
    ROW(keeps_the_card, CARD_RELEASED),
    ROW(keeps_the_right, RIGHT_GIVEN_BACK),
    ROW(keeps_the_backend_session, BACKEND_CLOSED),
    ROW(prints_while_it_writes, WRITE_BEFORE_ACT),
    ROW(prints_although_the_journal_failed, WRITE_BEFORE_ACT),
    ROW(orders_although_the_journal_failed, WRITE_BEFORE_ACT),
    ROW(reports_before_it_writes, WRITE_BEFORE_ACT),
    ROW(skips_issued, ORDER_MOVES_LEGALLY),
    ROW(orders_two_at_once, ORDER_MOVES_LEGALLY),
    ROW(believes_that_it_is_free, PAID_BEFORE_PAPER),
    ROW(asks_for_money_twice, MONEY_ONCE),
    ROW(believes_that_a_refusal_paid, PAYMENT_ENDS),
    ROW(hands_on_before_it_is_written, PAYMENT_ENDS),
    ROW(calls_the_unknown_unpaid, MONEY_SAID),
    ROW(says_delivered_after_an_abort, HONEST_END),
    ROW(closes_although_sheets_came_out, HONEST_END),
    ROW(reports_a_wrong_outcome, HONEST_END),
    ROW(sends_card_data_at_once, PIN_BEFORE_DATA),
    ROW(reads_a_forgotten_card, CARD_READ_ONCE),
    ROW(forgets_a_timer, TIMER_ARMED),
    ROW(too_many_effects, ROOM_FOR_EFFECTS),
    ROW(believes_late_answers, NOTHING_FROM_LATE),
    ROW(believes_late_timers, NOTHING_FROM_LATE),
};

const struct defect *defects(size_t *count)
{
    *count = sizeof all / sizeof *all;
    return all;
}
