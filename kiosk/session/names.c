// The names of the vocabulary, for logs, the journal and tests.
#include "session.h"

#define X(id) #id,

const char *session_screen_name(enum session_screen screen)
{
    static const char *const names[] = {SESSION_SCREEN_LIST(X)};

    return names[screen];
}

const char *session_event_name(enum session_event_kind kind)
{
    static const char *const names[] = {SESSION_EVENT_LIST(X)};

    return names[kind];
}

const char *session_effect_name(enum session_effect_kind kind)
{
    static const char *const names[] = {SESSION_EFFECT_LIST(X)};

    return names[kind];
}

const char *session_ending_name(enum session_ending ending)
{
    static const char *const names[] = {SESSION_ENDING_LIST(X)};

    return names[ending];
}
