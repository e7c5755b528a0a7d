#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "database_engine.h"
#include "log.h"

#define BUSY_MILLISECONDS 5000
#define KEPT_MAXIMUM 32

// A connection with the statements it has prepared, found again by the address of their text.
struct sqlite_connection {
    sqlite3 *database;
    size_t kept;
    const char *texts[KEPT_MAXIMUM];
    sqlite3_stmt *statements[KEPT_MAXIMUM];
};

static void sqlite_connection_destroy(struct sqlite_connection *connection)
{
    if (connection == NULL)
        return;
    for (size_t i = 0; i < connection->kept; i++)
        sqlite3_finalize(connection->statements[i]);
    sqlite3_close(connection->database);
    free(connection);
}
DEFINE_OWNED(sqlite_connection)

static enum result failed(const struct sqlite_connection *connection)
{
    log_error("database", "SQLite refuses", sqlite3_extended_errcode(connection->database));
    return RESULT_FAILED;
}

static enum result script(void *self, const char *text)
{
    struct sqlite_connection *connection = self;

    return sqlite3_exec(connection->database, text, NULL, NULL, NULL) == SQLITE_OK
               ? RESULT_OK
               : failed(connection);
}

static enum result connect_file(const struct database_address *address, void **out)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    owned(sqlite_connection) connection = calloc(1, sizeof *connection);

    if (connection == NULL)
        return RESULT_NO_MEMORY;
    if (!address->may_be_new && access(address->where, F_OK) != 0)
        return RESULT_NOT_FOUND;
    if (address->may_be_new)
        flags |= SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(address->where, &connection->database, flags, NULL) != SQLITE_OK)
        return failed(connection);
    sqlite3_busy_timeout(connection->database, BUSY_MILLISECONDS);
    TRY(script(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                           "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON"));
    *out = take(connection);
    return RESULT_OK;
}

static enum result revive_file(void *self)
{
    (void)self;
    return RESULT_OK;
}

static void disconnect_file(void *self)
{
    sqlite_connection_destroy(self);
}

static enum result prepare(struct sqlite_connection *connection, const char *sql,
                           sqlite3_stmt **out)
{
    for (size_t i = 0; i < connection->kept; i++) {
        if (connection->texts[i] == sql) {
            *out = connection->statements[i];
            return RESULT_OK;
        }
    }
    if (connection->kept == KEPT_MAXIMUM)
        sqlite3_finalize(connection->statements[--connection->kept]);
    sqlite3_stmt **place = &connection->statements[connection->kept];
    if (sqlite3_prepare_v3(connection->database, sql, -1, SQLITE_PREPARE_PERSISTENT, place, NULL) !=
        SQLITE_OK)
        return failed(connection);
    connection->texts[connection->kept++] = sql;
    *out = *place;
    return RESULT_OK;
}

static void bind(sqlite3_stmt *statement, int at, const struct sql_value *value)
{
    switch (value->kind) {
    case SQL_NOTHING:
        sqlite3_bind_null(statement, at);
        return;
    case SQL_TEXT:
        sqlite3_bind_text(statement, at, value->text, -1, SQLITE_STATIC);
        return;
    case SQL_WHOLE:
        sqlite3_bind_int64(statement, at, value->whole);
        return;
    case SQL_BYTES:
        sqlite3_bind_blob64(statement, at, value->bytes.data, value->bytes.size, SQLITE_STATIC);
        return;
    }
}

static void read_row(sqlite3_stmt *statement, struct sql_row *row)
{
    row->count = (size_t)sqlite3_column_count(statement);
    for (size_t i = 0; i < row->count; i++) {
        bool blob = sqlite3_column_type(statement, (int)i) == SQLITE_BLOB;
        const void *data = blob ? sqlite3_column_blob(statement, (int)i)
                                : (const void *)sqlite3_column_text(statement, (int)i);
        row->cells[i] = (struct bytes){data, (size_t)sqlite3_column_bytes(statement, (int)i)};
    }
}

static enum result step_through(struct sqlite_connection *connection, sqlite3_stmt *prepared,
                                const struct sql_statement *statement)
{
    struct sql_row row;
    int step;

    while ((step = sqlite3_step(prepared)) == SQLITE_ROW) {
        if (statement->reader == NULL)
            continue;
        read_row(prepared, &row);
        TRY(statement->reader(statement->closure, &row));
    }
    if (step == SQLITE_DONE)
        return RESULT_OK;
    int kind = sqlite3_extended_errcode(connection->database);
    bool doubled = kind == SQLITE_CONSTRAINT_UNIQUE || kind == SQLITE_CONSTRAINT_PRIMARYKEY;
    return doubled ? RESULT_REFUSED : failed(connection);
}

static enum result run(void *self, const struct sql_statement *statement)
{
    struct sqlite_connection *connection = self;
    sqlite3_stmt *prepared = NULL;

    TRY(prepare(connection, statement->sql, &prepared));
    for (size_t i = 0; i < statement->count; i++)
        bind(prepared, (int)i + 1, &statement->values[i]);
    enum result done = step_through(connection, prepared, statement);
    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared); // they point at what the caller is about to wipe
    return done;
}

const struct database_engine sqlite_engine = {
    .connect = connect_file,
    .revive = revive_file,
    .disconnect = disconnect_file,
    .run = run,
    .script = script,
};
