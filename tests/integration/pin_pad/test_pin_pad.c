// The PIN typed at the reader's own keys: real pcscd, virtual reader with keys, virtual card.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "card_slot.h"
#include "other_process.h"
#include "recorded_calls.h"
#include "str.h"

#define CARD "card"
#define BLOCKED_CARD "blocked"
#define READER "Virtual Reader"
#define SECONDS 30

struct scene {
    struct card_bench *bench;
    struct card_slot slot;
    const char *program;
};

// One entry in a thread of its own, for it waits for keys.
struct entering {
    struct card_slot *slot;
    int seconds;
    pthread_t thread;
    struct pin_outcome outcome;
    enum result result;
};

static void *enter(void *self)
{
    struct entering *entering = self;
    const struct card_reader *port = &entering->slot->port;

    entering->result = port->verbs->verify_pin_on_pad(port->self, entering->seconds, LANGUAGE_FR,
                                                      &entering->outcome);
    return NULL;
}

static void begin_entry(struct scene *scene, struct entering *entering, int seconds)
{
    *entering = (struct entering){.slot = &scene->slot, .seconds = seconds};
    assert_int_equal(pthread_create(&entering->thread, NULL, enter, entering), 0);
}

static enum result end_entry(struct entering *entering, struct pin_outcome *outcome)
{
    assert_int_equal(pthread_join(entering->thread, NULL), 0);
    *outcome = entering->outcome;
    return entering->result;
}

static void press(struct scene *scene, const char *line)
{
    card_bench_pad_done(card_bench_pad(scene->bench, line));
}

static enum result type(struct scene *scene, const char *line, struct pin_outcome *outcome)
{
    struct entering entering;

    begin_entry(scene, &entering, SECONDS);
    press(scene, line);
    return end_entry(&entering, outcome);
}

static struct card_findings read_card(struct scene *scene)
{
    struct card_files files = {};
    struct card_findings findings;
    const struct card_reader *port = &scene->slot.port;

    assert_int_equal(port->verbs->read(port->self, &files, &findings), RESULT_OK);
    card_files_wipe(&files);
    return findings;
}

static enum result sign(struct scene *scene)
{
    struct card_signature signature;
    const struct card_reader *port = &scene->slot.port;
    static const uint8_t challenge[] = "a challenge";

    return port->verbs->sign(port->self, (struct bytes){challenge, sizeof challenge}, &signature);
}

static enum result release(struct scene *scene)
{
    return scene->slot.port.verbs->release(scene->slot.port.self);
}

static void insert_and_read(struct scene *scene, const char *card)
{
    card_bench_insert(scene->bench, card);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
    assert_true(read_card(scene).pin_pad);
    recorded_calls_forget();
}

static void take_out(struct scene *scene)
{
    assert_int_equal(release(scene), RESULT_OK);
    card_bench_remove(scene->bench);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
}

static void the_right_pin_opens_the_key_and_never_comes_here(void **state)
{
    // As the official middleware asks: PC/SC part 10, PIN_VERIFY_STRUCTURE and a VERIFY without
    // digits. wLangId is French of Belgium.
    static const uint8_t asked[] = {
        0x1E, 0x1E, 0x89, 0x47, 0x04, 0x0C, 0x04, 0x02, 0x01, 0x0C, 0x08,
        0x00, 0x00, 0x00, 0x00, 0x0D, 0x00, 0x00, 0x00, 0x00, 0x20, 0x00,
        0x01, 0x08, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    };
    struct scene *scene = *state;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    assert_int_equal(sign(scene), RESULT_REFUSED);
    assert_int_equal(type(scene, "pin 1234", &outcome), RESULT_OK);
    assert_int_equal(outcome.entry, PIN_ENTRY_SENT);
    assert_true(outcome.accepted);
    assert_int_equal(sign(scene), RESULT_OK);

    struct recorded_call calls = recorded_calls();
    assert_int_equal(calls.controls, 1); // what the reader can do was asked for once, at reading
    assert_int_equal(calls.verifies, 0);
    assert_int_equal(calls.request_size, sizeof asked);
    assert_memory_equal(calls.request, asked, sizeof asked);
    assert_int_equal(calls.answer_size, 2);
    assert_int_equal(pcsc_channel_traffic(scene->slot.channel).entries, 1);
    take_out(scene);
}

static void wrong_pins_are_counted_and_the_last_one_blocks(void **state)
{
    struct scene *scene = *state;
    struct pin_outcome outcome;

    insert_and_read(scene, BLOCKED_CARD);
    for (int left = 2; left >= 0; left--) {
        assert_int_equal(type(scene, "pin 999999999999", &outcome), RESULT_OK);
        assert_false(outcome.accepted);
        assert_int_equal(outcome.tries_left, left);
    }
    // Blocked: the reader does not even ask.
    recorded_calls_forget();
    const struct card_reader *port = &scene->slot.port;
    assert_int_equal(port->verbs->verify_pin_on_pad(port->self, SECONDS, LANGUAGE_DE, &outcome),
                     RESULT_OK);
    assert_int_equal(outcome.tries_left, 0);
    assert_int_equal(recorded_calls().controls, 0);
    take_out(scene);
}

static void what_is_not_sent_costs_no_try(void **state)
{
    static const struct {
        const char *line;
        enum pin_entry entry;
    } ends[] = {
        {"cancel", PIN_ENTRY_CANCELLED},
        {"timeout", PIN_ENTRY_TIMED_OUT},
        {"pin 123", PIN_ENTRY_WRONG_LENGTH},
    };
    struct scene *scene = *state;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        assert_int_equal(type(scene, ends[i].line, &outcome), RESULT_OK);
        assert_int_equal(outcome.entry, ends[i].entry);
        assert_false(outcome.accepted);
        assert_int_equal(card_bench_tries(scene->bench), 3);
    }
    take_out(scene);
}

static void digits_can_be_taken_back(void **state)
{
    struct scene *scene = *state;
    struct entering entering;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    begin_entry(scene, &entering, SECONDS);
    press(scene, "keys 99");
    press(scene, "correct");
    press(scene, "keys 12");
    press(scene, "keys 34");
    press(scene, "ok");
    assert_int_equal(end_entry(&entering, &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    take_out(scene);
}

// The times that we ask for are kept by the reader: it alone ends an entry.
static void the_reader_ends_an_entry_by_itself(void **state)
{
    struct scene *scene = *state;
    struct entering entering;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    begin_entry(scene, &entering, 1);
    assert_int_equal(end_entry(&entering, &outcome), RESULT_OK);
    assert_int_equal(outcome.entry, PIN_ENTRY_TIMED_OUT);
    assert_int_equal(card_bench_tries(scene->bench), 3);
    take_out(scene);
}

static void a_reader_that_refuses_is_told_apart(void **state)
{
    struct scene *scene = *state;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    assert_int_equal(type(scene, "answer 6404", &outcome), RESULT_REFUSED);
    assert_int_equal(type(scene, "answer 6B80", &outcome), RESULT_REFUSED);
    assert_int_equal(type(scene, "answer 6A88", &outcome), RESULT_FAILED);
    assert_false(outcome.accepted);
    take_out(scene);
}

static void a_card_pulled_during_the_entry_ends_it(void **state)
{
    struct scene *scene = *state;
    struct entering entering;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    begin_entry(scene, &entering, SECONDS);
    press(scene, "keys 12");
    int64_t start = microseconds_now();
    card_bench_remove(scene->bench);
    assert_int_equal(end_entry(&entering, &outcome), RESULT_REMOVED);
    printf("an entry ended %lld ms after the card was pulled\n",
           (long long)(microseconds_now() - start) / 1000);
    assert_int_equal(release(scene), RESULT_OK);
    card_slot_until(&scene->slot, CARD_PRESENCE_ABSENT);
    insert_and_read(scene, CARD); // the next one is served
    assert_int_equal(type(scene, "pin 1234", &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    take_out(scene);
}

// The card had the PIN, its answer got lost: one try is gone, and no more.
static void a_lost_answer_is_not_asked_for_again(void **state)
{
    struct scene *scene = *state;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    assert_int_equal(type(scene, "lose 4321", &outcome), RESULT_FAILED);
    assert_int_equal(recorded_calls().controls, 1);
    assert_int_equal(card_bench_tries(scene->bench), 2);
    assert_int_equal(read_card(scene).pin_tries_left, 2);
    assert_int_equal(type(scene, "pin 1234", &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    take_out(scene);
}

static void a_pin_for_a_cancelled_entry_opens_nothing(void **state)
{
    struct scene *scene = *state;
    const struct card_reader *port = &scene->slot.port;
    struct entering entering;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    port->verbs->begin(port->self, 7);
    begin_entry(scene, &entering, SECONDS);
    press(scene, "wait");
    port->verbs->cancel(port->self, 7);
    press(scene, "pin 1234");
    assert_int_equal(end_entry(&entering, &outcome), RESULT_CANCELLED);
    assert_int_equal(card_bench_verified(scene->bench), 0);
    port->verbs->begin(port->self, 8);
    assert_int_equal(sign(scene), RESULT_REFUSED);
    port->verbs->begin(port->self, 0);
    take_out(scene);
}

static void after_release_nobody_else_can_sign(void **state)
{
    struct scene *scene = *state;
    struct pin_outcome outcome;

    insert_and_read(scene, CARD);
    assert_int_equal(type(scene, "pin 1234", &outcome), RESULT_OK);
    assert_true(outcome.accepted);
    assert_int_equal(other_process_signs(scene->program), 0); // the card is ours
    assert_int_equal(release(scene), RESULT_OK);
    assert_int_equal(other_process_signs(scene->program), 0x6982);
    take_out(scene);
}

// A program that is not ours finds the keys too, and agrees on what they did.
static void opensc_uses_the_same_keys(void **state)
{
    struct scene *scene = *state;
    const char *const arguments[] = {"timeout", "60", "pkcs15-tool", "--verify-pin", NULL};
    int status = 0;

    card_bench_insert(scene->bench, CARD);
    card_slot_until(&scene->slot, CARD_PRESENCE_PRESENT);
    pid_t opensc = process_start(arguments);
    press(scene, "pin 4321");
    assert_int_equal(waitpid(opensc, &status, 0), opensc);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    assert_int_equal(card_bench_tries(scene->bench), 2);
    opensc = process_start(arguments);
    press(scene, "pin 1234");
    assert_int_equal(waitpid(opensc, &status, 0), opensc);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(card_bench_tries(scene->bench), 3);
    take_out(scene);
}

#define SCENE(function) cmocka_unit_test_prestate(function, &scene)

int main(int argc, char **argv)
{
    struct scene scene = {.program = argv[0]};
    const struct CMUnitTest tests[] = {
        SCENE(the_right_pin_opens_the_key_and_never_comes_here),
        SCENE(wrong_pins_are_counted_and_the_last_one_blocks),
        SCENE(what_is_not_sent_costs_no_try),
        SCENE(digits_can_be_taken_back),
        SCENE(the_reader_ends_an_entry_by_itself),
        SCENE(a_reader_that_refuses_is_told_apart),
        SCENE(a_card_pulled_during_the_entry_ends_it),
        SCENE(a_lost_answer_is_not_asked_for_again),
        SCENE(a_pin_for_a_cancelled_entry_opens_nothing),
        SCENE(after_release_nobody_else_can_sign),
        SCENE(opensc_uses_the_same_keys),
    };

    if (argc == 2 && str_equal(argv[1], "--sign"))
        return other_process_main();
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER_OF_PROGRAMS\n", argv[0]);
        return 2;
    }
    scene.bench = card_bench_create_with_pin_pad(argv[1]);
    card_bench_make_card(scene.bench, CARD, "1");
    card_bench_make_card(scene.bench, BLOCKED_CARD, "1");
    scene.slot = card_slot_open(scene.bench, READER, true);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    card_slot_close(&scene.slot);
    card_bench_destroy(scene.bench);
    return failed;
}
