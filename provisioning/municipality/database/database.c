#include "database.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "database_engine.h"
#include "log.h"
#include "str.h"

#define CONNECTIONS_MAXIMUM 16

struct sql_connection {
    const struct database_engine *engine;
    void *of_engine; // NULL: not open yet
    bool taken;
};

struct database {
    const struct database_engine *engine;
    struct database_address address;
    char *where;
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    struct sql_connection connections[CONNECTIONS_MAXIMUM];
};

// An open connection that nobody uses, or else a place for a new one; waits while there is neither.
static struct sql_connection *take_connection(struct database *database)
{
    struct sql_connection *place = NULL;

    pthread_mutex_lock(&database->lock);
    while (place == NULL) {
        for (size_t i = 0; i < CONNECTIONS_MAXIMUM; i++) {
            struct sql_connection *connection = &database->connections[i];
            if (!connection->taken && (place == NULL || place->of_engine == NULL))
                place = connection;
        }
        if (place == NULL)
            pthread_cond_wait(&database->given_back, &database->lock);
    }
    place->taken = true;
    pthread_mutex_unlock(&database->lock);
    return place;
}

static void give_back(struct database *database, struct sql_connection *connection)
{
    pthread_mutex_lock(&database->lock);
    connection->taken = false;
    pthread_cond_signal(&database->given_back);
    pthread_mutex_unlock(&database->lock);
}

static enum result open_connection(struct database *database, struct sql_connection *connection)
{
    if (connection->of_engine != NULL)
        return connection->engine->revive(connection->of_engine);
    connection->engine = database->engine;
    return database->engine->connect(&database->address, &connection->of_engine);
}

enum result database_create(const struct database_address *address, struct database **out)
{
    owned(database) database = calloc(1, sizeof *database);

    if (database == NULL)
        return RESULT_NO_MEMORY;
    pthread_mutex_init(&database->lock, NULL);
    pthread_cond_init(&database->given_back, NULL);
    database->engine = address->kind == DATABASE_SQLITE ? &sqlite_engine : &postgresql_engine;
    database->address = *address;
    database->where = strdup(address->where);
    if (database->where == NULL)
        return RESULT_NO_MEMORY;
    database->address.where = database->where;
    TRY(open_connection(database, &database->connections[0]));
    *out = take(database);
    return RESULT_OK;
}

void database_destroy(struct database *database)
{
    if (database == NULL)
        return;
    for (size_t i = 0; i < CONNECTIONS_MAXIMUM; i++)
        if (database->connections[i].of_engine != NULL)
            database->engine->disconnect(database->connections[i].of_engine);
    pthread_cond_destroy(&database->given_back);
    pthread_mutex_destroy(&database->lock);
    free(database->where);
    free(database);
}

enum database_kind database_kind(const struct database *database)
{
    return database->address.kind;
}

enum result sql_connection_run(struct sql_connection *connection,
                               const struct sql_statement *statement)
{
    return connection->engine->run(connection->of_engine, statement);
}

enum result sql_connection_script(struct sql_connection *connection, const char *script)
{
    return connection->engine->script(connection->of_engine, script);
}

enum result database_run(struct database *database, const struct sql_statement *statement)
{
    struct sql_connection *connection = take_connection(database);
    enum result done = open_connection(database, connection);

    if (done == RESULT_OK)
        done = sql_connection_run(connection, statement);
    give_back(database, connection);
    return done;
}

static enum result work_in_transaction(struct database *database, struct sql_connection *connection,
                                       sql_work *work, void *closure)
{
    // SQLite takes its write lock at once, so that two writers queue instead of refusing each
    // other.
    const char *begin = database->address.kind == DATABASE_SQLITE ? "BEGIN IMMEDIATE" : "BEGIN";

    TRY(open_connection(database, connection));
    TRY(sql_connection_script(connection, begin));
    enum result worked = work(closure, connection);
    if (worked == RESULT_OK)
        worked = sql_connection_script(connection, "COMMIT");
    if (worked != RESULT_OK && sql_connection_script(connection, "ROLLBACK") != RESULT_OK)
        log_warning("database", "a transaction could not be undone; the connection is lost", 0);
    return worked;
}

enum result database_transaction(struct database *database, sql_work *work, void *closure)
{
    struct sql_connection *connection = take_connection(database);
    enum result done = work_in_transaction(database, connection, work, closure);

    give_back(database, connection);
    return done;
}

enum result sql_row_text(const struct sql_row *row, size_t column, char *to, size_t capacity)
{
    const char *text = (const char *)row->cells[column].data;

    return str_copy(to, capacity, text == NULL ? "" : text);
}

enum result sql_row_whole(const struct sql_row *row, size_t column, int64_t *to)
{
    const char *text = (const char *)row->cells[column].data;

    return text == NULL ? RESULT_MALFORMED : str_to_int(text, INT64_MIN, INT64_MAX, to);
}

static enum result run_script(void *closure, struct sql_connection *connection)
{
    return sql_connection_script(connection, closure);
}

static enum result run_script_alone(void *closure, struct sql_connection *connection)
{
    TRY(sql_connection_script(connection, "SELECT pg_advisory_xact_lock(20160202)"));
    return sql_connection_script(connection, closure);
}

enum result database_make_tables(struct database *database, const char *for_sqlite,
                                 const char *for_postgresql)
{
    if (database_kind(database) == DATABASE_SQLITE)
        return database_transaction(database, run_script, (void *)for_sqlite);
    return database_transaction(database, run_script_alone, (void *)for_postgresql);
}
