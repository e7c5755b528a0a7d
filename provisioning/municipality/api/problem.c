#include "problem.h"

static const struct problem_text texts[PROBLEM_COUNT] = {
    [PROBLEM_NONE] = {"internal", "There is no problem", 500},
    [PROBLEM_UNKNOWN_RESIDENT] = {"unknown-resident", "Not found in the registers", 403},
    [PROBLEM_MINOR] = {"minor", "Too young for the terminal", 403},
    [PROBLEM_SEE_COUNTER] = {"see-counter", "Only at the counter", 403},
    [PROBLEM_CARD_BLOCKED] = {"card-blocked", "This card is blocked", 403},
    [PROBLEM_CARD_NOT_VERIFIABLE] = {"card-not-verifiable", "The card cannot be verified", 403},
    [PROBLEM_CHALLENGE_STALE] = {"challenge-stale",
                                 "The challenge is used, too old or of another connection", 409},
    [PROBLEM_NOT_POSSIBLE] = {"not-possible", "This document is not possible here", 403},
    [PROBLEM_TERMINAL_UNKNOWN] = {"terminal-unknown", "This terminal is not in the fleet", 403},
    [PROBLEM_TERMINAL_REVOKED] = {"terminal-revoked", "This terminal was revoked: enrol it again",
                                  403},
    [PROBLEM_CODE_REFUSED] = {"code-refused", "This code is wrong, used or too old", 401},
    [PROBLEM_REGISTER_DOWN] = {"register-down", "The register does not answer", 503},
    [PROBLEM_SEAL_DOWN] = {"seal-down", "Nothing can be sealed now", 503},
    [PROBLEM_PAYMENT_DOWN] = {"payment-down", "The payment scheme does not answer", 503},
    [PROBLEM_BAD_REQUEST] = {"bad-request", "The request is not as the API describes it", 400},
    [PROBLEM_NOT_FOUND] = {"not-found", "There is nothing here", 404},
    [PROBLEM_METHOD_NOT_ALLOWED] = {"method-not-allowed", "This is not done with that", 405},
    [PROBLEM_CONFLICT] = {"conflict", "Something else was asked for before", 409},
    [PROBLEM_TOO_LARGE] = {"too-large", "The body is larger than 256 kB", 413},
    [PROBLEM_TOO_MANY_REQUESTS] = {"too-many-requests", "Too many requests or sessions", 429},
    [PROBLEM_UNAUTHORIZED] = {"unauthorized", "No resident is proved here", 401},
    [PROBLEM_INTERNAL] = {"internal", "The municipality's own error", 500},
};

const struct problem_text *problem_text_of(enum problem problem)
{
    return &texts[problem];
}
