// moments.h: the bad moments, by where they come from, and what they share.
#pragma once
#include "visit.h"

// Whose visits are disturbed: applets 1.7 (RSA) and 1.8 (elliptic curves); and who comes after.
#define CARD "card"
#define CARD_1_8 "card-1.8"
#define NEXT_CARD "next"

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
    struct table *table;
    const char *program; // this one
    const char *card;    // whose visits are disturbed now
    int exchanges;       // of a whole visit with it
    bool thorough;       // every exchange, every length, instead of some of each
};

// A line to the virtual card, as printf.
void scene_say(struct scene *scene, const char *format, ...) __attribute__((format(printf, 2, 3)));
void scene_insert(struct scene *scene, const char *card);
// Starts a visit and waits until the card keeps its answer to the n-th exchange to itself.
struct visit *scene_stop_at(struct scene *scene, int exchange);

// Whatever state the slot is in: it is emptied, and the next resident has a whole visit.
bool scene_next_is_served(struct scene *scene);

// A try that has ended; the next resident follows.
void scene_tried(struct scene *scene, const struct moment *moment, enum outcome outcome,
                 int64_t milliseconds);
// The visit with the fault that the card was told of.
void scene_try_visit(struct scene *scene, const struct moment *moment);

// Every exchange of a visit, or, unless thorough, every `step`-th and the last.
int scene_next_exchange(const struct scene *scene, int exchange, int step);

void moments_of_a_pull(struct scene *scene);
void moments_of_the_reader(struct scene *scene);
void moments_of_the_service(struct scene *scene);
void moments_of_other_processes(struct scene *scene);
void moments_of_answers(struct scene *scene);
