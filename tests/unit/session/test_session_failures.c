// Stories of what fails: devices, cards, the municipality, the printer, the journal.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"
#include "view.h"

#define END_OF_SESSION "CLOSE_BACKEND_SESSION RELEASE_CARD WIPE JOURNAL_SESSION"

static enum view_trouble trouble(const struct play *play)
{
    struct view view;

    session_view(&play->session, &view);
    return view.trouble;
}

static void a_terminal_without_devices_says_which_and_recovers(void **state)
{
    static const struct scene scenes[] = {
        {"STARTED", SCREEN_STARTING, ""},
        {"READER_READY", SCREEN_STARTING, ""},
        {"JOURNAL_READY", SCREEN_STARTING, ""},
        {"TIMER", SCREEN_OUT_OF_SERVICE, ""},
    };
    struct play play = play_begin();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(trouble(&play), TROUBLE_BACKEND);
    PERFORM(&play, ((const struct scene[]){{"BACKEND_READY", SCREEN_OUT_OF_SERVICE, ""}}));
    assert_int_equal(trouble(&play), TROUBLE_PRINTER_OFFLINE);
    PERFORM(&play, ((const struct scene[]){{"PRINTER_CHANGED EMPTY", SCREEN_OUT_OF_SERVICE, ""}}));
    assert_int_equal(trouble(&play), TROUBLE_PRINTER_EMPTY);
    PERFORM(&play,
            ((const struct scene[]){{"PRINTER_CHANGED TROUBLE", SCREEN_OUT_OF_SERVICE, ""}}));
    assert_int_equal(trouble(&play), TROUBLE_PRINTER);
    PERFORM(&play, ((const struct scene[]){{"PRINTER_CHANGED READY", SCREEN_ATTRACT, ""}}));
    assert_int_equal(trouble(&play), TROUBLE_NONE);
    PERFORM(&play, ((const struct scene[]){{"JOURNAL_LOST", SCREEN_OUT_OF_SERVICE, ""}}));
    assert_int_equal(trouble(&play), TROUBLE_JOURNAL);
    PERFORM(&play, ((const struct scene[]){{"JOURNAL_READY", SCREEN_ATTRACT, ""},
                                           {"TOUCHED", SCREEN_LANGUAGE, ""},
                                           {"READER_LOST", SCREEN_OUT_OF_SERVICE, ""}}));
    assert_int_equal(trouble(&play), TROUBLE_READER);
}

static void cards_that_do_not_do_are_told_apart(void **state)
{
    static const struct {
        const char *line;
        enum session_screen screen;
    } cards[] = {
        {"CARD_READ BANK", SCREEN_CARD_BANK},
        {"CARD_READ OTHER", SCREEN_CARD_OTHER},
        {"CARD_READ FOREIGN", SCREEN_CARD_FOREIGN},
        {"CARD_READ KIDS", SCREEN_CARD_KIDS},
        {"CARD_READ EXPIRED", SCREEN_CARD_EXPIRED},
        {"CARD_READ NOT_VERIFIABLE", SCREEN_CARD_NOT_VERIFIABLE},
        {"CARD_READ NOT_ACTIVATED", SCREEN_CARD_NOT_ACTIVATED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        struct play play = open_terminal();
        const struct scene scenes[] = {
            {"LANGUAGE_CHOSEN en", SCREEN_INSERT, ""},
            {"CARD_IN", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
            {cards[i].line, cards[i].screen, "RELEASE_CARD WIPE JOURNAL_SESSION"},
            {"TIMER", SCREEN_TAKE_CARD, ""},
            {"TIMER", SCREEN_CARD_LEFT, ""},
            {"CARD_OUT", SCREEN_END, ""},
        };
        PERFORM(&play, scenes);
    }
}

static void the_third_mute_card_gets_other_words(void **state)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_SILENT", SCREEN_CARD_MUTE, ""},
        {"CARD_OUT", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, NULL},
        {"CARD_READ MUTE", SCREEN_CARD_MUTE, NULL},
        {"CARD_OUT", SCREEN_INSERT, ""},
    };
    struct play play = open_terminal();
    struct view view;

    (void)state;
    PERFORM(&play, scenes);
    session_view(&play.session, &view);
    assert_false(view.third_mute);
    PERFORM(&play, ((const struct scene[]){{"CARD_SILENT", SCREEN_CARD_MUTE, ""}}));
    session_view(&play.session, &view);
    assert_true(view.third_mute);
}

// Two retries by the resident without a new PIN, then the end.
static void a_silent_municipality_is_asked_twice_more(void **state)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN de", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, NULL},
        {"CARD_READ GOOD 3", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, "CLEAR_PIN OPEN_BACKEND_SESSION"},
        {"BACKEND_FAILED", SCREEN_BACKEND_DOWN, "CLOSE_BACKEND_SESSION"},
        {"CONTINUE", SCREEN_AUTHENTICATING, "OPEN_BACKEND_SESSION"},
        {"BACKEND_FAILED", SCREEN_BACKEND_DOWN, "CLOSE_BACKEND_SESSION"},
        {"CONTINUE", SCREEN_AUTHENTICATING, "OPEN_BACKEND_SESSION"},
        {"BACKEND_FAILED", SCREEN_BACKEND_DOWN,
         "CLOSE_BACKEND_SESSION RELEASE_CARD WIPE JOURNAL_SESSION"},
        {"CONTINUE", SCREEN_TAKE_CARD, ""},
        {"CARD_OUT", SCREEN_END, ""},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, scenes);
}

// The PIN's right ends with its time; a later retry asks for the PIN again.
static void the_right_to_sign_does_not_wait(void **state)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, NULL},
        {"CARD_READ GOOD 3", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, NULL},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, NULL},
        {"BACKEND_FAILED", SCREEN_BACKEND_DOWN, "CLOSE_BACKEND_SESSION"},
        {"TIMER", SCREEN_BACKEND_DOWN, "LOG_OFF_CARD"},
        {"CONTINUE", SCREEN_PIN, ""},
    };
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_stale_challenge_costs_no_pin_but_not_for_ever(void **state)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, NULL},
        {"CARD_READ GOOD 3", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, NULL},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, NULL},
        {"CHALLENGED", SCREEN_AUTHENTICATING, "SIGN_CHALLENGE"},
        {"SIGNED", SCREEN_AUTHENTICATING, "PROVE"},
        {"BACKEND_REFUSED CHALLENGE_STALE", SCREEN_AUTHENTICATING,
         "CLOSE_BACKEND_SESSION OPEN_BACKEND_SESSION"},
        {"CHALLENGED", SCREEN_AUTHENTICATING, "SIGN_CHALLENGE"},
        {"SIGNED", SCREEN_AUTHENTICATING, "PROVE"},
        {"BACKEND_REFUSED CHALLENGE_STALE", SCREEN_BACKEND_DOWN, "CLOSE_BACKEND_SESSION"},
    };
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_silent_municipality_gets_the_same_order_again(void **state)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"BACKEND_FAILED", SCREEN_BACKEND_DOWN, ""},
        {"CONTINUE", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 2", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"TIMER", SCREEN_BACKEND_DOWN, ""},
        {"SEALED", SCREEN_BACKEND_DOWN, ""},
        {"CONTINUE", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_bad_seal_gets_one_more_download(void **state)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 2", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEAL_REFUSED", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEAL_REFUSED", SCREEN_SEAL_BAD, "JOURNAL_ORDER " END_OF_SESSION},
        {"JOURNALED", SCREEN_SEAL_BAD, "REPORT_OUTCOME"},
        {"CONTINUE", SCREEN_TAKE_CARD, ""},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.order_end, ORDER_CLOSED);
}

static void what_has_a_price_is_not_printed_for_nothing(void **state)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 2 500", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PREVIEW, ""},
        {"CONTINUE", SCREEN_PAY_DOWN, ""},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, scenes);
}

// ---- the printer

static void an_empty_printer_waits_and_goes_on_by_itself(void **state)
{
    static const struct scene scenes[] = {
        {"PRINTER_CHANGED EMPTY", SCREEN_PREVIEW, ""},
        {"CONTINUE", SCREEN_PRINTER_EMPTY, "CALL_STAFF"},
        {"PRINTER_CHANGED READY", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "PRINT"},
        {"PRINT_ACCEPTED", SCREEN_PRINTING, "DROP_DOCUMENT"},
        {"PRINT_PROGRESS 1", SCREEN_PRINTING, ""},
        {"PRINTER_CHANGED EMPTY", SCREEN_PRINTER_EMPTY, "CALL_STAFF"},
        {"PRINTER_CHANGED TROUBLE", SCREEN_PRINTER_TROUBLE, "CALL_STAFF"},
        {"PRINTER_CHANGED READY", SCREEN_PRINTING, ""},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_job_that_is_stopped_ends_by_its_sheets(void **state)
{
    static const struct scene none[] = {
        {"PRINTER_CHANGED EMPTY", SCREEN_PRINTER_EMPTY, "CALL_STAFF"},
        {"STOP", SCREEN_PRINTER_EMPTY, "CANCEL_PRINT"},
        {"STOP", SCREEN_PRINTER_EMPTY, ""},
        {"PRINT_ABORTED 0", SCREEN_PRINTER_EMPTY, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_NOT_PRINTED, "REPORT_OUTCOME " END_OF_SESSION},
        {"CONTINUE", SCREEN_TAKE_CARD, ""},
    };
    static const struct scene one[] = {
        {"PRINT_PROGRESS 1", SCREEN_PRINTING, ""},
        {"PRINTER_CHANGED TROUBLE", SCREEN_PRINTER_TROUBLE, "CALL_STAFF"},
        {"TIMER", SCREEN_PRINTER_TROUBLE, "CANCEL_PRINT"},
        {"PRINT_ABORTED 1", SCREEN_PRINTER_TROUBLE, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_NOT_PRINTED, "REPORT_OUTCOME " END_OF_SESSION},
    };
    static const struct scene silent[] = {
        {"PRINTER_CHANGED TROUBLE", SCREEN_PRINTER_TROUBLE, "CALL_STAFF"},
        {"TIMER", SCREEN_PRINTER_TROUBLE, "CANCEL_PRINT"},
        {"TIMER", SCREEN_PRINTER_TROUBLE, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_NOT_PRINTED, "REPORT_OUTCOME " END_OF_SESSION},
    };
    struct play play = at_printing();

    (void)state;
    PERFORM(&play, none);
    assert_int_equal(play.session.order_end, ORDER_CLOSED);
    play = at_printing();
    PERFORM(&play, one);
    assert_int_equal(play.session.order_end, ORDER_STAFF);
    play = at_printing();
    PERFORM(&play, silent);
    assert_int_equal(play.session.order_end, ORDER_STAFF);
}

static void too_few_sheets_are_a_matter_for_staff(void **state)
{
    static const struct scene scenes[] = {
        {"PRINT_COMPLETED 1", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_NOT_PRINTED, "REPORT_OUTCOME " END_OF_SESSION},
    };
    struct play play = at_printing();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.order_end, ORDER_STAFF);
    assert_false(play.effects.list[0].outcome.delivered);
}

// ---- the journal

static void a_journal_that_fails_forbids_the_act(void **state)
{
    static const struct scene intent[] = {
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNAL_FAILED", SCREEN_ISSUE_FAILED, END_OF_SESSION},
        {"CARD_OUT", SCREEN_ISSUE_FAILED, ""},
        {"CONTINUE", SCREEN_OUT_OF_SERVICE, ""},
        {"JOURNAL_READY", SCREEN_ATTRACT, ""},
    };
    static const struct scene printing[] = {
        {"CONTINUE", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNAL_FAILED", SCREEN_ISSUE_FAILED, END_OF_SESSION},
    };
    static const struct scene delivered[] = {
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNAL_FAILED", SCREEN_PRINTING, ""},
        {"NO", SCREEN_TAKE_CARD, END_OF_SESSION},
        {"CARD_OUT", SCREEN_TAKE_PAPER, ""},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, intent);
    play = at_preview();
    PERFORM(&play, printing);
    play = at_printing();
    PERFORM(&play, delivered);
}

// The end is on disk or the terminal stays out of service: nothing is begun over an open order.
static void an_order_that_is_not_written_keeps_the_terminal_closed(void **state)
{
    static const struct scene scenes[] = {
        {"CARD_OUT", SCREEN_CARD_EARLY, "JOURNAL_ORDER " END_OF_SESSION},
        {"TIMER", SCREEN_OUT_OF_SERVICE, ""},
        {"JOURNALED", SCREEN_ATTRACT, "REPORT_OUTCOME"},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
}

int stories_of_failures(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_without_devices_says_which_and_recovers),
        cmocka_unit_test(cards_that_do_not_do_are_told_apart),
        cmocka_unit_test(the_third_mute_card_gets_other_words),
        cmocka_unit_test(a_silent_municipality_is_asked_twice_more),
        cmocka_unit_test(the_right_to_sign_does_not_wait),
        cmocka_unit_test(a_stale_challenge_costs_no_pin_but_not_for_ever),
        cmocka_unit_test(a_silent_municipality_gets_the_same_order_again),
        cmocka_unit_test(a_bad_seal_gets_one_more_download),
        cmocka_unit_test(what_has_a_price_is_not_printed_for_nothing),
        cmocka_unit_test(an_empty_printer_waits_and_goes_on_by_itself),
        cmocka_unit_test(a_job_that_is_stopped_ends_by_its_sheets),
        cmocka_unit_test(too_few_sheets_are_a_matter_for_staff),
        cmocka_unit_test(a_journal_that_fails_forbids_the_act),
        cmocka_unit_test(an_order_that_is_not_written_keeps_the_terminal_closed),
    };

    return cmocka_run_group_tests_name("what fails", tests, NULL, NULL);
}
