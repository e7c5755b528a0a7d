// Another process uses the reader.
#include "moments.h"

#include "other_process.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <winscard.h>

#define HELD_MS 300

static pid_t start(struct scene *scene, const char *errand, LONG expected)
{
    long code;
    pid_t other = other_process_start(scene->bench, scene->program, errand, &code);

    if (code != ((long)expected & 0xFFFFFFFFl)) {
        fprintf(stderr, "another process: %s: unexpectedly 0x%lx\n", errand, code);
        exit(1);
    }
    return other;
}

static void end(pid_t other)
{
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
}

static void in_use(struct scene *scene)
{
    static const struct moment moment = {"another process has the card for itself", 5000,
                                         1u << OUTCOME_BUSY};
    int64_t milliseconds;

    scene_insert(scene, scene->card);
    pid_t other = start(scene, "hold", SCARD_S_SUCCESS);
    enum outcome outcome = visit_whole(&scene->slot, scene->bench, scene->card, &milliseconds);
    end(other);
    scene_tried(scene, &moment, outcome, milliseconds);
}

static void in_transaction(struct scene *scene)
{
    static const struct moment moment = {"another process is killed in a transaction of 0.3 s",
                                         5000, 1u << OUTCOME_BUSY | 1u << OUTCOME_SERVED};
    int64_t milliseconds, start_us = microseconds_now();

    scene_insert(scene, scene->card);
    pid_t other = start(scene, "transaction", SCARD_S_SUCCESS);
    struct visit *visit = visit_start(&scene->slot, scene->bench, scene->card);
    while (microseconds_now() - start_us < HELD_MS * 1000)
        wait_a_moment();
    end(other);
    enum outcome outcome = visit_end(visit, &milliseconds);
    scene_tried(scene, &moment, outcome, milliseconds);
}

static void touched_before(struct scene *scene, const struct moment *moment, const char *errand)
{
    int64_t milliseconds;

    scene_insert(scene, scene->card);
    pid_t other = start(scene, errand, SCARD_S_SUCCESS);
    enum outcome outcome = visit_whole(&scene->slot, scene->bench, scene->card, &milliseconds);
    end(other);
    scene_tried(scene, moment, outcome, milliseconds);
}

// Our connection is exclusive: the other process gets no hold of the card.
static void tried_at(struct scene *scene, const struct moment *moment, int exchange)
{
    int64_t milliseconds;
    struct visit *visit = scene_stop_at(scene, exchange);
    pid_t other = start(scene, "reset", SCARD_E_SHARING_VIOLATION);

    scene_say(scene, "let-go");
    enum outcome outcome = visit_end(visit, &milliseconds);
    end(other);
    scene_tried(scene, moment, outcome, milliseconds);
}

void moments_of_other_processes(struct scene *scene)
{
    static const struct moment was_reset = {"another process reset the card before", 5000,
                                            1u << OUTCOME_SERVED};
    static const struct moment was_off = {"another process switched the card off before", 5000,
                                          1u << OUTCOME_SERVED};
    static const struct moment refused = {"another process tries to reset the card at an exchange",
                                          5000, 1u << OUTCOME_SERVED};

    in_use(scene);
    in_transaction(scene);
    touched_before(scene, &was_reset, "reset");
    touched_before(scene, &was_off, "power-off");
    for (int n = 1; n <= scene->exchanges; n = scene_next_exchange(scene, n, 13))
        tried_at(scene, &refused, n);
}
