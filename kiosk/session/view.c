// What a screen may see.
#include "view.h"

#include "machine.h"

// 1 card, 2 code, 3 document, 4 print; a price adds a step before the last. 0: no step.
static const int steps[SESSION_SCREEN_COUNT] = {
    [SCREEN_INSERT] = 1,
    [SCREEN_READING] = 1,
    [SCREEN_CARD_MUTE] = 1,
    [SCREEN_CARD_BANK] = 1,
    [SCREEN_CARD_OTHER] = 1,
    [SCREEN_CARD_FOREIGN] = 1,
    [SCREEN_CARD_KIDS] = 1,
    [SCREEN_CARD_EXPIRED] = 1,
    [SCREEN_CARD_BLOCKED] = 1,
    [SCREEN_CARD_NOT_VERIFIABLE] = 1,
    [SCREEN_CARD_NOT_ACTIVATED] = 1,
    [SCREEN_PIN] = 2,
    [SCREEN_PIN_CHECKING] = 2,
    [SCREEN_PIN_ON_PAD] = 2,
    [SCREEN_PIN_FORGOTTEN] = 2,
    [SCREEN_PIN_WRONG] = 2,
    [SCREEN_PIN_LAST_TRY] = 2,
    [SCREEN_PIN_BLOCKED] = 2,
    [SCREEN_PIN_CANCELLED] = 2,
    [SCREEN_AUTHENTICATING] = 2,
    [SCREEN_SUBJECT] = 3,
    [SCREEN_LIST] = 3,
    [SCREEN_PURPOSE] = 3,
    [SCREEN_ABROAD] = 3,
    [SCREEN_OPTIONS] = 3,
    [SCREEN_DOCUMENT_LANGUAGE] = 3,
    [SCREEN_ISSUING] = 3,
    [SCREEN_PREVIEW] = 3,
    [SCREEN_PAY_CHOICE] = 4,
    [SCREEN_PAY_QR] = 4,
    [SCREEN_PAY_TERMINAL] = 4,
    [SCREEN_PAY_REFUSED] = 4,
    [SCREEN_PAY_EXPIRED] = 4,
    [SCREEN_PAY_CANCELLED] = 4,
    [SCREEN_PAY_CHECKING] = 4,
    [SCREEN_PRINTING] = 4,
    [SCREEN_PRINTER_EMPTY] = 4,
    [SCREEN_PRINTER_TROUBLE] = 4,
    [SCREEN_TAKE_PAPER] = 4,
};
#define STEPS_OF_THE_FREE_PATH 4

static const bool asks_choice[SESSION_SCREEN_COUNT] = {
    [SCREEN_SUBJECT] = true, [SCREEN_LIST] = true,    [SCREEN_PURPOSE] = true,
    [SCREEN_ABROAD] = true,  [SCREEN_OPTIONS] = true, [SCREEN_DOCUMENT_LANGUAGE] = true,
};

static const bool counts_down[SESSION_SCREEN_COUNT] = {
    [SCREEN_STILL_THERE] = true,
    [SCREEN_PRINTER_EMPTY] = true,
    [SCREEN_PRINTER_TROUBLE] = true,
};

static bool is_about_paper(enum session_screen screen)
{
    return screen == SCREEN_PRINTING || screen == SCREEN_PRINTER_EMPTY ||
           screen == SCREEN_PRINTER_TROUBLE || screen == SCREEN_TAKE_PAPER;
}

static enum view_trouble printer_trouble(enum session_printer printer)
{
    switch (printer) {
    case SESSION_PRINTER_READY:
        return TROUBLE_NONE;
    case SESSION_PRINTER_EMPTY:
        return TROUBLE_PRINTER_EMPTY;
    case SESSION_PRINTER_TROUBLE:
        return TROUBLE_PRINTER;
    case SESSION_PRINTER_UNKNOWN:
    case SESSION_PRINTER_OFFLINE:
        return TROUBLE_PRINTER_OFFLINE;
    }
    return TROUBLE_PRINTER_OFFLINE;
}

// The most basic one first. An order whose end is not written yet is the journal's trouble.
static enum view_trouble trouble(const struct session *session)
{
    if (session->journal != SESSION_DEVICE_READY)
        return TROUBLE_JOURNAL;
    if (session->reader != SESSION_DEVICE_READY)
        return TROUBLE_READER;
    if (session->backend != SESSION_DEVICE_READY)
        return TROUBLE_BACKEND;
    if (session->printer != SESSION_PRINTER_READY)
        return printer_trouble(session->printer);
    return order_busy(session) ? TROUBLE_JOURNAL : TROUBLE_NONE;
}

static const char *reference(const struct session *session)
{
    bool receipt = session->screen == SCREEN_RECEIPT ||
                   session->screen == SCREEN_RECEIPT_PRINTING ||
                   session->screen == SCREEN_RECEIPT_NONE;

    return receipt ? session->receipt.reference : session->reference;
}

static void view_document(const struct session *session, struct view *view)
{
    bool choosing = asks_choice[base_screen(session)];

    view->catalogue = session->catalogue;
    view->document = choosing ? session->choice : session->document;
    view->paper = choosing ? session->choice_paper : session->paper;
    view->wish = choosing ? session->choice_wish : session->wish;
    view->price_cents = session->price_cents;
    view->reference = reference(session);
    view->pages = session->pages;
    view->page_shown = session->page_shown;
    view->page_drawn = session->page_drawn;
    view->page_zoomed = session->page_zoomed;
    view->page_failed = session->page_failed;
}

static void view_job(const struct session *session, struct view *view)
{
    view->sheets = session->sheets;
    view->coming = paper_is_coming(session);
    view->papers = session->papers + (view->coming ? session->pages : 0);
    view->printing = is_asked(session, SESSION_ASKED_PRINTER);
    view->printed = session->order_end == ORDER_DELIVERED;
    view->stopping = session->job_stopping;
    view->choice_waits = session->choice_waits;
}

static void view_payment(const struct session *session, struct view *view)
{
    view->qr_works = session->qr_works;
    view->terminal_works = session->terminal_works;
    view->pays_by_terminal = session->way == SESSION_WAY_TERMINAL;
    view->code_shown = session->pay_until != 0;
    view->pay_stopping = session->pay_stopping;
    view->document_stays = session->order_state == ORDER_ISSUED;
    view->prompt = session->prompt;
    view->money = session->money;
    view->paid = session->order_state == ORDER_PAID;
    view->slip_printed = session->slip_printed;
    view->slip_failed = session->slip_failed;
    if (session->screen == SCREEN_PAY_QR)
        view->countdown_until = session->pay_until;
}

void session_view(const struct session *session, struct view *view)
{
    bool last = session->screen == SCREEN_TAKE_CARD && something_is_left(session);
    int pay = costs(session) ? 1 : 0;
    int step = last ? STEPS_OF_THE_FREE_PATH : steps[session->screen];

    if (last || is_about_paper(session->screen))
        step += pay;
    *view = (struct view){
        .screen = session->screen,
        .behind = base_screen(session),
        .since = session->since,
        .language = session->language,
        .step = step,
        .steps = step == 0 ? 0 : STEPS_OF_THE_FREE_PATH + pay,
        .pin_digits = session->pin_digits,
        .pin_short = session->pad_short,
        .tries_left = session->tries_left,
        .card_valid_until_day = session->card_valid_until_day,
        .can_retry = session->screen == SCREEN_BACKEND_DOWN && session->open,
        .card_in = session->slot != SESSION_SLOT_EMPTY,
        .third_mute = session->mute_cards >= 3,
        .receipts_work = session->receipts_work,
        .countdown_until = counts_down[session->screen] ? session->timer_due : 0,
        .trouble = trouble(session),
    };
    view_document(session, view);
    view_job(session, view);
    view_payment(session, view);
}
