// time_stamper.h: asks a time-stamping authority for RFC 3161 tokens over HTTP, and judges tokens.
#pragma once
#include <openssl/cms.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

struct time_stamper;

// `url` is http://HOST[:PORT]/PATH (a token is signed, so the way need not be); `authority`, whose
// reference is shared, issues the certificate that signs tokens. RESULT_INVALID: not such an
// address.
enum result time_stamper_create(const char *url, X509 *authority, struct time_stamper **out);
void time_stamper_destroy(struct time_stamper *time_stamper);
DEFINE_OWNED(time_stamper)

// A DER token over SHA-256 of `octets`, checked; *token is the caller's, for OPENSSL_free. Blocks 3
// seconds at most. RESULT_UNREACHABLE: no answer, or was none within the last 5 seconds, when
// nobody is asked again. RESULT_REFUSED: a no, or a token that does not hold. Any thread.
enum result time_stamper_stamp(struct time_stamper *stamper, struct bytes octets, uint8_t **token,
                               int *size);

// Was it silent within the last 5 seconds? Any thread; never blocks.
bool time_stamper_is_down(const struct time_stamper *stamper);

// The signer's token, if it has one: signature, chain to `authority` (NULL: no token is believed),
// purpose, digest, imprint of the signer's signature (RFC 3161, 2.4.2; RFC 5126, 6.1.1), and a time
// that is at most five minutes from `at`. RESULT_NOT_FOUND: there is no token. RESULT_REFUSED.
enum result time_stamp_judge(const CMS_SignerInfo *signer, X509 *authority, int64_t at);
