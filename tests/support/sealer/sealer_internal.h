// sealer_internal.h: what the sources of the test sealer share.
#pragma once
#include <openssl/cms.h>

#include "sealer.h"

// Stops the test program with the place: a helper of tests has no failure of its own to handle.
#define MUST(condition) ((condition) ? (void)0 : sealer_abort(__FILE__, __LINE__, #condition))
void sealer_abort(const char *file, int line, const char *condition) __attribute__((noreturn));

// DER of a CMS over the two ranges; the caller frees *out with OPENSSL_free.
size_t sealer_cms(struct bytes first, struct bytes second, const struct pki_identity *seal,
                  const struct pki_identity *authority, const struct sealer_wish *wish,
                  unsigned char **out);

// Adds an RFC 3161 token over the signature as unsigned attribute.
void sealer_stamp(CMS_SignerInfo *signer, const struct sealer_wish *wish);
