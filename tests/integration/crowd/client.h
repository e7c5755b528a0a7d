// client.h: one terminal with one resident, over drivers/https, in a thread of its own: proves,
// orders, orders the same again, fetches, says what became of it.
#pragma once
#include <openssl/evp.h>
#include <pthread.h>

#include "backend.h"
#include "crowd.h"

// Verbs of the port that a visit calls, in this order.
enum client_verb {
    CLIENT_OPEN,
    CLIENT_PROVE,
    CLIENT_ORDER,
    CLIENT_REPEAT,
    CLIENT_DOCUMENT,
    CLIENT_OUTCOME,
    CLIENT_CLOSE,
    CLIENT_VERB_COUNT
};

#define CLIENT_VISITS_MAXIMUM 20

struct client {
    pthread_t thread;
    size_t visits;
    struct backend backend; // where the session is
    struct backend other;   // another process of the same city, or the same: takes the outcome
    struct card_files card;
    EVP_PKEY *key; // of the card
    pthread_barrier_t *together;
    double took[CLIENT_VISITS_MAXIMUM][CLIENT_VERB_COUNT]; // milliseconds
    size_t errors;
};

// `ports`: of the process with the session, and of the one that takes the outcome.
void client_create(const struct crowd *crowd, size_t number, const int ports[2],
                   struct client *out);
void client_destroy(struct client *client);

// All visits, once everybody has arrived; for pthread_create.
void *client_run(void *client);

// One visit; its times, and an error more when a verb went wrong.
void client_visit(struct client *client, double took[CLIENT_VERB_COUNT]);
