// private_postgresql.h: a PostgreSQL server of one test's own: as a user without rights, in a
// folder that goes away, reached through a socket in it and through no network.
#pragma once
#include <sys/types.h>

struct private_postgresql {
    char folder[64];
    char connection[128]; // for libpq
    pid_t pid;            // -1: not running
};

// Makes and starts it, and waits until it answers. Nonzero on failure.
int private_postgresql_create(struct private_postgresql *server);
int private_postgresql_start(struct private_postgresql *server);
void private_postgresql_stop(struct private_postgresql *server); // its data stays
void private_postgresql_destroy(struct private_postgresql *server);
