#include "loop.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"

struct loop {
    struct loop_wake wake;
    pthread_mutex_t lock; // guards the inbox
    pthread_cond_t filled;
    struct message *first, *last;
    struct loop_timer *timers; // armed ones; loop's thread only
};

enum result loop_create(struct loop_wake wake, struct loop **out)
{
    struct loop *loop = malloc(sizeof *loop);
    pthread_condattr_t monotonic;

    *out = NULL;
    if (loop == NULL)
        return RESULT_NO_MEMORY;
    *loop = (struct loop){.wake = wake};
    pthread_mutex_init(&loop->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&loop->filled, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *out = loop;
    return RESULT_OK;
}

static struct message *take_all(struct loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    struct message *all = loop->first;
    loop->first = loop->last = NULL;
    pthread_mutex_unlock(&loop->lock);
    return all;
}

void loop_destroy(struct loop *loop)
{
    if (loop == NULL)
        return;
    for (struct message *message = take_all(loop); message != NULL;) {
        struct message *next = message->next;

        message->verbs->discard(message);
        message = next;
    }
    pthread_cond_destroy(&loop->filled);
    pthread_mutex_destroy(&loop->lock);
    free(loop);
}

void loop_post(struct loop *loop, struct message *message)
{
    message->next = NULL;
    pthread_mutex_lock(&loop->lock);
    bool was_empty = loop->first == NULL;
    if (was_empty)
        loop->first = message;
    else
        loop->last->next = message;
    loop->last = message;
    pthread_cond_signal(&loop->filled);
    pthread_mutex_unlock(&loop->lock);
    if (was_empty && loop->wake.call != NULL)
        loop->wake.call(loop->wake.self);
}

void loop_arm(struct loop *loop, struct loop_timer *timer, uint64_t due)
{
    loop_disarm(loop, timer);
    timer->due = due == 0 ? 1 : due;
    timer->next = loop->timers;
    loop->timers = timer;
}

void loop_disarm(struct loop *loop, struct loop_timer *timer)
{
    for (struct loop_timer **at = &loop->timers; *at != NULL; at = &(*at)->next) {
        if (*at == timer) {
            *at = timer->next;
            break;
        }
    }
    timer->due = 0;
}

uint64_t loop_next_due(const struct loop *loop)
{
    uint64_t due = LOOP_NEVER;

    for (const struct loop_timer *timer = loop->timers; timer != NULL; timer = timer->next)
        if (timer->due < due)
            due = timer->due;
    return due;
}

// The earliest timer that is due; firing one may arm or disarm others, so the list is read anew.
static struct loop_timer *due_timer(const struct loop *loop, uint64_t now)
{
    struct loop_timer *earliest = NULL;

    for (struct loop_timer *timer = loop->timers; timer != NULL; timer = timer->next)
        if (timer->due <= now && (earliest == NULL || timer->due < earliest->due))
            earliest = timer;
    return earliest;
}

void loop_turn(struct loop *loop, uint64_t now)
{
    for (struct message *message = take_all(loop); message != NULL;) {
        struct message *next = message->next;

        message->verbs->deliver(message, now);
        message = next;
    }
    for (struct loop_timer *timer = due_timer(loop, now); timer != NULL;
         timer = due_timer(loop, now)) {
        loop_disarm(loop, timer);
        timer->fired++;
        timer->fire(timer->self, now);
    }
}

void loop_wait_and_turn(struct loop *loop, uint64_t until)
{
    uint64_t due = loop_next_due(loop);
    uint64_t end = due < until ? due : until;
    struct timespec moment = {.tv_sec = (time_t)(end / 1000),
                              .tv_nsec = (long)(end % 1000) * 1000000};

    pthread_mutex_lock(&loop->lock);
    while (loop->first == NULL && clock_monotonic_ms() < end) {
        if (end == LOOP_NEVER)
            pthread_cond_wait(&loop->filled, &loop->lock);
        else
            pthread_cond_timedwait(&loop->filled, &loop->lock, &moment);
    }
    pthread_mutex_unlock(&loop->lock);
    loop_turn(loop, clock_monotonic_ms());
}
