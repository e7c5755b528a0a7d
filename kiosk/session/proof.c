// The card proves itself to the municipality: session, challenge, signature, catalogue.
#include "machine.h"

// Lost connections cost a new challenge, not a new PIN; but not for ever.
#define CHALLENGES_IN_A_ROW 2
#define RETRIES_BY_THE_RESIDENT 2

void close_backend(struct step *step)
{
    ask_no_more(step, SESSION_ASKED_MUNICIPALITY);
    if (!step->session->backend_open)
        return;
    step->session->backend_open = false;
    effect_add(step, EFFECT_CLOSE_BACKEND_SESSION);
}

void open_proof(struct step *step)
{
    close_backend(step);
    step->session->backend_open = true;
    step->session->challenges++;
    ask(step, SESSION_ASKED_MUNICIPALITY, EFFECT_OPEN_BACKEND_SESSION);
    show(step, SCREEN_AUTHENTICATING);
}

void challenged(struct step *step)
{
    ask(step, SESSION_ASKED_CARD, EFFECT_SIGN_CHALLENGE);
}

void signed_challenge(struct step *step)
{
    ask(step, SESSION_ASKED_MUNICIPALITY, EFFECT_PROVE);
}

void sign_failed(struct step *step)
{
    finish(step, SESSION_ENDING_FAILED);
    show_mute(step);
}

void give_right_back(struct step *step)
{
    if (!step->session->pin_verified)
        return;
    step->session->pin_verified = false;
    effect_add(step, EFFECT_LOG_OFF_CARD);
}

void proved(struct step *step)
{
    struct session *session = step->session;

    if (step->event->catalogue == NULL) {
        backend_failed(step);
        return;
    }
    session->proved = true;
    session->retries = 0;
    session->catalogue = step->event->catalogue;
    give_right_back(step);
    begin_choice(step);
}

void backend_down(struct step *step)
{
    if (step->session->retries >= RETRIES_BY_THE_RESIDENT)
        finish(step, SESSION_ENDING_UNREACHABLE);
    show(step, SCREEN_BACKEND_DOWN);
}

// Without a proof nothing of the municipality's session is of use any more.
void backend_failed(struct step *step)
{
    if (!step->session->proved)
        close_backend(step);
    backend_down(step);
}

static void refuse_resident(struct step *step, enum session_screen why)
{
    finish(step, SESSION_ENDING_REFUSED);
    show(step, why);
}

static void challenge_is_stale(struct step *step)
{
    struct session *session = step->session;

    if (session->pin_verified && session->challenges < CHALLENGES_IN_A_ROW)
        open_proof(step);
    else
        backend_failed(step);
}

static void proof_refused(struct step *step)
{
    switch (step->event->refusal) {
    case SESSION_REFUSAL_UNKNOWN_RESIDENT:
        refuse_resident(step, SCREEN_UNKNOWN_RESIDENT);
        return;
    case SESSION_REFUSAL_MINOR:
        refuse_resident(step, SCREEN_MINOR);
        return;
    case SESSION_REFUSAL_SEE_COUNTER:
    case SESSION_REFUSAL_NOT_POSSIBLE:
        refuse_resident(step, SCREEN_SEE_COUNTER);
        return;
    case SESSION_REFUSAL_CARD_BLOCKED:
        refuse_resident(step, SCREEN_CARD_BLOCKED);
        return;
    case SESSION_REFUSAL_CARD_NOT_VERIFIABLE:
        refuse_resident(step, SCREEN_CARD_NOT_VERIFIABLE);
        return;
    case SESSION_REFUSAL_CHALLENGE_STALE:
        challenge_is_stale(step);
        return;
    case SESSION_REFUSAL_SERVICE:
        backend_failed(step);
        return;
    }
}

// Once the proof is accepted a refusal is about the document; only a service that is down may be
// asked again.
void backend_refused(struct step *step)
{
    if (!step->session->proved)
        proof_refused(step);
    else if (step->event->refusal == SESSION_REFUSAL_SERVICE)
        backend_failed(step);
    else
        issue_failed(step);
}

void proof_took_too_long(struct step *step)
{
    if (is_asked(step->session, SESSION_ASKED_CARD)) {
        sign_failed(step);
        return;
    }
    give_right_back(step);
    backend_failed(step);
}

void retry_backend(struct step *step)
{
    struct session *session = step->session;

    if (!session->open) {
        leave_message(step);
        return;
    }
    session->retries++;
    session->challenges = 0;
    if (session->proved)
        ask_for_document(step);
    else if (session->pin_verified)
        open_proof(step);
    else
        enter_pin(step);
}

// First the card's right ends, then the session.
void backend_message_over(struct step *step)
{
    if (step->session->pin_verified) {
        give_right_back(step);
        stay_longer(step);
    } else {
        timed_out(step);
    }
}
