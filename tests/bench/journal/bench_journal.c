// bench-journal PROGRAMS [ROW…]: prints the rows of the journal, fields with tabs between. A step
// is one move of an order, on disk when it returns. The peer, and the journal with ten million
// sessions in it, take their turns in the same directory.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "plain_sqlite_commit.h"
#include "processes.h"
#include "times.h"

#define ORDERS 120
#define STARTS 60
#define PURGE_BATCH 100 // as the kiosk's service takes them
#define MANY "10000000"

static void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench-journal: %s\n", what);
    exit(1);
}

static const enum order_state life[] = {ORDER_INTENT, ORDER_ISSUED, ORDER_PRINTING,
                                        ORDER_DELIVERED};
#define STEPS (sizeof life / sizeof life[0])

static double time_step(struct journal *journal, const struct identifier *order,
                        const struct identifier *visit, enum order_state to)
{
    const struct journal_step step = {.order = *order,
                                      .to = to,
                                      .visit = *visit,
                                      .now = 1795000000,
                                      .kind = "household",
                                      .language = "fr",
                                      .reference = "BXL-2026-H-0041873-8",
                                      .pages = 1,
                                      .sheets = to == ORDER_DELIVERED};
    double began = milliseconds_now();
    enum result result = journal_move_order(journal, &step);
    double took = milliseconds_now() - began;

    need(result == RESULT_OK, "a step was refused");
    return took;
}

static double time_plain(struct plain_commit *plain)
{
    double began = milliseconds_now();
    bool good = plain_commit_once(plain);
    double took = milliseconds_now() - began;

    need(good, "SQLite refused");
    return took;
}

// One whole order of a new session; the times of its steps.
static void live(struct journal *journal, double took[STEPS])
{
    struct identifier order, visit;

    need(identifier_make(&order) == RESULT_OK && identifier_make(&visit) == RESULT_OK &&
             journal_begin_session(journal, &visit, "fr", 1795000000) == RESULT_OK,
         "a session was refused");
    for (size_t i = 0; i < STEPS; i++)
        took[i] = time_step(journal, &order, &visit, life[i]);
}

static void steps(const char *folder)
{
    char path[TEST_PATH_SIZE];
    struct times ours = {}, bare = {};
    owned(journal) journal = NULL;
    struct plain_commit plain;

    test_path(path, folder, "journal.db");
    need(journal_create(path, &journal) == RESULT_OK, "no journal");
    test_path(path, folder, "plain.db");
    need(plain_commit_open(path, &plain), "no plain file");
    for (int i = 0; i < ORDERS; i++) {
        double took[STEPS];

        live(journal, took);
        for (size_t step = 0; step < STEPS; step++) {
            times_add(&ours, took[step]);
            times_add(&bare, time_plain(&plain));
        }
    }
    times_print("journal_step", "bare SQLite FULL commit", &ours, &bare);
    plain_commit_close(&plain);
}

// Opening the file, as every start does, with the orders that are open looked for.
static double time_start(const char *path)
{
    struct journal_order open[16];
    owned(journal) journal = NULL;
    size_t count = 0;
    double began = milliseconds_now();

    need(journal_create(path, &journal) == RESULT_OK, "no journal");
    need(journal_open_orders(journal, open, 16, &count) == RESULT_OK, "no list");
    return milliseconds_now() - began;
}

static void starts(const char *many, const char *few)
{
    struct times ours = {}, empty = {};

    for (int i = 0; i < STARTS; i++) {
        times_add(&ours, time_start(many));
        times_add(&empty, time_start(few));
    }
    times_print("journal_start_10m", "the same, empty journal", &ours, &empty);
}

// The longest that a step may wait for a purge: one batch, among ten million sessions.
static void purges(struct journal *journal, const char *folder)
{
    char path[TEST_PATH_SIZE];
    struct times ours = {}, bare = {};
    struct plain_commit plain;

    test_path(path, folder, "beside.db");
    need(plain_commit_open(path, &plain), "no plain file");
    for (int i = 0; i < ORDERS; i++) {
        bool more = false;
        double began = milliseconds_now();
        need(journal_purge(journal, 1790000000, PURGE_BATCH, &more) == RESULT_OK && more,
             "nothing was purged");
        times_add(&ours, milliseconds_now() - began);
        times_add(&bare, time_plain(&plain));
    }
    times_print("journal_purge_batch", "bare SQLite FULL commit", &ours, &bare);
    plain_commit_close(&plain);
}

// Ten million sessions that are over, written in one transaction.
static void fill(const char *path)
{
    static const char sessions[] =
        "PRAGMA synchronous = OFF;"
        "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted"
        "  WHERE n < " MANY ")"
        "INSERT INTO sessions (visit, language, began, ended, ending)"
        "  SELECT printf('%08x-0000-4000-8000-000000000000', n), 'fr', 1700000000 + n,"
        "    1700000060 + n, 'done' FROM counted;"
        "PRAGMA wal_checkpoint(TRUNCATE);";
    sqlite3 *database = NULL;

    need(sqlite3_open(path, &database) == SQLITE_OK &&
             sqlite3_exec(database, sessions, NULL, NULL, NULL) == SQLITE_OK,
         "the ten million sessions");
    sqlite3_close(database);
}

static void steps_among_millions(const char *folder)
{
    char path[TEST_PATH_SIZE], empty_path[TEST_PATH_SIZE];
    struct times ours = {}, few = {};
    owned(journal) journal = NULL;
    owned(journal) empty = NULL;

    test_path(path, folder, "many.db");
    test_path(empty_path, folder, "few.db");
    need(journal_create(path, &journal) == RESULT_OK, "no journal");
    journal_destroy(take(journal));
    fill(path);
    need(journal_create(path, &journal) == RESULT_OK, "no journal");
    need(journal_create(empty_path, &empty) == RESULT_OK, "no journal");
    for (int i = 0; i < ORDERS; i++) {
        double took[STEPS], beside[STEPS];

        live(journal, took);
        live(empty, beside);
        for (size_t step = 0; step < STEPS; step++) {
            times_add(&ours, took[step]);
            times_add(&few, beside[step]);
        }
    }
    times_print("journal_step_10m", "the same, empty journal", &ours, &few);
    purges(journal, folder);
    journal_destroy(take(journal));
    journal_destroy(take(empty));
    starts(path, empty_path);
}

static bool asked(int argc, char **argv, const char *row)
{
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], row) == 0)
            return true;
    return argc == 2;
}

int main(int argc, char **argv)
{
    char folder[TEST_PATH_SIZE];

    test_folder_create(folder);
    if (asked(argc, argv, "journal_step"))
        steps(folder);
    if (asked(argc, argv, "journal_step_10m") || asked(argc, argv, "journal_start_10m") ||
        asked(argc, argv, "journal_purge_batch"))
        steps_among_millions(folder);
    test_folder_remove(folder);
    return 0;
}
