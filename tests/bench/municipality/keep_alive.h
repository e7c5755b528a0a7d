// keep_alive.h: one request, again and again, on a few connections that stay, by as little code as
// it takes, so that the server is what is measured.
#pragma once
#include <stddef.h>

#include "https_peer.h"

#define KEEP_ALIVE_CONNECTIONS 4

struct keep_alive;

// Opens the connections, one thread each, and asks once on each. NULL: an answer was not 200.
struct keep_alive *keep_alive_create(int port, const struct https_identity *identity,
                                     const char *request);
void keep_alive_destroy(struct keep_alive *keep_alive);

// Size of the body of the answers.
size_t keep_alive_body_size(const struct keep_alive *keep_alive);

// Asks for so many seconds; answers a second. 0: an answer was not like the first.
double keep_alive_rate(struct keep_alive *keep_alive, double seconds);
