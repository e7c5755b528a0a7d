// plain_sqlite_commit.h: one durable SQLite transaction and nothing else: the write-ahead log, a
// sync at the commit, and the two rows that a step of an order needs at the least.
#pragma once
#include <sqlite3.h>
#include <stdbool.h>

struct plain_commit {
    sqlite3 *database;
    sqlite3_stmt *begin, *update, *insert, *commit;
    int number;
};

// A new file. False: SQLite refused.
bool plain_commit_open(const char *path, struct plain_commit *plain);
void plain_commit_close(struct plain_commit *plain);
bool plain_commit_once(struct plain_commit *plain);
