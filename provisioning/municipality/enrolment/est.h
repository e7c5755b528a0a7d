// est.h: enrolment over secure transport (RFC 7030), without the transport: what the operations
// answer. Only simple enrolment and renewal, with keys made on the terminal.
#pragma once
#include <stdint.h>

#include "bytes.h"
#include "certificate_issuer.h"
#include "result.h"
#include "terminal_book.h"

struct est_desk {
    struct terminal_book *book;
    struct certificate_issuer *issuer; // NULL: this municipality enrols nobody
};

#define EST_REQUEST_MAXIMUM 8192 // of a body, in bytes

// Each answer is certs-only PKCS #7 in base64, *answer being the caller's, for free.

enum result est_authorities(const struct est_desk *desk, char **answer);

// `authorization` is the header of HTTP Basic (RFC 7617), whose password is the code; the user's
// name is not looked at; NULL: there is none. RESULT_MALFORMED: no request that would be granted;
// the code was not looked at. RESULT_REFUSED: the code is not worth anything. RESULT_FAILED.
enum result est_enrol(const struct est_desk *desk, struct bytes body, const char *authorization,
                      int64_t now, char **answer);

// A new key of a terminal that showed its certificate. Results as above, without RESULT_REFUSED.
enum result est_renew(const struct est_desk *desk, struct bytes body, const char *terminal,
                      int64_t now, char **answer);
