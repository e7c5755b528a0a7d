// The job: given to the printer once, watched, and told apart honestly when it ends. It goes on
// whatever screen is shown, and also when the resident's session is over.
#include "machine.h"

static bool is_running(const struct session *session)
{
    return is_asked(session, SESSION_ASKED_PRINTER);
}

void hand_over(struct step *step)
{
    step->session->job_given = true;
    step->session->job_stopping = false;
    ask(step, SESSION_ASKED_PRINTER, EFFECT_PRINT)->order = step->session->order;
}

// ---- what the printer says

void print_accepted(struct step *step)
{
    drop_document(step);
}

void print_progress(struct step *step)
{
    struct session *session = step->session;

    if (step->event->count <= session->sheets || step->event->count > session->pages)
        return;
    session->sheets = step->event->count;
    if (session->screen == SCREEN_TAKE_PAPER)
        session->reminders = 0;
}

static void last_word(struct step *step, enum order_print_end end, int sheets)
{
    struct session *session = step->session;

    drop_document(step);
    session->job_stopping = false;
    session->sheets = sheets;
    order_write(step, order_next(&(struct order){.state = ORDER_PRINTING, .costs = costs(session)},
                                 order_news_of_job(end, sheets, session->pages)));
}

void print_completed(struct step *step)
{
    last_word(step, ORDER_PRINT_COMPLETED, step->event->count < 0 ? -1 : step->event->count);
}

void print_refused(struct step *step)
{
    last_word(step, ORDER_PRINT_NOTHING_CAME, 0);
}

// "No sheet" is believed only when none was seen before.
void print_aborted(struct step *step)
{
    if (step->event->count == 0 && step->session->sheets == 0)
        last_word(step, ORDER_PRINT_NOTHING_CAME, 0);
    else
        last_word(step, ORDER_PRINT_NOBODY_KNOWS, step->event->count > 0 ? step->event->count : -1);
}

void print_unclear(struct step *step)
{
    last_word(step, ORDER_PRINT_NOBODY_KNOWS, -1);
}

void job_give_up(struct step *step)
{
    struct session *session = step->session;

    if (!is_running(session))
        return;
    if (session->job_stopping) {
        ask_no_more(step, SESSION_ASKED_PRINTER);
        print_unclear(step);
    } else {
        session->job_stopping = true;
        effect_add(step, EFFECT_CANCEL_PRINT)->order = session->order;
    }
}

// ---- what follows

// Card first: these screens lead to the news by themselves.
static bool news_can_wait(enum session_screen screen)
{
    return screen == SCREEN_TAKE_CARD || screen == SCREEN_CARD_LEFT || screen == SCREEN_TIMED_OUT ||
           screen == SCREEN_CARD_EARLY || screen == SCREEN_OUT_OF_SERVICE;
}

static void delivered(struct step *step)
{
    struct session *session = step->session;

    session->papers += session->pages;
    session->receipt_due = true;
    session->receipt_order = session->order;
    order_note(session, ORDER_DELIVERED, &session->receipt);
    if (session->screen == SCREEN_TAKE_PAPER)
        show(step, SCREEN_TAKE_PAPER);
}

void job_settled(struct step *step)
{
    struct session *session = step->session;

    if (session->order_end == ORDER_DELIVERED) {
        delivered(step);
    } else if (session->job_given) {
        session->not_printed = true;
        if (!news_can_wait(session->screen))
            say_not_printed(step);
    } else {
        payment_settled(step);
    }
    if (session->choice_waits)
        order_begin(step);
}

void another_document(struct step *step)
{
    step->session->choice_waits = false;
    begin_choice(step);
}

void nobody_wants_more(struct step *step)
{
    finish(step, SESSION_ENDING_COMPLETED);
    leave(step);
}

// "That is all" in the blink before the hand-over must not take the document back.
void no_more(struct step *step)
{
    if (order_busy(step->session) && !step->session->job_given)
        stay_longer(step);
    else
        nobody_wants_more(step);
}

void stop_printing(struct step *step)
{
    if (is_running(step->session)) {
        if (!step->session->job_stopping)
            job_give_up(step);
        stay_longer(step);
    } else if (step->session->order_state == ORDER_PAID) {
        stop_and_refund(step);
    } else {
        stop_session(step);
    }
}

void printer_took_too_long(struct step *step)
{
    if (is_running(step->session)) {
        job_give_up(step);
        stay_longer(step);
    } else if (step->session->order_state == ORDER_PAID) {
        say_not_printed(step);
    } else {
        timed_out(step);
    }
}

// ---- which screen watches the job

static bool watches_job(enum session_screen screen)
{
    return screen == SCREEN_PRINTING || screen == SCREEN_PRINTER_EMPTY ||
           screen == SCREEN_PRINTER_TROUBLE || screen == SCREEN_TAKE_PAPER;
}

static bool is_blocked(const struct session *session)
{
    return is_running(session) && session->printer != SESSION_PRINTER_READY;
}

static void show_blocked(struct step *step)
{
    bool empty = step->session->printer == SESSION_PRINTER_EMPTY;
    enum session_screen screen = empty ? SCREEN_PRINTER_EMPTY : SCREEN_PRINTER_TROUBLE;

    if (step->session->screen == screen)
        return;
    show(step, screen);
    effect_call(step, empty ? CALL_PAPER_EMPTY : CALL_PRINTER_TROUBLE);
}

static bool waits_for_the_printer(const struct session *session)
{
    return (session->order_state == ORDER_ISSUED || session->order_state == ORDER_PAID) &&
           session->order_waiting == ORDER_NONE;
}

static void show_unblocked(struct step *step)
{
    struct session *session = step->session;

    if (waits_for_the_printer(session)) {
        print_document(step); // it waited for the printer before the hand-over
    } else if (session->open) {
        show(step, SCREEN_PRINTING);
    } else {
        show(step, SCREEN_TAKE_PAPER);
    }
}

// The job is over, without paper, and the journal is being told: the screen stays until it knows.
static bool ended_badly(const struct session *session)
{
    return session->order_waiting != ORDER_NONE && session->order_waiting != ORDER_DELIVERED;
}

// A blocked printer shows at once, and what it interrupted comes back by itself.
void follow_job(struct step *step)
{
    struct session *session = step->session;
    bool waits =
        session->screen == SCREEN_PRINTER_EMPTY || session->screen == SCREEN_PRINTER_TROUBLE;
    bool before = waits_for_the_printer(session);

    if (!watches_job(session->screen))
        return;
    if (is_blocked(session) || (waits && before && session->printer != SESSION_PRINTER_READY))
        show_blocked(step);
    else if (waits && !session->job_stopping && (before || !ended_badly(session)))
        show_unblocked(step);
}
