// visit.h: what the tests of the municipality share: a city with a server, and a terminal's first
// calls. Every function fails the test it is called in.
#pragma once
#include <jansson.h>

#include "bytes.h"
#include "city_bench.h"

struct world {
    struct city_bench bench;
    struct city_server server;
};

// For cmocka: makes and ends the world that the tests of one program share.
int visit_set_up(void **state);
int visit_tear_down(void **state);

struct https_peer *join(struct world *world, const char *terminal);
struct bytes text_bytes(const char *text);

// Asks, and expects that status and that code of a problem ("" for none).
void expect(struct https_peer *peer, const struct https_question *question, int status,
            const char *code);

// These three return the answer's body, the caller's.
json_t *post(struct https_peer *peer, const char *path, const json_t *body, int status,
             const char *code);
json_t *open_session(struct world *world, struct https_peer *peer, const char *card);
json_t *send_proof(struct https_peer *peer, const json_t *session, const char *signature,
                   int status, const char *code);

// Opens and proves with a card; the caller keeps the answer.
json_t *prove(struct world *world, struct https_peer *peer, const char *card, int status,
              const char *code);
