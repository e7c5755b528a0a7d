// eid_certificates.h: the certificates of a card: their form, and the way to a root that the
// municipality configured. Certificates on the card are a stranger's bytes.
#pragma once
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

// How many bytes the certificate takes that begins with `start` (4 bytes at least), from its outer
// DER header; the rest of a file is padding. RESULT_NOT_FOUND: zero bytes instead of a certificate.
// RESULT_MALFORMED: neither, or larger than any card holds.
#define EID_CERTIFICATE_MAXIMUM 4096
enum result eid_certificate_size(struct bytes start, size_t *size);

// RESULT_MALFORMED: not one whole certificate. The caller frees it with X509_free.
enum result eid_certificate_parse(struct bytes der, X509 **out);

// The trusted roots and the known authorities below them. Never changes; any thread.
struct eid_trust;

// PEM files, or one certificate in DER. `issuers` may be NULL or empty: then the authorities come
// from the cards alone. RESULT_NOT_FOUND: no such file; RESULT_MALFORMED: no certificate in it.
enum result eid_trust_create(const char *roots, const char *issuers, struct eid_trust **out);
void eid_trust_destroy(struct eid_trust *trust);
DEFINE_OWNED(eid_trust)

// The configured authority that signed `certificate`, borrowed; NULL: none.
X509 *eid_trust_issuer(const struct eid_trust *trust, X509 *certificate);

// Does the holder's authentication certificate lead to a root, directly or through a configured
// authority or `issuer` (NULL: none), at the time `at` (Unix seconds; 0: whenever), and may its key
// sign a challenge (RFC 5280, 4.2.1.3: digitalSignature; an extended key usage is not asked for,
// for many cards have none)?
bool eid_trust_authentication(const struct eid_trust *trust, X509 *certificate, X509 *issuer,
                              int64_t at);

// Is it the register's certificate: issued by a root itself, for BE, with the register's name? Its
// own validity is not looked at: it ends long before the cards that it signed.
bool eid_trust_register(const struct eid_trust *trust, X509 *certificate);

// Is `national_number` the serialNumber of the holder?
bool eid_certificate_is_of(X509 *certificate, struct bytes national_number);

// Is `at` (Unix seconds) within its dates? RFC 5280, 4.1.2.5.
bool eid_certificate_is_current(X509 *certificate, int64_t at);

// Its last day, in days since 1970-01-01; 0: the date cannot be read.
int64_t eid_certificate_last_day(X509 *certificate);
