// card_evidence.h: are these the certificates and files of one real card, and whose? No word of the
// card is believed before the chain to the pinned roots and the register's signatures were checked.
#pragma once
#include <openssl/evp.h>
#include <stdint.h>

#include "bytes.h"
#include "card_status.h"
#include "owned.h"
#include "population_register.h"
#include "result.h"

// The authorities above the cards; immutable, for any number of threads.
struct card_authorities;

// `roots` is a PEM file of one or more self-signed roots; `intermediates` one of citizen
// authorities, or NULL: then only what the terminal sends. RESULT_NOT_FOUND; RESULT_MALFORMED: no
// certificate; RESULT_INVALID: the responder's address. The settings' text must live as long.
enum result card_authorities_create(const char *roots, const char *intermediates,
                                    const struct card_status_settings *status,
                                    struct card_authorities **out);
void card_authorities_destroy(struct card_authorities *card_authorities);
DEFINE_OWNED(card_authorities)

struct card_evidence {
    struct bytes authentication_certificate, issuer_certificate, register_certificate; // DER
    struct bytes identity, identity_signature, address, address_signature; // as on the card
};

#define CARD_NUMBER_SIZE 16
struct card_holder {
    char national_number[NATIONAL_NUMBER_SIZE]; // of the authentication certificate's subject
    char card_number[CARD_NUMBER_SIZE];
    uint8_t certificate_sha256[32];
    enum card_status status; // told only after the proof
    EVP_PKEY *key;           // of the authentication certificate; owned
};

void card_holder_clear(struct card_holder *holder);

// RESULT_REFUSED: something does not hold (chain, key usage, validity, signatures of the register,
// the number in the file against the one in the certificate, the card's own dates). Whether the
// certificate was withdrawn is asked last and stands in the holder; blocks for that question.
enum result card_evidence_check(const struct card_evidence *evidence,
                                const struct card_authorities *authorities, int64_t now,
                                struct card_holder *out);
