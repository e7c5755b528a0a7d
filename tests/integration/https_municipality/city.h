// city.h: the reference municipality as a program beside the test, and one resident's card as the
// files that make-card wrote. The terminal's driver talks to it as in service.
#pragma once
#include <sys/types.h>

#include "https_backend.h"
#include "processes.h"

struct city {
    const char *programs, *sources; // build/bin and provisioning/municipality
    char folder[TEST_PATH_SIZE];
    pid_t municipality;
    int port;
};

// Makes authorities, register, one card and starts the server. What fails ends the test.
void city_start(struct city *city);
void city_stop(struct city *city);

// A driver with the terminal's certificate; the caller destroys it.
struct backend city_link(const struct city *city);

// The card's files; the caller wipes them.
struct card_files city_card(const struct city *city);
// What the card would sign: RSASSA-PKCS1-v1_5 with SHA-256, by the authentication key.
struct card_signature city_sign(const struct city *city, struct bytes message);

// A whole file of the folder.
struct secret *city_file(const struct city *city, const char *name);
