// backend.h: what the terminal wishes for from the municipality: prove a resident, order a
// document, fetch it, say what became of it. Version 1 of the municipal API, translated; no retry
// across events.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card_reader.h"
#include "catalogue.h"
#include "result.h"
#include "secret.h"
#include "str.h"

// Why the municipality said no. RESULT_REFUSED comes with one of these.
enum backend_refusal {
    BACKEND_REFUSAL_NONE,
    BACKEND_REFUSAL_UNKNOWN_RESIDENT,
    BACKEND_REFUSAL_MINOR,
    BACKEND_REFUSAL_SEE_COUNTER, // one word for every register flag
    BACKEND_REFUSAL_CARD_BLOCKED,
    BACKEND_REFUSAL_CARD_NOT_VERIFIABLE,
    BACKEND_REFUSAL_CHALLENGE_STALE, // the connection was lost: a new challenge, not a new PIN
    BACKEND_REFUSAL_NOT_POSSIBLE,    // this document, for this resident
    BACKEND_REFUSAL_TERMINAL,        // this terminal is not (or no longer) in the fleet
    BACKEND_REFUSAL_REGISTER_DOWN,
    BACKEND_REFUSAL_SEAL_DOWN,
};

// What the card has to sign; built by the driver, because it binds the TLS connection.
#define BACKEND_CHALLENGE_MAXIMUM 512
struct backend_challenge {
    uint8_t message[BACKEND_CHALLENGE_MAXIMUM];
    size_t size;
};

#define BACKEND_VERIFICATION_CODE_SIZE 24
#define BACKEND_VERIFICATION_ADDRESS_SIZE 64
struct backend_order {
    struct identifier id;
    char reference[32]; // as printed on paper
    int64_t price_cents;
    int pages;
    uint8_t document_sha256[32];
    // With what, and where, a paper is checked ("guichet.example/v"); both empty when not told.
    char verification_code[BACKEND_VERIFICATION_CODE_SIZE];
    char verification_address[BACKEND_VERIFICATION_ADDRESS_SIZE];
};

struct backend_order_request {
    struct identifier id; // made and stored before the first send; the Idempotency-Key
    const char *kind;
    const char *language; // fr or nl
    const char *subject;  // "self", or a child's word of the catalogue
    const char *purpose;  // a word of the catalogue; NULL: not told
    size_t option_count;
    const char *options[CATALOGUE_OPTIONS_MAXIMUM]; // those that are wanted
};

// One thread, one verb at a time, but for cancel. Each blocks at most the configured limit.
// RESULT_UNREACHABLE: no answer, or TLS refused the peer. RESULT_MALFORMED: an answer that breaks
// the API. RESULT_REFUSED: `refusal` says why.
struct backend_verbs {
    // What the city offers, without a resident. Also the way to ask "are you there?".
    enum result (*catalogue)(void *self, struct catalogue **offered, enum backend_refusal *refusal);

    // Sends the card's files; opens the session that the next verbs belong to.
    enum result (*open_session)(void *self, const struct card_files *files,
                                struct backend_challenge *challenge, enum backend_refusal *refusal);

    // The signed challenge on the same connection; the resident's own catalogue comes back.
    enum result (*prove)(void *self, const struct card_signature *signature,
                         struct catalogue **offered, enum backend_refusal *refusal);

    enum result (*order)(void *self, const struct backend_order_request *request,
                         struct backend_order *order, enum backend_refusal *refusal);

    // The sealed PDF, appended to `pdf`; RESULT_TOO_LARGE when it does not fit.
    enum result (*document)(void *self, const struct identifier *order, struct secret *pdf,
                            enum backend_refusal *refusal);

    // What became of the order; may be repeated. Needs no session, only the terminal's certificate.
    enum result (*outcome)(void *self, const struct identifier *order, bool delivered, int sheets,
                           enum backend_refusal *refusal);

    enum result (*close_session)(void *self);

    // The verbs that follow belong to the job of this number, until the next begin.
    void (*begin)(void *self, uint32_t number);

    // Any thread: a verb of this job that runs, or has yet to run, returns RESULT_CANCELLED; those
    // of other jobs notice nothing. Never blocks.
    void (*cancel)(void *self, uint32_t number);
};

struct backend {
    const struct backend_verbs *verbs;
    void *self;
};
