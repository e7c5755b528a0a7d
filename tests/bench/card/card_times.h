// card_times.h: measured times of one side, and what a row says of them.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define RUN_MAXIMUM 200

struct card_times {
    double milliseconds[RUN_MAXIMUM];
    size_t count;
};

double milliseconds_now(void);
void card_times_add(struct card_times *times, double milliseconds);

// Prints the row: the medians of both sides, and the least and most of ours. Sorts both.
void card_times_print(const char *name, const char *peer, struct card_times *ours,
                      struct card_times *theirs);
