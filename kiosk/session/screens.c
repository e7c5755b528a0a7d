// Which screen is shown, how long it stays, and the two screens that lie over others.
#include "machine.h"

// A screen's time: a limit of the configuration, or the stated part of it. The flows' shorter times
// are halves of the longer ones; the alarm's tones are parts of the time a card may be left.
struct screen_time {
    bool limited;
    size_t limit; // offset into struct session_limits
    uint32_t part;
};
#define LIMIT(name)                                                                                \
    {                                                                                              \
        true, offsetof(struct session_limits, name), 1                                             \
    }
#define HALF(name)                                                                                 \
    {                                                                                              \
        true, offsetof(struct session_limits, name), 2                                             \
    }
#define FOREVER                                                                                    \
    {                                                                                              \
        false, 0, 1                                                                                \
    }

static const struct screen_time times[SESSION_SCREEN_COUNT] = {
    [SCREEN_ATTRACT] = FOREVER,
    [SCREEN_LANGUAGE] = LIMIT(choose),
    [SCREEN_INSERT] = LIMIT(insert),
    [SCREEN_READING] = LIMIT(reading),
    [SCREEN_CARD_MUTE] = LIMIT(message),
    [SCREEN_CARD_BANK] = HALF(message),
    [SCREEN_CARD_OTHER] = HALF(message),
    [SCREEN_CARD_FOREIGN] = HALF(message),
    [SCREEN_CARD_KIDS] = HALF(message),
    [SCREEN_CARD_EXPIRED] = LIMIT(message),
    [SCREEN_CARD_BLOCKED] = LIMIT(message),
    [SCREEN_CARD_NOT_VERIFIABLE] = LIMIT(message),
    [SCREEN_CARD_NOT_ACTIVATED] = LIMIT(message),
    [SCREEN_PIN] = LIMIT(pin),
    [SCREEN_PIN_CHECKING] = LIMIT(reading),
    [SCREEN_PIN_ON_PAD] = LIMIT(pin),
    [SCREEN_PIN_FORGOTTEN] = LIMIT(message),
    [SCREEN_PIN_WRONG] = LIMIT(message),
    [SCREEN_PIN_LAST_TRY] = LIMIT(last_try),
    [SCREEN_PIN_BLOCKED] = LIMIT(last_try),
    [SCREEN_PIN_CANCELLED] = HALF(message),
    [SCREEN_AUTHENTICATING] = LIMIT(backend),
    [SCREEN_BACKEND_DOWN] = LIMIT(message),
    [SCREEN_UNKNOWN_RESIDENT] = LIMIT(message),
    [SCREEN_MINOR] = LIMIT(message),
    [SCREEN_SEE_COUNTER] = LIMIT(message),
    [SCREEN_SUBJECT] = LIMIT(choose),
    [SCREEN_LIST] = LIMIT(choose),
    [SCREEN_PURPOSE] = LIMIT(choose),
    [SCREEN_ABROAD] = LIMIT(choose),
    [SCREEN_OPTIONS] = LIMIT(choose),
    [SCREEN_DOCUMENT_LANGUAGE] = LIMIT(choose),
    [SCREEN_PREVIEW] = LIMIT(preview),
    [SCREEN_ISSUING] = LIMIT(issue),
    [SCREEN_SEAL_BAD] = LIMIT(message),
    [SCREEN_ISSUE_FAILED] = LIMIT(message),
    [SCREEN_PAY_CHOICE] = LIMIT(choose),
    [SCREEN_PAY_QR] = LIMIT(backend),
    [SCREEN_PAY_TERMINAL] = LIMIT(terminal),
    [SCREEN_PAY_REFUSED] = LIMIT(message),
    [SCREEN_PAY_EXPIRED] = LIMIT(message),
    [SCREEN_PAY_CANCELLED] = LIMIT(message),
    [SCREEN_PAY_CHECKING] = LIMIT(pay_check),
    [SCREEN_PAY_UNKNOWN] = LIMIT(trouble),
    [SCREEN_PAY_DOWN] = HALF(message),
    [SCREEN_PRINTING] = LIMIT(choose),
    [SCREEN_PRINTER_EMPTY] = LIMIT(paper_empty),
    [SCREEN_PRINTER_TROUBLE] = LIMIT(trouble),
    [SCREEN_NOT_PRINTED] = LIMIT(message),
    [SCREEN_PAID_NOT_PRINTED] = LIMIT(trouble),
    [SCREEN_TAKE_CARD] = LIMIT(take_card),
    [SCREEN_CARD_LEFT] = LIMIT(card_left),
    [SCREEN_TAKE_PAPER] = LIMIT(take_paper),
    [SCREEN_RECEIPT] = LIMIT(receipt),
    [SCREEN_RECEIPT_PRINTING] = LIMIT(receipt),
    [SCREEN_RECEIPT_NONE] = LIMIT(receipt),
    [SCREEN_END] = LIMIT(end),
    [SCREEN_CARD_EARLY] = LIMIT(early),
    [SCREEN_STILL_THERE] = LIMIT(still_there),
    [SCREEN_TIMED_OUT] = LIMIT(early),
    [SCREEN_OUT_OF_SERVICE] = FOREVER,
    [SCREEN_HELP] = LIMIT(help),
    [SCREEN_STARTING] = LIMIT(backend),
};

struct screen_sound {
    bool sounds;
    enum session_sound sound;
};
static const struct screen_sound sounds[SESSION_SCREEN_COUNT] = {
    [SCREEN_READING] = {true, SOUND_CARD_IN},
    [SCREEN_CARD_MUTE] = {true, SOUND_ERROR},
    [SCREEN_CARD_BANK] = {true, SOUND_ERROR},
    [SCREEN_CARD_OTHER] = {true, SOUND_ERROR},
    [SCREEN_CARD_FOREIGN] = {true, SOUND_ERROR},
    [SCREEN_CARD_KIDS] = {true, SOUND_ERROR},
    [SCREEN_PIN_WRONG] = {true, SOUND_ERROR},
    [SCREEN_PIN_LAST_TRY] = {true, SOUND_ATTENTION},
    [SCREEN_BACKEND_DOWN] = {true, SOUND_ERROR},
    [SCREEN_SEAL_BAD] = {true, SOUND_ERROR},
    [SCREEN_ISSUE_FAILED] = {true, SOUND_ERROR},
    [SCREEN_PRINTER_EMPTY] = {true, SOUND_ATTENTION},
    [SCREEN_PRINTER_TROUBLE] = {true, SOUND_ATTENTION},
    [SCREEN_NOT_PRINTED] = {true, SOUND_ERROR},
    [SCREEN_PAID_NOT_PRINTED] = {true, SOUND_ERROR},
    [SCREEN_PAY_REFUSED] = {true, SOUND_ERROR},
    [SCREEN_PAY_EXPIRED] = {true, SOUND_ERROR},
    [SCREEN_PAY_UNKNOWN] = {true, SOUND_ERROR},
    [SCREEN_TAKE_CARD] = {true, SOUND_ATTENTION},
    [SCREEN_CARD_LEFT] = {true, SOUND_ATTENTION},
    [SCREEN_TAKE_PAPER] = {true, SOUND_ATTENTION},
    [SCREEN_STILL_THERE] = {true, SOUND_ATTENTION},
};

// The scheme says by itself that a code is not valid any more.
#define SCHEME_IS_FASTER_MS 3000

static uint32_t limit(const struct session *session, const struct screen_time *time)
{
    const uint8_t *limits = (const uint8_t *)&session->limits;

    return *(const uint32_t *)(const void *)(limits + time->limit) / time->part;
}

static uint32_t at_most_right(uint32_t milliseconds, const struct session *session, uint64_t now)
{
    uint64_t left = session->pin_right_until > now ? session->pin_right_until - now : 0;

    return left < milliseconds ? (uint32_t)left : milliseconds;
}

// How long the screen stays now; 0 for ever.
static uint32_t screen_time(const struct session *session, uint64_t now)
{
    const struct session_limits *limits = &session->limits;
    uint32_t usual = limit(session, &times[session->screen]);

    if (session->screen == SCREEN_STILL_THERE &&
        (session->behind == SCREEN_INSERT || session->behind == SCREEN_PIN ||
         session->behind == SCREEN_PIN_ON_PAD))
        return usual / 2;
    if (session->screen == SCREEN_PIN_ON_PAD)
        return pad_time(session);
    if (session->screen == SCREEN_PREVIEW && session->page_shown > 0)
        return limits->page_shown;
    if (session->screen == SCREEN_PAY_QR && session->pay_until > now && !session->pay_stopping)
        return (uint32_t)(session->pay_until - now) + SCHEME_IS_FASTER_MS;
    if (session->screen == SCREEN_PAY_TERMINAL && session->pay_stopping)
        return limits->backend;
    // The card's right does not outlast its time: the screen then ends, and gives it back.
    if ((session->screen == SCREEN_AUTHENTICATING || session->screen == SCREEN_BACKEND_DOWN) &&
        session->pin_verified)
        return at_most_right(usual, session, now);
    // Tones every 5 s for the first minute, then every 30 s.
    if (session->screen == SCREEN_CARD_LEFT)
        return session->reminders < 12 ? limits->card_left / 24 : limits->card_left / 4;
    if (session->job_stopping &&
        (session->screen == SCREEN_PRINTER_EMPTY || session->screen == SCREEN_PRINTER_TROUBLE ||
         session->screen == SCREEN_TAKE_PAPER))
        return limits->receipt;
    return usual;
}

void show(struct step *step, enum session_screen screen)
{
    step->session->screen = screen;
    step->session->reminders = 0;
    step->entered = true;
}

void stay_longer(struct step *step)
{
    step->rearm = true;
}

static void disarm(struct step *step)
{
    if (step->session->timer == 0)
        return;
    step->session->timer = 0;
    step->session->timer_due = 0;
    effect_add(step, EFFECT_DISARM_TIMER);
}

static void arm(struct step *step, uint32_t milliseconds)
{
    struct session *session = step->session;
    uint32_t at_least = milliseconds == 0 ? 1 : milliseconds;

    session->timer_count = session->timer_count == UINT32_MAX ? 1 : session->timer_count + 1;
    session->timer = session->timer_count;
    session->timer_due = step->event->now + at_least;
    struct session_effect *effect = effect_add(step, EFFECT_ARM_TIMER);
    effect->timer.number = session->timer;
    effect->timer.milliseconds = at_least;
}

void finish_step(struct step *step)
{
    struct session *session = step->session;
    const struct screen_sound *sound = &sounds[session->screen];

    if (step->entered) {
        session->since = step->event->now;
        if (sound->sounds)
            effect_add(step, EFFECT_SOUND)->sound = sound->sound;
    }
    if (!step->entered && !step->rearm)
        return;
    if (times[session->screen].limited)
        arm(step, screen_time(session, step->event->now));
    else
        disarm(step);
}

enum session_screen base_screen(const struct session *session)
{
    bool over = session->screen == SCREEN_HELP || session->screen == SCREEN_STILL_THERE;

    return over ? session->behind : session->screen;
}

// What lies under an overlay is not left open: nobody may be in front of it.
static void cover(struct step *step, enum session_screen overlay)
{
    clear_pin(step);
    give_right_back(step);
    forget_page(step);
    step->session->behind = step->session->screen;
    show(step, overlay);
}

void uncover(struct step *step)
{
    if (step->session->behind == SCREEN_PIN || step->session->behind == SCREEN_PIN_ON_PAD)
        enter_pin(step);
    else
        show(step, step->session->behind);
}

void ask_still_there(struct step *step)
{
    cover(step, SCREEN_STILL_THERE);
}

void open_help(struct step *step)
{
    cover(step, SCREEN_HELP);
}

void timed_out(struct step *step)
{
    struct session *session = step->session;

    if (session->open) {
        finish(step, SESSION_ENDING_TIMED_OUT);
        show(step, SCREEN_TIMED_OUT);
    } else {
        session->card_spent = session->slot != SESSION_SLOT_EMPTY;
        leave_message(step);
    }
}

void change_language(struct step *step)
{
    step->session->language = step->event->language;
}

void change_language_at_rest(struct step *step)
{
    change_language(step);
    stay_longer(step);
}
