// seal_samples.h: the identities that the seal's tests share, and the question they all ask.
#pragma once
#include "pki_authority.h"
#include "seal.h"
#include "sealer.h"

#define ORGANIZATION "VATBE-0000000196"
#define NOW 1795611600 // 2026-11-25 13:00:00 UTC

// One authority, and what it or a stranger issued; every key is P-256, for speed.
struct identities {
    struct pki_identity *authority;
    struct pki_identity *next_authority;    // the second pinned one
    struct pki_identity *foreign_authority; // same common name, another key
    struct pki_identity *under_authority;   // an authority below the pinned one
    struct pki_identity *time_authority;    // root of the time stamps
    struct pki_identity *seal;
    struct pki_identity *next_seal;
    struct pki_identity *foreign_seal;
    struct pki_identity *under_seal;
    struct pki_identity *expired_seal;
    struct pki_identity *future_seal;
    struct pki_identity *other_organization_seal;
    struct pki_identity *no_organization_seal;
    struct pki_identity *no_usage_seal;
    struct pki_identity *encryption_seal;
    struct pki_identity *server_seal;
    struct pki_identity *sha1_seal; // its certificate is signed with SHA-1
    struct pki_identity *time_stamper;
    struct pki_identity *expired_time_stamper;
    struct pki_identity *foreign_time_stamper;
    struct seal_anchors *anchors;      // both authorities, no time authority
    struct seal_anchors *time_anchors; // with the time authority
};

// Made once for the whole program.
const struct identities *identities(void);
int identities_setup(void **state);
int identities_teardown(void **state);

// Fails the test, naming `what`, unless the file is refused for exactly this reason.
void assert_reason(const char *what, const struct sample *sample,
                   const struct seal_anchors *anchors, enum seal_reason reason);
