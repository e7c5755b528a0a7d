// payment_scheme.h: what the municipality wishes for from a payment service provider. Creating is
// not idempotent there: who got no answer searches by reference before creating again.
#pragma once
#include <stdint.h>

#include "result.h"

#define SCHEME_ID_SIZE 64
#define SCHEME_LINK_SIZE 160
#define SCHEME_REFERENCE_SIZE 36 // at most 35 characters

enum scheme_state {
    SCHEME_PENDING,     // the code may be scanned
    SCHEME_SCANNED,     // the payer looks at it; may still be cancelled
    SCHEME_AUTHORISED,  // cannot be cancelled any more, is not decided yet
    SCHEME_ACKNOWLEDGE, // the payer has paid if we say that we deliver
    SCHEME_PAID,        // final, as the next
    SCHEME_REFUSED,
    SCHEME_CANCELLED,
    SCHEME_EXPIRED,
};

struct scheme_payment {
    char id[SCHEME_ID_SIZE];
    enum scheme_state state;
    char link[SCHEME_LINK_SIZE]; // what the code says; only from create and search
    int64_t expires;             // Unix seconds
};

// Any thread. RESULT_UNREACHABLE: no answer, or none that means anything: it may have happened.
// RESULT_REFUSED: it said no.
struct payment_scheme_verbs {
    enum result (*create)(void *self, const char *reference, int64_t cents,
                          struct scheme_payment *out);
    // RESULT_NOT_FOUND: there is no payment with that reference.
    enum result (*search)(void *self, const char *reference, struct scheme_payment *out);
    enum result (*get)(void *self, const char *id, struct scheme_payment *out);
    enum result (*cancel)(void *self, const char *id);
    enum result (*acknowledge)(void *self, const char *id);
    // Of the whole amount; the same key moves money once.
    enum result (*refund)(void *self, const char *id, int64_t cents, const char *key);
};

struct payment_scheme {
    const struct payment_scheme_verbs *verbs; // NULL: no payment is taken
    void *self;
};
