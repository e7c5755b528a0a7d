// sessions.h: who is at a terminal now: a challenge given once, then a proved resident with a
// token. In memory only; everything about a person is wiped when the session ends. Any thread.
#pragma once
#include <stdint.h>

#include "card_evidence.h"
#include "challenge.h"
#include "fleet.h"
#include "owned.h"
#include "result.h"
#include "str.h"

struct sessions;

// How long a challenge and a proof hold, in seconds.
struct session_limits {
    int challenge_seconds, proof_seconds;
};

enum result sessions_create(const struct session_limits *limits, struct sessions **out);
void sessions_destroy(struct sessions *sessions);
DEFINE_OWNED(sessions)

// The TLS connection of a terminal.
struct session_peer {
    char terminal[TERMINAL_NAME_SIZE];
    uint8_t certificate_sha256[32];
    uint8_t exporter[CHALLENGE_EXPORTER_SIZE];
};

struct session_challenge {
    struct identifier session;
    struct session_peer peer;
    struct card_holder holder; // its key is owned by whoever holds the challenge
    uint8_t nonce[CHALLENGE_NONCE_SIZE];
    int64_t time, expires;
};

// Opens a session; takes over the holder's key when it succeeds. `out` tells session, nonce and
// times. RESULT_BUSY: the house is full. A terminal keeps its eight newest sessions.
enum result sessions_open(struct sessions *sessions, const struct session_peer *peer,
                          struct card_holder *holder, int64_t now, struct session_challenge *out);

// Hands the challenge out, once: the holder's key goes with it. RESULT_REFUSED: no such session of
// this terminal, or its challenge was used, or its time is over.
enum result sessions_take_challenge(struct sessions *sessions, const struct identifier *session,
                                    const struct session_peer *peer, int64_t now,
                                    struct session_challenge *out);

#define SESSION_TOKEN_SIZE 65
// The holder proved it: a token for what follows. RESULT_NOT_FOUND: the session was forgotten.
enum result sessions_prove(struct sessions *sessions, const struct identifier *session, int64_t now,
                           char token[SESSION_TOKEN_SIZE], int64_t *expires);

struct session_resident {
    struct identifier session;
    char national_number[NATIONAL_NUMBER_SIZE];
};

// Who holds this token at this terminal. RESULT_REFUSED: nobody.
enum result sessions_resident(struct sessions *sessions, const char *token, const char *terminal,
                              int64_t now, struct session_resident *out);

// Forgets a session of this terminal; fine when there is none.
void sessions_forget(struct sessions *sessions, const struct identifier *session,
                     const char *terminal);
