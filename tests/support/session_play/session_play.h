// session_play.h: events as lines of text, and a stage on which they are played to the session.
// A line is the event's name and what it carries: "LANGUAGE_CHOSEN de", "CARD_READ GOOD 3",
// "CARD_READ GOOD 3 PAD", "PRINTER_CHANGED EMPTY", "ORDERED 2" (pages), "TIMER".
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session.h"

// What an event line means, without now, fresh, ticket and timer number. False, and a sentence on
// standard error, for a line that is none.
bool play_parse(const char *line, struct session_event *event);

// "household" in French and Dutch, "nationality", which is not possible, and "residence", which
// asks for purpose (free, with information, not possible) and two options.
const struct catalogue *play_catalogue(void);
// The same with one child, who may have the same documents.
const struct catalogue *play_family(void);

// The time limits of the flows.
struct session_limits play_limits(void);

struct play {
    struct session session;
    struct session_effects effects; // of the last event
    uint64_t now;
    uint32_t timer; // the armed one
    uint32_t timer_milliseconds;
    uint32_t given_out;                     // identifiers so far
    uint32_t tickets[SESSION_EFFECT_COUNT]; // of the last question of each kind
};

struct play play_begin(void);

// Fills in time, identifier, ticket and timer number as the loop and the services do. A TIMER moves
// the clock to where it is due; every other event takes a millisecond.
void play_fill(const struct play *play, struct session_event *event);

// One event, already filled.
void play_event(struct play *play, const struct session_event *event);

// One line; false when it cannot be parsed.
bool play_line(struct play *play, const char *line);

// The names of the effects of the last event, with spaces between them.
#define PLAY_EFFECTS_SIZE 512
void play_effects(const struct play *play, char text[PLAY_EFFECTS_SIZE]);
