// The way from the first touch to a card that can be used, and what the slot reports at any time.
#include "machine.h"

void welcome(struct step *step)
{
    show(step, SCREEN_LANGUAGE);
}

void choose_language(struct step *step)
{
    step->session->language = step->event->language;
    insert_card(step);
}

// A card that is there already need not be put in again.
void insert_card(struct step *step)
{
    switch (step->session->slot) {
    case SESSION_SLOT_EMPTY:
        show(step, SCREEN_INSERT);
        return;
    case SESSION_SLOT_CARD:
        read_card(step);
        return;
    case SESSION_SLOT_SILENT:
        show_mute(step);
        return;
    }
}

static void begin_session(struct step *step)
{
    struct session *session = step->session;

    session->open = true;
    session->visit = step->event->fresh;
    session->pin_digits = 0;
    session->pad = false;
    session->pad_short = false;
    session->tries_left = -1;
    session->pin_consented = false;
    session->pin_verified = false;
    session->proved = false;
    session->challenges = 0;
    session->retries = 0;
    session->job_given = false;
    struct session_effect *chapter = effect_add(step, EFFECT_JOURNAL_SESSION);
    chapter->chapter.begins = true;
    chapter->chapter.language = session->language;
}

void read_card(struct step *step)
{
    begin_session(step);
    ask(step, SESSION_ASKED_CARD, EFFECT_READ_CARD);
    show(step, SCREEN_READING);
}

void refuse_card(struct step *step, enum session_screen why)
{
    finish(step, SESSION_ENDING_CARD_REFUSED);
    show(step, why);
}

void show_mute(struct step *step)
{
    struct session *session = step->session;

    if (session->mute_cards < 3)
        session->mute_cards++;
    session->card_spent = session->slot != SESSION_SLOT_EMPTY;
    show(step, SCREEN_CARD_MUTE);
}

bool card_is_being_read(const struct session *session)
{
    return is_asked(session, SESSION_ASKED_CARD) &&
           session->asked[SESSION_ASKED_CARD].effect == EFFECT_READ_CARD;
}

// Once the PIN may be asked for, and again with the verdict: an entry that began meanwhile goes on,
// unless the card tells now what would not have let it begin.
static void ask_for_pin(struct step *step)
{
    struct session *session = step->session;
    bool enters = session->screen == SCREEN_PIN || session->screen == SCREEN_PIN_CHECKING;

    session->tries_left = step->event->card.tries_left;
    session->pad = step->event->card.pad;
    if (session->screen == SCREEN_READING || (enters && !pin_may_be_typed(session))) {
        clear_pin(step);
        enter_pin(step);
    }
}

// The resident types while the rest of the card is read.
void card_known(struct step *step)
{
    ask_for_pin(step);
}

static void card_is_good(struct step *step)
{
    if (step->event->card.tries_left == 0) {
        refuse_card(step, SCREEN_PIN_BLOCKED);
        return;
    }
    ask_for_pin(step);
    if (step->session->screen == SCREEN_PIN_CHECKING)
        send_pin(step);
}

void card_read(struct step *step)
{
    if (step->event->card.verdict != SESSION_CARD_MUTE)
        step->session->mute_cards = 0;
    switch (step->event->card.verdict) {
    case SESSION_CARD_GOOD:
        card_is_good(step);
        return;
    case SESSION_CARD_MUTE:
        finish(step, SESSION_ENDING_CARD_REFUSED);
        show_mute(step);
        return;
    case SESSION_CARD_BANK:
        refuse_card(step, SCREEN_CARD_BANK);
        return;
    case SESSION_CARD_OTHER:
        refuse_card(step, SCREEN_CARD_OTHER);
        return;
    case SESSION_CARD_FOREIGN:
        refuse_card(step, SCREEN_CARD_FOREIGN);
        return;
    case SESSION_CARD_KIDS:
        refuse_card(step, SCREEN_CARD_KIDS);
        return;
    case SESSION_CARD_EXPIRED:
        refuse_card(step, SCREEN_CARD_EXPIRED);
        step->session->card_valid_until_day = step->event->card.valid_until_day;
        return;
    case SESSION_CARD_NOT_VERIFIABLE:
        refuse_card(step, SCREEN_CARD_NOT_VERIFIABLE);
        return;
    case SESSION_CARD_NOT_ACTIVATED:
        refuse_card(step, SCREEN_CARD_NOT_ACTIVATED);
        return;
    }
}

void card_failed(struct step *step)
{
    finish(step, SESSION_ENDING_FAILED);
    show_mute(step);
}

void reading_took_too_long(struct step *step)
{
    card_failed(step);
}

// What a screen makes of a card that comes in or goes out while no resident's session is open.
enum slot_rule {
    SLOT_STAYS,    // nothing
    SLOT_WELCOMES, // a card begins a visit
    SLOT_READS,    // a card is read; when it is taken out another one is asked for
    SLOT_RESTARTS, // all is said and done: a card is somebody's next visit
    SLOT_WAITS,    // for the card to go out
};

static const enum slot_rule rules[SESSION_SCREEN_COUNT] = {
    [SCREEN_ATTRACT] = SLOT_WELCOMES,
    [SCREEN_INSERT] = SLOT_READS,
    [SCREEN_CARD_MUTE] = SLOT_READS,
    [SCREEN_CARD_BANK] = SLOT_READS,
    [SCREEN_CARD_OTHER] = SLOT_READS,
    [SCREEN_CARD_FOREIGN] = SLOT_READS,
    [SCREEN_CARD_KIDS] = SLOT_READS,
    [SCREEN_CARD_EXPIRED] = SLOT_RESTARTS,
    [SCREEN_CARD_BLOCKED] = SLOT_RESTARTS,
    [SCREEN_CARD_NOT_VERIFIABLE] = SLOT_RESTARTS,
    [SCREEN_CARD_NOT_ACTIVATED] = SLOT_RESTARTS,
    [SCREEN_PIN_BLOCKED] = SLOT_RESTARTS,
    [SCREEN_BACKEND_DOWN] = SLOT_RESTARTS,
    [SCREEN_UNKNOWN_RESIDENT] = SLOT_RESTARTS,
    [SCREEN_MINOR] = SLOT_RESTARTS,
    [SCREEN_SEE_COUNTER] = SLOT_RESTARTS,
    [SCREEN_SEAL_BAD] = SLOT_RESTARTS,
    [SCREEN_ISSUE_FAILED] = SLOT_RESTARTS,
    [SCREEN_NOT_PRINTED] = SLOT_RESTARTS,
    [SCREEN_CARD_EARLY] = SLOT_RESTARTS,
    [SCREEN_TIMED_OUT] = SLOT_RESTARTS,
    [SCREEN_END] = SLOT_RESTARTS,
    [SCREEN_TAKE_CARD] = SLOT_WAITS,
    [SCREEN_CARD_LEFT] = SLOT_WAITS,
};

void card_in(struct step *step)
{
    struct session *session = step->session;
    enum slot_rule rule = rules[base_screen(session)];

    if (session->slot == SESSION_SLOT_CARD)
        return;
    if (session->slot == SESSION_SLOT_EMPTY)
        session->card_spent = false;
    session->slot = SESSION_SLOT_CARD;
    if (session->card_spent)
        return;
    if (rule == SLOT_WELCOMES)
        welcome(step);
    else if (rule == SLOT_READS)
        read_card(step);
    else if (rule == SLOT_RESTARTS && !something_is_left(session))
        go_idle(step);
}

static void session_falls_silent(struct step *step)
{
    finish(step, SESSION_ENDING_CARD_REMOVED);
    if (something_is_left(step->session))
        leave(step);
    else
        show_mute(step);
}

void card_silent(struct step *step)
{
    struct session *session = step->session;
    enum slot_rule rule = rules[base_screen(session)];

    if (session->slot == SESSION_SLOT_SILENT)
        return;
    if (session->slot == SESSION_SLOT_EMPTY)
        session->card_spent = false;
    session->slot = SESSION_SLOT_SILENT;
    if (session->open)
        session_falls_silent(step);
    else if (rule == SLOT_WELCOMES)
        welcome(step);
    else if (rule == SLOT_READS)
        show_mute(step);
    else if (rule == SLOT_RESTARTS && !session->card_spent && !something_is_left(session))
        go_idle(step);
}

// Before the printer may have it, pulling the card ends everything; after, the paper still comes.
static void card_out_of_session(struct step *step)
{
    struct session *session = step->session;
    bool undone = order_busy(session) && !session->job_given;

    if (!undone && (session->job_given || session->papers > 0)) {
        finish(step, SESSION_ENDING_COMPLETED);
        leave_paper(step);
    } else {
        finish(step, SESSION_ENDING_CARD_REMOVED);
        if (session->not_printed)
            leave_paper(step); // money was under way: the resident keeps a reference
        else
            show(step, SCREEN_CARD_EARLY);
    }
}

void card_out(struct step *step)
{
    struct session *session = step->session;
    enum slot_rule rule = rules[base_screen(session)];

    if (session->slot == SESSION_SLOT_EMPTY)
        return;
    session->slot = SESSION_SLOT_EMPTY;
    session->card_spent = false;
    if (session->open)
        card_out_of_session(step);
    else if (rule == SLOT_READS)
        show(step, SCREEN_INSERT);
    else if (rule == SLOT_WAITS)
        leave_paper(step);
}
