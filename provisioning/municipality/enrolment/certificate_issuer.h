// certificate_issuer.h: the fleet's authority: gives a terminal its certificate for a key that the
// terminal made itself (PKCS #10, RFC 2986).
#pragma once
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

struct certificate_issuer;

struct certificate_issuer_files {
    const char *authority, *key;  // of the fleet, PEM
    const char *server_authority; // of the municipality's server, PEM: terminals pin it
    int days;                     // that a certificate is valid
};

// RESULT_NOT_FOUND: a file cannot be read. RESULT_MALFORMED: it is not PEM, or the key is
// another's.
enum result certificate_issuer_create(const struct certificate_issuer_files *files,
                                      struct certificate_issuer **out);
void certificate_issuer_destroy(struct certificate_issuer *certificate_issuer);
DEFINE_OWNED(certificate_issuer)

struct issued_certificate {
    uint8_t *pkcs7; // certs-only (RFC 7030, 4.1.3); freed by the caller with free
    size_t size;
    uint8_t sha256[32]; // of the certificate
    int64_t not_after;
};

// Is this a request that would be granted? Signed by its own key, EC P-256 or P-384 or RSA of 2048
// bits and more. RESULT_OK or RESULT_MALFORMED.
enum result certificate_issuer_check(struct bytes request);

// The name that the request wishes for is not looked at: `terminal` becomes the common name.
// Results as above, RESULT_FAILED: it could not be signed. Any thread.
enum result certificate_issuer_issue(const struct certificate_issuer *issuer, struct bytes request,
                                     const char *terminal, int64_t now,
                                     struct issued_certificate *out);

// The server's and the fleet's authority, certs-only; *pkcs7 is the caller's, for free.
enum result certificate_issuer_authorities(const struct certificate_issuer *issuer, uint8_t **pkcs7,
                                           size_t *size);
