// explorer.h: walks every way that a session can take, and watches each step.
#pragma once
#include "monitors.h"
#include "session.h"
#include "world.h"

// session_step, or a broken copy of it.
typedef void step_function(const struct session *before, const struct session_event *event,
                           struct session *after, struct session_effects *effects);

// What came up on the way.
struct occurrences {
    bool screen[SESSION_SCREEN_COUNT];
    bool event[SESSION_EVENT_COUNT];
    bool effect[SESSION_EFFECT_COUNT];
    bool ending[16];
    bool sound[8];
    bool call[8];
    bool order[ORDER_STATE_COUNT];
    bool pair[SESSION_SCREEN_COUNT][SESSION_EVENT_COUNT]; // the event could come on this screen
    bool acts[SESSION_SCREEN_COUNT][SESSION_EVENT_COUNT]; // and did something there
    bool edge[SESSION_SCREEN_COUNT][SESSION_SCREEN_COUNT][SESSION_EVENT_COUNT];
};

struct exploration;

// Explores until nothing new is found or a rule is broken. Ends the program when memory runs out.
struct exploration *explore(step_function *step);
void exploration_destroy(struct exploration *exploration);

enum rule exploration_broken(const struct exploration *exploration);
size_t exploration_states(const struct exploration *exploration);
size_t exploration_steps(const struct exploration *exploration);
size_t exploration_longest_way_home(const struct exploration *exploration);
const struct occurrences *exploration_occurrences(const struct exploration *exploration);

// The events that lead to the broken rule, a line each, ready for --replay.
void exploration_print_script(const struct exploration *exploration);

// Long random walks from the start, with real time and with random limits: every rule again, and at
// each step the proof that the finite picture leaves out nothing that matters. RULE_COUNT when the
// picture was wrong.
struct walked {
    unsigned long steps;
    unsigned long delivered; // how often a walk came as far as that
};
enum rule random_walks(step_function *step, unsigned walks, unsigned steps, struct walked *walked);
