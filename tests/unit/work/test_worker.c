// Jobs run in order on their own thread and come home; cancelled ones do not; a stuck one is given
// up once, and its late answer is dropped.
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cancellation.h"
#include "clock.h"
#include "worker.h"

struct bench {
    struct loop *loop;
    struct worker *worker;
    sem_t gate;    // jobs wait here
    sem_t entered; // told by jobs that wait
    int ran;       // written by the worker, read after it was joined or a job came home
    int finished, destroyed, order;
    int gave_up, last_given_up, stuck, returned;
    bool begin_waits; // the next begin waits at the gate, too
    int cancels;
    struct cancellation cancellation; // as a driver has one
};

struct errand {
    struct job job;
    struct bench *bench;
    int number;
    bool waits, on_loop_thread, signals_blocked;
    bool *heard; // was the cancel of this very job heard while it ran?
    pthread_t loop_thread;
};

static void errand_run(struct job *job)
{
    struct errand *errand = (struct errand *)job;
    sigset_t mask;

    if (errand->waits) {
        sem_post(&errand->bench->entered);
        sem_wait(&errand->bench->gate);
    }
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    errand->signals_blocked = sigismember(&mask, SIGTERM) == 1;
    errand->on_loop_thread = pthread_equal(pthread_self(), errand->loop_thread) != 0;
    if (errand->heard != NULL)
        *errand->heard = cancellation_is_asked(&errand->bench->cancellation);
    errand->bench->ran++;
}

static void errand_finish(struct job *job)
{
    struct errand *errand = (struct errand *)job;

    errand->bench->finished++;
    if (errand->bench->order < 1000) // the first few tell the order
        errand->bench->order = errand->bench->order * 10 + errand->number;
    assert_true(errand->signals_blocked);
    assert_false(errand->on_loop_thread);
    assert_true(pthread_equal(pthread_self(), errand->loop_thread) != 0);
}

static void errand_destroy(struct job *job)
{
    struct errand *errand = (struct errand *)job;

    errand->bench->destroyed++;
    free(errand);
}

static const struct job_verbs errand_verbs = {errand_run, errand_finish, errand_destroy};

static void on_gave_up(void *self, int what)
{
    struct bench *bench = self;

    bench->gave_up++;
    bench->last_given_up = what;
}

static void on_stuck(void *self)
{
    ((struct bench *)self)->stuck++;
}

static void on_returned(void *self)
{
    ((struct bench *)self)->returned++;
}

static void on_begin(void *self, uint32_t number)
{
    struct bench *bench = self;

    if (bench->begin_waits) {
        bench->begin_waits = false;
        sem_post(&bench->entered);
        sem_wait(&bench->gate);
    }
    cancellation_begin(&bench->cancellation, number);
}

static void on_cancel(void *self, uint32_t number)
{
    struct bench *bench = self;

    bench->cancels++;
    cancellation_ask(&bench->cancellation, number);
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct worker_owner owner = {bench, on_gave_up, on_stuck, on_returned, on_begin, on_cancel};

    sem_init(&bench->gate, 0, 0);
    sem_init(&bench->entered, 0, 0);
    assert_int_equal(loop_create((struct loop_wake){}, &bench->loop), RESULT_OK);
    assert_int_equal(worker_create(bench->loop, "errands", owner, &bench->worker), RESULT_OK);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    assert_true(worker_destroy(bench->worker));
    loop_destroy(bench->loop);
    sem_destroy(&bench->gate);
    sem_destroy(&bench->entered);
    free(bench);
    return 0;
}

static enum result submit_heard(struct bench *bench, int number, bool waits, uint32_t limit,
                                bool *heard)
{
    struct errand *errand = calloc(1, sizeof *errand);

    *errand = (struct errand){.job = {.verbs = &errand_verbs, .what = number},
                              .bench = bench,
                              .number = number,
                              .waits = waits,
                              .heard = heard,
                              .loop_thread = pthread_self()};
    return worker_submit(bench->worker, &errand->job, limit);
}

static enum result submit(struct bench *bench, int number, bool waits, uint32_t limit)
{
    return submit_heard(bench, number, waits, limit, NULL);
}

static void turn_until_destroyed(struct bench *bench, int count)
{
    uint64_t end = clock_monotonic_ms() + 10000;

    while (bench->destroyed < count && clock_monotonic_ms() < end)
        loop_wait_and_turn(bench->loop, end);
    assert_int_equal(bench->destroyed, count);
}

static void test_jobs_run_in_order_and_come_home(void **state)
{
    struct bench *bench = *state;

    for (int i = 1; i <= 3; i++)
        assert_int_equal(submit(bench, i, false, 1000), RESULT_OK);
    assert_true(worker_is_busy(bench->worker, WORKER_EVERY_KIND));
    turn_until_destroyed(bench, 3);
    assert_int_equal(bench->order, 123);
    assert_int_equal(bench->ran, 3);
    assert_false(worker_is_busy(bench->worker, WORKER_EVERY_KIND));
    assert_true(loop_next_due(bench->loop) == LOOP_NEVER);
}

static void test_what_waits_when_cancelled_never_runs(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(submit(bench, 1, true, 1000), RESULT_OK);
    assert_int_equal(submit(bench, 2, false, 1000), RESULT_OK);
    sem_wait(&bench->entered);
    worker_cancel(bench->worker, WORKER_EVERY_KIND);
    assert_int_equal(bench->cancels, 1);
    assert_false(worker_is_busy(bench->worker, WORKER_EVERY_KIND));
    assert_int_equal(submit(bench, 3, false, 1000), RESULT_OK);
    sem_post(&bench->gate);
    turn_until_destroyed(bench, 3);
    assert_int_equal(bench->ran, 2); // the first was running already
    assert_int_equal(bench->order, 3);
}

static void test_only_the_named_kinds_are_cancelled(void **state)
{
    struct bench *bench = *state;

    for (int i = 1; i <= 4; i++)
        assert_int_equal(submit(bench, i, i == 1, 1000), RESULT_OK);
    sem_wait(&bench->entered);
    worker_cancel(bench->worker, 1U << 2 | 1U << 4);
    assert_int_equal(bench->cancels, 0); // the first runs, and is of another kind
    assert_false(worker_is_busy(bench->worker, 1U << 2));
    assert_true(worker_is_busy(bench->worker, 1U << 3));
    sem_post(&bench->gate);
    turn_until_destroyed(bench, 4);
    assert_int_equal(bench->order, 13);
    assert_int_equal(bench->ran, 2);
    for (int i = 0; i < 40; i++) { // numbers come round: no old mark is left
        assert_int_equal(submit(bench, 5, false, 1000), RESULT_OK);
        turn_until_destroyed(bench, 5 + i);
    }
    assert_int_equal(bench->finished, 42);
}

static void test_a_cancel_before_the_run_has_begun_is_not_forgotten(void **state)
{
    struct bench *bench = *state;
    bool first = false, next = true;

    bench->begin_waits = true;
    assert_int_equal(submit_heard(bench, 1, false, 1000, &first), RESULT_OK);
    sem_wait(&bench->entered); // taken from the queue, and nothing done yet
    worker_cancel(bench->worker, WORKER_EVERY_KIND);
    assert_int_equal(submit_heard(bench, 2, false, 1000, &next), RESULT_OK);
    sem_post(&bench->gate);
    turn_until_destroyed(bench, 2);
    assert_int_equal(bench->ran, 2);
    assert_true(first);
    assert_false(next);
    assert_int_equal(bench->order, 2);
}

static void test_a_cancel_after_the_run_does_not_hit_the_next_job(void **state)
{
    struct bench *bench = *state;
    bool next = true;

    assert_int_equal(submit(bench, 1, false, 1000), RESULT_OK);
    assert_int_equal(submit_heard(bench, 2, true, 1000, &next), RESULT_OK);
    sem_wait(&bench->entered); // the second runs; the loop has not been told of the first
    worker_cancel(bench->worker, 1U << 1);
    assert_int_equal(bench->cancels, 0);
    sem_post(&bench->gate);
    turn_until_destroyed(bench, 2);
    assert_false(next);
    assert_int_equal(bench->order, 2);
}

static void test_the_queue_is_bounded(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(submit(bench, 1, true, WORKER_NO_LIMIT), RESULT_OK);
    for (int i = 1; i < WORKER_QUEUE_MAXIMUM; i++)
        assert_int_equal(submit(bench, 1, false, WORKER_NO_LIMIT), RESULT_OK);
    assert_int_equal(submit(bench, 1, false, WORKER_NO_LIMIT), RESULT_BUSY);
    assert_int_equal(bench->destroyed, 1); // the one that was not taken
    assert_true(loop_next_due(bench->loop) == LOOP_NEVER);
    sem_post(&bench->gate);
    turn_until_destroyed(bench, WORKER_QUEUE_MAXIMUM + 1);
}

static void test_a_stuck_job_is_given_up_after_its_limit_and_the_grace(void **state)
{
    struct bench *bench = *state;
    uint64_t start = clock_monotonic_ms();

    assert_int_equal(submit(bench, 7, true, 1000), RESULT_OK);
    assert_int_equal(submit(bench, 8, false, 1000), RESULT_OK);
    sem_wait(&bench->entered);
    assert_in_range(loop_next_due(bench->loop), start + 6000, start + 7000);
    loop_turn(bench->loop, start + 5999);
    assert_int_equal(bench->gave_up, 0);
    loop_turn(bench->loop, start + 8000);
    assert_int_equal(bench->gave_up, 2);
    assert_int_equal(bench->last_given_up, 8);
    assert_int_equal(bench->stuck, 1);
    assert_true(worker_is_stuck(bench->worker));
    assert_int_equal(submit(bench, 9, false, 1000), RESULT_BUSY);

    sem_post(&bench->gate); // the late answer
    turn_until_destroyed(bench, 3);
    assert_int_equal(bench->finished, 0);
    assert_int_equal(bench->ran, 1);
    assert_int_equal(bench->returned, 1);
    assert_int_equal(submit(bench, 1, false, 1000), RESULT_OK);
    turn_until_destroyed(bench, 4);
    assert_int_equal(bench->order, 1);
}

static void test_a_cancelled_job_that_is_stuck_gives_nobody_an_answer(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(submit(bench, 7, true, 1000), RESULT_OK);
    sem_wait(&bench->entered);
    worker_cancel(bench->worker, WORKER_EVERY_KIND);
    loop_turn(bench->loop, clock_monotonic_ms() + 8000);
    assert_int_equal(bench->gave_up, 0);
    assert_int_equal(bench->stuck, 1);
    sem_post(&bench->gate);
    turn_until_destroyed(bench, 1);
    assert_int_equal(bench->finished, 0);
    assert_int_equal(bench->returned, 1);
}

static void test_the_end_drops_what_waits(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(submit(bench, 1, true, 1000), RESULT_OK);
    assert_int_equal(submit(bench, 2, false, 1000), RESULT_OK);
    sem_wait(&bench->entered);
    sem_post(&bench->gate);
    // tear_down destroys worker and loop; the sanitizers judge what is left
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_jobs_run_in_order_and_come_home, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_waits_when_cancelled_never_runs, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_only_the_named_kinds_are_cancelled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_cancel_before_the_run_has_begun_is_not_forgotten,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_cancel_after_the_run_does_not_hit_the_next_job,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_queue_is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_stuck_job_is_given_up_after_its_limit_and_the_grace,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_cancelled_job_that_is_stuck_gives_nobody_an_answer,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_end_drops_what_waits, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
