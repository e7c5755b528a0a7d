// Architecture, section 4: a worker that is stuck in a call without a time limit (a frozen pcscd)
// is given up, the terminal is out of service until the call returns, and then serves the next
// resident. And the PIN is asked for while the card is read, but sent only to a good one. Real
// session, services, drivers, pcscd and card; fakes for municipality and paper.
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
#include "str.h"
#include "worker.h"

#define CARD "card"
#define NEXT_CARD "next"
#define FORGED_CARD "forged"
// A command in the middle of the files, behind the identity and before the certificates.
#define MIDDLE 9
#define READING_MS 6000 // enough to come to the middle of a card on a busy machine
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

// Nothing is in the way of the next test's card.
static void until_empty(struct story *story)
{
    uint64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (services_session(story->services)->slot != SESSION_SLOT_EMPTY &&
           clock_monotonic_ms() < end)
        loop_wait_and_turn(story->loop, end);
    assert_int_equal(services_session(story->services)->slot, SESSION_SLOT_EMPTY);
}

static void until_holding(struct scene *scene)
{
    uint64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (card_bench_holding(scene->bench) == 0 && clock_monotonic_ms() < end)
        loop_wait_and_turn(scene->story->loop, clock_monotonic_ms() + 2);
    assert_int_not_equal(card_bench_holding(scene->bench), 0);
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
    char line[32], answer[64];

    assert_int_equal(str_format(line, sizeof line, "silent-at %d", MIDDLE), RESULT_OK);
    card_bench_control(scene->bench, line, answer, sizeof answer);
    card_bench_insert(scene->bench, CARD);
    until_holding(scene);
    // Nobody can tell yet whether it is a good one: the PIN may be typed, and waits.
    story_until_screen(scene->story, SCREEN_PIN);
    story_type(scene->story, "1234");
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
    assert_int_equal(story->fakes.opened, 0);
    next_is_served(scene);
    assert_int_equal(story_tear_down((void **)&scene->story), 0);
}

// ---- the PIN is typed while the card is read

// The card keeps its answer in the middle of the files to itself, and the resident has typed.
static void begin_typing_early(struct scene *scene, const char *card)
{
    char line[32], answer[64];

    assert_int_equal(story_set_up((void **)&scene->story), 0);
    begin(scene);
    assert_int_equal(str_format(line, sizeof line, "silent-at %d", MIDDLE), RESULT_OK);
    card_bench_control(scene->bench, line, answer, sizeof answer);
    card_bench_insert(scene->bench, card);
    until_holding(scene);
    story_until_screen(scene->story, SCREEN_PIN);
    story_type(scene->story, "1234");
    assert_int_equal(services_session(scene->story->services)->screen, SCREEN_PIN_CHECKING);
    assert_int_equal(card_bench_commands(scene->bench), MIDDLE);
}

static void end_visit(struct scene *scene)
{
    char answer[64];

    card_bench_control(scene->bench, "silent-at 0", answer, sizeof answer);
    card_bench_remove(scene->bench);
    until_empty(scene->story);
    assert_int_equal(story_tear_down((void **)&scene->story), 0);
}

static void the_pin_is_asked_for_before_the_card_is_read(void **state)
{
    struct scene *scene = *state;
    char answer[64];

    begin_typing_early(scene, CARD);
    assert_int_equal(card_bench_tries(scene->bench), 3);
    card_bench_control(scene->bench, "let-go", answer, sizeof answer);
    story_until_count(scene->story, &scene->story->fakes.proved, 1);
    long commands = card_bench_commands(scene->bench);
    print_message("the PIN was typed at command %d of %ld\n", MIDDLE, commands);
    assert_true(commands > 2 * MIDDLE);
    end_visit(scene);
}

static void a_card_that_is_not_good_does_not_get_the_pin(void **state)
{
    struct scene *scene = *state;
    char answer[64];

    begin_typing_early(scene, FORGED_CARD);
    card_bench_control(scene->bench, "let-go", answer, sizeof answer);
    story_until_screen(scene->story, SCREEN_CARD_NOT_VERIFIABLE);
    assert_int_equal(card_bench_tries(scene->bench), 3);
    assert_int_equal(card_bench_verified(scene->bench), 0);
    assert_int_equal(scene->story->fakes.opened, 0);
    end_visit(scene);
}

static void a_card_pulled_while_the_pin_waits_ends_all(void **state)
{
    struct scene *scene = *state;

    begin_typing_early(scene, CARD);
    card_bench_remove(scene->bench);
    story_until_screen(scene->story, SCREEN_CARD_EARLY);
    end_visit(scene);
}

// One bit of the signed address is another.
static void make_forged_card(struct card_bench *bench)
{
    char path[TEST_PATH_SIZE];
    uint8_t byte = 0;

    card_bench_make_card(bench, FORGED_CARD, "1");
    card_bench_path(bench, FORGED_CARD "/address", path);
    FILE *file = fopen(path, "r+be");
    if (file == NULL || fseek(file, 4, SEEK_SET) != 0 || fread(&byte, 1, 1, file) != 1)
        exit(1);
    byte ^= 1;
    if (fseek(file, 4, SEEK_SET) != 0 || fwrite(&byte, 1, 1, file) != 1 || fclose(file) != 0)
        exit(1);
}

int main(int argc, char **argv)
{
    struct scene scene = {};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_pin_is_asked_for_before_the_card_is_read, &scene),
        cmocka_unit_test_prestate(a_card_that_is_not_good_does_not_get_the_pin, &scene),
        cmocka_unit_test_prestate(a_card_pulled_while_the_pin_waits_ends_all, &scene),
        cmocka_unit_test_prestate(a_frozen_pcscd_is_given_up_and_the_next_is_served, &scene),
    };

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create(argv[1]);
    card_bench_make_card(scene.bench, CARD, "1");
    card_bench_make_card(scene.bench, NEXT_CARD, "1");
    make_forged_card(scene.bench);
    scene.slot = card_slot_open(scene.bench, "Virtual Reader", true);
    int failed = cmocka_run_group_tests(tests, stage_set_up, stage_tear_down);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    return failed;
}
