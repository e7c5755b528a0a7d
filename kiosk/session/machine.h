// machine.h: what the files of the session share: the step being made, and the verbs it is made of.
// Private to this room.
#pragma once
#include "session.h"

#pragma GCC visibility push(hidden)

struct step {
    struct session *session; // already a copy: `after`
    const struct session_event *event;
    struct session_effects *effects;
    bool entered; // a screen was shown in this step
    bool rearm;   // its time begins anew
};

// What an event does on a screen. Actions are the words that the tables are written in.
typedef void action(struct step *step);

// ---- effects (effects.c)

struct session_effect *effect_add(struct step *step, enum session_effect_kind kind);
void effect_call(struct step *step, enum session_call call);

// Adds the question as an effect; an unanswered one to the same service is void from now on.
struct session_effect *ask(struct step *step, enum session_asked whom,
                           enum session_effect_kind question);
void ask_no_more(struct step *step, enum session_asked whom);
bool is_asked(const struct session *session, enum session_asked whom);

// ---- screens and time (screens.c)

void show(struct step *step, enum session_screen screen);
void stay_longer(struct step *step); // the screen's time begins anew
void finish_step(struct step *step); // sound and timer for the screen on which the step ended
// The screen itself, or the one under an overlay.
enum session_screen base_screen(const struct session *session);

action ask_still_there, open_help, uncover, timed_out;
action change_language, change_language_at_rest;

// ---- tables (conversation.c, answers.c)

// What hands and the timer do on a screen; NULL: nothing.
action *conversation(enum session_screen screen, enum session_event_kind kind);

// What answers do; NULL for an event that is not an answer.
struct answer {
    action *then;
    enum session_asked whom;
    uint32_t questions; // bits 1 << EFFECT_…: what it may answer
    bool more_comes;    // the question stays open
};
const struct answer *answer_to(enum session_event_kind kind);

// What devices and the card slot report; NULL for an event that is no report.
action *report(enum session_event_kind kind);

// ---- the terminal (terminal.c)

bool has_trouble(const struct session *session);
void follow_terminal(struct step *step); // screens without a resident depend on the devices
action go_idle, starting_took_too_long;

// ---- card (card.c)

action welcome, choose_language, insert_card, read_card;
action card_known, card_read, card_failed, reading_took_too_long;
bool card_is_being_read(const struct session *session); // its verdict is still to come
action card_in, card_silent, card_out;
// No more than "this card does not do": the resident's session ends, the screen says why.
void refuse_card(struct step *step, enum session_screen why);
void show_mute(struct step *step);

// ---- PIN (pin.c)

action enter_pin, pin_digits, pin_confirmed, send_pin, pin_cancelled, pin_forgotten;
action last_try_consented;
action pin_accepted, pin_refused, pin_failed;
action pad_cancelled, pad_timed_out, pad_too_short;
void clear_pin(struct step *step);
bool pin_may_be_typed(const struct session *session); // on the screen, now
uint32_t pad_time(const struct session *session); // the longest that an entry there may take; ms

// ---- proof (proof.c)

action open_proof, challenged, signed_challenge, sign_failed, proved;
action backend_refused, backend_failed, proof_took_too_long;
action retry_backend, backend_message_over;
void backend_down(struct step *step);
void close_backend(struct step *step);
void give_right_back(struct step *step); // what the PIN allowed the card to do

// ---- choosing (choose.c)

action begin_choice, choose_subject, choose_document, choose_purpose, purpose_not_told;
action information_read, choose_option, options_chosen, choose_paper_language;
action leave_choice, back_from_list, back_to_list, back_to_purpose, back_to_options;
action back_from_preview, change_paper_language;

// ---- the order (order_life.c)

bool order_busy(const struct session *session); // there is one, and its end is not on disk
void order_begin(struct step *step);            // of the choice that was made
void order_close(struct step *step);            // nothing was printed, nothing will be
void order_leave(struct step *step);            // whatever it takes, without the resident
void order_write(struct step *step, enum order_state state);
void order_note(const struct session *session, enum order_state state,
                struct session_order_note *note);
void drop_document(struct step *step);
action journaled, journal_failed;

// ---- issuing and preview (issue.c)

action ask_for_document, fetch_document, ordered, sealed, seal_refused, issuing_took_too_long;
action show_page, hide_page, next_page, zoom_page, page_drawn, page_failed, preview_time_over;
action print_document;
void issue_failed(struct step *step);
void forget_page(struct step *step); // the picture goes, if one is there or asked for

// ---- paying (pay.c)

bool costs(const struct session *session);
void choose_to_pay(struct step *step);
void take_payment(struct step *step); // PAYING is on disk
void stop_payment(struct step *step); // CANCELLING is on disk
void show_unpaid(struct step *step);
void payment_settled(struct step *step); // without any hand-over
action payment_changed, choose_way, back_to_preview, give_up_paying, pay_again, stop_paying;
action payment_ready, payment_not_ready, payment_shown, payment_prompt;
action payment_made, payment_refused, payment_unclear, payment_unknowable;
action paying_took_too_long, checking_took_too_long, stop_and_refund;

// ---- printing (print.c)

void follow_job(struct step *step); // screens that watch the job
void job_settled(struct step *step);
// Ends the session, if there is one, and says that there is no paper, and what became of the money.
void say_not_printed(struct step *step);
void show_not_printed(struct step *step);
void job_give_up(struct step *step); // cancel; the second time: nobody can tell
action hand_over;
action print_accepted, print_progress, print_completed, print_refused, print_aborted, print_unclear;
action another_document, no_more, nobody_wants_more, stop_printing, printer_took_too_long;

// ---- leaving (leave.c)

// The resident's session ends here and nowhere else: PIN cleared, an order that was not handed over
// closed, card released, everything wiped. Does nothing when there is none.
void finish(struct step *step, enum session_ending ending);
void leave(struct step *step);         // card, paper, receipt, goodbye: whatever is still to do
void leave_paper(struct step *step);   // the same, the card being out
void leave_message(struct step *step); // the same without the goodbye where nothing was done
bool something_is_left(const struct session *session);
bool paper_is_coming(const struct session *session);
action stop_session, card_reminder, card_alarm, paper_reminder, paper_taken;
action receipt_wanted, receipt_refused, receipt_printed, receipt_failed, say_goodbye;

#pragma GCC visibility pop
