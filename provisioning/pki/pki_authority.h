// pki_authority.h: throw-away keys and certificates for the demo city, its cards and the tests. Not
// for a municipality's real authorities: keys are plain files.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

// RSA-1024 is for cards that expired long ago.
enum pki_key_kind {
    PKI_KEY_RSA_1024,
    PKI_KEY_RSA_2048,
    PKI_KEY_RSA_3072,
    PKI_KEY_P256,
    PKI_KEY_P384
};

// A certificate with its private key.
struct pki_identity;

// What a certificate says. Members left out (NULL) are left out of the certificate.
struct pki_profile {
    struct {
        const char *country;
        const char *organization;
        const char *organization_identifier; // ETSI EN 319 412-1, 5.1.4: "VATBE-0000000196"
        const char *common_name;
        const char *surname;
        const char *given_name;
        const char *serial_number;
    } subject; // UTF-8, in this order
    // In OpenSSL's words (x509v3_config(5)): "critical,digitalSignature,nonRepudiation".
    const char *key_usage;
    const char *extended_key_usage;       // "serverAuth"
    const char *subject_alternative_name; // "DNS:localhost,IP:127.0.0.1"
    const char *certificate_policies;     // "2.16.56.12.1.1.2.2"
    bool authority;                       // basicConstraints CA:TRUE
    int64_t not_before, not_after;        // Unix seconds
    const char *digest;                   // of the signature; NULL: SHA256
};

// Each of the following blocks for the making of a key (RSA-3072: up to a second). RESULT_INVALID:
// OpenSSL refused the profile; its error queue says why. The caller owns *out.
enum result pki_self_signed_create(const struct pki_profile *profile, enum pki_key_kind kind,
                                   struct pki_identity **out);
enum result pki_issued_create(const struct pki_identity *issuer, const struct pki_profile *profile,
                              enum pki_key_kind kind, struct pki_identity **out);
// The same subject and key usage for a key that exists already; the key is shared, not copied.
enum result pki_issued_for_key(const struct pki_identity *issuer, const struct pki_profile *profile,
                               EVP_PKEY *key, struct pki_identity **out);
void pki_identity_destroy(struct pki_identity *identity);
DEFINE_OWNED(pki_identity)

// Borrowed; they live as long as the identity.
X509 *pki_certificate(const struct pki_identity *identity);
EVP_PKEY *pki_key(const struct pki_identity *identity);

// Files. A file that exists is never overwritten (RESULT_INVALID). Certificates get mode 0644, keys
// 0600 (PKCS #8, not encrypted). RESULT_FAILED: errno says why.
enum result pki_write_certificate_pem(const struct pki_identity *identity, const char *path);
enum result pki_write_certificate_der(const struct pki_identity *identity, const char *path);
enum result pki_write_key_pem(const struct pki_identity *identity, const char *path);
// RESULT_NOT_FOUND, or RESULT_MALFORMED when a file is not what it should be or they do not belong
// together.
enum result pki_identity_read(const char *certificate_path, const char *key_path,
                              struct pki_identity **out);
