// ipp_link.h: one connection to one printer, and one question and answer over it. Private to the
// room.
#pragma once
#include <cups/cups.h>
#include <stdbool.h>
#include <stdint.h>

#include "result.h"

static inline void ipp_message_delete_owned(ipp_t **held)
{
    ippDelete(*held); // NULL is fine
}
#define owned_message __attribute__((cleanup(ipp_message_delete_owned))) ipp_t *

struct ipp_link {
    char uri[HTTP_MAX_URI];
    char host[HTTP_MAX_HOST];
    char path[HTTP_MAX_URI];
    int port;
    http_t *connection; // NULL when there is none
};

// Takes the address apart; RESULT_INVALID when it is not an ipp: address with a host.
enum result ipp_link_set_uri(struct ipp_link *link, const char *uri);

// A new connection, the old one closed; RESULT_UNREACHABLE when there is none before the deadline
// (monotonic milliseconds).
enum result ipp_link_open(struct ipp_link *link, uint64_t deadline);
void ipp_link_close(struct ipp_link *link);

// From now on a read or write that waits until the deadline fails.
void ipp_link_set_deadline(struct ipp_link *link, uint64_t deadline);

// A request with the attributes every operation begins with (RFC 8011, section 4.1.4), and the
// terminal's constant user name. NULL when there is no memory.
ipp_t *ipp_link_request(const struct ipp_link *link, ipp_op_t operation);

// Sends a request that may be repeated and waits for its answer, over the connection there is or a
// new one. RESULT_OK: *answer, whatever its status code, is the caller's. RESULT_UNREACHABLE: none.
enum result ipp_link_ask(struct ipp_link *link, ipp_t *request, uint64_t deadline, ipp_t **answer);
