// visit.h: a resident's whole visit at the card: read, PIN, signature, in a thread of its own.
#pragma once
#include "card_slot.h"
#include "table.h"

struct visit;

// `card`: the name of the card that is in the slot. A visit that finds everything valid must have
// read that card's files and nothing else, or the program ends.
struct visit *visit_start(struct card_slot *slot, const struct card_bench *bench, const char *card);

bool visit_is_over(struct visit *visit);

// Joins. Ends the program when the visit hangs.
enum outcome visit_end(struct visit *visit, int64_t *milliseconds);

// Both in one.
enum outcome visit_whole(struct card_slot *slot, const struct card_bench *bench, const char *card,
                         int64_t *milliseconds);
