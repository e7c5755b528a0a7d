// seal_check.h: is this exactly the one shape of sealed PDF that this municipality makes?
// Everything else is refused, also what other programs would call a valid signature.
#pragma once
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

struct seal_rules {
    X509 *authority;
    X509 *time_authority; // NULL: a time stamp is refused
    bool time_required;   // a file without time stamp is refused
    const char *organization;
};

// RESULT_OK, or RESULT_REFUSED with the number of the first broken rule in the log (1 size and
// frame, 2 one ByteRange and Contents, 3 the gap is the Contents, 4 two revisions, 5 nothing
// active, 6 the shape of the CMS, 7 signature, chain, key usage and organization, 8 the time
// stamp).
enum result seal_check(struct bytes pdf, const struct seal_rules *rules, int64_t at);

// Rule 7 without a document: chain, validity, key usage, organization. RESULT_OK or RESULT_REFUSED.
enum result seal_check_certificate(X509 *certificate, X509 *authority, const char *organization,
                                   int64_t at);
