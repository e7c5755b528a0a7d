// The PIN: asked for with the warning that it needs, sent once, and gone from memory on every way
// out. The digits themselves never come here.
#include "machine.h"

#define PIN_SHORTEST 4
#define PIN_LONGEST 12

void clear_pin(struct step *step)
{
    struct session *session = step->session;

    if (!session->pin_open)
        return;
    session->pin_open = false;
    session->pin_digits = 0;
    effect_add(step, EFFECT_CLEAR_PIN);
}

void enter_pin(struct step *step)
{
    struct session *session = step->session;

    if (session->tries_left == 1 && !session->pin_consented) {
        show(step, SCREEN_PIN_LAST_TRY);
        return;
    }
    session->pin_open = true;
    session->pin_digits = 0;
    show(step, SCREEN_PIN);
}

void last_try_consented(struct step *step)
{
    step->session->pin_consented = true;
    enter_pin(step);
}

void pin_digits(struct step *step)
{
    int count = step->event->count;

    step->session->pin_digits = count < 0 ? 0 : count > PIN_LONGEST ? PIN_LONGEST : count;
    stay_longer(step);
}

void pin_confirmed(struct step *step)
{
    if (step->session->pin_digits < PIN_SHORTEST) {
        stay_longer(step);
        return;
    }
    step->session->pin_consented = false;
    ask(step, SESSION_ASKED_CARD, EFFECT_VERIFY_PIN);
    show(step, SCREEN_PIN_CHECKING);
}

void pin_cancelled(struct step *step)
{
    clear_pin(step);
    show(step, SCREEN_PIN_CANCELLED);
}

void pin_forgotten(struct step *step)
{
    clear_pin(step);
    show(step, SCREEN_PIN_FORGOTTEN);
}

// The right to sign lasts as long as a proof may take, used or not.
void pin_accepted(struct step *step)
{
    struct session *session = step->session;

    clear_pin(step);
    session->pin_verified = true;
    session->pin_right_until = step->event->now + session->limits.backend;
    session->tries_left = -1;
    session->challenges = 0;
    open_proof(step);
}

// A card that does not count may have been tried elsewhere: then the next try may be the last.
void pin_refused(struct step *step)
{
    struct session *session = step->session;

    clear_pin(step);
    session->tries_left = step->event->count < 0 ? 1 : step->event->count;
    if (session->tries_left == 0)
        refuse_card(step, SCREEN_PIN_BLOCKED);
    else if (session->tries_left == 1)
        show(step, SCREEN_PIN_LAST_TRY);
    else
        show(step, SCREEN_PIN_WRONG);
}

// Nobody can tell whether a try was used: the card comes out, and is asked how many are left when
// it comes in again.
void pin_failed(struct step *step)
{
    finish(step, SESSION_ENDING_FAILED);
    show_mute(step);
}
