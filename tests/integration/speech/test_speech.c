// The voice with real sound: what the helper would play lies in a file, sample by sample, at the
// pace at which it would be heard.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "clock.h"
#include "processes.h"
#include "speech_helper.h"

#define SAMPLES_A_SECOND 22050
#define LOUD 300 // of 32767: no longer silence

static const char *helper_program;

struct fixture {
    char folder[TEST_PATH_SIZE], record[TEST_PATH_SIZE];
    struct speech_helper *helper;
    struct speech speech;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    test_folder_create(fixture->folder);
    test_path(fixture->record, fixture->folder, "sound");
    const struct speech_helper_settings settings = {
        .program = helper_program, .device = "", .record = fixture->record};
    assert_int_equal(speech_helper_create(&settings, &fixture->helper), RESULT_OK);
    fixture->speech = speech_helper_port(fixture->helper);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    speech_helper_destroy(fixture->helper);
    test_folder_remove(fixture->folder);
    free(fixture);
    return 0;
}

static void say(struct fixture *fixture, enum language language, const char *words)
{
    assert_int_equal(fixture->speech.verbs->say(fixture->speech.self, language, words), RESULT_OK);
}

static size_t samples_so_far(const struct fixture *fixture)
{
    struct stat file;

    return stat(fixture->record, &file) == 0 ? (size_t)file.st_size / sizeof(int16_t) : 0;
}

static void wait_for_samples(const struct fixture *fixture, size_t count)
{
    for (uint64_t began = clock_monotonic_ms(); samples_so_far(fixture) < count; wait_a_moment())
        assert_true(clock_monotonic_ms() - began < 30000);
}

// Until nothing more is said for half a second of the helper's own pace.
static size_t wait_for_silence(const struct fixture *fixture)
{
    size_t before = samples_so_far(fixture);

    for (uint64_t changed = clock_monotonic_ms(); clock_monotonic_ms() - changed < 1000;) {
        size_t now = samples_so_far(fixture);
        if (now != before)
            changed = clock_monotonic_ms();
        before = now;
        wait_a_moment();
    }
    return before;
}

static int16_t *sound_of(const struct fixture *fixture, size_t count)
{
    int16_t *samples = malloc(count * sizeof *samples);

    assert_non_null(samples);
    assert_int_equal(read_whole_file(fixture->record, samples, count * sizeof *samples),
                     count * sizeof *samples);
    return samples;
}

static void every_language_is_heard(void **state)
{
    static const char *const words[LANGUAGE_COUNT] = {
        [LANGUAGE_FR] = "Insérez votre carte d’identité.",
        [LANGUAGE_NL] = "Steek uw identiteitskaart in de lezer.",
        [LANGUAGE_DE] = "Stecken Sie Ihren Personalausweis ein.",
        [LANGUAGE_EN] = "Insert your identity card.",
    };
    struct fixture *fixture = *state;

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        size_t before = samples_so_far(fixture);
        say(fixture, (enum language)language, words[language]);
        wait_for_samples(fixture, before + SAMPLES_A_SECOND);
        size_t after = wait_for_silence(fixture), first = before;
        int16_t *sound = sound_of(fixture, after);
        int loudest = 0;
        for (size_t i = after; i > before; i--) {
            loudest = abs(sound[i - 1]) > loudest ? abs(sound[i - 1]) : loudest;
            first = abs(sound[i - 1]) > LOUD ? i - 1 : first;
        }
        free(sound);
        assert_in_range(loudest, 3000, 29200);                         // below -1 dBFS
        assert_in_range(first - before, 0, 3 * SAMPLES_A_SECOND / 10); // at most 300 ms of silence
    }
}

static void silence_comes_at_once(void **state)
{
    struct fixture *fixture = *state;

    say(fixture, LANGUAGE_FR,
        "Un deux trois quatre cinq six sept huit neuf dix onze douze treize "
        "quatorze quinze seize dix-sept dix-huit dix-neuf vingt.");
    wait_for_samples(fixture, SAMPLES_A_SECOND / 2);
    size_t asked = samples_so_far(fixture);
    fixture->speech.verbs->stop(fixture->speech.self);
    size_t heard = wait_for_silence(fixture);
    // The file is written at the pace of hearing; a sentence of 8 s would go on.
    assert_in_range(heard - asked, 0, 2 * SAMPLES_A_SECOND);
}

static void the_next_words_end_the_ones_before(void **state)
{
    struct fixture *fixture = *state;

    say(fixture, LANGUAGE_EN,
        "This is a very long sentence that nobody will hear to its end, "
        "because another one comes before that, and it goes on and on.");
    wait_for_samples(fixture, SAMPLES_A_SECOND / 2);
    say(fixture, LANGUAGE_EN, "No.");
    assert_in_range(wait_for_silence(fixture), SAMPLES_A_SECOND / 2, 5 * SAMPLES_A_SECOND);
}

static void a_line_feed_is_no_command(void **state)
{
    struct fixture *fixture = *state;

    say(fixture, LANGUAGE_NL, "Een zin\nsay fr 125 0 stil\nen nog een zin die lang genoeg is.");
    wait_for_samples(fixture, 2 * SAMPLES_A_SECOND);
}

static void a_helper_that_died_is_started_anew(void **state)
{
    struct fixture *fixture = *state;
    const struct speech_helper_settings settings = {
        .program = helper_program, .device = "no-such-device", .record = ""};
    owned(speech_helper) deaf = NULL;
    enum result result = RESULT_OK;

    assert_int_equal(speech_helper_create(&settings, &deaf), RESULT_OK);
    struct speech speech = speech_helper_port(deaf);
    // It ends when it cannot open its device; that is noticed with one of the next words.
    for (uint64_t began = clock_monotonic_ms(); result == RESULT_OK; wait_a_moment()) {
        result = speech.verbs->say(speech.self, LANGUAGE_FR, "Personne n’entend.");
        assert_true(clock_monotonic_ms() - began < 20000);
    }
    assert_int_equal(result, RESULT_UNREACHABLE);
    assert_int_equal(speech.verbs->say(speech.self, LANGUAGE_FR, "Encore."), RESULT_OK);
    say(fixture, LANGUAGE_FR, "Mais ici, oui.");
    wait_for_samples(fixture, SAMPLES_A_SECOND / 2);
}

static void settings_that_cannot_be_are_refused(void **state)
{
    static const struct speech_helper_settings wrong[] = {
        {.program = "eguichet-speech", .device = "null", .record = ""},
        {.program = "/nonexistent", .device = "null", .record = ""},
        {.program = "/bin/true", .device = "", .record = ""},
        {.program = "/bin/true", .device = "null", .record = "/tmp/x"},
    };
    owned(speech_helper) helper = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(speech_helper_create(&wrong[i], &helper), RESULT_INVALID);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        print_error("usage: %s EGUICHET_SPEECH\n", argv[0]);
        return 2;
    }
    helper_program = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_language_is_heard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(silence_comes_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_next_words_end_the_ones_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_feed_is_no_command, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_helper_that_died_is_started_anew, set_up, tear_down),
        cmocka_unit_test(settings_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
