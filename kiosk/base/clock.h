// clock.h: the two clocks of the machine. Pure rooms never call them: time comes to them in events.
#pragma once
#include <stdint.h>

// Milliseconds that only go forward, from an arbitrary start; for timers and durations.
uint64_t clock_monotonic_ms(void);

// Seconds since 1970-01-01 UTC; may jump. For what is written down and for validity of
// certificates.
int64_t clock_wall_seconds(void);
