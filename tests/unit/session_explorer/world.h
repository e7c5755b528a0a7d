// world.h: everything that can happen, as a list of lines, and the finite picture of a session:
// what of it can make a difference to what it does.
#pragma once
#include "monitors.h"
#include "session.h"

// The lines, and how many there are.
const char *world_line(size_t line);
#define WORLD_LINES_MAXIMUM 160
size_t world_line_count(void);

// Every line's event; ends the program when one is no event.
void world_parse(struct session_event events[WORLD_LINES_MAXIMUM]);

// Is the event an answer to a question that is open? For events that are no answers: true.
bool world_is_asked(const struct session *session, const struct session_event *event);
bool world_is_answer(enum session_event_kind kind);

// Fills in time, identifier, ticket and timer number. An answer that was not asked for gets a
// ticket of the past, a timer that is not armed a number of the past.
void world_fill(const struct session *session, uint64_t now, struct session_event *event);

#define WORLD_KEY_SIZE 104
struct world_key {
    uint8_t bytes[WORLD_KEY_SIZE];
};

// The finite picture, and a session and a monitor that look like it.
void world_pack(const struct session *session, const struct monitor *monitor,
                struct world_key *key);
void world_unpack(const struct world_key *key, const struct session_limits *limits,
                  struct session *session, struct monitor *monitor);
