// database.h: one SQL database behind one interface: a SQLite file for a city on one machine, a
// PostgreSQL server when several backend processes work side by side. Any thread.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

enum database_kind { DATABASE_SQLITE, DATABASE_POSTGRESQL };

struct database_address {
    enum database_kind kind;
    const char *where; // a file, or a connection string of libpq ("host=… dbname=…")
    bool may_be_new;   // SQLite: makes the file when there is none
};

struct database;

// Connects once, to see that it works; more connections come when several threads need them.
// RESULT_NOT_FOUND: no such file. RESULT_FAILED: it does not answer, or is no database; logged.
enum result database_create(const struct database_address *address, struct database **out);
void database_destroy(struct database *database);
DEFINE_OWNED(database)

enum database_kind database_kind(const struct database *database);

struct sql_value {
    enum { SQL_NOTHING, SQL_TEXT, SQL_WHOLE, SQL_BYTES } kind;
    const char *text;
    int64_t whole;
    struct bytes bytes;
};

static inline struct sql_value sql_text(const char *text)
{
    return (struct sql_value){.kind = SQL_TEXT, .text = text};
}

static inline struct sql_value sql_whole(int64_t whole)
{
    return (struct sql_value){.kind = SQL_WHOLE, .whole = whole};
}

static inline struct sql_value sql_bytes(struct bytes bytes)
{
    return (struct sql_value){.kind = SQL_BYTES, .bytes = bytes};
}

#define SQL_COLUMNS_MAXIMUM 48

// One row of an answer; it lives while the reader looks at it. Texts have a zero byte behind them;
// an empty cell and NULL look alike.
struct sql_row {
    size_t count;
    struct bytes cells[SQL_COLUMNS_MAXIMUM];
};

// RESULT_TOO_LARGE: it does not fit.
enum result sql_row_text(const struct sql_row *row, size_t column, char *to, size_t capacity);
enum result sql_row_whole(const struct sql_row *row, size_t column, int64_t *to);

// Called for each row in turn; anything but RESULT_OK ends the statement with that result.
typedef enum result sql_reader(void *closure, const struct sql_row *row);

// Values stand in the text as $1, $2 …, first met in that order.
struct sql_statement {
    const char *sql; // must live as long as the database: it is prepared once and kept
    const struct sql_value *values;
    size_t count;
    sql_reader *reader; // NULL: nobody wants the rows
    void *closure;
};

// RESULT_REFUSED: a row with that key is there already. RESULT_FAILED: the database does not work;
// logged. Blocks for as long as the database does, seconds at most.
enum result database_run(struct database *database, const struct sql_statement *statement);

// Several statements on one connection. A reader must not begin another one.
struct sql_connection;
enum result sql_connection_run(struct sql_connection *connection,
                               const struct sql_statement *statement);
// A text of several statements without values and rows.
enum result sql_connection_script(struct sql_connection *connection, const char *script);

// Runs `work` in one transaction, which holds when it returns RESULT_OK and is undone otherwise.
typedef enum result sql_work(void *closure, struct sql_connection *connection);
enum result database_transaction(struct database *database, sql_work *work, void *closure);

// The tables of one room, made when they are not there yet: the same script in the words of either
// database. Processes that start at once on one PostgreSQL make them one after the other.
enum result database_make_tables(struct database *database, const char *for_sqlite,
                                 const char *for_postgresql);
