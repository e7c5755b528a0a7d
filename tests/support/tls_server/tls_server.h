// tls_server.h: a TLS server for tests that answers by script, also as no server should. One
// thread, one connection at a time, on 127.0.0.1; it remembers what it was asked.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"

struct tls_server_settings {
    const char *certificate, *key; // PEM files
    const char *client_ca;         // PEM file; a certificate from it is demanded
    bool only_tls_1_2;
    bool silent; // accepts connections and never begins TLS
};

enum answer_manner {
    ANSWER_WHOLE,      // sent, connection kept
    ANSWER_THEN_CLOSE, // sent, then the connection is closed properly
    ANSWER_THEN_RESET, // sent, then the connection is reset
    ANSWER_DRIPPING,   // a byte every 100 ms until the client goes away
    ANSWER_FOREVER,    // the text again and again until the client goes away
    ANSWER_LATE,       // nothing for 3.5 s, then whole
    ANSWER_NEVER,      // nothing until the client goes away
};

struct scripted_answer {
    enum answer_manner manner;
    const char *text; // head and body as sent; NULL with a body in `made`
    struct bytes made;
};

#define SEEN_SIZE 16384
struct seen_request {
    char head[SEEN_SIZE];
    char body[SEEN_SIZE];
    char client[65]; // common name of the client's certificate
    uint8_t exporter[32];
    int connection; // from 1
};

struct tls_server;

// The answers are given in order, to whichever connection asks; the script is borrowed and may be
// filled in while the server runs, up to the request that needs it. Aborts when it cannot start.
struct tls_server *tls_server_start(const struct tls_server_settings *settings,
                                    const struct scripted_answer *answers, size_t count);
// Closes, joins, frees.
void tls_server_destroy(struct tls_server *server);
DEFINE_OWNED(tls_server)

int tls_server_port(const struct tls_server *server);

// Waits, at most 10 s, until so many requests were read; false when it did not happen.
bool tls_server_wait(struct tls_server *server, size_t count);
size_t tls_server_seen_count(struct tls_server *server);
// Valid once that many were counted.
const struct seen_request *tls_server_seen(struct tls_server *server, size_t index);
