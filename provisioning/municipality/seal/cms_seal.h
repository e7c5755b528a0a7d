// cms_seal.h: the signature itself: a detached CMS (RFC 5652) with exactly the attributes of a
// PAdES baseline signature: content-type, message-digest, signing-certificate-v2.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "bytes.h"
#include "result.h"
#include "time_stamper.h"

struct cms_signer {
    X509 *certificate, *authority;
    EVP_PKEY *key;
    struct time_stamper *stamper; // NULL: no time stamp (baseline B-B)
    bool stamp_required;          // else a seal without one is made while the authority is silent
};

// Signs the two parts as one content and appends the DER to `out`, whose capacity is given; *size
// is what was written. RESULT_TOO_LARGE: more than that. RESULT_FAILED: OpenSSL refused.
// RESULT_UNREACHABLE or RESULT_REFUSED: there is no time stamp, and it is required.
enum result cms_seal(const struct cms_signer *signer, const struct bytes parts[2], uint8_t *out,
                     size_t capacity, size_t *size);
