// city_bench.h: a municipality of its own for one test program: authorities, register, cards,
// servers, all in one directory that goes away with it.
#pragma once
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "https_peer.h"

struct city_bench {
    const char *programs, *source; // folders: build/bin and provisioning/municipality
    char folder[256];
};

// A server and how to end it.
struct city_server {
    pid_t pid;
    int port;
};

// Makes everything; the programs' and sources' folders come from the environment. Nonzero on
// failure.
int city_bench_create(struct city_bench *bench);
void city_bench_destroy(struct city_bench *bench);

// DIR/NAME in a buffer of 512 bytes.
const char *city_bench_path(const struct city_bench *bench, const char *name, char out[512]);

// Starts a server with the usual configuration and these changes ("[section]\nkey = value" lines
// are put in place of the usual ones); its log goes to DIR/NAME.log.
struct city_server city_server_start(const struct city_bench *bench, const char *name,
                                     const char *const changes[][3], size_t change_count);
// The time-stamping authority of DIR/AUTHORITIES; port 0: any free one.
struct city_server city_clock_start(const struct city_bench *bench, const char *authorities,
                                    int port);
// Exit status after SIGTERM.
int city_server_stop(struct city_server *server);

// Runs a program of the project and returns its exit status.
int city_bench_run(const struct city_bench *bench, const char *program,
                   const char *const *arguments);

// A connection as terminal NAME (its files in DIR), or with an identity that should not pass.
struct https_peer *city_connect(const struct city_bench *bench, const struct city_server *server,
                                const char *terminal);

// Status and parsed body of one call; *code is the problem's code or "".
struct city_answer {
    int status;
    json_t *json;
    char code[40];
};
struct city_answer city_ask(struct https_peer *peer, const struct https_question *question);
void city_answer_clear(struct city_answer *answer);

// POST /v1/sessions body for the card in DIR/cards-made/NAME.
json_t *city_card_request(const struct city_bench *bench, const char *name);

// The challenge of an opened session, signed with the card's key as openapi.yaml says; base64.
// `as` may be another connection than the one that got it.
char *city_sign(const struct city_bench *bench, const char *card, const json_t *session,
                struct https_peer *as, const char *terminal);
