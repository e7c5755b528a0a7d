#include "test_orders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "clock.h"
#include "journal.h"
#include "orders_service.h"
#include "story.h"

#define NOW 1000000

void test_what_a_printer_says_after_a_restart(void **state)
{
    static const struct {
        enum found_job job;
        int sheets;
        int64_t up_before, up_now, age;
        enum order_state verdict;
    } cases[] = {
        {FOUND_JOB_COMPLETED, 2, 0, 0, 30, ORDER_DELIVERED},
        {FOUND_JOB_COMPLETED, -1, 0, 0, 30, ORDER_DELIVERED},
        {FOUND_JOB_COMPLETED, 1, 0, 0, 30, ORDER_STAFF}, // of two pages
        {FOUND_JOB_ENDED, 0, 0, 0, 30, ORDER_CLOSED},
        {FOUND_JOB_ENDED, 1, 0, 0, 30, ORDER_STAFF},
        {FOUND_JOB_ENDED, -1, 0, 0, 30, ORDER_STAFF},
        {FOUND_JOB_RUNS, 0, 0, 0, 30, ORDER_PRINTING},
        {FOUND_JOB_UNKNOWN, 0, 0, 0, 30, ORDER_PRINTING},
        {FOUND_JOB_NONE, 0, 500, 530, 30, ORDER_CLOSED},   // up all the time, never heard of it
        {FOUND_JOB_NONE, 0, 500, 502, 2, ORDER_PRINTING},  // it may still be on its way
        {FOUND_JOB_NONE, 0, 500, 20, 30, ORDER_STAFF},     // it was restarted meanwhile
        {FOUND_JOB_NONE, 0, 500, 1500, 1000, ORDER_STAFF}, // it may have forgotten
        {FOUND_JOB_NONE, 0, 0, 530, 30, ORDER_STAFF},      // its up-time was not known
        {FOUND_JOB_NONE, 0, 500, 530, -30, ORDER_STAFF},   // the clock was set back
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct journal_order order = {.state = ORDER_PRINTING,
                                            .changed = NOW - cases[i].age,
                                            .printer_up = cases[i].up_before,
                                            .pages = 2};

        if (orders_service_verdict(&order, cases[i].job, cases[i].sheets, cases[i].up_now, NOW) !=
            cases[i].verdict)
            fail_msg("case %zu", i);
    }
}

static void leave_order(struct story *story, enum order_state last, const struct identifier *order)
{
    static const enum order_state way[] = {ORDER_INTENT, ORDER_ISSUED, ORDER_PRINTING};
    struct journal *journal = NULL;

    assert_int_equal(journal_create(story->journal, &journal), RESULT_OK);
    for (size_t i = 0; i < 3; i++) {
        const struct journal_step step = {.order = *order,
                                          .to = way[i],
                                          .now = clock_wall_seconds() - 10,
                                          .pages = 1,
                                          .sheets = 0,
                                          .reference = "BXL-1",
                                          .printer_up = way[i] == ORDER_PRINTING ? 4000 : 0};

        assert_int_equal(journal_move_order(journal, &step), RESULT_OK);
        if (way[i] == last)
            break;
    }
    journal_destroy(journal);
}

static void name_job(struct story *story, const struct identifier *order)
{
    identifier_to_text(order, story->fakes.job_name);
}

void test_orders_cut_off_are_closed_and_reported(void **state)
{
    struct story *story = *state;
    const struct identifier intent = {{1, 1}}, issued = {{2, 2}}, printing = {{3, 3}};
    char found[64];

    leave_order(story, ORDER_INTENT, &intent);
    leave_order(story, ORDER_ISSUED, &issued);
    leave_order(story, ORDER_PRINTING, &printing); // the printer never heard of it
    story_start(story);
    story_until_count(story, &story->fakes.outcomes, 3);
    story_until_screen(story, SCREEN_ATTRACT);
    story_query(story, "SELECT group_concat(DISTINCT state) FROM orders", found, sizeof found);
    assert_string_equal(found, "CLOSED");
    assert_int_equal(story->fakes.submits, 0); // nothing is ever printed late
    assert_int_equal(story->fakes.delivered, 0);
}

void test_a_job_found_after_a_restart_decides(void **state)
{
    struct story *story = *state;
    const struct identifier order = {{3, 3}};

    leave_order(story, ORDER_PRINTING, &order);
    name_job(story, &order);
    story_printer_ends(story, PAGE_JOB_COMPLETED, 1);
    story_start(story);
    story_until_order(story, ORDER_DELIVERED);
    story_until_count(story, &story->fakes.delivered, 1);
}

void test_a_job_still_running_after_a_restart_is_cancelled(void **state)
{
    struct story *story = *state;
    const struct identifier order = {{3, 3}};

    leave_order(story, ORDER_PRINTING, &order);
    name_job(story, &order);
    story_printer_ends(story, PAGE_JOB_PRINTING, 0);
    story_start(story);
    story_until_order(story, ORDER_CLOSED);
    assert_int_equal(story->fakes.job_cancels, 1);
}

void test_a_printer_that_is_away_holds_up_no_other_order(void **state)
{
    struct story *story = *state;
    const struct identifier printing = {{3, 3}}, issued = {{2, 2}};

    leave_order(story, ORDER_PRINTING, &printing);
    leave_order(story, ORDER_ISSUED, &issued);
    story->fakes.printer_is_there = false;
    story_start(story);
    story_until_query(story, "SELECT count(*) FROM orders WHERE state = 'CLOSED' AND reported",
                      "1");
    story_until_query(story, "SELECT count(*) FROM orders WHERE state = 'PRINTING'", "1");
    fakes_lock(&story->fakes);
    story->fakes.printer_is_there = true;
    fakes_unlock(&story->fakes);
    story_until_query(story, "SELECT count(*) FROM orders WHERE state = 'CLOSED' AND reported",
                      "2");
}

void test_a_report_that_failed_is_made_later(void **state)
{
    struct story *story = *state;

    story->fakes.outcome_result = RESULT_UNREACHABLE;
    story_to_printing(story);
    story_printer_ends(story, PAGE_JOB_COMPLETED, 1);
    story_until_order(story, ORDER_DELIVERED);
    story_until_count(story, &story->fakes.outcomes, 1);
    fakes_lock(&story->fakes);
    story->fakes.outcome_result = RESULT_OK;
    fakes_unlock(&story->fakes);
    fakes_put_card(&story->fakes, CARD_PRESENCE_ABSENT); // the resident leaves
    story_until_count(story, &story->fakes.delivered, 1);
}

// ---- what is too old

// Many old sessions, each on disk in one go.
static void leave_old_sessions(struct story *story, int count)
{
    struct journal *journal = NULL;
    sqlite3 *database = NULL;
    char text[256];

    assert_int_equal(journal_create(story->journal, &journal), RESULT_OK);
    journal_destroy(journal);
    assert_int_equal(sqlite3_open(story->journal, &database), SQLITE_OK);
    assert_int_equal(str_format(text, sizeof text,
                                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                " WHERE i < %d) INSERT INTO sessions (visit, language, began)"
                                " SELECT printf('old-%%d', i), 'fr', 1 FROM n",
                                count),
                     RESULT_OK);
    assert_int_equal(sqlite3_exec(database, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

// A whole document is issued and printed in the middle of it: no step waits for its end.
void test_a_purge_holds_no_session_up(void **state)
{
    struct story *story = *state;
    char left[32];

    leave_old_sessions(story, 100000);
    story->settings.journal_keep_seconds = 1000;
    story->settings.purge_ms = 1;
    story_to_printing(story);
    story_printer_ends(story, PAGE_JOB_COMPLETED, 1);
    story_until_order(story, ORDER_DELIVERED);
    story_query(story, "SELECT count(*) > 0 FROM sessions WHERE began = 1", left, sizeof left);
    assert_string_equal(left, "1"); // it still goes on
    story_query(story, "SELECT count(*) < 100000 FROM sessions WHERE began = 1", left, sizeof left);
    assert_string_equal(left, "1"); // and had begun
}

void test_a_purge_comes_to_its_end(void **state)
{
    struct story *story = *state;

    leave_old_sessions(story, 250);
    story->settings.journal_keep_seconds = 1000;
    story->settings.purge_ms = 1;
    story_start(story);
    story_until_query(story, "SELECT count(*) FROM sessions", "0");
}

// ---- payments: the power failed while the resident was paying

static void leave_payment(struct story *story, const struct identifier *order)
{
    static const enum order_state way[] = {ORDER_INTENT, ORDER_ISSUED, ORDER_PAYING};
    struct journal *journal = NULL;

    assert_int_equal(journal_create(story->journal, &journal), RESULT_OK);
    for (size_t i = 0; i < 3; i++) {
        const struct journal_step step = {
            .order = *order,
            .to = way[i],
            .now = clock_wall_seconds() - 10,
            .pages = 1,
            .price_cents = 500,
            .reference = "BXL-1",
            .payment = way[i] == ORDER_PAYING ? (struct identifier){{9, 9}} : (struct identifier){},
            .scheme = "terminal",
            .slip_before = 41};

        assert_int_equal(journal_move_order(journal, &step), RESULT_OK);
    }
    journal_destroy(journal);
}

void test_a_payment_cut_off_and_made_is_paid_back(void **state)
{
    struct story *story = *state;
    const struct identifier order = {{4, 4}};

    leave_payment(story, &order);
    story->fakes.cancel_answer = PAYMENT_MADE;
    story->fakes.refund_answer = PAYMENT_PAID_BACK;
    story_start(story);
    story_until_order(story, ORDER_REFUNDED);
    story_until_count(story, &story->fakes.outcomes, 1);
    story_until_screen(story, SCREEN_ATTRACT);
    assert_int_equal(story->fakes.refunds, 1);
    assert_int_equal(story->fakes.last_payment.slip, 42);
    assert_int_equal(story->fakes.last_payment.slip_before, 41);
    assert_int_equal(story->fakes.last_payment.cents, 500);
    assert_int_equal(story->fakes.submits, 0);
    assert_int_equal(story->fakes.delivered, 0);
}

void test_a_payment_cut_off_and_not_made_is_closed(void **state)
{
    struct story *story = *state;
    const struct identifier order = {{4, 4}};

    leave_payment(story, &order);
    story->fakes.cancel_answer = PAYMENT_REFUSED;
    story_start(story);
    story_until_order(story, ORDER_CLOSED);
    story_until_count(story, &story->fakes.outcomes, 1);
    assert_int_equal(story->fakes.refunds, 0);
}

void test_an_unclear_payment_is_asked_about_again_and_holds_up_no_other(void **state)
{
    struct story *story = *state;
    const struct identifier order = {{4, 4}}, other = {{5, 5}};

    leave_payment(story, &order);
    leave_order(story, ORDER_ISSUED, &other);
    story->fakes.cancel_answer = PAYMENT_UNCLEAR;
    story_start(story);
    story_until_count(story, &story->fakes.cancels, 2);
    story_until_query(story, "SELECT count(*) FROM orders WHERE state = 'CLOSED'", "1");
    story_until_count(story, &story->fakes.outcomes, 1);
    fakes_lock(&story->fakes);
    story->fakes.cancel_answer = PAYMENT_UNKNOWABLE;
    fakes_unlock(&story->fakes);
    story_until_query(story, "SELECT count(*) FROM orders WHERE state = 'STAFF'", "1");
    assert_int_equal(story->fakes.refunds, 0);
}
