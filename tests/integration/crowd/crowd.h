// crowd.h: many terminals and as many residents in one city, each with keys of its own. What fails
// here ends the test with a message.
#pragma once
#include <stddef.h>

#include "city_bench.h"
#include "database.h"

struct crowd {
    struct city_bench bench;
    size_t count;
};

// Makes the city, the terminals' certificates and the residents' cards, every tenth of RSA and the
// others of P-384.
void crowd_create(struct crowd *crowd, size_t count);
void crowd_destroy(struct crowd *crowd);

// A new register with all of them.
void crowd_write_register(const struct crowd *crowd, const struct database_address *address);

// A server for these terminals.
struct city_server crowd_server(const struct crowd *crowd, const char *name,
                                const struct database_address *residents,
                                const struct database_address *orders);

// FOLDER/KIND-NUMBER with this end.
void crowd_path(const struct crowd *crowd, const char *kind, size_t number, const char *end,
                char out[512]);

void must(bool holds, const char *what);
