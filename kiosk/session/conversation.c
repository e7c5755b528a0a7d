// The conversation with the resident as a table: what each key and the timer do on each screen. A
// pair that is not in the table does nothing.
#include "machine.h"

// Screens on which the terminal works, or waits for something to be taken: only the language
// changes.
#define WORKING [EVENT_LANGUAGE_CHOSEN] = change_language
// Screens on which a person reads and decides.
#define READING_TIME [EVENT_ACTIVITY] = stay_longer, [EVENT_HELP] = open_help
#define RESTING READING_TIME, [EVENT_LANGUAGE_CHOSEN] = change_language_at_rest
// The session is over; the screen says why.
#define MESSAGE                                                                                    \
    RESTING, [EVENT_CONTINUE] = leave_message, [EVENT_BACK] = leave_message,                       \
             [EVENT_STOP] = leave_message, [EVENT_TIMER] = leave_message
// Money may move: nothing covers the screen, and only the scheme's answer ends it.
#define PAYING                                                                                     \
    WORKING, [EVENT_BACK] = stop_paying, [EVENT_STOP] = stop_paying, [EVENT_NO] = stop_paying,     \
             [EVENT_TIMER] = paying_took_too_long
// Nothing was paid.
#define UNPAID                                                                                     \
    RESTING, [EVENT_CONTINUE] = pay_again, [EVENT_YES] = pay_again, [EVENT_STOP] = stop_session,   \
             [EVENT_TIMER] = ask_still_there

static action *const table[SESSION_SCREEN_COUNT][SESSION_EVENT_COUNT] = {
    [SCREEN_STARTING] = {[EVENT_STARTED] = stay_longer, [EVENT_TIMER] = starting_took_too_long},
    [SCREEN_OUT_OF_SERVICE] = {WORKING},
    [SCREEN_ATTRACT] = {[EVENT_TOUCHED] = welcome,
                        [EVENT_CONTINUE] = welcome,
                        [EVENT_LANGUAGE_CHOSEN] = choose_language,
                        [EVENT_HELP] = open_help},
    [SCREEN_LANGUAGE] =
        {READING_TIME, [EVENT_LANGUAGE_CHOSEN] = choose_language, [EVENT_BACK] = stop_session,
         [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_INSERT] = {RESTING, [EVENT_BACK] = welcome, [EVENT_STOP] = stop_session,
                       [EVENT_TIMER] = ask_still_there},

    [SCREEN_READING] =
        {WORKING, [EVENT_STOP] = stop_session, [EVENT_TIMER] = reading_took_too_long},
    [SCREEN_CARD_MUTE] = {MESSAGE},
    [SCREEN_CARD_BANK] = {MESSAGE},
    [SCREEN_CARD_OTHER] = {MESSAGE},
    [SCREEN_CARD_FOREIGN] = {MESSAGE},
    [SCREEN_CARD_KIDS] = {MESSAGE},
    [SCREEN_CARD_EXPIRED] = {MESSAGE},
    [SCREEN_CARD_BLOCKED] = {MESSAGE},
    [SCREEN_CARD_NOT_VERIFIABLE] = {MESSAGE},
    [SCREEN_CARD_NOT_ACTIVATED] = {MESSAGE},

    [SCREEN_PIN] = {RESTING, [EVENT_PIN_DIGITS] = pin_digits, [EVENT_PIN_CONFIRMED] = pin_confirmed,
                    [EVENT_PIN_FORGOT] = pin_forgotten, [EVENT_BACK] = pin_cancelled,
                    [EVENT_STOP] = pin_cancelled, [EVENT_TIMER] = ask_still_there},
    [SCREEN_PIN_CHECKING] = {[EVENT_TIMER] = pin_failed},
    [SCREEN_PIN_ON_PAD] = {[EVENT_LANGUAGE_CHOSEN] = change_language,
                           [EVENT_HELP] = open_help,
                           [EVENT_PIN_FORGOT] = pin_forgotten,
                           [EVENT_BACK] = pin_cancelled,
                           [EVENT_STOP] = pin_cancelled,
                           [EVENT_TIMER] = pin_failed},
    [SCREEN_PIN_FORGOTTEN] = {RESTING, [EVENT_CONTINUE] = enter_pin, [EVENT_BACK] = enter_pin,
                              [EVENT_STOP] = stop_session, [EVENT_TIMER] = timed_out},
    [SCREEN_PIN_WRONG] = {RESTING, [EVENT_CONTINUE] = enter_pin, [EVENT_BACK] = stop_session,
                          [EVENT_STOP] = stop_session, [EVENT_PIN_FORGOT] = pin_forgotten,
                          [EVENT_TIMER] = timed_out},
    [SCREEN_PIN_LAST_TRY] =
        {RESTING, [EVENT_YES] = last_try_consented, [EVENT_CONTINUE] = last_try_consented,
         [EVENT_NO] = stop_session, [EVENT_BACK] = stop_session, [EVENT_STOP] = stop_session,
         [EVENT_PIN_FORGOT] = pin_forgotten, [EVENT_TIMER] = timed_out},
    [SCREEN_PIN_BLOCKED] = {MESSAGE},
    [SCREEN_PIN_CANCELLED] = {RESTING, [EVENT_CONTINUE] = enter_pin, [EVENT_BACK] = enter_pin,
                              [EVENT_STOP] = stop_session, [EVENT_TIMER] = timed_out},

    [SCREEN_AUTHENTICATING] =
        {WORKING, [EVENT_STOP] = stop_session, [EVENT_TIMER] = proof_took_too_long},
    [SCREEN_BACKEND_DOWN] = {RESTING, [EVENT_CONTINUE] = retry_backend, [EVENT_BACK] = stop_session,
                             [EVENT_STOP] = stop_session, [EVENT_TIMER] = backend_message_over},
    [SCREEN_UNKNOWN_RESIDENT] = {MESSAGE},
    [SCREEN_MINOR] = {MESSAGE},
    [SCREEN_SEE_COUNTER] = {MESSAGE},

    [SCREEN_SUBJECT] =
        {RESTING, [EVENT_SUBJECT_CHOSEN] = choose_subject, [EVENT_BACK] = leave_choice,
         [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_LIST] =
        {RESTING, [EVENT_DOCUMENT_CHOSEN] = choose_document, [EVENT_BACK] = back_from_list,
         [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_PURPOSE] =
        {RESTING, [EVENT_PURPOSE_CHOSEN] = choose_purpose, [EVENT_NO] = purpose_not_told,
         [EVENT_BACK] = back_to_list, [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_ABROAD] = {RESTING, [EVENT_CONTINUE] = information_read, [EVENT_BACK] = back_to_purpose,
                       [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_OPTIONS] = {RESTING, [EVENT_OPTION_CHOSEN] = choose_option,
                        [EVENT_CONTINUE] = options_chosen, [EVENT_BACK] = back_to_purpose,
                        [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_DOCUMENT_LANGUAGE] = {RESTING, [EVENT_PAPER_LANGUAGE_CHOSEN] = choose_paper_language,
                                  [EVENT_BACK] = back_to_options, [EVENT_STOP] = stop_session,
                                  [EVENT_TIMER] = ask_still_there},

    [SCREEN_ISSUING] =
        {WORKING, [EVENT_STOP] = stop_session, [EVENT_TIMER] = issuing_took_too_long},
    [SCREEN_SEAL_BAD] = {MESSAGE},
    [SCREEN_ISSUE_FAILED] = {MESSAGE},
    [SCREEN_PREVIEW] =
        {RESTING, [EVENT_SHOW_PAGE] = show_page, [EVENT_HIDE_PAGE] = hide_page,
         [EVENT_NEXT_PAGE] = next_page, [EVENT_ZOOM] = zoom_page, [EVENT_CONTINUE] = print_document,
         [EVENT_YES] = print_document, [EVENT_PAPER_LANGUAGE_CHOSEN] = change_paper_language,
         [EVENT_BACK] = back_from_preview, [EVENT_STOP] = stop_session,
         [EVENT_TIMER] = preview_time_over},

    [SCREEN_PAY_CHOICE] = {RESTING, [EVENT_WAY_CHOSEN] = choose_way, [EVENT_BACK] = back_to_preview,
                           [EVENT_STOP] = stop_session, [EVENT_TIMER] = ask_still_there},
    [SCREEN_PAY_QR] = {PAYING},
    [SCREEN_PAY_TERMINAL] = {PAYING},
    [SCREEN_PAY_REFUSED] = {UNPAID},
    [SCREEN_PAY_EXPIRED] = {UNPAID},
    [SCREEN_PAY_CANCELLED] = {UNPAID},
    [SCREEN_PAY_CHECKING] =
        {WORKING, [EVENT_STOP] = checking_took_too_long, [EVENT_TIMER] = checking_took_too_long},
    [SCREEN_PAY_UNKNOWN] = {MESSAGE},
    [SCREEN_PAY_DOWN] = {RESTING, [EVENT_CONTINUE] = give_up_paying, [EVENT_BACK] = back_to_preview,
                         [EVENT_STOP] = stop_session, [EVENT_TIMER] = give_up_paying},

    [SCREEN_PRINTING] = {RESTING, [EVENT_YES] = another_document, [EVENT_NO] = no_more,
                         [EVENT_CONTINUE] = no_more, [EVENT_TIMER] = nobody_wants_more},
    [SCREEN_PRINTER_EMPTY] = {WORKING, [EVENT_CONTINUE] = stay_longer, [EVENT_STOP] = stop_printing,
                              [EVENT_NO] = stop_printing, [EVENT_TIMER] = printer_took_too_long},
    [SCREEN_PRINTER_TROUBLE] =
        {WORKING, [EVENT_CONTINUE] = stay_longer, [EVENT_STOP] = stop_printing,
         [EVENT_NO] = stop_printing, [EVENT_TIMER] = printer_took_too_long},
    [SCREEN_NOT_PRINTED] = {MESSAGE},
    [SCREEN_PAID_NOT_PRINTED] = {MESSAGE},

    [SCREEN_TAKE_CARD] = {WORKING, [EVENT_TIMER] = card_reminder},
    [SCREEN_CARD_LEFT] = {WORKING, [EVENT_TIMER] = card_alarm},
    [SCREEN_TAKE_PAPER] = {WORKING, [EVENT_CONTINUE] = paper_taken, [EVENT_TIMER] = paper_reminder},
    [SCREEN_RECEIPT] = {WORKING, [EVENT_YES] = receipt_wanted, [EVENT_NO] = receipt_refused,
                        [EVENT_CONTINUE] = receipt_refused, [EVENT_TIMER] = receipt_refused},
    [SCREEN_RECEIPT_PRINTING] =
        {WORKING, [EVENT_CONTINUE] = say_goodbye, [EVENT_TIMER] = say_goodbye},
    [SCREEN_RECEIPT_NONE] = {WORKING, [EVENT_CONTINUE] = say_goodbye, [EVENT_TIMER] = say_goodbye},
    [SCREEN_END] = {WORKING, [EVENT_CONTINUE] = go_idle, [EVENT_TIMER] = go_idle},
    [SCREEN_CARD_EARLY] =
        {WORKING, [EVENT_CONTINUE] = leave_message, [EVENT_TIMER] = leave_message},
    [SCREEN_TIMED_OUT] = {WORKING, [EVENT_CONTINUE] = leave_message, [EVENT_TIMER] = leave_message},

    [SCREEN_STILL_THERE] =
        {WORKING, [EVENT_YES] = uncover, [EVENT_CONTINUE] = uncover, [EVENT_NO] = stop_session,
         [EVENT_STOP] = stop_session, [EVENT_TIMER] = timed_out},
    [SCREEN_HELP] = {[EVENT_LANGUAGE_CHOSEN] = change_language_at_rest,
                     [EVENT_ACTIVITY] = stay_longer,
                     [EVENT_HELP] = uncover,
                     [EVENT_BACK] = uncover,
                     [EVENT_CONTINUE] = uncover,
                     [EVENT_TIMER] = uncover},
};

action *conversation(enum session_screen screen, enum session_event_kind kind)
{
    return table[screen][kind];
}
