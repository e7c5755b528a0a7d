#include "sessions.h"

#include <openssl/crypto.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SESSIONS_MAXIMUM 256
#define SESSIONS_OF_TERMINAL 8

enum session_state { SESSION_FREE, SESSION_CHALLENGED, SESSION_ANSWERED, SESSION_PROVED };

struct session {
    enum session_state state;
    struct session_challenge challenge;
    char token[SESSION_TOKEN_SIZE];
    int64_t expires;
    uint64_t number; // rises with every session: seconds alone do not tell which of two came first
};

struct sessions {
    pthread_mutex_t lock;
    struct session_limits limits;
    uint64_t opened;
    struct session all[SESSIONS_MAXIMUM];
};

static void unlock(pthread_mutex_t **lock)
{
    pthread_mutex_unlock(*lock);
}
// Held until the end of the scope.
#define hold(sessions)                                                                             \
    __attribute__((cleanup(unlock))) pthread_mutex_t *held = &(sessions)->lock;                    \
    pthread_mutex_lock(held)

enum result sessions_create(const struct session_limits *limits, struct sessions **out)
{
    struct sessions *sessions = calloc(1, sizeof *sessions);

    if (sessions == NULL)
        return RESULT_NO_MEMORY;
    pthread_mutex_init(&sessions->lock, NULL);
    sessions->limits = *limits;
    *out = sessions;
    return RESULT_OK;
}

static void forget(struct session *session)
{
    card_holder_clear(&session->challenge.holder);
    explicit_bzero(session, sizeof *session);
}

void sessions_destroy(struct sessions *sessions)
{
    if (sessions == NULL)
        return;
    for (size_t i = 0; i < SESSIONS_MAXIMUM; i++)
        forget(&sessions->all[i]);
    pthread_mutex_destroy(&sessions->lock);
    free(sessions);
}

// A free place for this terminal, once what is over has been forgotten. A terminal has one slot for
// cards: when it has many sessions, the oldest are those it lost, and the oldest one makes room.
static struct session *free_place(struct sessions *sessions, const char *terminal, int64_t now)
{
    struct session *place = NULL, *oldest = NULL;
    size_t of_terminal = 0;

    for (size_t i = 0; i < SESSIONS_MAXIMUM; i++) {
        struct session *session = &sessions->all[i];
        if (session->state != SESSION_FREE && session->expires < now)
            forget(session);
        if (session->state == SESSION_FREE) {
            place = session;
        } else if (str_equal(session->challenge.peer.terminal, terminal)) {
            of_terminal++;
            if (oldest == NULL || session->number < oldest->number)
                oldest = session;
        }
    }
    if (of_terminal < SESSIONS_OF_TERMINAL)
        return place;
    forget(oldest);
    return oldest;
}

enum result sessions_open(struct sessions *sessions, const struct session_peer *peer,
                          struct card_holder *holder, int64_t now, struct session_challenge *out)
{
    struct session_challenge challenge = {
        .peer = *peer,
        .time = now,
        .expires = now + sessions->limits.challenge_seconds,
    };

    TRY(identifier_make(&challenge.session));
    if (getrandom(challenge.nonce, sizeof challenge.nonce, 0) != (ssize_t)sizeof challenge.nonce)
        return RESULT_FAILED;
    hold(sessions);
    struct session *place = free_place(sessions, peer->terminal, now);
    if (place == NULL)
        return RESULT_BUSY;
    *out = challenge;
    challenge.holder = *holder;
    holder->key = NULL;
    *place = (struct session){.state = SESSION_CHALLENGED,
                              .challenge = challenge,
                              .expires = challenge.expires,
                              .number = ++sessions->opened};
    return RESULT_OK;
}

static struct session *find(struct sessions *sessions, const struct identifier *identifier)
{
    for (size_t i = 0; i < SESSIONS_MAXIMUM; i++)
        if (sessions->all[i].state != SESSION_FREE &&
            identifier_equal(&sessions->all[i].challenge.session, identifier))
            return &sessions->all[i];
    return NULL;
}

enum result sessions_take_challenge(struct sessions *sessions, const struct identifier *session,
                                    const struct session_peer *peer, int64_t now,
                                    struct session_challenge *out)
{
    hold(sessions);
    struct session *found = find(sessions, session);
    if (found == NULL || !str_equal(found->challenge.peer.terminal, peer->terminal) ||
        found->state != SESSION_CHALLENGED)
        return RESULT_REFUSED;
    found->state = SESSION_ANSWERED; // whatever the answer is: it was the one try
    if (now > found->challenge.expires || memcmp(&found->challenge.peer, peer, sizeof *peer) != 0) {
        forget(found);
        return RESULT_REFUSED;
    }
    *out = found->challenge;
    found->challenge.holder.key = NULL;
    return RESULT_OK;
}

enum result sessions_prove(struct sessions *sessions, const struct identifier *session, int64_t now,
                           char token[SESSION_TOKEN_SIZE], int64_t *expires)
{
    uint8_t random[(SESSION_TOKEN_SIZE - 1) / 2];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return RESULT_FAILED;
    hold(sessions);
    struct session *found = find(sessions, session);
    if (found == NULL || found->state != SESSION_ANSWERED)
        return RESULT_NOT_FOUND;
    TRY(bytes_to_hex((struct bytes){random, sizeof random}, found->token, sizeof found->token));
    found->state = SESSION_PROVED;
    found->expires = now + sessions->limits.proof_seconds;
    *expires = found->expires;
    return str_copy(token, SESSION_TOKEN_SIZE, found->token);
}

static bool holds(const struct session *session, const char *token, const char *terminal)
{
    return session->state == SESSION_PROVED &&
           str_equal(session->challenge.peer.terminal, terminal) &&
           CRYPTO_memcmp(session->token, token, SESSION_TOKEN_SIZE) == 0;
}

enum result sessions_resident(struct sessions *sessions, const char *token, const char *terminal,
                              int64_t now, struct session_resident *out)
{
    if (strlen(token) != SESSION_TOKEN_SIZE - 1)
        return RESULT_REFUSED;
    hold(sessions);
    for (size_t i = 0; i < SESSIONS_MAXIMUM; i++) {
        struct session *session = &sessions->all[i];
        if (!holds(session, token, terminal))
            continue;
        if (session->expires < now) {
            forget(session);
            return RESULT_REFUSED;
        }
        out->session = session->challenge.session;
        return str_copy(out->national_number, sizeof out->national_number,
                        session->challenge.holder.national_number);
    }
    return RESULT_REFUSED;
}

void sessions_forget(struct sessions *sessions, const struct identifier *session,
                     const char *terminal)
{
    hold(sessions);
    struct session *found = find(sessions, session);
    if (found != NULL && str_equal(found->challenge.peer.terminal, terminal))
        forget(found);
}
