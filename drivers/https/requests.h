// requests.h: the bodies that the terminal sends, as JSON.
#pragma once
#include "backend.h"

// Each makes a new secret that the caller owns.
// RESULT_INVALID: a file of the card is missing.
enum result request_session(const struct card_files *files, struct secret **out);
enum result request_proof(const struct card_signature *signature, struct secret **out);
enum result request_order(const struct backend_order_request *request, struct secret **out);
enum result request_payment(struct secret **out);
enum result request_outcome(bool delivered, int sheets, struct secret **out);

// The Idempotency-Key of an outcome: the same for the same outcome of the same order, another for
// any other, so that a report may be repeated for days without being stored anywhere.
enum result request_outcome_key(const struct identifier *order, bool delivered, int sheets,
                                struct identifier *out);
