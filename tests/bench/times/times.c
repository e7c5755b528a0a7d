#include "times.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double milliseconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void times_add(struct times *times, double milliseconds)
{
    if (times->count < RUN_MAXIMUM)
        times->milliseconds[times->count++] = milliseconds;
}

static int by_time(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(struct times *times)
{
    qsort(times->milliseconds, times->count, sizeof *times->milliseconds, by_time);
    return times->milliseconds[times->count / 2];
}

void rates_print(const char *name, const char *unit, const char *peer, struct times *ours,
                 struct times *theirs)
{
    double value = median(ours), peer_value = median(theirs);

    printf("%s\t%.3f\t%s\t%s\t%.3f\t%zu\t%.3f\t%.3f\n", name, value, unit, peer, peer_value,
           ours->count, ours->milliseconds[0], ours->milliseconds[ours->count - 1]);
}

void times_print(const char *name, const char *peer, struct times *ours, struct times *theirs)
{
    rates_print(name, "ms", peer, ours, theirs);
}
