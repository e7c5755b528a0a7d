#include "plain_sqlite_commit.h"

#include <stddef.h>

bool plain_commit_open(const char *path, struct plain_commit *plain)
{
    static const char order[] =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT, at INTEGER);"
        "CREATE TABLE steps (number INTEGER PRIMARY KEY, id TEXT, state TEXT, at INTEGER, hash "
        "BLOB);"
        "INSERT INTO orders VALUES ('0b0f3a3e-58f5-4f0e-9a52-0d3f8f0d2c11', 'INTENT', 0);";

    *plain = (struct plain_commit){};
    return sqlite3_open(path, &plain->database) == SQLITE_OK &&
           sqlite3_exec(plain->database, order, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(plain->database, "BEGIN IMMEDIATE", -1, &plain->begin, NULL) ==
               SQLITE_OK &&
           sqlite3_prepare_v2(plain->database, "UPDATE orders SET state = 'PRINTING', at = ?1", -1,
                              &plain->update, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(plain->database,
                              "INSERT INTO steps VALUES (?1,"
                              " '0b0f3a3e-58f5-4f0e-9a52-0d3f8f0d2c11', 'PRINTING', ?1,"
                              " zeroblob(32))",
                              -1, &plain->insert, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(plain->database, "COMMIT", -1, &plain->commit, NULL) == SQLITE_OK;
}

void plain_commit_close(struct plain_commit *plain)
{
    sqlite3_finalize(plain->begin);
    sqlite3_finalize(plain->update);
    sqlite3_finalize(plain->insert);
    sqlite3_finalize(plain->commit);
    sqlite3_close(plain->database);
}

static bool run(sqlite3_stmt *statement, int number)
{
    bool good = sqlite3_bind_parameter_count(statement) == 0 ||
                sqlite3_bind_int(statement, 1, number) == SQLITE_OK;

    good = sqlite3_step(statement) == SQLITE_DONE && good;
    return sqlite3_reset(statement) == SQLITE_OK && good;
}

bool plain_commit_once(struct plain_commit *plain)
{
    int number = ++plain->number;

    return run(plain->begin, number) && run(plain->update, number) && run(plain->insert, number) &&
           run(plain->commit, number);
}
