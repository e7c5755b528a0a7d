// est_client.h: the operations of EST (RFC 7030) over libcurl. Each blocks 30 seconds at most, in
// the caller's thread; one call is one request, without a second try. curl_global_init has been
// called.
#pragma once
#include <openssl/x509.h>

#include "result.h"

// Why a server said no.
enum est_refusal {
    EST_REFUSAL_NONE,
    EST_REFUSAL_CODE,     // wrong, used or too old (401)
    EST_REFUSAL_TERMINAL, // this terminal is revoked or unknown (403)
    EST_REFUSAL_NOBODY,   // nobody enrols at this address (404)
    EST_REFUSAL_TOO_MANY, // too many tries of this network address (429)
    EST_REFUSAL_OTHER,
};

struct est_server {
    const char *url;               // https://HOST[:PORT]
    X509 *anchor;                  // whose servers are trusted
    const char *certificate, *key; // files of the terminal's present identity; NULL: it has none
};

// Results of all: RESULT_UNREACHABLE: no answer, or TLS refused the peer. RESULT_REFUSED with a
// reason. RESULT_MALFORMED: an answer that is no EST. The stack is the caller's.

// From a server that nobody vouches for: nothing but the question is sent, and nothing of the
// answer is to be believed until a fingerprint is compared. The anchor is not looked at.
enum result est_authorities(const struct est_server *server, STACK_OF(X509) * *out,
                            enum est_refusal *refusal);

// `request` as est_request makes it.
enum result est_enrol(const struct est_server *server, const char *request, const char *code,
                      STACK_OF(X509) * *out, enum est_refusal *refusal);
enum result est_renew(const struct est_server *server, const char *request, STACK_OF(X509) * *out,
                      enum est_refusal *refusal);
