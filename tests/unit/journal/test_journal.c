// Orders move forward only, survive reopening, and a tampered file is found out.
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "journal.h"
#include "processes.h"

#define NOW 1700000000

struct place {
    char directory[TEST_PATH_SIZE];
    char file[TEST_PATH_SIZE];
    struct journal *journal;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    test_folder_create(place->directory);
    test_path(place->file, place->directory, "journal.db");
    assert_int_equal(journal_create(place->file, &place->journal), RESULT_OK);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    journal_destroy(place->journal);
    test_folder_remove(place->directory);
    free(place);
    return 0;
}

static void reopen(struct place *place)
{
    journal_destroy(place->journal);
    place->journal = NULL;
    assert_int_equal(journal_create(place->file, &place->journal), RESULT_OK);
}

static struct journal_step step_to(uint8_t order, enum order_state to)
{
    return (struct journal_step){.order = {{order, 1}}, .to = to, .now = NOW, .sheets = -1};
}

static enum result move(struct place *place, uint8_t order, enum order_state to)
{
    struct journal_step step = step_to(order, to);

    return journal_move_order(place->journal, &step);
}

static void deliver(struct place *place, uint8_t order)
{
    static const enum order_state way[] = {ORDER_INTENT, ORDER_ISSUED, ORDER_PRINTING,
                                           ORDER_DELIVERED};

    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++)
        assert_int_equal(move(place, order, way[i]), RESULT_OK);
}

// SQL behind the journal's back.
static void tamper(struct place *place, const char *text)
{
    sqlite3 *database = NULL;

    journal_destroy(place->journal);
    place->journal = NULL;
    assert_int_equal(sqlite3_open(place->file, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
    reopen(place);
}

static void test_an_order_moves_only_as_the_rules_say(void **state)
{
    struct place *place = *state;

    for (int from = 0; from < ORDER_STATE_COUNT; from++) {
        for (int to = 0; to < ORDER_STATE_COUNT; to++) {
            char text[256];
            uint8_t order = (uint8_t)(from * ORDER_STATE_COUNT + to + 1);

            if (from != ORDER_NONE) {
                assert_int_equal(move(place, order, ORDER_INTENT), RESULT_OK);
                snprintf(text, sizeof text, "UPDATE orders SET state = '%s' WHERE id LIKE '%02x%%'",
                         order_state_name((enum order_state)from), order);
                tamper(place, text);
            }
            assert_int_equal(move(place, order, (enum order_state)to),
                             order_may_move((enum order_state)from, (enum order_state)to)
                                 ? RESULT_OK
                                 : RESULT_INVALID);
        }
    }
}

static void test_a_step_that_is_refused_leaves_no_trace(void **state)
{
    struct place *place = *state;
    struct journal_report before, after;

    assert_int_equal(move(place, 1, ORDER_INTENT), RESULT_OK);
    assert_int_equal(journal_verify(place->journal, &before), RESULT_OK);
    assert_int_equal(move(place, 1, ORDER_DELIVERED), RESULT_INVALID);
    assert_int_equal(move(place, 2, ORDER_PRINTING), RESULT_INVALID);
    assert_int_equal(journal_verify(place->journal, &after), RESULT_OK);
    assert_int_equal(before.steps, after.steps);
    assert_int_equal(after.orders, 1);
    assert_int_equal(move(place, 1, ORDER_ISSUED), RESULT_OK);
}

static void test_open_orders_are_found_after_a_restart(void **state)
{
    struct place *place = *state;
    struct journal_order orders[8];
    struct journal_step printing = step_to(3, ORDER_PRINTING);
    size_t count = 0;

    deliver(place, 1);
    assert_int_equal(move(place, 2, ORDER_INTENT), RESULT_OK);
    assert_int_equal(move(place, 3, ORDER_INTENT), RESULT_OK);
    assert_int_equal(move(place, 3, ORDER_ISSUED), RESULT_OK);
    printing.printer_up = 4711;
    printing.pages = 2;
    printing.sheets = 1;
    printing.reference = "BXL-3";
    assert_int_equal(journal_move_order(place->journal, &printing), RESULT_OK);
    reopen(place);
    assert_int_equal(journal_open_orders(place->journal, orders, 8, &count), RESULT_OK);
    assert_int_equal(count, 2);
    assert_int_equal(orders[0].state, ORDER_INTENT);
    assert_int_equal(orders[1].state, ORDER_PRINTING);
    assert_int_equal(orders[1].printer_up, 4711);
    assert_int_equal(orders[1].pages, 2); // or a job of one sheet would pass for two
    assert_int_equal(orders[1].sheets, 1);
    assert_int_equal(orders[1].changed, NOW);
    assert_int_equal(orders[1].id.bytes[0], 3);
    assert_int_equal(journal_open_orders(place->journal, orders, 1, &count), RESULT_OK);
    assert_int_equal(count, 1);
}

static void test_final_orders_are_reported_once(void **state)
{
    struct place *place = *state;
    struct journal_order orders[8];
    size_t count = 0;

    deliver(place, 1);
    assert_int_equal(move(place, 2, ORDER_INTENT), RESULT_OK);
    assert_int_equal(move(place, 2, ORDER_CLOSED), RESULT_OK);
    assert_int_equal(move(place, 3, ORDER_INTENT), RESULT_OK);
    assert_int_equal(journal_unreported_orders(place->journal, orders, 8, &count), RESULT_OK);
    assert_int_equal(count, 2);
    assert_int_equal(journal_mark_reported(place->journal, &orders[0].id), RESULT_OK);
    assert_int_equal(journal_unreported_orders(place->journal, orders, 8, &count), RESULT_OK);
    assert_int_equal(count, 1);
    assert_int_equal(orders[0].state, ORDER_CLOSED);
}

static void test_sessions_and_their_orders(void **state)
{
    struct place *place = *state;
    const struct identifier visit = {{9, 9}};
    struct journal_step step = step_to(1, ORDER_INTENT);
    struct journal_report report;

    step.visit = visit;
    step.kind = "household";
    step.language = "nl";
    assert_int_equal(journal_move_order(place->journal, &step), RESULT_FAILED); // no such session
    assert_int_equal(journal_begin_session(place->journal, &visit, "fr", NOW), RESULT_OK);
    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
    assert_int_equal(journal_begin_session(place->journal, &visit, "fr", NOW), RESULT_FAILED);
    assert_int_equal(journal_end_session(place->journal, &visit, "STOPPED", NOW + 60), RESULT_OK);
    assert_int_equal(journal_end_session(place->journal, &visit, "FAILED", NOW + 90), RESULT_OK);
    assert_int_equal(journal_verify(place->journal, &report), RESULT_OK);
    assert_int_equal(report.sessions, 1);
    assert_int_equal(report.orders, 1);
}

// A payment's identifier is on disk before it is begun, its receipt number with PAID: by these it
// is asked about and paid back after a power cut, whatever steps came after.
static void test_a_payment_is_remembered_until_it_is_paid_back(void **state)
{
    struct place *place = *state;
    const struct identifier payment = {{7, 8}};
    struct journal_step step = step_to(1, ORDER_INTENT);
    struct journal_order found;
    size_t count = 0;

    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
    assert_int_equal(move(place, 1, ORDER_ISSUED), RESULT_OK);
    step.to = ORDER_PAYING;
    step.payment = payment;
    step.scheme = "terminal";
    step.slip_before = 41;
    step.reference = "BXL-1";
    step.price_cents = 500;
    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
    reopen(place);
    assert_int_equal(journal_open_orders(place->journal, &found, 1, &count), RESULT_OK);
    assert_true(identifier_equal(&found.payment, &payment));
    assert_int_equal(found.slip_before, 41);
    assert_int_equal(found.slip, -1);
    step = step_to(1, ORDER_PAID);
    step.slip = 42;
    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
    assert_int_equal(move(place, 1, ORDER_REFUND_DUE), RESULT_OK);
    reopen(place);
    assert_int_equal(journal_open_orders(place->journal, &found, 1, &count), RESULT_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found.state, ORDER_REFUND_DUE);
    assert_true(identifier_equal(&found.payment, &payment));
    assert_string_equal(found.scheme, "terminal");
    assert_int_equal(found.slip_before, 41);
    assert_int_equal(found.slip, 42);
    assert_int_equal(found.price_cents, 500);
}

// What the session told stays when recovery, which knows the state alone, makes the last step.
static void test_recovery_keeps_what_was_known(void **state)
{
    struct place *place = *state;
    struct journal_step step = step_to(1, ORDER_INTENT);
    sqlite3 *database = NULL;
    sqlite3_stmt *row = NULL;

    step.kind = "household";
    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
    step.to = ORDER_ISSUED;
    step.reference = "BXL-1";
    step.pages = 2;
    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
    assert_int_equal(move(place, 1, ORDER_CLOSED), RESULT_OK);
    assert_int_equal(sqlite3_open(place->file, &database), SQLITE_OK);
    sqlite3_prepare_v2(database, "SELECT kind, reference, pages, sheets FROM orders", -1, &row,
                       NULL);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(row, 0), "household");
    assert_string_equal(sqlite3_column_text(row, 1), "BXL-1");
    assert_int_equal(sqlite3_column_int(row, 2), 2);
    assert_int_equal(sqlite3_column_int(row, 3), -1);
    sqlite3_finalize(row);
    sqlite3_close(database);
}

static void expect_report(struct place *place, bool gapless, bool chained, bool legal)
{
    struct journal_report report;

    assert_int_equal(journal_verify(place->journal, &report), RESULT_OK);
    assert_true(report.intact);
    assert_int_equal(report.gapless, gapless);
    assert_int_equal(report.chained, chained);
    assert_int_equal(report.legal, legal);
    assert_int_equal(report.first_bad_step == 0, gapless && chained && legal);
}

static void test_a_good_journal_verifies(void **state)
{
    struct place *place = *state;

    expect_report(place, true, true, true);
    deliver(place, 1);
    deliver(place, 2);
    expect_report(place, true, true, true);
}

static void test_a_changed_step_is_found(void **state)
{
    struct place *place = *state;

    deliver(place, 1);
    tamper(place, "UPDATE steps SET at = at + 1 WHERE number = 2");
    expect_report(place, true, false, true);
}

static void test_a_step_taken_out_is_found(void **state)
{
    struct place *place = *state;

    deliver(place, 1);
    tamper(place, "DELETE FROM steps WHERE number = 2");
    expect_report(place, false, false, false);
}

static void test_a_hash_made_up_is_found(void **state)
{
    struct place *place = *state;

    deliver(place, 1);
    tamper(place, "UPDATE steps SET hash = zeroblob(32) WHERE number = 4");
    expect_report(place, true, false, true);
}

static void test_an_order_pushed_by_hand_is_found(void **state)
{
    struct place *place = *state;
    struct journal_report report;

    assert_int_equal(move(place, 1, ORDER_INTENT), RESULT_OK);
    tamper(place, "UPDATE orders SET state = 'DELIVERED'");
    assert_int_equal(journal_verify(place->journal, &report), RESULT_OK);
    assert_false(report.legal);
}

static void test_files_that_are_no_journal_are_refused(void **state)
{
    struct place *place = *state;
    struct journal *journal = NULL;

    assert_int_equal(journal_create("no/such/directory/journal.db", &journal), RESULT_UNREACHABLE);
    journal_destroy(place->journal);
    place->journal = NULL;
    FILE *file = fopen(place->file, "w");
    assert_non_null(file);
    for (int i = 0; i < 4096; i++)
        fputc('x', file);
    fclose(file);
    assert_int_equal(journal_create(place->file, &journal), RESULT_MALFORMED);
    assert_null(journal);
}

// After a power cut the write-ahead log is still there, so that a full disk shows only in a write.
static void test_a_file_that_takes_no_write_is_refused(void **state)
{
    struct place *place = *state;
    struct journal *second = NULL;
    struct rlimit before, tiny;

    deliver(place, 1);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tiny = (struct rlimit){.rlim_cur = 1, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tiny), 0);
    enum result opened = journal_create(place->file, &second);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_not_equal(opened, RESULT_OK);
    assert_null(second);
    assert_int_equal(journal_create(place->file, &second), RESULT_OK);
    journal_destroy(second);
}

static void test_another_programs_or_a_much_later_file_is_refused(void **state)
{
    struct place *place = *state;
    struct journal *journal = NULL;

    tamper(place, "PRAGMA user_version = 5"); // one ahead can be read
    assert_int_equal(move(place, 1, ORDER_INTENT), RESULT_OK);
    journal_destroy(place->journal);
    place->journal = NULL;

    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(place->file, &database), SQLITE_OK);
    sqlite3_exec(database, "PRAGMA user_version = 6", NULL, NULL, NULL);
    sqlite3_close(database);
    assert_int_equal(journal_create(place->file, &journal), RESULT_MALFORMED);

    assert_int_equal(sqlite3_open(place->file, &database), SQLITE_OK);
    sqlite3_exec(database, "PRAGMA user_version = 1; PRAGMA application_id = 1", NULL, NULL, NULL);
    sqlite3_close(database);
    assert_int_equal(journal_create(place->file, &journal), RESULT_MALFORMED);
}

static void test_the_file_is_the_terminals_alone(void **state)
{
    struct place *place = *state;
    struct stat about;

    assert_int_equal(stat(place->file, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(test_an_order_moves_only_as_the_rules_say),
        TEST(test_a_step_that_is_refused_leaves_no_trace),
        TEST(test_open_orders_are_found_after_a_restart),
        TEST(test_final_orders_are_reported_once),
        TEST(test_sessions_and_their_orders),
        TEST(test_recovery_keeps_what_was_known),
        TEST(test_a_payment_is_remembered_until_it_is_paid_back),
        TEST(test_a_good_journal_verifies),
        TEST(test_a_changed_step_is_found),
        TEST(test_a_step_taken_out_is_found),
        TEST(test_a_hash_made_up_is_found),
        TEST(test_an_order_pushed_by_hand_is_found),
        TEST(test_files_that_are_no_journal_are_refused),
        TEST(test_a_file_that_takes_no_write_is_refused),
        TEST(test_another_programs_or_a_much_later_file_is_refused),
        TEST(test_the_file_is_the_terminals_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
