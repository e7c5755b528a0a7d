// cancellation.h: a cancel that finds exactly the job it was meant for. Jobs have rising numbers; a
// cancel names one, and is honoured before that job's call begins and while it runs, never after.
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

// Embedded by whoever makes calls that can be cancelled; zero-initialised.
struct cancellation {
    uint32_t number; // of the job being worked at; the working thread's. 0: cannot be cancelled
    atomic_uint cancelled; // the job that was cancelled last
};

// The working thread: what it does from now on belongs to this job.
static inline void cancellation_begin(struct cancellation *cancellation, uint32_t number)
{
    cancellation->number = number;
}

// Any thread.
static inline void cancellation_ask(struct cancellation *cancellation, uint32_t number)
{
    atomic_store(&cancellation->cancelled, number);
}

// The working thread, between two steps.
static inline bool cancellation_is_asked(const struct cancellation *cancellation)
{
    return cancellation->number != 0 &&
           atomic_load(&cancellation->cancelled) == cancellation->number;
}
