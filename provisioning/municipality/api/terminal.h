// terminal.h: which terminal is at the other end of a TLS connection? Looked at once per
// connection: the handshake itself also lets in clients without a certificate, or with somebody
// else's.
#pragma once
#include <gnutls/gnutls.h>
#include <stdbool.h>

#include "city_hall.h"
#include "problem.h"
#include "sessions.h"
#include "terminal_book.h"

// Kept with the connection, used by its one thread.
struct terminal {
    bool looked_at, admitted;
    bool listed; // in the fleet's file
    bool asked;
    uint64_t asked_ms; // when the book was asked for the standing, clock_monotonic_ms
    enum terminal_standing standing;
    struct session_peer peer;
};

// Verifies the chain to the fleet's authority (purpose: TLS client), whether the certificate still
// holds in the book, and looks a common name that the book does not know up in the fleet. The
// certificate is looked at once, the book asked at most once a second. PROBLEM_NONE: admitted.
enum problem terminal_admission(struct terminal *terminal, gnutls_session_t tls,
                                const struct city_hall *hall);
