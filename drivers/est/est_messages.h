// est_messages.h: what goes over the wire in EST (RFC 7030): keys, requests, certificates.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

// A new key (P-256), the caller's, for EVP_PKEY_free; NULL when OpenSSL has none.
EVP_PKEY *est_new_key(void);

// PKCS #10 in base64, signed by the key; *text is the caller's, for free. The name in it is only
// "terminal": the municipality knows the real one.
enum result est_request(EVP_PKEY *key, char **text);

// The certificates of a certs-only answer in base64; *out is the caller's. RESULT_MALFORMED: it is
// no such thing, or empty.
enum result est_read_certificates(struct bytes text, STACK_OF(X509) * *out);

#define EST_FINGERPRINT_LEAST 24
// Is this something to compare with: 24 to 64 hexadecimal digits, in groups or not? Writes the
// digits alone, in small letters.
bool est_fingerprint_read(const char *typed, char digits[65]);

// The authority whose SHA-256 begins with these digits; borrowed. NULL: none of them.
X509 *est_find_anchor(const STACK_OF(X509) * authorities, const char *digits);

// The certificate of this key; borrowed. NULL: none of them.
X509 *est_find_own(const STACK_OF(X509) * certificates, const EVP_PKEY *key);

// SHA-256 in hexadecimal digits.
enum result est_fingerprint(const X509 *certificate, char digits[65]);
