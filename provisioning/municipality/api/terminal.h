// terminal.h: which terminal is at the other end of a TLS connection? Looked at once per
// connection: the handshake itself also lets in clients without a certificate, or with somebody
// else's.
#pragma once
#include <gnutls/gnutls.h>
#include <stdbool.h>

#include "fleet.h"
#include "sessions.h"

// Kept with the connection, used by its one thread.
struct terminal {
    bool looked_at, admitted;
    struct session_peer peer;
};

// Verifies the chain to the fleet's authority (purpose: TLS client) and looks the common name up in
// the fleet; afterwards says what it said the first time.
bool terminal_is_admitted(struct terminal *terminal, gnutls_session_t tls,
                          const struct fleet *fleet);
