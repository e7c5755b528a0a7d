// The life of the order: every move is asked of the journal, and the act that it announces comes
// only with the journal's yes. Never two questions at once.
#include "machine.h"

bool order_busy(const struct session *session)
{
    return session->order_state != ORDER_NONE || session->order_waiting != ORDER_NONE;
}

// As much of it as fits, never half a letter (RFC 3629).
static void copy_text(char *to, size_t capacity, const char *text)
{
    size_t i = 0;

    for (; text != NULL && i + 1 < capacity && text[i] != '\0'; i++)
        to[i] = text[i];
    while (text != NULL && i > 0 && ((unsigned char)text[i] & 0xC0) == 0x80)
        i--;
    to[i] = '\0';
}

void order_note(const struct session *session, enum order_state state,
                struct session_order_note *note)
{
    *note = (struct session_order_note){.state = state,
                                        .paper = session->paper,
                                        .verification = session->verification,
                                        .price_cents = session->price_cents,
                                        .pages = session->pages,
                                        .sheets = session->sheets};
    for (size_t i = 0; i < sizeof note->kind; i++)
        note->kind[i] = session->kind[i];
    for (size_t i = 0; i < sizeof note->reference; i++)
        note->reference[i] = session->reference[i];
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        copy_text(note->name[language], sizeof note->name[language], session->name[language]);
    note->payment = session->payment;
    note->way = session->way;
}

void order_write(struct step *step, enum order_state state)
{
    struct session *session = step->session;

    if (session->order_waiting != ORDER_NONE) {
        session->order_goal = state;
        return;
    }
    session->order_waiting = state;
    struct session_effect *effect = ask(step, SESSION_ASKED_JOURNAL, EFFECT_JOURNAL_ORDER);
    effect->order = session->order;
    order_note(session, state, &effect->record);
}

void order_begin(struct step *step)
{
    struct session *session = step->session;
    const struct catalogue_document *chosen =
        catalogue_document_for(session->catalogue, session->choice_wish.subject, session->choice);

    session->choice_waits = false;
    session->order = step->event->fresh;
    session->document = session->choice;
    session->paper = session->choice_paper;
    session->wish = session->choice_wish;
    copy_text(session->kind, sizeof session->kind, chosen->kind);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        copy_text(session->name[language], sizeof session->name[language], chosen->name[language]);
    session->ordered = false;
    session->reference[0] = '\0';
    session->verification = (struct session_verification){};
    session->price_cents = 0;
    session->pages = 0;
    session->sheets = 0;
    session->seals_refused = 0;
    session->payment = (struct identifier){};
    session->pay_tried = false;
    session->pay_until = 0;
    session->pay_stopping = false;
    session->pay_no = SESSION_NO_REFUSED;
    session->money = SESSION_MONEY_NONE;
    session->job_given = false;
    session->order_end = ORDER_NONE;
    order_write(step, ORDER_INTENT);
    show(step, SCREEN_ISSUING);
}

void drop_document(struct step *step)
{
    if (!step->session->document_held)
        return;
    step->session->document_held = false;
    effect_add(step, EFFECT_DROP_DOCUMENT)->order = step->session->order;
}

void order_close(struct step *step)
{
    drop_document(step);
    if (order_busy(step->session))
        order_write(step, ORDER_CLOSED);
}

// What can be said of the money when the order is left in this state.
static enum session_money money_of(const struct session *session, enum order_state state)
{
    if (!costs(session))
        return SESSION_MONEY_NONE;
    if (state == ORDER_PAYING || state == ORDER_CANCELLING)
        return SESSION_MONEY_UNCLEAR;
    if (state == ORDER_PAID || state == ORDER_PRINTING || state == ORDER_REFUND_DUE)
        return SESSION_MONEY_BACK;
    return state == ORDER_STAFF ? SESSION_MONEY_STAFF : SESSION_MONEY_NONE;
}

static struct order as_order(const struct session *session, enum order_state state)
{
    return (struct order){.state = state, .company = ORDER_LEFT_ALONE, .costs = costs(session)};
}

static void note_end(struct step *step, enum order_state end)
{
    step->session->money = money_of(step->session, end);
    step->session->order_state = ORDER_NONE;
    step->session->order_end = end;
}

static void settle(struct step *step, enum order_state end)
{
    note_end(step, end);
    job_settled(step);
}

// What is done without the resident, and so without the session: asked about, paid back.
static void hand_on(struct step *step, enum order_state state)
{
    effect_add(step, EFFECT_HAND_ON_ORDER)->order = step->session->order;
    ask_no_more(step, SESSION_ASKED_PAYMENT);
    note_end(step, state);
}

// An order whose hand-over was announced and not done goes back the same way as one without a
// sheet.
void order_leave(struct step *step)
{
    struct session *session = step->session;
    bool asked = session->order_waiting != ORDER_NONE;
    enum order_state state = asked ? session->order_waiting : session->order_state;
    const struct order order = as_order(session, state);
    enum order_state to = order_next(&order, state == ORDER_PRINTING ? ORDER_NO_SHEET : ORDER_LEFT);
    bool nothing_begun = asked && state == ORDER_PAYING;

    if (!order_busy(session))
        return;
    if (nothing_begun)
        to = ORDER_CLOSED;
    session->money = nothing_begun ? SESSION_MONEY_NONE : money_of(session, state);
    session->not_printed = session->not_printed || session->money != SESSION_MONEY_NONE;
    ask_no_more(step, SESSION_ASKED_PAYMENT);
    if (to != state)
        order_write(step, to);
    else if (!asked)
        hand_on(step, state);
}

static void report_outcome(struct step *step, enum order_state end)
{
    if (!step->session->ordered)
        return;
    struct session_effect *effect = effect_add(step, EFFECT_REPORT_OUTCOME);
    effect->order = step->session->order;
    effect->outcome.delivered = end == ORDER_DELIVERED;
    effect->outcome.sheets = step->session->sheets;
}

// The document is there: to be looked at, or still there after a payment that was not made.
static void show_issued(struct step *step)
{
    if (step->session->pay_tried)
        show_unpaid(step);
    else
        show(step, SCREEN_PREVIEW);
}

// What the journal's yes allows.
static void go_on(struct step *step, enum order_state state)
{
    switch (state) {
    case ORDER_NONE:
        return;
    case ORDER_INTENT:
        ask_for_document(step);
        return;
    case ORDER_ISSUED:
        show_issued(step);
        return;
    case ORDER_PRINTING:
        hand_over(step);
        return;
    case ORDER_PAYING:
        take_payment(step);
        return;
    case ORDER_CANCELLING:
        if (step->session->open) {
            stop_payment(step);
            return;
        }
        hand_on(step, state);
        job_settled(step);
        return;
    case ORDER_PAID:
        print_document(step);
        return;
    case ORDER_REFUND_DUE:
        hand_on(step, state);
        job_settled(step);
        return;
    case ORDER_DELIVERED:
    case ORDER_CLOSED:
    case ORDER_REFUNDED:
    case ORDER_STAFF:
        report_outcome(step, state);
        settle(step, state);
        return;
    }
}

void journaled(struct step *step)
{
    struct session *session = step->session;
    enum order_state goal = session->order_goal;

    session->order_state = session->order_waiting;
    session->order_waiting = ORDER_NONE;
    session->order_goal = ORDER_NONE;
    if (goal != ORDER_NONE && order_may_move(session->order_state, goal))
        order_write(step, goal);
    else
        go_on(step, session->order_state);
}

// What was announced must not be done. The order stays in the journal as it is, and is driven to
// its end when the journal works again; the municipality hears of it then.
void journal_failed(struct step *step)
{
    struct session *session = step->session;
    enum order_state failed = session->order_waiting;

    session->journal = SESSION_DEVICE_LOST;
    session->order_waiting = ORDER_NONE;
    session->order_goal = ORDER_NONE;
    if (order_state_is_final(failed)) {
        settle(step, failed);
        return;
    }
    if (failed != ORDER_PAYING && money_of(session, failed) != SESSION_MONEY_NONE) {
        settle(step, failed);
        say_not_printed(step);
        return;
    }
    session->order_state = ORDER_NONE;
    session->choice_waits = false;
    if (session->open)
        issue_failed(step);
}
