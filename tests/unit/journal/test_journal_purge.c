// What is too old goes from the front, in small batches, and the chain of hashes goes on.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "journal.h"
#include "processes.h"

#define OLD 1600000000
#define YEAR_AGO 1700000000
#define YOUNG 1700000001
#define BATCH 16

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

static void move(struct place *place, uint8_t number, enum order_state to, int64_t now)
{
    const struct journal_step step = {
        .order = {{number, 1}}, .to = to, .visit = {{number, 2}}, .now = now, .sheets = -1};

    assert_int_equal(journal_move_order(place->journal, &step), RESULT_OK);
}

static void begin(struct place *place, uint8_t number, int64_t now)
{
    const struct identifier visit = {{number, 2}};

    assert_int_equal(journal_begin_session(place->journal, &visit, "fr", now), RESULT_OK);
    assert_int_equal(journal_end_session(place->journal, &visit, "COMPLETED", now), RESULT_OK);
    move(place, number, ORDER_INTENT, now);
}

static void deliver(struct place *place, uint8_t number, int64_t now)
{
    begin(place, number, now);
    move(place, number, ORDER_ISSUED, now);
    move(place, number, ORDER_PRINTING, now);
    move(place, number, ORDER_DELIVERED, now);
}

static struct journal_report whole_report(struct place *place)
{
    struct journal_report report;

    assert_int_equal(journal_verify(place->journal, &report), RESULT_OK);
    assert_true(report.intact && report.gapless && report.chained && report.legal);
    return report;
}

// How many calls it took until nothing went any more.
static int purge(struct place *place)
{
    bool more = true;
    int calls = 0;

    while (more) {
        int64_t steps = whole_report(place).steps;
        assert_int_equal(journal_purge(place->journal, YEAR_AGO, BATCH, &more), RESULT_OK);
        assert_true(steps - whole_report(place).steps <= BATCH);
        calls++;
    }
    return calls;
}

static void test_old_entries_go_in_batches_and_young_ones_stay(void **state)
{
    struct place *place = *state;

    for (uint8_t i = 1; i <= 40; i++)
        deliver(place, i, OLD);
    deliver(place, 41, YOUNG);
    assert_true(purge(place) >= 40 * 4 / BATCH);
    struct journal_report report = whole_report(place);
    assert_int_equal(report.orders, 1);
    assert_int_equal(report.sessions, 1);
    assert_int_equal(report.steps, 4);
    assert_int_equal(report.purged, 160);
}

static void test_the_chain_goes_on_after_a_purge_and_a_restart(void **state)
{
    struct place *place = *state;

    deliver(place, 1, OLD);
    deliver(place, 2, OLD);
    (void)purge(place);
    journal_destroy(place->journal);
    assert_int_equal(journal_create(place->file, &place->journal), RESULT_OK);
    deliver(place, 3, YOUNG);
    struct journal_report report = whole_report(place);
    // The last step stays, and its order with it: the next number and hash go on from there.
    assert_int_equal(report.purged, 4);
    assert_int_equal(report.steps, 8);
}

static void test_an_order_that_is_not_final_stays_with_all_behind_it(void **state)
{
    struct place *place = *state;

    deliver(place, 1, OLD);
    begin(place, 2, OLD);
    deliver(place, 3, OLD);
    deliver(place, 4, YOUNG);
    (void)purge(place);
    struct journal_report report = whole_report(place);
    assert_int_equal(report.orders, 3);
    assert_int_equal(report.sessions, 3);
    move(place, 2, ORDER_CLOSED, YOUNG); // its end is young: it waits for that to grow old
    (void)purge(place);
    assert_int_equal(whole_report(place).orders, 3);
}

static void tamper(struct place *place, const char *text)
{
    sqlite3 *database = NULL;

    assert_int_equal(sqlite3_open(place->file, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void test_an_anchor_that_does_not_fit_is_found(void **state)
{
    static const char *const tricks[] = {
        "UPDATE anchor SET hash = zeroblob(32)",
        "UPDATE anchor SET number = number + 1",
        "DELETE FROM anchor",
        "DELETE FROM steps WHERE number = (SELECT min(number) FROM steps)",
    };
    struct place *place = *state;
    struct journal_report report;

    deliver(place, 1, OLD);
    deliver(place, 2, YOUNG);
    (void)purge(place);
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++) {
        tamper(place, "CREATE TABLE kept AS SELECT * FROM anchor");
        tamper(place, tricks[i]);
        assert_int_equal(journal_verify(place->journal, &report), RESULT_OK);
        assert_false(report.gapless && report.chained);
        tamper(place, "DELETE FROM anchor; INSERT INTO anchor SELECT * FROM kept; DROP TABLE kept");
    }
}

static void test_sessions_without_orders_go_too(void **state)
{
    struct place *place = *state;

    for (uint8_t i = 1; i <= 50; i++) {
        const struct identifier visit = {{i, 2}};
        assert_int_equal(journal_begin_session(place->journal, &visit, "nl", i < 50 ? OLD : YOUNG),
                         RESULT_OK);
    }
    assert_int_equal(purge(place), 50 / BATCH + 2);
    assert_int_equal(whole_report(place).sessions, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    static const struct CMUnitTest tests[] = {
        TEST(test_old_entries_go_in_batches_and_young_ones_stay),
        TEST(test_the_chain_goes_on_after_a_purge_and_a_restart),
        TEST(test_an_order_that_is_not_final_stays_with_all_behind_it),
        TEST(test_an_anchor_that_does_not_fit_is_found),
        TEST(test_sessions_without_orders_go_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
