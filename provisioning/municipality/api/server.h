// server.h: HTTPS with TLS 1.3 and client certificates, in front of the calls.
#pragma once
#include <stdint.h>

#include "city_hall.h"
#include "owned.h"
#include "result.h"

struct server;

struct server_settings {
    const char *address; // IPv4 or IPv6 in numbers
    uint16_t port;       // 0: any free one
    unsigned int threads;
    int requests_per_minute;                         // of one terminal
    const char *certificate, *key, *fleet_authority; // PEM text, not file names
};

// Listens and answers in threads of its own until it is destroyed; the hall must outlive it.
// RESULT_INVALID: the address is no address, or certificate and key do not fit. RESULT_BUSY: the
// port is taken.
enum result server_create(const struct server_settings *settings, const struct city_hall *hall,
                          struct server **out);
uint16_t server_port(const struct server *server);
void server_destroy(struct server *server); // ends connections; NULL is fine
DEFINE_OWNED(server)
