#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "database_engine.h"
#include "log.h"
#include "str.h"

#define VALUES_MAXIMUM SQL_COLUMNS_MAXIMUM
#define TYPE_BYTEA 17   // its object identifier in every PostgreSQL (catalog pg_type)
#define DOUBLED "23505" // SQLSTATE unique_violation

static void clear_result(PGresult **result)
{
    PQclear(*result);
}
#define owned_result __attribute__((cleanup(clear_result))) PGresult *

// The server's own words may quote a row: only its five letters are noted.
static enum result failed(const PGresult *result)
{
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (state != NULL && str_equal(state, DOUBLED))
        return RESULT_REFUSED;
    log_error("database", "PostgreSQL refuses; SQLSTATE in base 36 follows",
              state == NULL ? 0 : (int)strtol(state, NULL, 36));
    return RESULT_FAILED;
}

static enum result connect_server(const struct database_address *address, void **out)
{
    static const char *const names[] = {"dbname", "connect_timeout", "client_encoding", "options",
                                        NULL};
    const char *const values[] = {address->where, "5", "UTF8",
                                  "-c statement_timeout=5000 -c client_min_messages=error", NULL};
    PGconn *connection = PQconnectdbParams(names, values, 1);

    if (connection == NULL)
        return RESULT_NO_MEMORY;
    if (PQstatus(connection) != CONNECTION_OK) {
        log_error("database", "PostgreSQL cannot be reached", 0);
        PQfinish(connection);
        return RESULT_FAILED;
    }
    *out = connection;
    return RESULT_OK;
}

static void disconnect_server(void *self)
{
    PQfinish(self);
}

static enum result revive_server(void *self)
{
    if (PQstatus(self) != CONNECTION_OK)
        PQreset(self);
    return PQstatus(self) == CONNECTION_OK ? RESULT_OK : failed(NULL);
}

struct parameters {
    const char *values[VALUES_MAXIMUM];
    int lengths[VALUES_MAXIMUM], formats[VALUES_MAXIMUM];
    char numbers[VALUES_MAXIMUM][24];
};

static enum result put_value(struct parameters *to, size_t at, const struct sql_value *value)
{
    switch (value->kind) {
    case SQL_NOTHING:
        to->values[at] = NULL;
        return RESULT_OK;
    case SQL_TEXT:
        to->values[at] = value->text;
        return RESULT_OK;
    case SQL_WHOLE:
        to->values[at] = to->numbers[at];
        return str_format(to->numbers[at], sizeof to->numbers[at], "%lld", (long long)value->whole);
    case SQL_BYTES:
        to->values[at] = (const char *)value->bytes.data;
        to->lengths[at] = (int)value->bytes.size;
        to->formats[at] = 1;
        return RESULT_OK;
    }
    return RESULT_INVALID;
}

// Bytes come as hexadecimal text; they are decoded into memory that `decoded` remembers.
static enum result read_row(const PGresult *result, int at, struct sql_row *row,
                            unsigned char *decoded[SQL_COLUMNS_MAXIMUM])
{
    for (size_t i = 0; i < row->count; i++) {
        int column = (int)i;
        const char *text = PQgetvalue(result, at, column);
        row->cells[i] = (struct bytes){};
        if (PQgetisnull(result, at, column))
            continue;
        row->cells[i] = (struct bytes){(const uint8_t *)text, strlen(text)};
        if (PQftype(result, column) != TYPE_BYTEA)
            continue;
        decoded[i] = PQunescapeBytea((const unsigned char *)text, &row->cells[i].size);
        row->cells[i].data = decoded[i];
        if (decoded[i] == NULL)
            return RESULT_NO_MEMORY;
    }
    return RESULT_OK;
}

static enum result hand_out_row(const PGresult *result, int at,
                                const struct sql_statement *statement)
{
    unsigned char *decoded[SQL_COLUMNS_MAXIMUM] = {};
    struct sql_row row = {.count = (size_t)PQnfields(result)};

    if (row.count > SQL_COLUMNS_MAXIMUM)
        return RESULT_TOO_LARGE;
    enum result done = read_row(result, at, &row, decoded);
    if (done == RESULT_OK)
        done = statement->reader(statement->closure, &row);
    for (size_t i = 0; i < row.count; i++) {
        if (decoded[i] == NULL)
            continue;
        explicit_bzero(decoded[i], row.cells[i].size);
        PQfreemem(decoded[i]);
    }
    return done;
}

static enum result run(void *self, const struct sql_statement *statement)
{
    struct parameters parameters = {};

    if (statement->count > VALUES_MAXIMUM)
        return RESULT_TOO_LARGE;
    for (size_t i = 0; i < statement->count; i++)
        TRY(put_value(&parameters, i, &statement->values[i]));
    owned_result result =
        PQexecParams(self, statement->sql, (int)statement->count, NULL, parameters.values,
                     parameters.lengths, parameters.formats, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return failed(result);
    for (int i = 0; statement->reader != NULL && i < PQntuples(result); i++)
        TRY(hand_out_row(result, i, statement));
    return RESULT_OK;
}

static enum result script(void *self, const char *text)
{
    owned_result result = PQexec(self, text);
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? RESULT_OK : failed(result);
}

const struct database_engine postgresql_engine = {
    .connect = connect_server,
    .revive = revive_server,
    .disconnect = disconnect_server,
    .run = run,
    .script = script,
};
