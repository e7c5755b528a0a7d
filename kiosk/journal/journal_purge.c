// What is too old is taken out from the front, a few rows at a time.
#include "journal_inside.h"

#include <string.h>

// Orders whose steps stand between each other's; in one terminal one is open at a time, and a few
// that a power cut left.
#define INTERLEAVED_MAXIMUM 32

struct front {
    int64_t boundary; // number of the last step that goes; 0: none
    uint8_t hash[JOURNAL_HASH_SIZE];
    struct identifier open[INTERLEAVED_MAXIMUM]; // begun, and not at their end yet
    size_t open_count;
};

static void forget_open(struct front *front, const struct identifier *order)
{
    for (size_t i = 0; i < front->open_count; i++) {
        if (identifier_equal(&front->open[i], order)) {
            front->open[i] = front->open[--front->open_count];
            return;
        }
    }
}

// False: this order cannot be kept in mind, and nothing from here on goes.
static bool note_open(struct front *front, const struct identifier *order)
{
    forget_open(front, order);
    if (front->open_count == INTERLEAVED_MAXIMUM)
        return false;
    front->open[front->open_count++] = *order;
    return true;
}

// One row of steps; false: it is too young, or no row of ours.
static bool take_row(struct front *front, sqlite3_stmt *row, int64_t before)
{
    struct identifier order;
    enum order_state state = ORDER_NONE;

    if (sqlite3_column_int64(row, 3) >= before ||
        identifier_from_text((const char *)sqlite3_column_text(row, 1), &order) != RESULT_OK ||
        !journal_state_from_name((const char *)sqlite3_column_text(row, 2), &state))
        return false;
    if (!order_state_is_final(state))
        return note_open(front, &order);
    forget_open(front, &order);
    return true;
}

// The last step of all stays: the next one goes on from its number and hash.
static enum result find_boundary(struct journal *journal, int64_t before, int batch,
                                 struct front *front)
{
    sqlite3_stmt *rows = journal_statement(journal, STATEMENT_FIRST_STEPS);
    struct front seen = {};
    int code;

    sqlite3_bind_int(rows, 1, batch + 1);
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        if (seen.open_count == 0)
            *front = seen;
        if (!take_row(&seen, rows, before))
            break;
        seen.boundary = sqlite3_column_int64(rows, 0);
        if (sqlite3_column_bytes(rows, 4) == JOURNAL_HASH_SIZE)
            memcpy(seen.hash, sqlite3_column_blob(rows, 4), JOURNAL_HASH_SIZE);
    }
    sqlite3_reset(rows);
    return code == SQLITE_ROW || code == SQLITE_DONE ? RESULT_OK : journal_failure(journal);
}

static enum result run_with_number(struct journal *journal, enum journal_statement which,
                                   int64_t number)
{
    sqlite3_stmt *statement = journal_statement(journal, which);

    sqlite3_bind_int64(statement, 1, number);
    return journal_run(journal, statement);
}

static enum result purge_steps(struct journal *journal, int64_t before, int batch, bool *more)
{
    struct front front = {};

    TRY(find_boundary(journal, before, batch, &front));
    if (front.boundary == 0)
        return RESULT_OK;
    *more = true;
    sqlite3_stmt *anchor = journal_statement(journal, STATEMENT_SET_ANCHOR);
    sqlite3_bind_int64(anchor, 1, front.boundary);
    sqlite3_bind_blob(anchor, 2, front.hash, sizeof front.hash, SQLITE_STATIC);
    TRY(journal_run(journal, anchor));
    TRY(run_with_number(journal, STATEMENT_PURGE_ORDERS, front.boundary));
    return run_with_number(journal, STATEMENT_PURGE_STEPS, front.boundary);
}

static enum result purge_sessions(struct journal *journal, int64_t before, int batch, bool *more)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_PURGE_SESSIONS);

    sqlite3_bind_int64(statement, 1, before);
    sqlite3_bind_int(statement, 2, batch);
    TRY(journal_run(journal, statement));
    *more = *more || sqlite3_changes(journal->database) > 0;
    return RESULT_OK;
}

static enum result purge_in_transaction(struct journal *journal, int64_t before, int batch,
                                        bool *more)
{
    TRY(purge_steps(journal, before, batch, more));
    TRY(purge_sessions(journal, before, batch, more));
    return journal_run(journal, journal_statement(journal, STATEMENT_COMMIT));
}

// References are not followed meanwhile: steps have no index by order, which every step would have
// to keep up, and an order goes with all of its steps.
static enum result follow_references(struct journal *journal, bool follow)
{
    const char *text = follow ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF";

    return sqlite3_exec(journal->database, text, NULL, NULL, NULL) == SQLITE_OK
               ? RESULT_OK
               : journal_failure(journal);
}

enum result journal_purge(struct journal *journal, int64_t before, int batch, bool *more)
{
    *more = false;
    TRY(follow_references(journal, false));
    enum result result = journal_run(journal, journal_statement(journal, STATEMENT_BEGIN));
    if (result == RESULT_OK)
        result = purge_in_transaction(journal, before, batch, more);
    if (result != RESULT_OK && sqlite3_get_autocommit(journal->database) == 0)
        (void)journal_run(journal, journal_statement(journal, STATEMENT_ROLLBACK));
    TRY(follow_references(journal, true));
    // Worked into the file at once, so that no step of a resident has to do it.
    if (*more)
        (void)sqlite3_wal_checkpoint_v2(journal->database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                        NULL);
    return result;
}
