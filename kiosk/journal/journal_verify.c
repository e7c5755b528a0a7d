// The whole file against its rules.
#include "journal_inside.h"

#include <string.h>

static enum result begin_query(struct journal *journal, const char *text, sqlite3_stmt **statement)
{
    if (sqlite3_prepare_v2(journal->database, text, -1, statement, NULL) != SQLITE_OK)
        return journal_failure(journal);
    return RESULT_OK;
}

static enum result count_rows(struct journal *journal, const char *text, int64_t *count)
{
    sqlite3_stmt *statement = NULL;

    TRY(begin_query(journal, text, &statement));
    *count = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return *count >= 0 ? RESULT_OK : journal_failure(journal);
}

static enum result check_integrity(struct journal *journal, struct journal_report *report)
{
    sqlite3_stmt *statement = NULL;

    TRY(begin_query(journal, "PRAGMA integrity_check(1)", &statement));
    report->intact = sqlite3_step(statement) == SQLITE_ROW &&
                     str_equal((const char *)sqlite3_column_text(statement, 0), "ok");
    sqlite3_finalize(statement);
    return RESULT_OK;
}

static void note_bad_step(struct journal_report *report, bool *rule, int64_t number)
{
    *rule = false;
    if (report->first_bad_step == 0)
        report->first_bad_step = number;
}

// What the chain goes on from: the anchor of the last purge, or nothing.
static enum result read_anchor(struct journal *journal, struct journal_report *report,
                               uint8_t before[JOURNAL_HASH_SIZE])
{
    sqlite3_stmt *row = NULL;

    TRY(begin_query(journal, "SELECT number, hash FROM anchor", &row));
    int code = sqlite3_step(row);
    if (code == SQLITE_ROW) {
        report->purged = sqlite3_column_int64(row, 0);
        if (sqlite3_column_bytes(row, 1) == JOURNAL_HASH_SIZE)
            memcpy(before, sqlite3_column_blob(row, 1), JOURNAL_HASH_SIZE);
    }
    sqlite3_finalize(row);
    return code == SQLITE_ROW || code == SQLITE_DONE ? RESULT_OK : journal_failure(journal);
}

// One row of steps: number, order, state, time, hash, and the state of the order's step before.
static enum result check_step(sqlite3_stmt *row, uint8_t before[JOURNAL_HASH_SIZE],
                              struct journal_report *report)
{
    struct journal_link link = {.number = sqlite3_column_int64(row, 0),
                                .at = sqlite3_column_int64(row, 3)};
    enum order_state from = ORDER_NONE;
    uint8_t hash[JOURNAL_HASH_SIZE];
    const char *earlier = (const char *)sqlite3_column_text(row, 5);

    if (identifier_from_text((const char *)sqlite3_column_text(row, 1), &link.order) != RESULT_OK ||
        !journal_state_from_name((const char *)sqlite3_column_text(row, 2), &link.state) ||
        (earlier != NULL && !journal_state_from_name(earlier, &from)) ||
        !order_may_move(from, link.state))
        note_bad_step(report, &report->legal, link.number);
    if (link.number != report->purged + ++report->steps)
        note_bad_step(report, &report->gapless, link.number);
    TRY(journal_link_hash(before, &link, hash));
    if (sqlite3_column_bytes(row, 4) != JOURNAL_HASH_SIZE ||
        memcmp(hash, sqlite3_column_blob(row, 4), JOURNAL_HASH_SIZE) != 0)
        note_bad_step(report, &report->chained, link.number);
    memcpy(before, hash, JOURNAL_HASH_SIZE);
    return RESULT_OK;
}

static enum result check_steps(struct journal *journal, struct journal_report *report)
{
    sqlite3_stmt *statement = NULL;
    uint8_t before[JOURNAL_HASH_SIZE] = {};
    enum result result = RESULT_OK;
    int code = SQLITE_ROW;

    TRY(read_anchor(journal, report, before));
    TRY(begin_query(journal,
                    "SELECT number, order_id, state, at, hash,"
                    " lag(state) OVER (PARTITION BY order_id ORDER BY number)"
                    " FROM steps ORDER BY number",
                    &statement));
    while (result == RESULT_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
        result = check_step(statement, before, report);
    if (result == RESULT_OK && code != SQLITE_DONE)
        result = journal_failure(journal);
    sqlite3_finalize(statement);
    return result;
}

enum result journal_verify(struct journal *journal, struct journal_report *report)
{
    int64_t astray = 0;

    *report = (struct journal_report){.gapless = true, .chained = true, .legal = true};
    TRY(check_integrity(journal, report));
    TRY(count_rows(journal, "SELECT count(*) FROM sessions", &report->sessions));
    TRY(count_rows(journal, "SELECT count(*) FROM orders", &report->orders));
    TRY(check_steps(journal, report));
    TRY(count_rows(journal,
                   "SELECT count(*) FROM orders WHERE state IS NOT (SELECT state FROM steps"
                   " WHERE order_id = orders.id ORDER BY number DESC LIMIT 1)",
                   &astray));
    report->legal = report->legal && astray == 0;
    return RESULT_OK;
}
