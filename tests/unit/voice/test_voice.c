// What the voice says of a screen, when it does, and when it is silent.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gallery.h"
#include "voice.h"

#define SAID_SIZE 4096

// A voice that writes down what it would say.
struct transcript {
    char said[SAID_SIZE];
    enum language language;
    int utterances, stops;
};

struct fixture {
    struct ui *ui;
    SDL_Surface *surface;
    struct transcript transcript;
    struct voice *voice;
};

static enum result write_down(void *self, enum language language, const char *words)
{
    struct transcript *transcript = self;

    assert_true(strlen(words) < SAID_SIZE);
    memcpy(transcript->said, words, strlen(words) + 1);
    transcript->language = language;
    transcript->utterances++;
    return RESULT_OK;
}

static void count_stop(void *self)
{
    ((struct transcript *)self)->stops++;
}

static int set_up(void **state)
{
    static const struct speech_verbs verbs = {.say = write_down, .stop = count_stop};
    struct ui_settings settings = {.site = gallery_site()};
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    assert_int_equal(ui_create(&settings, &fixture->ui), RESULT_OK);
    fixture->surface = SDL_CreateRGBSurfaceWithFormat(0, 1080, 1920, 32, SDL_PIXELFORMAT_XRGB8888);
    const struct speech speech = {&verbs, &fixture->transcript};
    assert_int_equal(voice_create(speech, &fixture->voice), RESULT_OK);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    voice_destroy(fixture->voice);
    ui_destroy(fixture->ui);
    SDL_FreeSurface(fixture->surface);
    free(fixture);
    return 0;
}

static void show(struct fixture *fixture, const char *name, enum language language)
{
    for (int i = 0; i < gallery_count(); i++) {
        struct gallery_example example;

        gallery_get(i, language, &example);
        if (strcmp(example.name, name) == 0) {
            assert_int_equal(gallery_show(fixture->ui, fixture->surface, &example), RESULT_OK);
            voice_follow(fixture->voice, fixture->ui);
            return;
        }
    }
    fail_msg("no example %s", name);
}

static bool press(struct fixture *fixture, SDL_Keycode key)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = key}}};

    return voice_take(fixture->voice, &event);
}

static void a_voice_is_off_until_it_is_asked_for(void **state)
{
    struct fixture *fixture = *state;

    show(fixture, "PIN", LANGUAGE_FR);
    assert_int_equal(fixture->transcript.utterances, 0);
    assert_true(press(fixture, SDLK_F2));
    voice_follow(fixture->voice, fixture->ui);
    assert_int_equal(fixture->transcript.utterances, 1);
    assert_non_null(strstr(fixture->transcript.said, "code PIN"));
    assert_int_equal(fixture->transcript.language, LANGUAGE_FR);
}

static void a_screen_is_said_once_in_its_language(void **state)
{
    struct fixture *fixture = *state;

    press(fixture, SDLK_F2);
    show(fixture, "INSERT", LANGUAGE_NL);
    assert_int_equal(fixture->transcript.utterances, 1);
    assert_int_equal(fixture->transcript.language, LANGUAGE_NL);
    show(fixture, "INSERT", LANGUAGE_NL);
    assert_int_equal(fixture->transcript.utterances, 1);
    show(fixture, "READING", LANGUAGE_NL);
    assert_int_equal(fixture->transcript.utterances, 2);
}

static void digits_are_counted_and_never_said(void **state)
{
    struct fixture *fixture = *state;

    press(fixture, SDLK_F2);
    show(fixture, "PIN-empty", LANGUAGE_EN);
    show(fixture, "PIN", LANGUAGE_EN);
    assert_int_equal(fixture->transcript.utterances, 2);
    assert_non_null(strstr(fixture->transcript.said, "digits"));
    assert_null(strchr(fixture->transcript.said, '.')); // the count alone, not the screen again
}

static void the_focus_is_said_and_a_language_in_its_own(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;
    bool german = false, dutch = false;

    press(fixture, SDLK_F2);
    show(fixture, "ATTRACT", LANGUAGE_FR);
    for (int i = 0; i < 20; i++) {
        ui_key(fixture->ui, UI_KEY_NEXT, &action);
        voice_follow(fixture->voice, fixture->ui);
        german |= strstr(fixture->transcript.said, "Deutsch") != NULL &&
                  fixture->transcript.language == LANGUAGE_DE;
        dutch |= strstr(fixture->transcript.said, "Nederlands") != NULL &&
                 fixture->transcript.language == LANGUAGE_NL;
    }
    assert_true(german && dutch);
}

static void a_key_or_a_touch_ends_the_sentence(void **state)
{
    struct fixture *fixture = *state;
    SDL_Event touch = {.type = SDL_FINGERDOWN};

    press(fixture, SDLK_F2);
    show(fixture, "INSERT", LANGUAGE_FR);
    assert_false(press(fixture, SDLK_TAB));
    assert_int_equal(fixture->transcript.stops, 1);
    assert_false(voice_take(fixture->voice, &touch));
    assert_int_equal(fixture->transcript.stops, 2);
}

static void repeat_says_the_same_again(void **state)
{
    struct fixture *fixture = *state;
    char first[SAID_SIZE];

    press(fixture, SDLK_F2);
    show(fixture, "LIST", LANGUAGE_DE);
    memcpy(first, fixture->transcript.said, sizeof first);
    assert_true(press(fixture, SDLK_F3));
    voice_follow(fixture->voice, fixture->ui);
    assert_int_equal(fixture->transcript.utterances, 2);
    assert_string_equal(fixture->transcript.said, first);
}

static void the_next_resident_finds_it_off(void **state)
{
    struct fixture *fixture = *state;

    press(fixture, SDLK_F2);
    show(fixture, "ATTRACT", LANGUAGE_FR); // switched on before the session: it stays on
    show(fixture, "INSERT", LANGUAGE_FR);
    show(fixture, "END", LANGUAGE_FR);
    int before = fixture->transcript.utterances;
    assert_true(before >= 3);
    show(fixture, "ATTRACT", LANGUAGE_FR);
    show(fixture, "INSERT", LANGUAGE_FR);
    assert_int_equal(fixture->transcript.utterances, before);
}

static void without_a_voice_its_keys_mean_nothing(void **state)
{
    struct fixture *fixture = *state;
    owned(voice) mute = NULL;
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_F2}}};

    assert_int_equal(voice_create((struct speech){}, &mute), RESULT_OK);
    assert_false(voice_take(mute, &event));
    voice_follow(mute, fixture->ui);
}

// Every screen has something to say in every language, and no slot or mark-up in it.
static void every_screen_speaks(void **state)
{
    struct fixture *fixture = *state;

    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int i = 0; i < gallery_count(); i++) {
            struct gallery_example example;
            struct ui_spoken spoken;

            gallery_get(i, (enum language)language, &example);
            assert_int_equal(gallery_show(fixture->ui, fixture->surface, &example), RESULT_OK);
            assert_int_equal(ui_spoken(fixture->ui, UI_SPOKEN_SCREEN, &spoken), RESULT_OK);
            if (spoken.words[0] == '\0' || strchr(spoken.words, '{') != NULL)
                fail_msg("%s says \"%s\"", example.name, spoken.words);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_voice_is_off_until_it_is_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_screen_is_said_once_in_its_language, set_up, tear_down),
        cmocka_unit_test_setup_teardown(digits_are_counted_and_never_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_focus_is_said_and_a_language_in_its_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_key_or_a_touch_ends_the_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repeat_says_the_same_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_next_resident_finds_it_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_voice_its_keys_mean_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_screen_speaks, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
