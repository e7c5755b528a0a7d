// database_engine.h: what SQLite and PostgreSQL each implement. A connection is used by one thread
// at a time.
#pragma once
#include "database.h"

struct database_engine {
    enum result (*connect)(const struct database_address *address, void **out);
    // Finds a server again that was away; never in the middle of a transaction.
    enum result (*revive)(void *engine_connection);
    void (*disconnect)(void *engine_connection);
    enum result (*run)(void *engine_connection, const struct sql_statement *statement);
    enum result (*script)(void *engine_connection, const char *script);
};

extern const struct database_engine sqlite_engine, postgresql_engine;
