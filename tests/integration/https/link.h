// link.h: what the tests of the HTTPS driver share: certificates in a temporary directory, a driver
// that talks to a scripted server, and the answers of a municipality that does everything right.
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
// after the four above
#include <cmocka.h>

#include "https_backend.h"
#include "pki_authority.h"
#include "tls_server.h"

#define PATH_SIZE 256

// Files of one identity, both NULL-terminated paths.
struct pair {
    char certificate[PATH_SIZE], key[PATH_SIZE];
};

struct files {
    char directory[64];
    char server_ca[PATH_SIZE], other_ca[PATH_SIZE], fleet_ca[PATH_SIZE];
    struct pair server;       // localhost, 127.0.0.1
    struct pair expired;      // was that until yesterday
    struct pair misnamed;     // another host
    struct pair kiosk;        // kiosk-0001, by the fleet's authority
    struct pair stranger;     // kiosk-0001, by another authority
    uint8_t kiosk_digest[32]; // SHA-256 of the certificate
};

int files_setup(void **state); // *state is a struct files
int files_teardown(void **state);

// A driver for the server at this port, with short limits; the caller destroys it.
struct backend link_to(const struct files *files, const char *host, int port);

// The usual server: right certificate, demands the fleet's.
struct tls_server *good_server(const struct files *files, const struct scripted_answer *answers,
                               size_t count);

extern const char answer_catalogue[];
extern const char answer_minor[]; // a problem: the resident is too young

// An answer with this status, type and body, its length filled in; the caller frees ->made.data.
struct scripted_answer make_answer(const char *status, const char *type, const char *body);
void free_answer(struct scripted_answer *answer);

// Runs the cheapest verb.
enum result ask_catalogue(struct backend *backend, enum backend_refusal *refusal);
