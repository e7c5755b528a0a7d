// made_card.h: certificates and signatures of our own making around the specimen's identity and
// address, for keys that no specimen shows.
#pragma once
#include "pki_authority.h"
#include "specimen.h"

struct made_card {
    struct pki_identity *root, *citizens, *register_signer, *holder;
    struct specimen files; // as the specimen's, but with these certificates and signatures
};

// All authorities and the register have EC keys on P-384 (card of 2020 and later); the holder's key
// is of `holder`.
void made_card_create(struct made_card *card, enum pki_key_kind holder);
// Another certificate for the holder's key, between these times (Unix seconds).
void made_card_date_holder(struct made_card *card, int64_t not_before, int64_t not_after);
void made_card_destroy(struct made_card *card);

// PEM files of its root and its citizens' authority in `folder`.
void made_card_write_authorities(const struct made_card *card, const char *folder);
