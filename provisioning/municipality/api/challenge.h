// challenge.h: the message that a card signs to prove its holder, and whether it did. The message
// is built from this side's own records alone; openapi.yaml describes its fields.
#pragma once
#include <openssl/evp.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

#define CHALLENGE_NONCE_SIZE 32
#define CHALLENGE_EXPORTER_SIZE 32
#define CHALLENGE_MESSAGE_MAXIMUM 512

struct challenge {
    const char *server;   // DNS name
    const char *terminal; // identifier in the fleet
    const uint8_t *nonce;
    const uint8_t *exporter; // of the TLS connection (RFC 9266)
    int64_t time;            // Unix seconds
    const uint8_t *card_certificate_sha256;
    const char *session; // in text form
    const uint8_t *terminal_certificate_sha256;
};

// RESULT_TOO_LARGE: a name is absurdly long.
enum result challenge_message(const struct challenge *challenge,
                              uint8_t out[CHALLENGE_MESSAGE_MAXIMUM], size_t *size);

// RSA: PKCS #1 v1.5 with SHA-256. EC: raw r||s, hash as long as the curve. The algorithm follows
// from the key. RESULT_REFUSED: not this key's signature of this message.
enum result challenge_verify(struct bytes message, struct bytes signature, EVP_PKEY *key);
