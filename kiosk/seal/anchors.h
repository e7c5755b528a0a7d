// anchors.h: the body of struct seal_anchors, for the sources of this room.
#pragma once
#include "openssl_owned.h"
#include "seal.h"

#define SEAL_ORGANIZATION_SIZE 64

struct seal_anchors {
    X509 *authorities[2]; // the second may be NULL
    X509 *time_authority; // may be NULL
    char organization[SEAL_ORGANIZATION_SIZE];
};

// A store that trusts these certificates (NULL ones left out) and nothing else, at that time; NULL
// when out of memory. Security level 2 is at least 112 bits; no authority may stand in between.
X509_STORE *anchors_store(X509 *const authorities[], size_t count, int64_t at);
