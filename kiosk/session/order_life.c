// The life of the order: every move is asked of the journal, and the act that it announces comes
// only with the journal's yes. Never two questions at once.
#include "machine.h"

bool order_busy(const struct session *session)
{
    return session->order_state != ORDER_NONE || session->order_waiting != ORDER_NONE;
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

static void copy_kind(struct session *session, const char *kind)
{
    size_t i = 0;

    for (; i + 1 < sizeof session->kind && kind[i] != '\0'; i++)
        session->kind[i] = kind[i];
    session->kind[i] = '\0';
}

void order_begin(struct step *step)
{
    struct session *session = step->session;

    session->choice_waits = false;
    session->order = step->event->fresh;
    session->document = session->choice;
    session->paper = session->choice_paper;
    session->wish = session->choice_wish;
    copy_kind(session, catalogue_document_for(session->catalogue, session->choice_wish.subject,
                                              session->choice)
                           ->kind);
    session->ordered = false;
    session->reference[0] = '\0';
    session->verification = (struct session_verification){};
    session->price_cents = 0;
    session->pages = 0;
    session->sheets = 0;
    session->seals_refused = 0;
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

static void report_outcome(struct step *step, enum order_state end)
{
    if (!step->session->ordered)
        return;
    struct session_effect *effect = effect_add(step, EFFECT_REPORT_OUTCOME);
    effect->order = step->session->order;
    effect->outcome.delivered = end == ORDER_DELIVERED;
    effect->outcome.sheets = step->session->sheets;
}

static void settle(struct step *step, enum order_state end)
{
    step->session->order_state = ORDER_NONE;
    step->session->order_end = end;
    job_settled(step);
}

// What the journal's yes allows. Documents with a price are not offered yet, so no order is paid.
static void go_on(struct step *step, enum order_state state)
{
    switch (state) {
    case ORDER_NONE:
        return;
    case ORDER_INTENT:
        ask_for_document(step);
        return;
    case ORDER_ISSUED:
        show(step, SCREEN_PREVIEW);
        return;
    case ORDER_PRINTING:
        hand_over(step);
        return;
    case ORDER_PAYING:
    case ORDER_CANCELLING:
    case ORDER_PAID:
    case ORDER_REFUND_DUE:
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
    session->order_state = ORDER_NONE;
    session->choice_waits = false;
    if (session->open)
        issue_failed(step);
}
