// card_status.h: was this card's certificate withdrawn? Asks the authority's OCSP responder (RFC
// 6960) and believes nothing that the authority did not sign for this very question.
#pragma once
#include <openssl/x509.h>
#include <stdbool.h>

#include "result.h"

enum card_status {
    CARD_STATUS_NOT_TOLD, // no answer, or none to be believed
    CARD_STATUS_GOOD,
    CARD_STATUS_REVOKED,
    CARD_STATUS_UNKNOWN, // the authority says that it made no such certificate
};

struct card_status_settings {
    const char *responder;   // "http://HOST:PORT/PATH"; NULL: nobody is asked
    int seconds;             // for the whole question
    int oldest_seconds;      // of an answer that does not repeat the question's nonce
    bool accepted_when_down; // a card counts as good when it cannot be found out
};

// RESULT_INVALID: the responder's address is not of that form.
enum result card_status_settings_check(const struct card_status_settings *settings);

// One question; blocks for settings->seconds at most. The answer must be signed by `issuer` or by
// a responder that it certified for OCSP signing, under one of `roots` (`between` may be NULL).
// Every certificate is good without a responder to ask, and when accepted_when_down allows it.
enum card_status card_status_ask(const struct card_status_settings *settings, X509 *certificate,
                                 X509 *issuer, STACK_OF(X509) * roots, STACK_OF(X509) * between);
