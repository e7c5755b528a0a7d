// worker.h: a thread for one thing that blocks (the card, the municipality, the journal). Jobs go
// in through a bounded queue and come back, done, through the loop's inbox; ownership moves with
// them.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "loop.h"
#include "owned.h"
#include "result.h"

struct worker;
struct job;

struct job_verbs {
    // The worker's thread; may block for as long as the job's limit says.
    void (*run)(struct job *job);
    // The loop's thread, at most once, with what `run` left in the job. Not called for a job that
    // was cancelled or given up. The job still belongs to the worker, which destroys it afterwards.
    void (*finish)(struct job *job);
    // Any thread, exactly once: wipes and frees.
    void (*destroy)(struct job *job);
};

// Embedded as the first member of each service's own job; zero-initialised but for verbs and what.
struct job {
    struct message message; // the way home
    const struct job_verbs *verbs;
    int what;        // 0 to 31: the service's own word for it, given back by gave_up
    uint32_t number; // rising from 1; filled by worker_submit
    struct worker *worker;
    struct job *next;
};

// Who is told about a worker that is stuck, on the loop's thread, and about its jobs' numbers.
struct worker_owner {
    void *self;
    // The job did not come back within its limit and 5 s more, or stood behind one that did not.
    // Its answer, if it ever comes, is dropped. Called once for each such job.
    void (*gave_up)(void *self, int what);
    // Told once before those calls, and again when the stuck call has returned and the worker takes
    // jobs again.
    void (*stuck)(void *self);
    void (*returned)(void *self);
    // For calls that can be cut short; NULL when they cannot. The worker's thread, before each run:
    // the next calls belong to the job of this number.
    void (*begin)(void *self, uint32_t number);
    // The loop's thread: the job of this number, which was begun, is about to be or has just ended,
    // is not wanted any more. Other numbers must not suffer; must not block.
    void (*cancel)(void *self, uint32_t number);
};

// Time beyond a job's own limit before it is given up (architecture, sections 4 and 11).
#define WORKER_GRACE_MS 5000
#define WORKER_QUEUE_MAXIMUM 8
// For jobs that may wait for ever, such as the watch on the card slot.
#define WORKER_NO_LIMIT 0

// Starts the thread; `name` (at most 15 characters, static) is what the system shows. The thread
// blocks all signals. RESULT_FAILED when the system gives no thread.
enum result worker_create(struct loop *loop, const char *name, struct worker_owner owner,
                          struct worker **out);

// Cancels everything and joins. The loop must not turn any more between this and its own end.
// Should the running call not return within the grace, the thread is left behind, detached: false,
// and everything the job uses must stay alive until the process ends.
bool worker_destroy(struct worker *worker);

// The loop's thread. Ownership moves, on failure too (the job is destroyed). RESULT_BUSY: the queue
// is full, or the worker is stuck in a call that was given up.
enum result worker_submit(struct worker *worker, struct job *job, uint32_t limit_ms);

// The loop's thread: the jobs submitted so far whose `what` is in `kinds` (bit 1 << what) are not
// wanted any more: they do not run, or are not finished if they run now. When the one that runs now
// is among them, its owner's `cancel` is called, to shorten the wait.
#define WORKER_EVERY_KIND UINT32_MAX
void worker_cancel(struct worker *worker, uint32_t kinds);

// Any thread, inside `run`: should this job stop between two steps?
bool job_is_cancelled(const struct job *job);

bool worker_is_stuck(const struct worker *worker);
// Is any job of these kinds waiting or running that is still wanted?
bool worker_is_busy(const struct worker *worker, uint32_t kinds);
