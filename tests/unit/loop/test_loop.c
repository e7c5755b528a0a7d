// Messages in order and never lost, wakes only when needed, timers by their due time.
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "clock.h"
#include "loop.h"

struct note {
    struct message message;
    int number;
    int *seen;
    int *discarded;
};

static void note_deliver(struct message *message, uint64_t now)
{
    struct note *note = (struct note *)message;

    (void)now;
    *note->seen = *note->seen * 10 + note->number;
    free(note);
}

static void note_discard(struct message *message)
{
    struct note *note = (struct note *)message;

    ++*note->discarded;
    free(note);
}

static const struct message_verbs note_verbs = {note_deliver, note_discard};

static void post(struct loop *loop, int number, int *seen, int *discarded)
{
    struct note *note = malloc(sizeof *note);

    *note = (struct note){{&note_verbs, NULL}, number, seen, discarded};
    loop_post(loop, &note->message);
}

static void count_wake(void *self)
{
    ++*(int *)self;
}

static void test_messages_arrive_in_order_and_wake_once(void **state)
{
    owned(loop) loop = NULL;
    int wakes = 0, seen = 0, discarded = 0;

    (void)state;
    assert_int_equal(loop_create((struct loop_wake){count_wake, &wakes}, &loop), RESULT_OK);
    post(loop, 1, &seen, &discarded);
    post(loop, 2, &seen, &discarded);
    assert_int_equal(wakes, 1);
    loop_turn(loop, 0);
    assert_int_equal(seen, 12);
    post(loop, 3, &seen, &discarded);
    assert_int_equal(wakes, 2);
    loop_destroy(take(loop));
    assert_int_equal(seen, 12);
    assert_int_equal(discarded, 1);
}

struct clockwork {
    struct loop *loop;
    struct loop_timer timer;
    int *seen;
    int number;
    uint64_t again;
};

static void clockwork_fire(void *self, uint64_t now)
{
    struct clockwork *clockwork = self;

    *clockwork->seen = *clockwork->seen * 10 + clockwork->number;
    if (clockwork->again > 0)
        loop_arm(clockwork->loop, &clockwork->timer, now + clockwork->again);
}

static struct clockwork clockwork(struct loop *loop, int *seen, int number)
{
    return (struct clockwork){.loop = loop, .seen = seen, .number = number};
}

static void arm(struct clockwork *clockwork, uint64_t due)
{
    clockwork->timer.fire = clockwork_fire;
    clockwork->timer.self = clockwork;
    loop_arm(clockwork->loop, &clockwork->timer, due);
}

static void test_timers_fire_by_their_due_time(void **state)
{
    owned(loop) loop = NULL;
    int seen = 0;

    (void)state;
    assert_int_equal(loop_create((struct loop_wake){}, &loop), RESULT_OK);
    struct clockwork one = clockwork(loop, &seen, 1), two = clockwork(loop, &seen, 2),
                     three = clockwork(loop, &seen, 3);
    assert_true(loop_next_due(loop) == LOOP_NEVER);
    arm(&two, 200);
    arm(&one, 100);
    arm(&three, 300);
    assert_int_equal(loop_next_due(loop), 100);
    loop_turn(loop, 99);
    assert_int_equal(seen, 0);
    loop_turn(loop, 250);
    assert_int_equal(seen, 12);
    loop_disarm(loop, &three.timer);
    loop_turn(loop, 1000);
    assert_int_equal(seen, 12);
    assert_true(loop_next_due(loop) == LOOP_NEVER);
    assert_int_equal(one.timer.fired, 1);
}

static void test_a_timer_may_arm_itself_again(void **state)
{
    owned(loop) loop = NULL;
    int seen = 0;

    (void)state;
    assert_int_equal(loop_create((struct loop_wake){}, &loop), RESULT_OK);
    struct clockwork one = clockwork(loop, &seen, 1);
    one.again = 50;
    arm(&one, 100);
    loop_turn(loop, 100);
    assert_int_equal(seen, 1);
    assert_int_equal(loop_next_due(loop), 150);
    arm(&one, 400); // arming replaces
    assert_int_equal(loop_next_due(loop), 400);
    loop_disarm(loop, &one.timer);
}

#define POSTERS 4
#define POSTS 200

struct poster {
    struct loop *loop;
    int seen, discarded;
};

static void counting_deliver(struct message *message, uint64_t now)
{
    struct note *note = (struct note *)message;

    (void)now;
    ++*note->seen;
    free(note);
}

static void *post_many(void *self)
{
    static const struct message_verbs counting = {counting_deliver, note_discard};
    struct poster *poster = self;

    for (int i = 0; i < POSTS; i++) {
        struct note *note = malloc(sizeof *note);

        *note = (struct note){{&counting, NULL}, 1, &poster->seen, &poster->discarded};
        loop_post(poster->loop, &note->message);
    }
    return NULL;
}

static void test_nothing_is_lost_between_threads(void **state)
{
    owned(loop) loop = NULL;
    struct poster posters[POSTERS] = {};
    pthread_t threads[POSTERS];

    (void)state;
    assert_int_equal(loop_create((struct loop_wake){}, &loop), RESULT_OK);
    for (int i = 0; i < POSTERS; i++) {
        posters[i].loop = loop;
        assert_int_equal(pthread_create(&threads[i], NULL, post_many, &posters[i]), 0);
    }
    for (int i = 0; i < 100; i++) // some arrive while others are being posted
        loop_turn(loop, 0);
    for (int i = 0; i < POSTERS; i++)
        pthread_join(threads[i], NULL);
    loop_turn(loop, 0);
    for (int i = 0; i < POSTERS; i++) {
        assert_int_equal(posters[i].seen, POSTS);
        assert_int_equal(posters[i].discarded, 0);
    }
}

static void *post_one_later(void *self)
{
    struct poster *poster = self;

    post(poster->loop, 1, &poster->seen, &poster->discarded);
    return NULL;
}

static void test_waiting_ends_with_a_message_or_in_time(void **state)
{
    owned(loop) loop = NULL;
    struct poster poster = {};
    pthread_t thread;

    (void)state;
    assert_int_equal(loop_create((struct loop_wake){}, &loop), RESULT_OK);
    poster.loop = loop;
    uint64_t start = clock_monotonic_ms();
    loop_wait_and_turn(loop, start + 5);
    assert_in_range(clock_monotonic_ms(), start + 5, start + 5000);
    assert_int_equal(pthread_create(&thread, NULL, post_one_later, &poster), 0);
    loop_wait_and_turn(loop, LOOP_NEVER);
    pthread_join(thread, NULL);
    assert_int_equal(poster.seen, 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages_arrive_in_order_and_wake_once),
        cmocka_unit_test(test_timers_fire_by_their_due_time),
        cmocka_unit_test(test_a_timer_may_arm_itself_again),
        cmocka_unit_test(test_nothing_is_lost_between_threads),
        cmocka_unit_test(test_waiting_ends_with_a_message_or_in_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
