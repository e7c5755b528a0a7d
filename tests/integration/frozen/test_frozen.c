// Architecture, section 4: a worker that is stuck in a call without a time limit (a frozen pcscd)
// is given up, the terminal is out of service until the call returns, and then serves the next
// resident. Real session, services, drivers, pcscd and card; fakes for municipality and paper.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "card_slot.h"
#include "clock.h"
#include "story.h"
#include "worker.h"

#define CARD "card"
#define NEXT_CARD "next"
#define READING_MS 2000 // enough to come to the ninth exchange on a busy machine
#define PATIENCE_MS 60000

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
    struct story *story;
};

static void until_reader(struct story *story, enum session_device wanted)
{
    uint64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (services_session(story->services)->reader != wanted && clock_monotonic_ms() < end)
        loop_wait_and_turn(story->loop, end);
    assert_int_equal(services_session(story->services)->reader, wanted);
}

static void until_holding(struct scene *scene)
{
    while (card_bench_holding(scene->bench) == 0)
        loop_wait_and_turn(scene->story->loop, clock_monotonic_ms() + 2);
}

static void begin(struct scene *scene)
{
    struct story *story = scene->story;

    story->card = &scene->slot.port;
    story_start(story);
    until_reader(story, SESSION_DEVICE_READY);
    story_until_screen(story, SCREEN_ATTRACT);
    story_choose_language(story, LANGUAGE_FR);
    story_until_screen(story, SCREEN_INSERT);
}

// From the first touch until the municipality has a signature of the card, by its PIN.
static void next_is_served(struct scene *scene)
{
    struct story *story = scene->story;

    story_choose_language(story, LANGUAGE_NL);
    story_until_screen(story, SCREEN_INSERT);
    card_bench_insert(scene->bench, NEXT_CARD);
    story_until_screen(story, SCREEN_PIN);
    story_type(story, "1234");
    story_until_count(story, &story->fakes.proved, 1);
    card_bench_remove(scene->bench);
}

static void freeze_while_reading(struct scene *scene)
{
    char answer[64];

    // In the middle of the files.
    card_bench_control(scene->bench, "silent-at 9", answer, sizeof answer);
    card_bench_insert(scene->bench, CARD);
    until_holding(scene);
    assert_int_equal(services_session(scene->story->services)->screen, SCREEN_READING);
    card_bench_freeze_service(scene->bench);
    card_bench_control(scene->bench, "let-go", answer, sizeof answer);
}

static void a_frozen_pcscd_is_given_up_and_the_next_is_served(void **state)
{
    struct scene *scene = *state;

    assert_int_equal(story_set_up((void **)&scene->story), 0);
    struct story *story = scene->story;
    story->settings.limits.reading = READING_MS;
    begin(scene);
    freeze_while_reading(scene);
    uint64_t frozen = clock_monotonic_ms();
    until_reader(story, SESSION_DEVICE_LOST);
    uint64_t given_up = clock_monotonic_ms() - frozen;
    print_message("given up after %llu ms, screen %s\n", (unsigned long long)given_up,
                  session_screen_name(services_session(story->services)->screen));
    assert_true(given_up + READING_MS >= WORKER_GRACE_MS);
    card_bench_remove(scene->bench);
    card_bench_thaw_service(scene->bench);
    until_reader(story, SESSION_DEVICE_READY);
    story_until_screen(story, SCREEN_ATTRACT);
    next_is_served(scene);
    assert_int_equal(story_tear_down((void **)&scene->story), 0);
}

int main(int argc, char **argv)
{
    struct scene scene = {};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_frozen_pcscd_is_given_up_and_the_next_is_served, &scene),
    };

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create(argv[1]);
    card_bench_make_card(scene.bench, CARD, "1");
    card_bench_make_card(scene.bench, NEXT_CARD, "1");
    scene.slot = card_slot_open(scene.bench, "Virtual Reader", true);
    int failed = cmocka_run_group_tests(tests, stage_set_up, stage_tear_down);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    return failed;
}
