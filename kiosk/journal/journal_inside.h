// journal_inside.h: what the files of the journal share with each other and with nobody else.
#pragma once
#include <sqlite3.h>

#include "journal.h"

#define JOURNAL_HASH_SIZE 32

enum journal_statement {
    STATEMENT_BEGIN,
    STATEMENT_COMMIT,
    STATEMENT_ROLLBACK,
    STATEMENT_BEGIN_SESSION,
    STATEMENT_END_SESSION,
    STATEMENT_ORDER_STATE,
    STATEMENT_INSERT_ORDER,
    STATEMENT_MOVE_ORDER,
    STATEMENT_LAST_STEP,
    STATEMENT_INSERT_STEP,
    STATEMENT_MARK_REPORTED,
    STATEMENT_OPEN_ORDERS,
    STATEMENT_UNREPORTED_ORDERS,
    STATEMENT_FIRST_STEPS,
    STATEMENT_SET_ANCHOR,
    STATEMENT_PURGE_ORDERS,
    STATEMENT_PURGE_STEPS,
    STATEMENT_PURGE_SESSIONS,
};
#define STATEMENT_COUNT 18

struct journal {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

// One line of the chain.
struct journal_link {
    int64_t number;
    struct identifier order;
    enum order_state state;
    int64_t at;
};

// SHA-256 over the hash before, then number, order, state's name and time; RESULT_FAILED when the
// library cannot.
enum result journal_link_hash(const uint8_t before[JOURNAL_HASH_SIZE],
                              const struct journal_link *link, uint8_t hash[JOURNAL_HASH_SIZE]);

// Logs SQLite's code and says what the caller can do about it.
enum result journal_failure(struct journal *journal);

// A prepared statement, reset and without bindings.
sqlite3_stmt *journal_statement(struct journal *journal, enum journal_statement which);
// Runs it to its end; for statements that return no row.
enum result journal_run(struct journal *journal, sqlite3_stmt *statement);

// Copies the text form.
void journal_bind_identifier(sqlite3_stmt *statement, int index,
                             const struct identifier *identifier);

// The state that a word of the journal stands for; false for none of ours.
bool journal_state_from_name(const char *name, enum order_state *state);
