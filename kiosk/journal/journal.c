// Opening, migrating, sessions, and the small things that all statements need.
#include "journal_inside.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

// Each migration brings the file from version i to i + 1, and leaves it readable by the version
// before: columns and tables are added, never taken away in the same step.
static const char *const migrations[] = {
    "CREATE TABLE sessions ("
    " number INTEGER PRIMARY KEY,"
    " visit TEXT NOT NULL UNIQUE,"
    " language TEXT NOT NULL,"
    " began INTEGER NOT NULL,"
    " ended INTEGER,"
    " ending TEXT) STRICT;"
    "CREATE TABLE orders ("
    " id TEXT PRIMARY KEY,"
    " visit TEXT REFERENCES sessions (visit),"
    " state TEXT NOT NULL,"
    " began INTEGER NOT NULL,"
    " changed INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " reference TEXT NOT NULL,"
    " price_cents INTEGER NOT NULL,"
    " pages INTEGER NOT NULL,"
    " sheets INTEGER NOT NULL,"
    " printer_up INTEGER NOT NULL DEFAULT 0,"
    " reported INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX orders_open ON orders (began)"
    " WHERE state NOT IN ('DELIVERED', 'CLOSED', 'STAFF');"
    "CREATE INDEX orders_unreported ON orders (began)"
    " WHERE reported = 0 AND state IN ('DELIVERED', 'CLOSED');"
    "CREATE TABLE steps ("
    " number INTEGER PRIMARY KEY,"
    " order_id TEXT NOT NULL REFERENCES orders,"
    " state TEXT NOT NULL,"
    " at INTEGER NOT NULL,"
    " hash BLOB NOT NULL) STRICT;",
    "ALTER TABLE orders ADD COLUMN payment TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE orders ADD COLUMN scheme TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE orders ADD COLUMN slip_before INTEGER NOT NULL DEFAULT -1;"
    "DROP INDEX orders_open;"
    "DROP INDEX orders_unreported;"
    "CREATE INDEX orders_open ON orders (began)"
    " WHERE state NOT IN ('DELIVERED', 'CLOSED', 'REFUNDED', 'STAFF');"
    "CREATE INDEX orders_unreported ON orders (began)"
    " WHERE reported = 0 AND state IN ('DELIVERED', 'CLOSED', 'REFUNDED');",
    "ALTER TABLE orders ADD COLUMN slip INTEGER NOT NULL DEFAULT -1;",
    // The last step that was purged: the chain of hashes goes on from it.
    "CREATE TABLE anchor ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " number INTEGER NOT NULL,"
    " hash BLOB NOT NULL) STRICT;",
};
#define VERSION ((int)(sizeof migrations / sizeof migrations[0]))

// "eGui": tells `file` and us that a database is a journal of ours.
#define APPLICATION_ID 0x65477569

#define ORDER_COLUMNS                                                                              \
    "SELECT id, state, changed, printer_up, pages, sheets, price_cents, payment, scheme,"          \
    " slip_before, slip FROM orders"

static const char *const statement_texts[STATEMENT_COUNT] = {
    [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_ROLLBACK] = "ROLLBACK",
    [STATEMENT_BEGIN_SESSION] = "INSERT INTO sessions (visit, language, began) VALUES (?1, ?2, ?3)",
    [STATEMENT_END_SESSION] = "UPDATE sessions SET ended = ?3, ending = ?2"
                              " WHERE visit = ?1 AND ended IS NULL",
    [STATEMENT_ORDER_STATE] = "SELECT state FROM orders WHERE id = ?1",
    [STATEMENT_INSERT_ORDER] =
        "INSERT INTO orders (id, visit, state, began, changed, kind, language, reference,"
        " price_cents, pages, sheets) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    // Recovery knows the state alone: what was known before stays.
    [STATEMENT_MOVE_ORDER] = "UPDATE orders SET state = ?3, changed = ?4,"
                             " reference = CASE WHEN ?7 = '' THEN reference ELSE ?7 END,"
                             " price_cents = CASE WHEN ?7 = '' THEN price_cents ELSE ?8 END,"
                             " pages = CASE WHEN ?7 = '' THEN pages ELSE ?9 END, sheets = ?10,"
                             " printer_up = CASE WHEN ?11 = 0 THEN printer_up ELSE ?11 END,"
                             " payment = CASE WHEN ?12 = '' THEN payment ELSE ?12 END,"
                             " scheme = CASE WHEN ?12 = '' THEN scheme ELSE ?13 END,"
                             " slip_before = CASE WHEN ?12 = '' THEN slip_before ELSE ?14 END,"
                             " slip = CASE WHEN ?15 <= 0 THEN slip ELSE ?15 END WHERE id = ?1",
    [STATEMENT_LAST_STEP] = "SELECT number, hash FROM steps ORDER BY number DESC LIMIT 1",
    [STATEMENT_INSERT_STEP] =
        "INSERT INTO steps (number, order_id, state, at, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
    [STATEMENT_MARK_REPORTED] = "UPDATE orders SET reported = 1 WHERE id = ?1",
    [STATEMENT_OPEN_ORDERS] =
        ORDER_COLUMNS " WHERE state NOT IN ('DELIVERED', 'CLOSED', 'REFUNDED', 'STAFF')"
                      " ORDER BY began LIMIT ?1",
    [STATEMENT_UNREPORTED_ORDERS] =
        ORDER_COLUMNS " WHERE reported = 0 AND state IN ('DELIVERED', 'CLOSED', 'REFUNDED')"
                      " ORDER BY began LIMIT ?1",
    [STATEMENT_FIRST_STEPS] =
        "SELECT number, order_id, state, at, hash FROM steps ORDER BY number LIMIT ?1",
    [STATEMENT_SET_ANCHOR] = "INSERT OR REPLACE INTO anchor (one, number, hash) VALUES (1, ?1, ?2)",
    [STATEMENT_PURGE_ORDERS] = "DELETE FROM orders WHERE id IN"
                               " (SELECT order_id FROM steps WHERE number <= ?1)",
    [STATEMENT_PURGE_STEPS] = "DELETE FROM steps WHERE number <= ?1",
    // Numbers rise with time; none goes that an order is left of.
    [STATEMENT_PURGE_SESSIONS] =
        "DELETE FROM sessions WHERE number < (SELECT min(number) FROM sessions) + ?2"
        " AND began < ?1 AND number < coalesce((SELECT sessions.number FROM orders"
        " JOIN sessions ON sessions.visit = orders.visit ORDER BY orders.rowid LIMIT 1),"
        " 9223372036854775807)",
};

enum result journal_failure(struct journal *journal)
{
    int code = sqlite3_extended_errcode(journal->database);

    log_error("journal", "SQLite says", code);
    switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return RESULT_MALFORMED;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return RESULT_UNREACHABLE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return RESULT_BUSY;
    default:
        return RESULT_FAILED;
    }
}

static enum result execute(struct journal *journal, const char *text)
{
    if (sqlite3_exec(journal->database, text, NULL, NULL, NULL) == SQLITE_OK)
        return RESULT_OK;
    return journal_failure(journal);
}

static enum result read_number(struct journal *journal, const char *text, int *number)
{
    sqlite3_stmt *statement = NULL;
    enum result result = RESULT_OK;

    if (sqlite3_prepare_v2(journal->database, text, -1, &statement, NULL) != SQLITE_OK)
        return journal_failure(journal);
    if (sqlite3_step(statement) == SQLITE_ROW)
        *number = sqlite3_column_int(statement, 0);
    else
        result = journal_failure(journal);
    sqlite3_finalize(statement);
    return result;
}

// The write-ahead log with a sync at every commit: the last step is on disk when a call returns.
static enum result set_up_connection(struct journal *journal)
{
    sqlite3_busy_timeout(journal->database, 2000);
    TRY(execute(journal, "PRAGMA journal_mode = WAL"));
    TRY(execute(journal, "PRAGMA synchronous = FULL"));
    TRY(execute(journal, "PRAGMA foreign_keys = ON"));
    return execute(journal, "PRAGMA temp_store = MEMORY");
}

static enum result migrate_from(struct journal *journal, int version)
{
    char finish[64];

    TRY(execute(journal, "BEGIN IMMEDIATE"));
    TRY(execute(journal, migrations[version]));
    TRY(str_format(finish, sizeof finish, "PRAGMA user_version = %d; COMMIT", version + 1));
    return execute(journal, finish);
}

// Said anew at each opening, as a commit that must reach the disk: a file that takes no write is
// found here, and not in the session of the first resident.
static enum result write_mark(struct journal *journal)
{
    char mark[64];

    TRY(str_format(mark, sizeof mark, "PRAGMA application_id = %d", APPLICATION_ID));
    return execute(journal, mark);
}

static enum result migrate(struct journal *journal)
{
    int version = 0, application = 0, tables = 0;

    TRY(read_number(journal, "PRAGMA user_version", &version));
    TRY(read_number(journal, "PRAGMA application_id", &application));
    TRY(read_number(journal, "SELECT count(*) FROM sqlite_schema", &tables));
    if (tables > 0 && application != APPLICATION_ID) {
        log_error("journal", "the file is another program's database; its mark is", application);
        return RESULT_MALFORMED;
    }
    if (version > VERSION + 1) {
        log_error("journal", "the file was made by a later version", version);
        return RESULT_MALFORMED;
    }
    TRY(write_mark(journal));
    for (; version < VERSION; version++)
        TRY(migrate_from(journal, version));
    return RESULT_OK;
}

static enum result prepare(struct journal *journal)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (sqlite3_prepare_v3(journal->database, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &journal->statements[i], NULL) != SQLITE_OK)
            return journal_failure(journal);
    return RESULT_OK;
}

// SQLite gives its two side files the mode of the first.
static enum result make_private_file(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);

    if (file < 0) {
        log_error("journal", "the file cannot be opened for writing", 0);
        return RESULT_UNREACHABLE;
    }
    close(file);
    return RESULT_OK;
}

enum result journal_create(const char *path, struct journal **out)
{
    owned(journal) journal = NULL;

    *out = NULL;
    TRY(make_private_file(path));
    journal = calloc(1, sizeof *journal);
    if (journal == NULL)
        return RESULT_NO_MEMORY;
    if (sqlite3_open_v2(path, &journal->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return journal_failure(journal);
    TRY(set_up_connection(journal));
    TRY(migrate(journal));
    TRY(prepare(journal));
    *out = take(journal);
    return RESULT_OK;
}

void journal_destroy(struct journal *journal)
{
    if (journal == NULL)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(journal->statements[i]);
    sqlite3_close(journal->database);
    free(journal);
}

sqlite3_stmt *journal_statement(struct journal *journal, enum journal_statement which)
{
    sqlite3_reset(journal->statements[which]);
    sqlite3_clear_bindings(journal->statements[which]);
    return journal->statements[which];
}

enum result journal_run(struct journal *journal, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    enum result result = code == SQLITE_DONE ? RESULT_OK : journal_failure(journal);

    sqlite3_reset(statement);
    return result;
}

void journal_bind_identifier(sqlite3_stmt *statement, int index,
                             const struct identifier *identifier)
{
    char text[IDENTIFIER_TEXT_SIZE];

    identifier_to_text(identifier, text);
    sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

enum result journal_begin_session(struct journal *journal, const struct identifier *visit,
                                  const char *language, int64_t now)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_BEGIN_SESSION);

    journal_bind_identifier(statement, 1, visit);
    sqlite3_bind_text(statement, 2, language, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 3, now);
    return journal_run(journal, statement);
}

enum result journal_end_session(struct journal *journal, const struct identifier *visit,
                                const char *ending, int64_t now)
{
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_END_SESSION);

    journal_bind_identifier(statement, 1, visit);
    sqlite3_bind_text(statement, 2, ending, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 3, now);
    return journal_run(journal, statement);
}
