// The end of a session, and the way out: card, paper, receipt, goodbye.
#include "machine.h"

// Counted in tones (screens.c): after a minute staff is called, after two nothing is kept back any
// more.
#define TONES_UNTIL_STAFF 12
#define TONES_UNTIL_LOCKED 14
#define REMINDERS_FOR_PAPER 8

// A job on its way keeps its document until the printer has it.
static void wipe(struct step *step)
{
    struct session *session = step->session;

    ask_no_more(step, SESSION_ASKED_CARD);
    ask_no_more(step, SESSION_ASKED_PREVIEW);
    effect_add(step, EFFECT_RELEASE_CARD);
    effect_add(step, EFFECT_WIPE);
    session->document_held = session->document_held && is_asked(session, SESSION_ASKED_PRINTER);
    session->catalogue = NULL;
    session->page_shown = 0;
    session->page_drawn = false;
    session->page_failed = false;
    session->page_zoomed = false;
}

static void note_end(struct step *step, enum session_ending ending)
{
    struct session_effect *chapter = effect_add(step, EFFECT_JOURNAL_SESSION);

    chapter->chapter.begins = false;
    chapter->chapter.ending = ending;
    chapter->chapter.language = step->session->language;
}

void finish(struct step *step, enum session_ending ending)
{
    struct session *session = step->session;

    if (!session->open)
        return;
    clear_pin(step);
    session->choice_waits = false;
    if (!session->job_given)
        order_leave(step);
    close_backend(step);
    wipe(step);
    note_end(step, ending);
    session->open = false;
    session->proved = false;
    session->pin_verified = false;
    session->pin_consented = false;
    session->tries_left = -1;
    session->pad = false;
    session->pad_short = false;
    session->card_spent = session->slot != SESSION_SLOT_EMPTY;
}

void stop_session(struct step *step)
{
    struct session *session = step->session;

    if (session->open) {
        finish(step, SESSION_ENDING_STOPPED);
        leave(step);
    } else {
        session->card_spent = session->slot != SESSION_SLOT_EMPTY;
        leave_message(step);
    }
}

// An order that was closed before the hand-over has no paper, also when its end is not on disk yet.
bool paper_is_coming(const struct session *session)
{
    return order_busy(session) && session->job_given;
}

bool something_is_left(const struct session *session)
{
    return paper_is_coming(session) || session->papers > 0 || session->not_printed;
}

void say_goodbye(struct step *step)
{
    ask_no_more(step, SESSION_ASKED_RECEIPT);
    show(step, SCREEN_END);
}

static void leave_receipt(struct step *step)
{
    struct session *session = step->session;

    session->papers = 0;
    if (!session->receipt_due) {
        say_goodbye(step);
        return;
    }
    session->receipt_due = false;
    if (session->receipts_work && session->receipt.price_cents > 0)
        receipt_wanted(step); // who paid gets one without being asked
    else
        show(step, session->receipts_work ? SCREEN_RECEIPT : SCREEN_RECEIPT_NONE);
}

void leave_paper(struct step *step)
{
    struct session *session = step->session;

    if (session->not_printed) {
        show_not_printed(step);
    } else if (paper_is_coming(session) || session->papers > 0) {
        show(step, SCREEN_TAKE_PAPER);
    } else {
        leave_receipt(step);
    }
}

static bool card_must_come_out(const struct session *session)
{
    return session->slot != SESSION_SLOT_EMPTY && session->card_spent;
}

void leave(struct step *step)
{
    if (card_must_come_out(step->session))
        show(step, SCREEN_TAKE_CARD);
    else
        leave_paper(step);
}

void leave_message(struct step *step)
{
    if (card_must_come_out(step->session))
        show(step, SCREEN_TAKE_CARD);
    else if (something_is_left(step->session))
        leave_paper(step);
    else
        go_idle(step);
}

void card_reminder(struct step *step)
{
    show(step, SCREEN_CARD_LEFT);
}

static void lock(struct step *step)
{
    struct session *session = step->session;

    session->papers = 0;
    session->receipt_due = false;
    session->not_printed = false;
    job_give_up(step);
}

// Each tone is a step; the counter stands still once nothing more changes.
void card_alarm(struct step *step)
{
    struct session *session = step->session;

    if (session->reminders < TONES_UNTIL_LOCKED)
        session->reminders++;
    if (session->reminders == TONES_UNTIL_STAFF)
        effect_call(step, CALL_CARD_LEFT);
    if (session->reminders == TONES_UNTIL_LOCKED)
        lock(step);
    effect_add(step, EFFECT_SOUND)->sound = SOUND_ATTENTION;
    stay_longer(step);
}

void paper_taken(struct step *step)
{
    if (!paper_is_coming(step->session))
        leave_receipt(step);
}

// While the paper is still coming there is nothing to remind of, but an end to the waiting.
void paper_reminder(struct step *step)
{
    struct session *session = step->session;
    bool over = session->job_stopping || session->reminders + 1 >= REMINDERS_FOR_PAPER;

    session->reminders++;
    if (!over) {
        if (!paper_is_coming(session))
            effect_add(step, EFFECT_SOUND)->sound = SOUND_ATTENTION;
        stay_longer(step);
    } else if (is_asked(session, SESSION_ASKED_PRINTER)) {
        job_give_up(step);
        stay_longer(step);
    } else if (paper_is_coming(session)) {
        go_idle(step);
    } else {
        leave_receipt(step);
    }
}

void receipt_wanted(struct step *step)
{
    struct session *session = step->session;
    struct session_effect *effect = ask(step, SESSION_ASKED_RECEIPT, EFFECT_PRINT_RECEIPT);

    effect->order = session->receipt_order;
    effect->receipt.note = session->receipt;
    effect->receipt.language = session->language;
    show(step, SCREEN_RECEIPT_PRINTING);
}

void receipt_refused(struct step *step)
{
    say_goodbye(step);
}

// A receipt, or the slip of a resident who got no document.
void receipt_printed(struct step *step)
{
    step->session->slip_printed = true;
    if (step->session->screen == SCREEN_RECEIPT_PRINTING)
        stay_longer(step);
}

void receipt_failed(struct step *step)
{
    step->session->slip_failed = true;
    if (step->session->screen == SCREEN_RECEIPT_PRINTING)
        show(step, SCREEN_RECEIPT_NONE);
}
