// public_server.h: HTTPS for everybody, without client certificates, on a port of its own: the page
// where a paper is checked (GET /v/CODE), and where terminals enrol (RFC 7030).
#pragma once
#include <stdint.h>

#include "est.h"
#include "offer.h"
#include "order_store.h"
#include "owned.h"
#include "result.h"

struct public_server;

struct public_server_settings {
    const char *address;           // IPv4 or IPv6 in numbers
    uint16_t port;                 // 0: any free one
    const char *certificate, *key; // PEM text
    int checks_per_minute;         // of one network address
    int valid_days;                // how long a paper is confirmed
    const struct est_desk *est;    // NULL: terminals cannot enrol here
};

// Listens and answers in threads of its own until it is destroyed; store and offer must outlive it.
// RESULT_INVALID: the address is no address, or certificate and key do not fit. RESULT_BUSY: the
// port is taken.
enum result public_server_create(const struct public_server_settings *settings,
                                 struct order_store *store, const struct offer *offer,
                                 struct public_server **out);
uint16_t public_server_port(const struct public_server *public_server);
void public_server_destroy(struct public_server *public_server); // NULL is fine
DEFINE_OWNED(public_server)

// Method and path of call number `index` of openapi.yaml that is answered here, a code written as
// {}; NULL behind the last one.
const char *public_server_call(size_t index);
