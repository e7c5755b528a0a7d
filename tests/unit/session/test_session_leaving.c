// Stories of leaving: the card pulled in each phase, forgotten, nobody there, paper and receipt.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"
#include "view.h"

#define END_OF_SESSION "CLOSE_BACKEND_SESSION RELEASE_CARD WIPE JOURNAL_SESSION"

static void a_card_pulled_while_it_is_read(void **state)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, NULL},
        {"CARD_OUT", SCREEN_CARD_EARLY, "RELEASE_CARD WIPE JOURNAL_SESSION"},
        {"CARD_READ GOOD 3", SCREEN_CARD_EARLY, ""},
        {"CARD_IN", SCREEN_LANGUAGE, ""},
    };
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_card_pulled_at_the_list(void **state)
{
    static const struct scene scenes[] = {
        {"CARD_OUT", SCREEN_CARD_EARLY, END_OF_SESSION},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = at_list();
    struct view view;

    (void)state;
    PERFORM(&play, scenes);
    session_view(&play.session, &view);
    assert_null(view.catalogue);
}

static void a_card_pulled_at_the_preview_closes_the_order(void **state)
{
    static const struct scene scenes[] = {
        {"SHOW_PAGE", SCREEN_PREVIEW, "DRAW_PAGE"},
        {"CARD_OUT", SCREEN_CARD_EARLY, "JOURNAL_ORDER " END_OF_SESSION},
        {"PAGE_DRAWN 1", SCREEN_CARD_EARLY, ""},
        {"JOURNALED", SCREEN_CARD_EARLY, "REPORT_OUTCOME"},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
}

// In the blink between asking the journal and its yes nothing is handed over yet.
static void a_card_pulled_just_before_the_hand_over(void **state)
{
    static const struct scene scenes[] = {
        {"CONTINUE", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"NO", SCREEN_PRINTING, ""},
        {"CARD_OUT", SCREEN_CARD_EARLY, END_OF_SESSION},
        {"JOURNALED", SCREEN_CARD_EARLY, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_CARD_EARLY, "REPORT_OUTCOME"},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.order_end, ORDER_CLOSED);
}

// After the hand-over the data go and the paper comes.
static void a_card_pulled_during_printing_does_not_stop_the_paper(void **state)
{
    static const struct scene scenes[] = {
        {"CONTINUE", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "PRINT"},
        {"CARD_OUT", SCREEN_TAKE_PAPER, END_OF_SESSION},
        {"CONTINUE", SCREEN_TAKE_PAPER, ""},
        {"PRINT_ACCEPTED", SCREEN_TAKE_PAPER, "DROP_DOCUMENT"},
        {"PRINTER_CHANGED EMPTY", SCREEN_PRINTER_EMPTY, "CALL_STAFF"},
        {"PRINTER_CHANGED READY", SCREEN_TAKE_PAPER, ""},
        {"PRINT_COMPLETED 2", SCREEN_TAKE_PAPER, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_TAKE_PAPER, "REPORT_OUTCOME"},
        {"CONTINUE", SCREEN_RECEIPT, ""},
        {"NO", SCREEN_END, ""},
        {"CONTINUE", SCREEN_ATTRACT, ""},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_job_that_nobody_hears_of_ends_with_staff(void **state)
{
    static const struct scene scenes[] = {
        {"CARD_OUT", SCREEN_TAKE_PAPER, END_OF_SESSION},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"TIMER", SCREEN_TAKE_PAPER, "CANCEL_PRINT"},
        {"TIMER", SCREEN_TAKE_PAPER, "JOURNAL_ORDER"},
        {"PRINT_COMPLETED 2", SCREEN_TAKE_PAPER, ""},
        {"JOURNALED", SCREEN_NOT_PRINTED, "REPORT_OUTCOME"},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = at_printing();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_forgotten_card_calls_staff_and_is_not_read_again(void **state)
{
    static const struct scene before[] = {
        {"TIMER", SCREEN_STILL_THERE, ""},
        {"TIMER", SCREEN_TIMED_OUT, END_OF_SESSION},
        {"TIMER", SCREEN_TAKE_CARD, ""},
        {"TIMER", SCREEN_CARD_LEFT, ""},
    };
    static const struct scene after[] = {
        {"TIMER", SCREEN_CARD_LEFT, "CALL_STAFF"}, {"TIMER", SCREEN_CARD_LEFT, ""},
        {"TIMER", SCREEN_CARD_LEFT, ""},           {"TIMER", SCREEN_CARD_LEFT, ""},
        {"CARD_IN", SCREEN_CARD_LEFT, ""},         {"CARD_OUT", SCREEN_END, ""},
        {"CARD_IN", SCREEN_LANGUAGE, ""},
    };
    struct play play = at_list();

    (void)state;
    PERFORM(&play, before);
    for (int tone = 1; tone < 12; tone++) {
        assert_int_equal(play.timer_milliseconds, 5000);
        PERFORM(&play, ((const struct scene[]){{"TIMER", SCREEN_CARD_LEFT, ""}}));
    }
    PERFORM(&play, after);
}

static void nobody_there_before_the_card(void **state)
{
    static const struct scene scenes[] = {
        {"TOUCHED", SCREEN_LANGUAGE, ""},
        {"TIMER", SCREEN_STILL_THERE, ""},
        {"YES", SCREEN_LANGUAGE, ""},
        {"LANGUAGE_CHOSEN nl", SCREEN_INSERT, ""},
        {"ACTIVITY", SCREEN_INSERT, ""},
        {"BACK", SCREEN_LANGUAGE, ""},
        {"LANGUAGE_CHOSEN nl", SCREEN_INSERT, ""},
        {"TIMER", SCREEN_STILL_THERE, ""},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, scenes);
}

static void the_question_is_shorter_where_nothing_was_begun(void **state)
{
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, ((const struct scene[]){{"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
                                           {"TIMER", SCREEN_STILL_THERE, ""}}));
    assert_int_equal(play.timer_milliseconds, 30000);
    play = at_list();
    PERFORM(&play, ((const struct scene[]){{"TIMER", SCREEN_STILL_THERE, ""}}));
    assert_int_equal(play.timer_milliseconds, 60000);
}

static void a_receipt_that_fails_leaves_the_reference(void **state)
{
    static const struct scene scenes[] = {
        {"PRINT_COMPLETED -1", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "REPORT_OUTCOME"},
        {"CARD_OUT", SCREEN_TAKE_PAPER, END_OF_SESSION},
        {"TIMER", SCREEN_TAKE_PAPER, ""},
        {"CONTINUE", SCREEN_RECEIPT, ""},
        {"YES", SCREEN_RECEIPT_PRINTING, "PRINT_RECEIPT"},
        {"RECEIPT_FAILED", SCREEN_RECEIPT_NONE, ""},
    };
    struct play play = at_printing();
    struct view view;

    (void)state;
    PERFORM(&play, scenes);
    session_view(&play.session, &view);
    assert_string_equal(view.reference, "BXL-0001");
    PERFORM(&play, ((const struct scene[]){{"TIMER", SCREEN_END, ""}}));
}

// An order's answer, and at last the receipt's note: the code comes through, and does not stay.
static void the_receipt_says_with_what_the_paper_is_checked(void **state)
{
    static const struct session_verification told = {"7K3M-9QXT-2WVD-H4NR", "guichet.example/v"};
    static const struct scene before[] = {
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
    };
    static const struct scene after[] = {
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PREVIEW, ""},
        {"CONTINUE", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "PRINT"},
        {"PRINT_ACCEPTED", SCREEN_PRINTING, "DROP_DOCUMENT"},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "REPORT_OUTCOME"},
        {"CARD_OUT", SCREEN_TAKE_PAPER, END_OF_SESSION},
        {"CONTINUE", SCREEN_RECEIPT, ""},
        {"YES", SCREEN_RECEIPT_PRINTING, "PRINT_RECEIPT"},
    };
    static const struct scene end[] = {
        {"RECEIPT_PRINTED", SCREEN_RECEIPT_PRINTING, ""},
        {"TIMER", SCREEN_END, ""},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = at_list();
    struct session_event ordered;

    (void)state;
    PERFORM(&play, before);
    assert_true(play_parse("ORDERED 2", &ordered));
    ordered.order.verification = told;
    play_fill(&play, &ordered);
    play_event(&play, &ordered);
    PERFORM(&play, after);
    const struct session_order_note *note = NULL;
    for (size_t i = 0; i < play.effects.count; i++)
        if (play.effects.list[i].kind == EFFECT_PRINT_RECEIPT)
            note = &play.effects.list[i].receipt.note;
    assert_non_null(note);
    assert_string_equal(note->reference, "BXL-0001");
    assert_string_equal(note->verification.code, told.code);
    assert_string_equal(note->verification.address, told.address);
    PERFORM(&play, end);
    assert_string_equal(play.session.receipt.verification.code, "");
    assert_string_equal(play.session.verification.code, "");
}

static void without_a_receipt_printer_there_is_no_question(void **state)
{
    static const struct scene scenes[] = {
        {"RECEIPT_CHANGED 0", SCREEN_PRINTING, ""},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "REPORT_OUTCOME"},
        {"TIMER", SCREEN_TAKE_CARD, END_OF_SESSION},
        {"CARD_OUT", SCREEN_TAKE_PAPER, ""},
        {"CONTINUE", SCREEN_RECEIPT_NONE, ""},
    };
    struct play play = at_printing();

    (void)state;
    PERFORM(&play, scenes);
}

static void every_screen_of_the_way_has_its_step(void **state)
{
    struct view view;
    struct play play = open_terminal();

    (void)state;
    session_view(&play.session, &view);
    assert_int_equal(view.steps, 0);
    play = at_list();
    session_view(&play.session, &view);
    assert_int_equal(view.step, 3);
    assert_int_equal(view.steps, 4);
    play = at_printing();
    session_view(&play.session, &view);
    assert_int_equal(view.step, 4);
    assert_true(view.printing);
    PERFORM(&play, ((const struct scene[]){{"NO", SCREEN_TAKE_CARD, END_OF_SESSION}}));
    session_view(&play.session, &view);
    assert_int_equal(view.step, 4);
    assert_int_equal(view.papers, 2);
}

int stories_of_leaving(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_pulled_while_it_is_read),
        cmocka_unit_test(a_card_pulled_at_the_list),
        cmocka_unit_test(a_card_pulled_at_the_preview_closes_the_order),
        cmocka_unit_test(a_card_pulled_just_before_the_hand_over),
        cmocka_unit_test(a_card_pulled_during_printing_does_not_stop_the_paper),
        cmocka_unit_test(a_job_that_nobody_hears_of_ends_with_staff),
        cmocka_unit_test(a_forgotten_card_calls_staff_and_is_not_read_again),
        cmocka_unit_test(nobody_there_before_the_card),
        cmocka_unit_test(the_question_is_shorter_where_nothing_was_begun),
        cmocka_unit_test(a_receipt_that_fails_leaves_the_reference),
        cmocka_unit_test(the_receipt_says_with_what_the_paper_is_checked),
        cmocka_unit_test(without_a_receipt_printer_there_is_no_question),
        cmocka_unit_test(every_screen_of_the_way_has_its_step),
    };

    return cmocka_run_group_tests_name("leaving", tests, NULL, NULL);
}
