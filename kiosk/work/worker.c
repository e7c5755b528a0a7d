#include "worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"
#include "log.h"

// What the loop's thread remembers of a job that it has given away.
struct outstanding {
    uint32_t number;
    uint32_t limit_ms;
    int what;
};

struct worker {
    struct loop *loop;
    const char *name;
    struct worker_owner owner;
    pthread_t thread;

    pthread_mutex_t lock; // guards the queue
    pthread_cond_t changed;
    struct job *first, *last;
    uint32_t taken; // number of the job that left the queue last
    bool closing, ended;

    atomic_uint cancelled; // bit number % 32: the job is not wanted; at most 8 numbers are about

    // The loop's thread only.
    uint32_t last_number;
    struct outstanding outstanding[WORKER_QUEUE_MAXIMUM];
    int count;
    bool stuck;
    struct loop_timer give_up;
};

static bool is_cancelled(struct worker *worker, uint32_t number)
{
    return (atomic_load(&worker->cancelled) >> number % 32 & 1) != 0;
}

bool job_is_cancelled(const struct job *job)
{
    return is_cancelled(job->worker, job->number);
}

static struct job *next_job(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (worker->first == NULL && !worker->closing)
        pthread_cond_wait(&worker->changed, &worker->lock);
    struct job *job = worker->first;
    if (job != NULL) {
        worker->first = job->next;
        worker->taken = job->number;
    }
    pthread_mutex_unlock(&worker->lock);
    return job;
}

static void run(struct worker *worker, struct job *job)
{
    if (job_is_cancelled(job))
        return;
    if (worker->owner.begin != NULL)
        worker->owner.begin(worker->owner.self, job->number);
    job->verbs->run(job);
}

static void *work(void *self)
{
    struct worker *worker = self;

    for (struct job *job = next_job(worker); job != NULL; job = next_job(worker)) {
        run(worker, job);
        loop_post(worker->loop, &job->message);
    }
    pthread_mutex_lock(&worker->lock);
    worker->ended = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

// Only the job at the front runs; its time counts from when it came to the front.
static void watch_front(struct worker *worker, uint64_t now)
{
    if (worker->count == 0 || worker->stuck || worker->outstanding[0].limit_ms == WORKER_NO_LIMIT)
        loop_disarm(worker->loop, &worker->give_up);
    else
        loop_arm(worker->loop, &worker->give_up,
                 now + worker->outstanding[0].limit_ms + WORKER_GRACE_MS);
}

static void give_up(void *self, uint64_t now)
{
    struct worker *worker = self;
    (void)now;
    log_error("work", "a job did not come back in time; its kind is", worker->outstanding[0].what);
    worker->stuck = true;
    worker->owner.stuck(worker->owner.self);
    unsigned unwanted = atomic_load(&worker->cancelled);
    worker_cancel(worker, WORKER_EVERY_KIND);
    for (int i = 0; i < worker->count; i++)
        if ((unwanted >> worker->outstanding[i].number % 32 & 1) == 0)
            worker->owner.gave_up(worker->owner.self, worker->outstanding[i].what);
}

static void deliver(struct message *message, uint64_t now)
{
    struct job *job = (struct job *)message;
    struct worker *worker = job->worker;

    // Jobs come back in the order in which they went.
    for (int i = 1; i < worker->count; i++)
        worker->outstanding[i - 1] = worker->outstanding[i];
    worker->count--;
    bool was_stuck = worker->stuck;
    worker->stuck = false;
    watch_front(worker, now);
    bool wanted = !job_is_cancelled(job);
    atomic_fetch_and(&worker->cancelled, ~(1U << job->number % 32));
    if (wanted)
        job->verbs->finish(job);
    job->verbs->destroy(job);
    if (was_stuck)
        worker->owner.returned(worker->owner.self);
}

static void discard(struct message *message)
{
    struct job *job = (struct job *)message;

    job->verbs->destroy(job);
}

static const struct message_verbs way_home = {.deliver = deliver, .discard = discard};

// The new thread inherits a mask that blocks everything: signals are the main thread's.
static enum result start_thread(struct worker *worker)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&worker->thread, NULL, work, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error != 0)
        return RESULT_FAILED;
    pthread_setname_np(worker->thread, worker->name);
    return RESULT_OK;
}

enum result worker_create(struct loop *loop, const char *name, struct worker_owner owner,
                          struct worker **out)
{
    struct worker *worker = calloc(1, sizeof *worker);
    pthread_condattr_t monotonic;

    *out = NULL;
    if (worker == NULL)
        return RESULT_NO_MEMORY;
    worker->loop = loop;
    worker->name = name;
    worker->owner = owner;
    worker->give_up = (struct loop_timer){.name = "give up", .fire = give_up, .self = worker};
    pthread_mutex_init(&worker->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&worker->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (start_thread(worker) != RESULT_OK) {
        pthread_cond_destroy(&worker->changed);
        pthread_mutex_destroy(&worker->lock);
        free(worker);
        return RESULT_FAILED;
    }
    *out = worker;
    return RESULT_OK;
}

static bool wait_for_end(struct worker *worker)
{
    uint64_t end = clock_monotonic_ms() + WORKER_GRACE_MS;
    struct timespec moment = {.tv_sec = (time_t)(end / 1000),
                              .tv_nsec = (long)(end % 1000) * 1000000};
    int error = 0;

    pthread_mutex_lock(&worker->lock);
    worker->closing = true;
    pthread_cond_broadcast(&worker->changed);
    while (!worker->ended && error == 0)
        error = pthread_cond_timedwait(&worker->changed, &worker->lock, &moment);
    bool ended = worker->ended;
    pthread_mutex_unlock(&worker->lock);
    return ended;
}

bool worker_destroy(struct worker *worker)
{
    if (worker == NULL)
        return true;
    worker_cancel(worker, WORKER_EVERY_KIND);
    loop_disarm(worker->loop, &worker->give_up);
    if (!wait_for_end(worker)) {
        pthread_detach(worker->thread);
        return false;
    }
    pthread_join(worker->thread, NULL);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
    return true;
}

enum result worker_submit(struct worker *worker, struct job *job, uint32_t limit_ms)
{
    if (worker->stuck || worker->count == WORKER_QUEUE_MAXIMUM) {
        job->verbs->destroy(job);
        return RESULT_BUSY;
    }
    job->message = (struct message){.verbs = &way_home};
    job->worker = worker;
    job->number = ++worker->last_number;
    job->next = NULL;
    worker->outstanding[worker->count++] =
        (struct outstanding){.number = job->number, .limit_ms = limit_ms, .what = job->what};
    if (worker->count == 1)
        watch_front(worker, clock_monotonic_ms());
    pthread_mutex_lock(&worker->lock);
    if (worker->first == NULL)
        worker->first = job;
    else
        worker->last->next = job;
    worker->last = job;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    return RESULT_OK;
}

static uint32_t last_taken(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    uint32_t taken = worker->taken;
    pthread_mutex_unlock(&worker->lock);
    return taken;
}

// All marks before the first call: a job that is taken from the queue after last_taken() looked
// sees its mark and does not run, one taken before is known by its number.
void worker_cancel(struct worker *worker, uint32_t kinds)
{
    unsigned bits = 0;

    for (int i = 0; i < worker->count; i++)
        if ((kinds >> worker->outstanding[i].what & 1) != 0)
            bits |= 1U << worker->outstanding[i].number % 32;
    atomic_fetch_or(&worker->cancelled, bits);
    uint32_t taken = last_taken(worker);
    for (int i = 0; i < worker->count; i++)
        if (worker->outstanding[i].number == taken &&
            (kinds >> worker->outstanding[i].what & 1) != 0 && worker->owner.cancel != NULL)
            worker->owner.cancel(worker->owner.self, taken);
}

bool worker_is_stuck(const struct worker *worker)
{
    return worker->stuck;
}

bool worker_is_busy(const struct worker *worker, uint32_t kinds)
{
    unsigned cancelled = atomic_load(&worker->cancelled);

    for (int i = 0; i < worker->count; i++)
        if ((kinds >> worker->outstanding[i].what & 1) != 0 &&
            (cancelled >> worker->outstanding[i].number % 32 & 1) == 0)
            return true;
    return false;
}
