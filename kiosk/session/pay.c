// The money: asked for once, and whatever the scheme answers, the resident is told what became of
// it. What cannot be known in time goes on without the session (architecture, section 5).
#include "machine.h"
#include "view.h"

static bool way_works(const struct session *session, enum session_way way)
{
    return way == SESSION_WAY_QR ? session->qr_works : session->terminal_works;
}

static void set_works(struct session *session, enum session_way way, bool works)
{
    if (way == SESSION_WAY_QR)
        session->qr_works = works;
    else
        session->terminal_works = works;
}

void payment_changed(struct step *step)
{
    set_works(step->session, step->event->payment.way, step->event->payment.works);
}

bool costs(const struct session *session)
{
    return session->price_cents > 0;
}

static struct session_effect *ask_scheme(struct step *step, enum session_effect_kind question)
{
    struct session *session = step->session;
    struct session_effect *effect = ask(step, SESSION_ASKED_PAYMENT, question);

    effect->order = session->order;
    effect->payment.way = session->way;
    effect->payment.id = session->payment;
    effect->payment.cents = session->price_cents;
    return effect;
}

// ---- choosing a way

void choose_to_pay(struct step *step)
{
    const struct session *session = step->session;

    show(step, session->qr_works || session->terminal_works ? SCREEN_PAY_CHOICE : SCREEN_PAY_DOWN);
}

void choose_way(struct step *step)
{
    struct session *session = step->session;
    enum session_way way = step->event->way;

    if (session->order_state != ORDER_ISSUED || session->order_waiting != ORDER_NONE ||
        !way_works(session, way))
        return;
    session->way = way;
    session->pay_until = 0;
    session->prompt = SESSION_PROMPT_WAIT;
    session->pay_no = SESSION_NO_REFUSED;
    session->pay_stopping = false;
    show(step, way == SESSION_WAY_QR ? SCREEN_PAY_QR : SCREEN_PAY_TERMINAL);
    ask_scheme(step, EFFECT_PREPARE_PAYMENT);
}

// The printer is looked at once more: everything that can fail goes before the money.
void payment_ready(struct step *step)
{
    struct session *session = step->session;

    if (session->printer != SESSION_PRINTER_READY) {
        print_document(step);
        return;
    }
    session->payment = step->event->fresh;
    session->pay_tried = true;
    order_write(step, ORDER_PAYING);
}

void payment_not_ready(struct step *step)
{
    set_works(step->session, step->session->way, false);
    choose_to_pay(step);
}

void back_to_preview(struct step *step)
{
    show(step, SCREEN_PREVIEW);
}

// The free documents stay.
void give_up_paying(struct step *step)
{
    order_close(step);
    show(step, SCREEN_LIST);
}

// ---- while it is under way

void take_payment(struct step *step)
{
    if (step->session->pay_stopping)
        order_write(step, ORDER_ISSUED); // before anything was begun
    else
        ask_scheme(step, EFFECT_TAKE_PAYMENT);
}

void stop_payment(struct step *step)
{
    ask_scheme(step, EFFECT_STOP_PAYMENT);
}

void payment_shown(struct step *step)
{
    step->session->pay_until = step->event->now + step->event->payment.milliseconds;
    stay_longer(step);
}

void payment_prompt(struct step *step)
{
    step->session->prompt = step->event->payment.prompt;
    stay_longer(step);
}

// Nothing is begun before PAYING is written; from then on only the scheme's answer ends it.
static void stop(struct step *step, enum session_no why)
{
    struct session *session = step->session;

    stay_longer(step);
    if (session->pay_stopping)
        return;
    if (session->order_state == ORDER_ISSUED && session->order_waiting == ORDER_NONE) {
        ask_no_more(step, SESSION_ASKED_PAYMENT);
        choose_to_pay(step);
        return;
    }
    session->pay_no = why;
    session->pay_stopping = true;
    if (session->order_state == ORDER_PAYING && session->order_waiting == ORDER_NONE)
        stop_payment(step);
}

void stop_paying(struct step *step)
{
    stop(step, SESSION_NO_CANCELLED);
}

// The scheme did not end it by itself, and when it is told to it does not answer either.
void paying_took_too_long(struct step *step)
{
    struct session *session = step->session;

    if (!session->pay_stopping)
        stop(step, SESSION_NO_EXPIRED);
    else if (session->order_waiting == ORDER_NONE)
        payment_unclear(step);
    else
        say_not_printed(step); // the journal does not answer
}

// ---- what the scheme says

void payment_made(struct step *step)
{
    order_write(step, ORDER_PAID);
}

void payment_refused(struct step *step)
{
    struct session *session = step->session;

    if (!session->pay_stopping)
        session->pay_no = step->event->payment.no;
    order_write(step, session->order_state == ORDER_PAYING ? ORDER_ISSUED : ORDER_CLOSED);
}

void payment_unclear(struct step *step)
{
    struct session *session = step->session;

    session->pay_no = SESSION_NO_CANCELLED;
    if (session->order_state == ORDER_PAYING) {
        ask_no_more(step, SESSION_ASKED_PAYMENT);
        order_write(step, ORDER_CANCELLING);
        show(step, SCREEN_PAY_CHECKING);
    }
}

void payment_unknowable(struct step *step)
{
    if (step->session->order_state == ORDER_PAYING)
        payment_unclear(step);
    else
        order_write(step, ORDER_STAFF);
}

void show_unpaid(struct step *step)
{
    static const enum session_screen screens[] = {
        [SESSION_NO_REFUSED] = SCREEN_PAY_REFUSED,
        [SESSION_NO_EXPIRED] = SCREEN_PAY_EXPIRED,
        [SESSION_NO_CANCELLED] = SCREEN_PAY_CANCELLED,
    };
    struct session *session = step->session;

    show(step, screens[session->pay_no]);
    session->pay_no = SESSION_NO_REFUSED;
    session->pay_stopping = false;
}

// The document is still there, and may be paid in another way; or it was given up.
void pay_again(struct step *step)
{
    if (step->session->order_state == ORDER_ISSUED)
        print_document(step);
    else
        show(step, SCREEN_LIST);
}

// ---- and no paper, or nobody knows

// What the resident keeps when money and paper do not meet.
static void print_slip(struct step *step)
{
    struct session *session = step->session;

    session->slip_printed = false;
    session->slip_failed = !session->receipts_work;
    if (!session->receipts_work)
        return;
    struct session_effect *effect = ask(step, SESSION_ASKED_RECEIPT, EFFECT_PRINT_RECEIPT);
    effect->order = session->order;
    effect->receipt.language = session->language;
    order_note(session, session->order_end, &effect->receipt.note);
}

void show_not_printed(struct step *step)
{
    struct session *session = step->session;
    bool unknown = session->money == SESSION_MONEY_UNCLEAR ||
                   (session->money == SESSION_MONEY_STAFF && !session->job_given);

    session->not_printed = false;
    if (session->money == SESSION_MONEY_NONE) {
        show(step, SCREEN_NOT_PRINTED);
        return;
    }
    show(step, unknown ? SCREEN_PAY_UNKNOWN : SCREEN_PAID_NOT_PRINTED);
    print_slip(step);
}

void say_not_printed(struct step *step)
{
    finish(step, SESSION_ENDING_FAILED);
    show_not_printed(step);
}

void stop_and_refund(struct step *step)
{
    finish(step, SESSION_ENDING_STOPPED);
    show_not_printed(step);
}

void checking_took_too_long(struct step *step)
{
    say_not_printed(step);
}

// The answer came while the resident waited for it.
void payment_settled(struct step *step)
{
    if (base_screen(step->session) != SCREEN_PAY_CHECKING)
        return;
    if (step->session->money == SESSION_MONEY_NONE)
        show_unpaid(step);
    else
        say_not_printed(step);
}
