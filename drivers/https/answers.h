// answers.h: the municipality's JSON answers in the words of backend.h.
#pragma once
#include "backend.h"
#include "bytes.h"
#include "challenge.h"
#include "payment.h"

// Texts of the answers, with their NUL.
#define SERVER_NAME_SIZE 254
#define TOKEN_SIZE 513

// Each reads one body. RESULT_MALFORMED (or RESULT_TOO_LARGE): it breaks the API.
enum result answer_read_catalogue(struct bytes body, struct catalogue **out);

struct answer_session {
    char session[IDENTIFIER_TEXT_SIZE];
    char server[SERVER_NAME_SIZE];
    uint8_t nonce[NONCE_SIZE];
    int64_t time;
};
enum result answer_read_session(struct bytes body, struct answer_session *out);

// The token is visible ASCII without spaces: it goes into a header. `token` has TOKEN_SIZE bytes;
// it gets the text with its NUL.
enum result answer_read_proved(struct bytes body, struct secret *token, struct catalogue **offered);

// `state` must be the one that follows from the call, or NULL for any.
enum result answer_read_order(struct bytes body, const char *state, struct backend_order *out);

// How a payment stands.
enum result answer_read_payment(struct bytes body, struct payment_status *out);
// Does the municipality take payment by a code now?
enum result answer_read_payment_ways(struct bytes body, bool *works);

// The word that says what went wrong, as a refusal and a result.
enum result answer_read_problem(struct bytes body, enum backend_refusal *refusal);
