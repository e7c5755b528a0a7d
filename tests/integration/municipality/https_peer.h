// https_peer.h: one TLS connection to the municipality, by OpenSSL alone: it shares nothing with
// the terminal's driver, so that a mistake there cannot hide one here.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

struct https_peer;

struct https_identity {
    const char *authority;         // whose servers are trusted
    const char *certificate, *key; // NULL: none is shown
};

// NULL when no TLS connection came about.
struct https_peer *https_peer_connect(int port, const struct https_identity *identity);
struct https_peer *https_peer_connect_old(int port,
                                          const struct https_identity *identity); // TLS 1.2
void https_peer_close(struct https_peer *peer);

// The exporter of RFC 9266 and SHA-256 of the certificate that was shown.
void https_peer_exporter(struct https_peer *peer, uint8_t out[32]);
void https_peer_certificate_sha256(struct https_peer *peer, uint8_t out[32]);

struct https_reply {
    int status; // 0: no answer
    char type[64];
    uint8_t *body; // with a zero byte behind it; freed by the caller
    size_t size;
};

struct https_question {
    const char *method, *path;
    const char *token, *idempotency_key; // NULL: no such header
    const char *headers;                 // more of them, each line with its end, or NULL
    struct bytes body;
};

struct https_reply https_peer_ask(struct https_peer *peer, const struct https_question *question);

// Sends these bytes as they are and reads one answer.
struct https_reply https_peer_ask_raw(struct https_peer *peer, struct bytes request);
