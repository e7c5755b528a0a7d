// The terminal without a resident: starting, waiting, out of service.
#include "machine.h"
#include "view.h"

bool has_trouble(const struct session *session)
{
    return session->reader != SESSION_DEVICE_READY || session->backend != SESSION_DEVICE_READY ||
           session->journal != SESSION_DEVICE_READY || session->printer != SESSION_PRINTER_READY ||
           order_busy(session);
}

static bool all_reported(const struct session *session)
{
    return session->reader != SESSION_DEVICE_UNKNOWN &&
           session->backend != SESSION_DEVICE_UNKNOWN &&
           session->journal != SESSION_DEVICE_UNKNOWN &&
           session->printer != SESSION_PRINTER_UNKNOWN;
}

// Nothing of the last visit is left for the next.
static void forget_visit(struct session *session)
{
    session->language = LANGUAGE_FR;
    session->tries_left = -1;
    session->choice = 0;
    session->choice_paper = LANGUAGE_FR;
    session->choice_wish = (struct session_wish){};
    session->papers = 0;
    session->not_printed = false;
    session->receipt_due = false;
    session->receipt_order = (struct identifier){};
    session->receipt = (struct session_order_note){};
    session->mute_cards = 0;
    session->card_valid_until_day = 0;
    session->order_end = ORDER_NONE;
    session->money = SESSION_MONEY_NONE;
    session->slip_printed = false;
    session->slip_failed = false;
    if (order_busy(session))
        return;
    session->visit = (struct identifier){};
    session->order = (struct identifier){};
    session->reference[0] = '\0';
    session->verification = (struct session_verification){};
    session->kind[0] = '\0';
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        session->name[language][0] = '\0';
    session->document = 0;
    session->paper = LANGUAGE_FR;
    session->wish = (struct session_wish){};
    session->price_cents = 0;
    session->pages = 0;
    session->sheets = 0;
    session->seals_refused = 0;
    session->payment = (struct identifier){};
    session->pay_tried = false;
    session->way = SESSION_WAY_QR;
    session->pay_until = 0;
    session->prompt = SESSION_PROMPT_WAIT;
    session->pay_stopping = false;
    session->pay_no = SESSION_NO_REFUSED;
}

void go_idle(struct step *step)
{
    struct session *session = step->session;

    forget_visit(session);
    if (has_trouble(session))
        show(step, SCREEN_OUT_OF_SERVICE);
    else if (session->slot != SESSION_SLOT_EMPTY)
        show(step, session->card_spent ? SCREEN_TAKE_CARD : SCREEN_LANGUAGE);
    else
        show(step, SCREEN_ATTRACT);
}

void starting_took_too_long(struct step *step)
{
    go_idle(step);
}

static bool needs_a_whole_terminal(enum session_screen screen)
{
    return screen == SCREEN_ATTRACT || screen == SCREEN_LANGUAGE || screen == SCREEN_INSERT;
}

void follow_terminal(struct step *step)
{
    struct session *session = step->session;

    if (session->screen == SCREEN_STARTING) {
        if (all_reported(session))
            go_idle(step);
    } else if (session->screen == SCREEN_OUT_OF_SERVICE) {
        if (!has_trouble(session))
            go_idle(step);
    } else if (needs_a_whole_terminal(base_screen(session)) && has_trouble(session)) {
        show(step, SCREEN_OUT_OF_SERVICE);
    }
}

static void reader_lost(struct step *step)
{
    step->session->reader = SESSION_DEVICE_LOST;
    if (step->session->slot != SESSION_SLOT_EMPTY)
        card_out(step);
}

static void reader_ready(struct step *step)
{
    step->session->reader = SESSION_DEVICE_READY;
}

static void backend_lost(struct step *step)
{
    step->session->backend = SESSION_DEVICE_LOST;
}

static void backend_ready(struct step *step)
{
    step->session->backend = SESSION_DEVICE_READY;
}

static void journal_lost(struct step *step)
{
    step->session->journal = SESSION_DEVICE_LOST;
}

static void journal_ready(struct step *step)
{
    step->session->journal = SESSION_DEVICE_READY;
}

static void printer_changed(struct step *step)
{
    step->session->printer = step->event->printer.condition;
    step->session->printer_low = step->event->printer.low;
}

static void receipt_changed(struct step *step)
{
    step->session->receipts_work = step->event->works;
}

// The journal has the final state already; the municipality hears of it again later.
static void nothing(struct step *step)
{
    (void)step;
}

static action *const reports[SESSION_EVENT_COUNT] = {
    [EVENT_READER_LOST] = reader_lost,         [EVENT_READER_READY] = reader_ready,
    [EVENT_BACKEND_LOST] = backend_lost,       [EVENT_BACKEND_READY] = backend_ready,
    [EVENT_JOURNAL_LOST] = journal_lost,       [EVENT_JOURNAL_READY] = journal_ready,
    [EVENT_PRINTER_CHANGED] = printer_changed, [EVENT_RECEIPT_CHANGED] = receipt_changed,
    [EVENT_PAYMENT_CHANGED] = payment_changed, [EVENT_CARD_IN] = card_in,
    [EVENT_CARD_SILENT] = card_silent,         [EVENT_CARD_OUT] = card_out,
    [EVENT_OUTCOME_REPORTED] = nothing,        [EVENT_OUTCOME_FAILED] = nothing,
};

action *report(enum session_event_kind kind)
{
    return reports[kind];
}
