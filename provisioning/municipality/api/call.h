// call.h: one request, already bounded and from a terminal of the fleet, and its answer.
#pragma once
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "city_hall.h"
#include "json_body.h"
#include "problem.h"
#include "str.h"

struct call {
    const struct city_hall *hall;
    const struct session_peer *peer;
    struct bytes body;
    struct identifier subject, second; // the identifiers in the path, as many as the route has
    const char *idempotency_key;       // headers; NULL when absent
    const char *authorization;
    int64_t now;
};

struct answer {
    unsigned int status;
    json_t *json; // owned
    uint8_t *pdf; // owned, by malloc
    size_t pdf_size;
    char *certificates; // owned, by malloc: PKCS #7 in base64
    char detail[160];   // of a problem; no personal datum
};

// PROBLEM_BAD_REQUEST with a detail.
enum problem answer_bad(struct answer *answer, const char *detail);

// Parses the body and reads its members, or says what is wrong with it. Clear body and values
// always.
enum problem call_read_body(const struct call *call, const struct json_member *members,
                            size_t count, struct json_value *values, json_t **body,
                            struct answer *answer);

// The order in the path, which this terminal made; of another's it does not even learn that it
// exists.
struct stored_order;
enum problem call_find_order(const struct call *call, struct stored_order *out);

// A handler answers, or says which problem there is.
typedef enum problem handle_call(const struct call *call, struct answer *answer);

handle_call call_catalogue, call_open_session, call_prove, call_close_session, call_order,
    call_order_state, call_document, call_outcome, call_authorities, call_renew, call_payment_ways,
    call_begin_payment, call_payment, call_cancel_payment;
