// card_slot.h: the drivers as the terminal wires them, and a watch in a thread of its own.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "card_bench.h"
#include "eid_reader.h"
#include "pcsc_channel.h"

struct card_slot {
    struct pcsc_channel *channel;
    struct eid_reader *reader;
    struct card_reader port;
};

// A reader text as in pcsc_channel_settings; issuers from the bench's authorities or, false, from
// the card.
struct card_slot card_slot_open(const struct card_bench *bench, const char *reader,
                                bool with_issuers);
void card_slot_close(struct card_slot *slot);

// Waits in this thread until the presence is `wanted`, 90 s at most for each change.
void card_slot_until(struct card_slot *slot, enum card_presence wanted);

// One watch in another thread.
struct watching;
struct watching *watching_start(struct card_slot *slot, enum card_presence known);
// Joins; the result of the watch, what it said and when (CLOCK_MONOTONIC, microseconds).
enum result watching_end(struct watching *watching, enum card_presence *now, int64_t *when);

int64_t microseconds_now(void);
