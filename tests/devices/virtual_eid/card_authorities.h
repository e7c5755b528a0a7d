// card_authorities.h: the throw-away authorities above all cards of one demo city: a root, a
// citizen authority for the holders' certificates, and the register's signing certificate.
#pragma once
#include "owned.h"
#include "pki_authority.h"
#include "result.h"

struct card_authorities {
    struct pki_identity *root, *citizens, *register_signer;
};

// Reads card-root, card-citizen-ca and card-register (.pem, .key) in `directory`, making them when
// they are not there yet; calls in several processes wait for each other. Says on standard error
// what went wrong.
enum result card_authorities_create(const char *directory, struct card_authorities **out);
void card_authorities_destroy(struct card_authorities *authorities);
DEFINE_OWNED(card_authorities)
