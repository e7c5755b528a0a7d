// The PIN: asked for with the warning that it needs, sent once, and gone from memory on every way
// out. The digits themselves never come here; where the reader has keys of its own, they never come
// to this computer.
#include "machine.h"

#define PIN_SHORTEST 4
#define PIN_LONGEST 12
#define PAD_SECONDS_MOST 255
// A key may be waited for before each digit and before OK.
#define PAD_WAITS (PIN_LONGEST + 1)

void clear_pin(struct step *step)
{
    struct session *session = step->session;

    if (!session->pin_open)
        return;
    session->pin_open = false;
    session->pin_digits = 0;
    effect_add(step, EFFECT_CLEAR_PIN);
}

// How long the reader waits for a key: twice of it is the time that a keypad on the screen has.
static int pad_seconds(const struct session *session)
{
    uint32_t seconds = session->limits.pin / 2 / 1000;

    return seconds < 1 ? 1 : seconds > PAD_SECONDS_MOST ? PAD_SECONDS_MOST : (int)seconds;
}

uint32_t pad_time(const struct session *session)
{
    return (uint32_t)pad_seconds(session) * PAD_WAITS * 1000 + session->limits.reading;
}

static bool pad_asks(const struct session *session)
{
    return is_asked(session, SESSION_ASKED_CARD) &&
           session->asked[SESSION_ASKED_CARD].effect == EFFECT_VERIFY_PIN_ON_PAD;
}

static void ask_on_pad(struct step *step)
{
    struct session_effect *effect = ask(step, SESSION_ASKED_CARD, EFFECT_VERIFY_PIN_ON_PAD);

    effect->pad.seconds = pad_seconds(step->session);
    effect->pad.language = step->session->language;
}

// A reader cannot be told to stop asking. So it goes on when the resident turns to another screen,
// and is not asked again when they come back.
static void enter_pin_on_pad(struct step *step)
{
    if (!pad_asks(step->session))
        ask_on_pad(step);
    show(step, SCREEN_PIN_ON_PAD);
}

// Before the verdict a PIN may be typed, but not sent: the reader's own keys would send it at once.
// Nor is a PIN told as blocked of a card that may not be a good one.
static bool waits_for_verdict(const struct session *session)
{
    return card_is_being_read(session) && (session->pad || session->tries_left == 0);
}

static bool wants_consent(const struct session *session)
{
    return session->tries_left == 1 && !session->pin_consented;
}

bool pin_may_be_typed(const struct session *session)
{
    return !waits_for_verdict(session) && !wants_consent(session) && !session->pad;
}

void enter_pin(struct step *step)
{
    struct session *session = step->session;

    if (waits_for_verdict(session)) {
        if (session->screen != SCREEN_READING)
            show(step, SCREEN_READING);
        return;
    }
    if (wants_consent(session)) {
        show(step, SCREEN_PIN_LAST_TRY);
        return;
    }
    session->pad_short = false;
    if (session->pad) {
        enter_pin_on_pad(step);
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
    show(step, SCREEN_PIN_CHECKING);
    if (!card_is_being_read(step->session))
        send_pin(step);
}

// To a card that was judged good, and no other.
void send_pin(struct step *step)
{
    step->session->pin_consented = false;
    ask(step, SESSION_ASKED_CARD, EFFECT_VERIFY_PIN);
    stay_longer(step);
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
    session->pin_consented = false;
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
    session->pin_consented = false;
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

// ---- the reader's own keys: ends of an entry that used no try

static bool pad_is_looked_at(const struct step *step)
{
    return base_screen(step->session) == SCREEN_PIN_ON_PAD;
}

void pad_cancelled(struct step *step)
{
    if (pad_is_looked_at(step))
        show(step, SCREEN_PIN_CANCELLED);
}

// The reader's patience is shorter than ours: it asks once more before we ask who is there.
void pad_timed_out(struct step *step)
{
    struct session *session = step->session;

    if (session->screen != SCREEN_PIN_ON_PAD)
        return; // whoever comes back to it is asked again
    if (session->reminders > 0) {
        ask_still_there(step);
        return;
    }
    session->reminders++;
    ask_on_pad(step);
    stay_longer(step);
}

void pad_too_short(struct step *step)
{
    struct session *session = step->session;

    if (!pad_is_looked_at(step))
        return;
    enter_pin(step);
    session->pad_short = true;
}
