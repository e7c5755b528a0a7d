// Whole stories of residents, in milliseconds: real session, services, workers, loop, journal and
// seal check; fakes behind the ports.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "clock.h"
#include "story.h"
#include "str.h"
#include "test_orders.h"
#include "test_pad.h"
#include "view.h"
#include "worker.h"

static void expect_count(struct story *story, const int *counter, int count)
{
    pthread_mutex_lock(&story->fakes.lock);
    int found = *counter;
    pthread_mutex_unlock(&story->fakes.lock);
    assert_int_equal(found, count);
}

static void expect_query(struct story *story, const char *query, const char *answer)
{
    char found[64];

    story_query(story, query, found, sizeof found);
    assert_string_equal(found, answer);
}

static void test_a_resident_gets_a_certificate_and_a_receipt(void **state)
{
    struct story *story = *state;

    story_to_printing(story);
    story_printer_ends(story, PAGE_JOB_COMPLETED, 1);
    story_until_order(story, ORDER_DELIVERED);
    story_until_count(story, &story->fakes.delivered, 1);
    story_tell(story, EVENT_NO); // nothing else
    story_until_screen(story, SCREEN_TAKE_CARD);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT);
    story_until_screen(story, SCREEN_TAKE_PAPER);
    story_tell(story, EVENT_CONTINUE);
    story_until_screen(story, SCREEN_RECEIPT);
    story_tell(story, EVENT_YES);
    story_until_count(story, &story->fakes.receipts, 1);
    story_until_count(story, &story->fakes.closed, 1);
    story_until_count(story, &story->fakes.releases, 1);

    assert_int_equal(story->fakes.printed_size, stage()->document.size);
    assert_memory_equal(story->fakes.printed, stage()->document.data, stage()->document.size);
    assert_string_equal(story->fakes.ordered_kind, "household");
    expect_query(story, "SELECT state FROM orders", "DELIVERED");
    expect_query(story, "SELECT group_concat(state) FROM steps",
                 "INTENT,ISSUED,PRINTING,DELIVERED");
    story_until_query(story, "SELECT reported FROM orders", "1");
    story_until_query(story, "SELECT ending FROM sessions", "COMPLETED");
    expect_count(story, &story->fakes.submits, 1);
    expect_count(story, &story->fakes.verifies, 1);
}

static void test_the_session_learns_of_a_pin_only_how_long_it_is(void **state)
{
    struct story *story = *state;

    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    services_pin_digit(story->services, 9); // there is no keypad yet
    story_choose_language(story, LANGUAGE_NL);
    story_until_screen(story, SCREEN_INSERT);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN);
    for (int i = 0; i < 14; i++)
        services_pin_digit(story->services, 7);
    assert_int_equal(services_session(story->services)->pin_digits, 12);
    services_pin_erase(story->services);
    assert_int_equal(services_session(story->services)->pin_digits, 0);
    services_pin_digit(story->services, 1);
    services_pin_confirm(story->services); // too short
    assert_int_equal(services_session(story->services)->screen, SCREEN_PIN);
    expect_count(story, &story->fakes.verifies, 0);
}

static void test_a_wrong_pin_is_told_and_the_right_one_goes_on(void **state)
{
    struct story *story = *state;

    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_NL);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN);
    story_type(story, "9999");
    story_until_screen(story, SCREEN_PIN_WRONG);
    assert_int_equal(services_session(story->services)->tries_left, 2);
    story_tell(story, EVENT_CONTINUE);
    story_until_screen(story, SCREEN_PIN);
    story_type(story, "1234");
    story_until_screen(story, SCREEN_LIST);
    expect_count(story, &story->fakes.verifies, 2);
}

static void test_a_lost_challenge_needs_no_second_pin(void **state)
{
    struct story *story = *state;

    story->fakes.stale_challenges = 1;
    story_to_list(story);
    expect_count(story, &story->fakes.opened, 2);
    expect_count(story, &story->fakes.signs, 2);
    expect_count(story, &story->fakes.verifies, 1);
}

static void expect_seal_refused(struct story *story)
{
    const struct session_event chosen = {.kind = EVENT_DOCUMENT_CHOSEN, .index = 0};

    story_to_list(story);
    services_tell(story->services, &chosen);
    story_until_screen(story, SCREEN_SEAL_BAD);
    story_until_order(story, ORDER_CLOSED);
    expect_count(story, &story->fakes.submits, 0);
}

static void test_an_altered_document_is_never_printed(void **state)
{
    struct story *story = *state;
    static uint8_t altered[FAKE_PDF_SIZE];

    memcpy(altered, stage()->document.data, stage()->document.size);
    altered[100] ^= 1;
    story->fakes.pdf.data = altered; // and announced as it is: the seal alone tells
    assert_int_equal(EVP_Digest(altered, stage()->document.size, story->fakes.announced_sha256,
                                NULL, EVP_sha256(), NULL),
                     1);
    expect_seal_refused(story);
}

static void test_another_document_than_announced_is_never_printed(void **state)
{
    struct story *story = *state;

    story->fakes.announced_sha256[0] ^= 1;
    expect_seal_refused(story);
}

static void test_a_card_pulled_while_printing_does_not_stop_the_paper(void **state)
{
    struct story *story = *state;

    story_to_printing(story);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT);
    story_until_count(story, &story->fakes.closed, 1);
    assert_false(services_session(story->services)->open);
    assert_null(services_session(story->services)->catalogue);
    assert_null(services_page(story->services));
    story_printer_ends(story, PAGE_JOB_COMPLETED, 1);
    story_until_order(story, ORDER_DELIVERED);
    expect_count(story, &story->fakes.submits, 1);
    expect_count(story, &story->fakes.job_cancels, 0);
}

static void test_a_card_pulled_before_printing_ends_everything(void **state)
{
    struct story *story = *state;

    story_to_preview(story);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT);
    story_until_order(story, ORDER_CLOSED);
    assert_false(services_session(story->services)->open);
    expect_count(story, &story->fakes.submits, 0);
    story_until_count(story, &story->fakes.outcomes, 1);
    story_until_query(story, "SELECT ending FROM sessions", "CARD_REMOVED");
}

static void test_a_card_pulled_while_it_is_read_cancels_the_reading(void **state)
{
    struct story *story = *state;

    story->fakes.read_waits = true;
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_count(story, &story->fakes.reads, 1);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT);
    story_until_count(story, &story->fakes.releases, 1); // it waited behind the reading
    expect_count(story, &story->fakes.verifies, 0);
}

static void story_to_early_pin(struct story *story)
{
    story->fakes.read_waits = true;
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN);
    story_type(story, "1234");
    assert_int_equal(services_session(story->services)->screen, SCREEN_PIN_CHECKING);
    story_until_count(story, &story->fakes.reads, 1);
    expect_count(story, &story->fakes.verifies, 0);
}

static void end_reading(struct story *story, enum result result)
{
    fakes_lock(&story->fakes);
    story->fakes.read_result = result;
    story->fakes.read_waits = false;
    fakes_unlock(&story->fakes);
}

static void test_a_quick_pin_waits_until_the_card_is_read(void **state)
{
    struct story *story = *state;

    story_to_early_pin(story);
    end_reading(story, RESULT_OK);
    story_until_screen(story, SCREEN_LIST);
    expect_count(story, &story->fakes.verifies, 1);
    expect_count(story, &story->fakes.card_looks, 1);
}

static void test_a_bad_card_does_not_get_a_quick_pin(void **state)
{
    struct story *story = *state;

    story->fakes.findings.address_signature = CHECK_INVALID;
    story_to_early_pin(story);
    end_reading(story, RESULT_OK);
    story_until_screen(story, SCREEN_CARD_NOT_VERIFIABLE);
    story_until_count(story, &story->fakes.releases, 1);
    expect_count(story, &story->fakes.verifies, 0);
    expect_count(story, &story->fakes.opened, 0);
}

static void test_a_reading_that_fails_takes_a_quick_pin_with_it(void **state)
{
    struct story *story = *state;

    story_to_early_pin(story);
    end_reading(story, RESULT_FAILED);
    story_until_screen(story, SCREEN_CARD_MUTE);
    story_until_count(story, &story->fakes.releases, 1);
    expect_count(story, &story->fakes.verifies, 0);
}

static void test_of_a_child_s_card_no_more_is_read(void **state)
{
    struct story *story = *state;

    story->fakes.findings.kind = CARD_KIND_KIDS;
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_CARD_KIDS);
    story_until_count(story, &story->fakes.releases, 1);
    expect_count(story, &story->fakes.reads, 0);
}

static void test_the_page_is_drawn_and_wiped(void **state)
{
    struct story *story = *state;

    story_to_preview(story);
    story_tell(story, EVENT_SHOW_PAGE);
    story_until_count(story, &story->fakes.pages_drawn, 1);
    uint64_t end = clock_monotonic_ms() + 5000;
    while (services_page(story->services) == NULL && clock_monotonic_ms() < end)
        loop_wait_and_turn(story->loop, end);
    assert_non_null(services_page(story->services));
    story_tell(story, EVENT_HIDE_PAGE);
    assert_null(services_page(story->services));
}

static void test_an_aborted_job_is_closed_and_reported(void **state)
{
    struct story *story = *state;

    story_to_printing(story);
    story_printer_ends(story, PAGE_JOB_ABORTED, 0);
    story_until_order(story, ORDER_CLOSED);
    story_until_count(story, &story->fakes.outcomes, 1);
    expect_count(story, &story->fakes.delivered, 0);
}

static void test_a_printer_that_forgot_the_job_leaves_it_to_staff(void **state)
{
    struct story *story = *state;

    story_to_printing(story);
    story_printer_ends(story, PAGE_JOB_UNKNOWN, -1);
    story_until_order(story, ORDER_STAFF);
}

static void test_without_a_municipality_the_terminal_says_so_and_recovers(void **state)
{
    struct story *story = *state;
    struct view view;

    story->fakes.backend_result = RESULT_UNREACHABLE;
    story_start(story);
    story_until_screen(story, SCREEN_OUT_OF_SERVICE);
    session_view(services_session(story->services), &view);
    assert_int_equal(view.trouble, TROUBLE_BACKEND);
    fakes_lock(&story->fakes);
    story->fakes.backend_result = RESULT_OK;
    fakes_unlock(&story->fakes);
    story_until_screen(story, SCREEN_ATTRACT);
    assert_non_null(services_offer(story->services));
}

static void test_without_a_reader_the_terminal_says_so_and_recovers(void **state)
{
    struct story *story = *state;
    struct view view;

    story->fakes.presence = CARD_PRESENCE_NO_READER;
    story_start(story);
    story_until_screen(story, SCREEN_OUT_OF_SERVICE);
    session_view(services_session(story->services), &view);
    assert_int_equal(view.trouble, TROUBLE_READER);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT);
    story_until_screen(story, SCREEN_ATTRACT);
}

static void test_without_a_printer_the_terminal_says_so_and_recovers(void **state)
{
    struct story *story = *state;
    struct view view;

    story->fakes.printer_is_there = false;
    story_start(story);
    story_until_screen(story, SCREEN_OUT_OF_SERVICE);
    session_view(services_session(story->services), &view);
    assert_int_equal(view.trouble, TROUBLE_PRINTER_OFFLINE);
    fakes_lock(&story->fakes);
    story->fakes.printer_is_there = true;
    fakes_unlock(&story->fakes);
    story_until_screen(story, SCREEN_ATTRACT);
}

static void test_without_a_journal_the_terminal_says_so(void **state)
{
    struct story *story = *state;
    struct view view;

    story->settings.journal_file = "no/such/directory/journal.db";
    story_start(story);
    story_until_screen(story, SCREEN_OUT_OF_SERVICE);
    session_view(services_session(story->services), &view);
    assert_int_equal(view.trouble, TROUBLE_JOURNAL);
}

static void test_a_municipality_lost_in_the_middle_shows_a_screen_of_its_own(void **state)
{
    struct story *story = *state;

    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_DE);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN);
    fakes_lock(&story->fakes);
    story->fakes.backend_result = RESULT_UNREACHABLE;
    fakes_unlock(&story->fakes);
    story_type(story, "1234");
    story_until_screen(story, SCREEN_BACKEND_DOWN);
    assert_int_equal(services_session(story->services)->language, LANGUAGE_DE);
}

// The session's patience ends now.
static void tell_timer(struct story *story)
{
    const struct session_event over = {.kind = EVENT_TIMER,
                                       .number = services_session(story->services)->timer};

    services_tell(story->services, &over);
}

// The municipality is silent for longer than the session waits; the answer is cancelled, and the
// card's files are still there to ask again with.
static void test_asking_again_after_a_silence_has_the_card_files_still(void **state)
{
    struct story *story = *state;

    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_screen(story, SCREEN_PIN);
    fakes_lock(&story->fakes);
    story->fakes.backend_waits = true;
    fakes_unlock(&story->fakes);
    story_type(story, "1234");
    story_until_count(story, &story->fakes.opened, 1);
    tell_timer(story);
    story_until_screen(story, SCREEN_BACKEND_DOWN);
    fakes_lock(&story->fakes);
    story->fakes.backend_waits = false;
    fakes_unlock(&story->fakes);
    story_tell(story, EVENT_CONTINUE);
    story_until_screen(story, SCREEN_PIN);
    story_type(story, "1234");
    story_until_screen(story, SCREEN_LIST);
}

static void test_a_frozen_reader_is_given_up_and_comes_back(void **state)
{
    struct story *story = *state;

    story->fakes.read_waits = true;
    story->settings.limits.reading = 200;
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    fakes_put_card(&story->fakes, CARD_PRESENCE_PRESENT);
    story_until_count(story, &story->fakes.reads, 1);
    assert_int_equal(services_session(story->services)->reader, SESSION_DEVICE_READY);
    loop_turn(story->loop, clock_monotonic_ms() + 200 + WORKER_GRACE_MS + 1000);
    assert_int_equal(services_session(story->services)->reader, SESSION_DEVICE_LOST);
    fakes_lock(&story->fakes);
    story->fakes.read_waits = false; // the call returns at last, with an answer nobody wants
    fakes_unlock(&story->fakes);
    uint64_t end = clock_monotonic_ms() + 5000;
    while (services_session(story->services)->reader != SESSION_DEVICE_READY &&
           clock_monotonic_ms() < end)
        loop_wait_and_turn(story->loop, end);
    assert_int_equal(services_session(story->services)->reader, SESSION_DEVICE_READY);
    expect_count(story, &story->fakes.verifies, 0);
}

static void test_no_receipt_printer_fitted_is_no_trouble(void **state)
{
    struct story *story = *state;

    story->receipts_fitted = false;
    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    assert_false(services_session(story->services)->receipts_work);
}

static void test_an_idle_terminal_sleeps(void **state)
{
    struct story *story = *state;

    story_start(story);
    story_until_screen(story, SCREEN_ATTRACT);
    uint64_t start = clock_monotonic_ms();
    while (clock_monotonic_ms() < start + 30) // whatever is still on its way comes home
        loop_wait_and_turn(story->loop, start + 30);
    assert_in_range(loop_next_due(story->loop), start + 50000, start + 61000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(test_a_resident_gets_a_certificate_and_a_receipt),
        TEST(test_the_session_learns_of_a_pin_only_how_long_it_is),
        TEST(test_a_wrong_pin_is_told_and_the_right_one_goes_on),
        TEST(test_a_lost_challenge_needs_no_second_pin),
        TEST(test_an_altered_document_is_never_printed),
        TEST(test_another_document_than_announced_is_never_printed),
        TEST(test_a_card_pulled_while_printing_does_not_stop_the_paper),
        TEST(test_a_card_pulled_before_printing_ends_everything),
        TEST(test_a_card_pulled_while_it_is_read_cancels_the_reading),
        TEST(test_a_quick_pin_waits_until_the_card_is_read),
        TEST(test_a_bad_card_does_not_get_a_quick_pin),
        TEST(test_a_reading_that_fails_takes_a_quick_pin_with_it),
        TEST(test_of_a_child_s_card_no_more_is_read),
        TEST(test_the_page_is_drawn_and_wiped),
        TEST(test_an_aborted_job_is_closed_and_reported),
        TEST(test_a_printer_that_forgot_the_job_leaves_it_to_staff),
        TEST(test_without_a_municipality_the_terminal_says_so_and_recovers),
        TEST(test_without_a_reader_the_terminal_says_so_and_recovers),
        TEST(test_without_a_printer_the_terminal_says_so_and_recovers),
        TEST(test_without_a_journal_the_terminal_says_so),
        TEST(test_a_municipality_lost_in_the_middle_shows_a_screen_of_its_own),
        TEST(test_asking_again_after_a_silence_has_the_card_files_still),
        TEST(test_a_frozen_reader_is_given_up_and_comes_back),
        TEST(test_no_receipt_printer_fitted_is_no_trouble),
        TEST(test_an_idle_terminal_sleeps),
        cmocka_unit_test(test_what_a_printer_says_after_a_restart),
        TEST(test_orders_cut_off_are_closed_and_reported),
        TEST(test_a_job_found_after_a_restart_decides),
        TEST(test_a_job_still_running_after_a_restart_is_cancelled),
        TEST(test_a_printer_that_is_away_holds_up_no_other_order),
        TEST(test_a_report_that_failed_is_made_later),
        TEST(test_a_purge_holds_no_session_up),
        TEST(test_a_purge_comes_to_its_end),
        TEST(test_a_payment_cut_off_and_made_is_paid_back),
        TEST(test_a_payment_cut_off_and_not_made_is_closed),
        TEST(test_an_unclear_payment_is_asked_about_again_and_holds_up_no_other),
        TEST(test_a_pin_typed_at_the_reader_opens_the_way),
        TEST(test_a_reader_that_nobody_types_at_asks_twice),
        TEST(test_a_pin_typed_after_the_end_changes_nothing),
        TEST(test_a_card_pulled_while_the_reader_asks_is_a_card_pulled),
    };

    return cmocka_run_group_tests(tests, stage_set_up, stage_tear_down);
}
