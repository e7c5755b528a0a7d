// The main stories of a resident's session, told as scripts: how it should go, and the PIN.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage.h"
#include "test_session.h"
#include "view.h"

#define END_OF_SESSION "CLOSE_BACKEND_SESSION RELEASE_CARD WIPE JOURNAL_SESSION"

static void a_french_resident_gets_a_certificate(void **state)
{
    static const struct scene scenes[] = {
        {"PRINT_PROGRESS 1", SCREEN_PRINTING, ""},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "REPORT_OUTCOME"},
        {"OUTCOME_REPORTED", SCREEN_PRINTING, ""},
        {"NO", SCREEN_TAKE_CARD, END_OF_SESSION},
        {"CARD_OUT", SCREEN_TAKE_PAPER, ""},
        {"CONTINUE", SCREEN_RECEIPT, ""},
        {"YES", SCREEN_RECEIPT_PRINTING, "PRINT_RECEIPT"},
        {"RECEIPT_PRINTED", SCREEN_RECEIPT_PRINTING, ""},
        {"TIMER", SCREEN_END, ""},
        {"TIMER", SCREEN_ATTRACT, ""},
    };
    struct play play = at_printing();

    (void)state;
    PERFORM(&play, scenes);
}

static void a_german_resident_chooses_the_language_of_the_paper(void **state)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN de", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 0", SCREEN_DOCUMENT_LANGUAGE, ""},
        {"PAPER_LANGUAGE_CHOSEN de", SCREEN_DOCUMENT_LANGUAGE, ""},
        {"BACK", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 0", SCREEN_DOCUMENT_LANGUAGE, ""},
        {"PAPER_LANGUAGE_CHOSEN nl", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
    };
    struct play play = at_list();
    struct view view;

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.effects.list[0].document.paper, LANGUAGE_NL);
    assert_string_equal(play.effects.list[0].document.kind, "household");
    session_view(&play.session, &view);
    assert_int_equal(view.language, LANGUAGE_DE);
    assert_int_equal(view.paper, LANGUAGE_NL);
}

static void only_what_is_possible_can_be_chosen(void **state)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 1", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 3", SCREEN_LIST, ""},
    };
    const struct catalogue_document priced = {
        .eligible = true, .price_cents = 500, .in_language = {true}};
    const struct catalogue_document mute = {.eligible = true};
    struct play play = at_list();

    (void)state;
    PERFORM(&play, scenes);
    assert_true(view_may_choose(&priced));
    assert_false(view_may_choose(&mute));
    assert_true(view_may_choose(&play_catalogue()->documents[0]));
}

static void a_card_at_attract_is_not_put_in_twice(void **state)
{
    static const struct scene scenes[] = {
        {"CARD_IN", SCREEN_LANGUAGE, ""},
        {"LANGUAGE_CHOSEN nl", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
    };
    struct play play = open_terminal();

    (void)state;
    PERFORM(&play, scenes);
}

// The page shows only on request, and hides by itself.
static void the_preview_shows_a_page_and_hides_it(void **state)
{
    static const struct scene scenes[] = {
        {"SHOW_PAGE", SCREEN_PREVIEW, "DRAW_PAGE"},
        {"NEXT_PAGE", SCREEN_PREVIEW, ""},
        {"PAGE_DRAWN 1", SCREEN_PREVIEW, ""},
        {"ZOOM", SCREEN_PREVIEW, ""},
        {"NEXT_PAGE", SCREEN_PREVIEW, "DRAW_PAGE"},
        {"PAGE_DRAWN 2", SCREEN_PREVIEW, ""},
        {"TIMER", SCREEN_PREVIEW, "DROP_PAGE"},
        {"SHOW_PAGE", SCREEN_PREVIEW, "DRAW_PAGE"},
        {"PAGE_FAILED", SCREEN_PREVIEW, "DROP_PAGE"},
        {"TIMER", SCREEN_STILL_THERE, ""},
        {"YES", SCREEN_PREVIEW, ""},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
}

static void the_paper_s_language_can_be_changed_in_the_preview(void **state)
{
    static const struct scene scenes[] = {
        {"PAPER_LANGUAGE_CHOSEN fr", SCREEN_PREVIEW, ""},
        {"PAPER_LANGUAGE_CHOSEN nl", SCREEN_ISSUING, "DROP_DOCUMENT JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "REPORT_OUTCOME JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 1", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PREVIEW, ""},
    };
    struct play play = at_preview();

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.paper, LANGUAGE_NL);
}

// Chosen while the first prints, ordered when the first is final.
static void a_second_document_waits_for_the_first(void **state)
{
    static const struct scene scenes[] = {
        {"YES", SCREEN_LIST, ""},
        {"DOCUMENT_CHOSEN 0", SCREEN_PRINTING, ""},
        {"PRINT_COMPLETED 2", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "REPORT_OUTCOME JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"STOP", SCREEN_TAKE_CARD, "JOURNAL_ORDER " END_OF_SESSION},
        {"JOURNALED", SCREEN_TAKE_CARD, "REPORT_OUTCOME"},
        {"CARD_OUT", SCREEN_TAKE_PAPER, ""},
        {"CONTINUE", SCREEN_RECEIPT, ""},
    };
    struct play play = at_printing();
    struct identifier first = play.session.order;

    (void)state;
    PERFORM(&play, scenes);
    assert_true(identifier_equal(&play.session.receipt_order, &first));
}

// ---- the PIN

static struct play at_pin(const char *card_read, enum session_screen screen)
{
    const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
        {card_read, screen, NULL},
    };
    struct play play = open_terminal();

    PERFORM(&play, scenes);
    return play;
}

static void a_wrong_pin_down_to_the_last_try_and_blocked(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 3", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"LANGUAGE_CHOSEN de", SCREEN_PIN_CHECKING, ""},
        {"PIN_REFUSED 2", SCREEN_PIN_WRONG, "CLEAR_PIN"},
        {"CONTINUE", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_REFUSED 1", SCREEN_PIN_LAST_TRY, "CLEAR_PIN"},
        {"YES", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_REFUSED 0", SCREEN_PIN_BLOCKED, "CLEAR_PIN RELEASE_CARD WIPE JOURNAL_SESSION"},
        {"CARD_OUT", SCREEN_PIN_BLOCKED, ""},
        {"CONTINUE", SCREEN_ATTRACT, ""},
    };
    struct play play = at_pin("CARD_READ GOOD 3", SCREEN_PIN);

    (void)state;
    PERFORM(&play, scenes);
    assert_int_equal(play.session.language, LANGUAGE_FR);
}

static void a_card_that_failed_elsewhere_warns_before_the_first_entry(void **state)
{
    static const struct scene scenes[] = {
        {"HELP", SCREEN_HELP, ""},
        {"BACK", SCREEN_PIN_LAST_TRY, ""},
        {"NO", SCREEN_TAKE_CARD, "RELEASE_CARD WIPE JOURNAL_SESSION"},
    };
    struct play play = at_pin("CARD_READ GOOD 1", SCREEN_PIN_LAST_TRY);

    (void)state;
    PERFORM(&play, scenes);
    (void)at_pin("CARD_READ GOOD 0", SCREEN_PIN_BLOCKED);
}

static void a_card_that_does_not_count_warns_after_the_first_refusal(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 6", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_REFUSED -1", SCREEN_PIN_LAST_TRY, "CLEAR_PIN"},
    };
    struct play play = at_pin("CARD_READ GOOD -1", SCREEN_PIN);

    (void)state;
    PERFORM(&play, scenes);
}

static void leaving_the_keypad_clears_it(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 2", SCREEN_PIN, ""},
        {"LANGUAGE_CHOSEN nl", SCREEN_PIN, ""},
        {"HELP", SCREEN_HELP, "CLEAR_PIN"},
        {"HELP", SCREEN_PIN, ""},
        {"TIMER", SCREEN_STILL_THERE, "CLEAR_PIN"},
        {"YES", SCREEN_PIN, ""},
        {"PIN_FORGOT", SCREEN_PIN_FORGOTTEN, "CLEAR_PIN"},
        {"BACK", SCREEN_PIN, ""},
        {"STOP", SCREEN_PIN_CANCELLED, "CLEAR_PIN"},
        {"CONTINUE", SCREEN_PIN, ""},
        {"CARD_OUT", SCREEN_CARD_EARLY, "CLEAR_PIN RELEASE_CARD WIPE JOURNAL_SESSION"},
    };
    struct play play = at_pin("CARD_READ GOOD 3", SCREEN_PIN);

    (void)state;
    PERFORM(&play, scenes);
}

// Nobody can tell whether a try was used: the card comes out and is asked again.
static void a_pin_is_never_sent_twice(void **state)
{
    static const struct scene scenes[] = {
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_FAILED", SCREEN_CARD_MUTE, "CLEAR_PIN RELEASE_CARD WIPE JOURNAL_SESSION"},
        {"CARD_OUT", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
    };
    struct play play = at_pin("CARD_READ GOOD 3", SCREEN_PIN);

    (void)state;
    PERFORM(&play, scenes);
}

static int stories_of_success(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_french_resident_gets_a_certificate),
        cmocka_unit_test(a_german_resident_chooses_the_language_of_the_paper),
        cmocka_unit_test(only_what_is_possible_can_be_chosen),
        cmocka_unit_test(a_card_at_attract_is_not_put_in_twice),
        cmocka_unit_test(the_preview_shows_a_page_and_hides_it),
        cmocka_unit_test(the_paper_s_language_can_be_changed_in_the_preview),
        cmocka_unit_test(a_second_document_waits_for_the_first),
        cmocka_unit_test(a_wrong_pin_down_to_the_last_try_and_blocked),
        cmocka_unit_test(a_card_that_failed_elsewhere_warns_before_the_first_entry),
        cmocka_unit_test(a_card_that_does_not_count_warns_after_the_first_refusal),
        cmocka_unit_test(leaving_the_keypad_clears_it),
        cmocka_unit_test(a_pin_is_never_sent_twice),
    };

    return cmocka_run_group_tests_name("how it should go", tests, NULL, NULL);
}

int main(void)
{
    return stories_of_success() + stories_of_choices() + stories_of_failures() +
           stories_of_leaving() + stories_of_the_pad() + stories_of_reading() + stories_of_paying();
}
