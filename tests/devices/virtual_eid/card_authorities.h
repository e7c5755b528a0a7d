// card_authorities.h: the throw-away authorities above all cards of one demo city: a root, an
// authority for the holders' certificates, and the register's signing certificate, in RSA and in
// EC.
#pragma once
#include "generation.h"
#include "owned.h"
#include "pki_authority.h"
#include "result.h"

// Those of one card.
struct card_authorities {
    struct pki_identity *root, *holders, *register_signer;
};

// Reads what is in `directory` and makes what is not there yet; calls in several processes wait for
// each other. card-root.pem and card-citizen-ca.pem hold the certificates of both kinds, for
// programs that trust them all. `foreign`: under the Foreigner CA. Says on standard error what went
// wrong.
enum result card_authorities_create(const char *directory, const struct generation *generation,
                                    bool foreign, struct card_authorities **out);
void card_authorities_destroy(struct card_authorities *authorities);
DEFINE_OWNED(card_authorities)
