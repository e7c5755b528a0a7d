// From the choice to the preview: ordered, issued and sealed by the municipality, looked at by the
// resident.
#include "machine.h"

#define SEALS_REFUSED_BEFORE_THE_END 2

static struct session_effect *ask_city(struct step *step, enum session_effect_kind question)
{
    struct session_effect *effect = ask(step, SESSION_ASKED_MUNICIPALITY, question);

    effect->order = step->session->order;
    return effect;
}

void fetch_document(struct step *step)
{
    ask_city(step, EFFECT_FETCH_DOCUMENT);
}

// Also again after silence, with the same order: the municipality makes no second one of it.
void ask_for_document(struct step *step)
{
    struct session *session = step->session;

    if (session->screen != SCREEN_ISSUING)
        show(step, SCREEN_ISSUING);
    if (session->reference[0] != '\0') {
        fetch_document(step);
        return;
    }
    session->ordered = true;
    struct session_effect *effect = ask_city(step, EFFECT_ORDER_DOCUMENT);
    effect->document.index = session->document;
    effect->document.paper = session->paper;
    effect->document.wish = session->wish;
    for (size_t i = 0; i < sizeof session->kind; i++)
        effect->document.kind[i] = session->kind[i];
}

void issue_failed(struct step *step)
{
    finish(step, SESSION_ENDING_FAILED);
    if (step->session->not_printed)
        show_not_printed(step); // the one before was paid for
    else
        show(step, SCREEN_ISSUE_FAILED);
}

void ordered(struct step *step)
{
    struct session *session = step->session;

    for (size_t i = 0; i + 1 < sizeof session->reference; i++)
        session->reference[i] = step->event->order.reference[i];
    session->verification = step->event->order.verification;
    session->price_cents = step->event->order.price_cents;
    session->pages = step->event->order.pages;
    if (session->price_cents < 0 || session->pages < 1 || session->reference[0] == '\0')
        issue_failed(step);
    else
        fetch_document(step);
}

void sealed(struct step *step)
{
    step->session->document_held = true;
    step->session->retries = 0;
    order_write(step, ORDER_ISSUED);
}

void seal_refused(struct step *step)
{
    step->session->seals_refused++;
    if (step->session->seals_refused < SEALS_REFUSED_BEFORE_THE_END) {
        fetch_document(step);
        return;
    }
    finish(step, SESSION_ENDING_FAILED);
    show(step, SCREEN_SEAL_BAD);
}

void issuing_took_too_long(struct step *step)
{
    if (!is_asked(step->session, SESSION_ASKED_MUNICIPALITY)) {
        issue_failed(step);
        return;
    }
    ask_no_more(step, SESSION_ASKED_MUNICIPALITY);
    backend_down(step);
}

// ---- the preview: the summary first, a page only when it is asked for, and not for long

static void draw(struct step *step, int page)
{
    step->session->page_shown = page;
    step->session->page_drawn = false;
    step->session->page_failed = false;
    ask(step, SESSION_ASKED_PREVIEW, EFFECT_DRAW_PAGE)->page = page;
    stay_longer(step);
}

void show_page(struct step *step)
{
    if (step->session->page_shown == 0)
        draw(step, 1);
    else
        stay_longer(step);
}

void next_page(struct step *step)
{
    if (step->session->page_drawn)
        draw(step, step->session->page_shown % step->session->pages + 1);
    else
        stay_longer(step);
}

void zoom_page(struct step *step)
{
    if (step->session->page_drawn)
        step->session->page_zoomed = !step->session->page_zoomed;
    stay_longer(step);
}

void forget_page(struct step *step)
{
    struct session *session = step->session;

    session->page_failed = false;
    if (session->page_shown == 0)
        return;
    session->page_shown = 0;
    session->page_drawn = false;
    session->page_zoomed = false;
    ask_no_more(step, SESSION_ASKED_PREVIEW);
    effect_add(step, EFFECT_DROP_PAGE);
}

void hide_page(struct step *step)
{
    forget_page(step);
    stay_longer(step);
}

void page_drawn(struct step *step)
{
    step->session->page_drawn = true;
    stay_longer(step);
}

void page_failed(struct step *step)
{
    forget_page(step);
    step->session->page_failed = true;
    stay_longer(step);
}

void preview_time_over(struct step *step)
{
    if (step->session->page_shown > 0)
        hide_page(step);
    else
        ask_still_there(step);
}

static void go_on_with_printer_ready(struct step *step)
{
    struct session *session = step->session;

    if (costs(session) && session->order_state == ORDER_ISSUED) {
        choose_to_pay(step);
        return;
    }
    order_write(step, ORDER_PRINTING);
    show(step, SCREEN_PRINTING);
}

// Everything that can fail goes before the money and the hand-over: the printer is ready and has
// paper, or there is a wait.
void print_document(struct step *step)
{
    forget_page(step);
    switch (step->session->printer) {
    case SESSION_PRINTER_READY:
        go_on_with_printer_ready(step);
        return;
    case SESSION_PRINTER_EMPTY:
        show(step, SCREEN_PRINTER_EMPTY);
        effect_call(step, CALL_PAPER_EMPTY);
        return;
    case SESSION_PRINTER_UNKNOWN:
    case SESSION_PRINTER_TROUBLE:
    case SESSION_PRINTER_OFFLINE:
        show(step, SCREEN_PRINTER_TROUBLE);
        effect_call(step, CALL_PRINTER_TROUBLE);
        return;
    }
}
