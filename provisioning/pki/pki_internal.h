// pki_internal.h: what the two sources of this room share.
#pragma once
#include "pki_authority.h"

// Takes over both, also when it fails.
enum result pki_identity_wrap(X509 *certificate, EVP_PKEY *key, struct pki_identity **out);
