// times.h: measured times of one side, and what a row says of them.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define RUN_MAXIMUM 2000

struct times {
    double milliseconds[RUN_MAXIMUM];
    size_t count;
};

double milliseconds_now(void);
void times_add(struct times *times, double milliseconds);

// Prints the row: the medians of both sides, and the least and most of ours. Sorts both.
void times_print(const char *name, const char *peer, struct times *ours, struct times *theirs);

// The same for rates, which are added like times.
void rates_print(const char *name, const char *unit, const char *peer, struct times *ours,
                 struct times *theirs);
