// challenge.h: the message that the card signs, as the description in the API's openapi.yaml says.
#pragma once
#include "backend.h"

#define EXPORTER_SIZE 32
#define NONCE_SIZE 32
#define DIGEST_SIZE 32

struct challenge_parts {
    const char *server;   // DNS name
    const char *terminal; // identifier: common name of the terminal's certificate
    uint8_t nonce[NONCE_SIZE];
    uint8_t exporter[EXPORTER_SIZE]; // of the TLS connection (RFC 9266)
    int64_t time;                    // Unix seconds, by the municipality's clock
    uint8_t authentication_certificate[DIGEST_SIZE];
    const char *session; // identifier in text form
    uint8_t terminal_certificate[DIGEST_SIZE];
};

// RESULT_TOO_LARGE: the names do not fit.
enum result challenge_build(const struct challenge_parts *parts, struct backend_challenge *out);
