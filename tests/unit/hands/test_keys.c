// Keys as SDL tells them: a numeric keypad types the PIN, and holding a key is one press.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <SDL2/SDL.h>
#include <string.h>

#include "gallery.h"
#include "hands.h"

struct stage {
    SDL_Surface *surface;
    struct hands hands;
};

static void go_to(struct stage *stage, const char *name)
{
    for (int i = 0; i < gallery_count(); i++) {
        struct gallery_example example;

        gallery_get(i, LANGUAGE_NL, &example);
        if (strcmp(example.name, name) != 0)
            continue;
        assert_int_equal(gallery_show(stage->hands.ui, stage->surface, &example), RESULT_OK);
        ui_press(stage->hands.ui, 1, 1); // whatever ring there was goes
        return;
    }
    fail_msg("no example %s", name);
}

static int set_up(void **state)
{
    static struct stage stage;
    struct ui_settings settings = {.site = gallery_site()};

    assert_int_equal(ui_create(&settings, &stage.hands.ui), RESULT_OK);
    stage.surface = SDL_CreateRGBSurfaceWithFormat(0, 1080, 1920, 32, SDL_PIXELFORMAT_XRGB8888);
    stage.hands.width = 1080;
    stage.hands.height = 1920;
    *state = &stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    ui_destroy(stage->hands.ui);
    SDL_FreeSurface(stage->surface);
    return 0;
}

static bool press(struct stage *stage, SDL_Keycode key, uint8_t repeat, struct ui_action *action)
{
    const SDL_Event event = {
        .key = {.type = SDL_KEYDOWN, .repeat = repeat, .keysym = {.sym = key}}};
    bool acted = false;

    assert_true(hands_take(&stage->hands, &event, &acted, action));
    return acted;
}

static void both_rows_of_digits_type_the_pin(void **state)
{
    static const SDL_Keycode keys[][2] = {
        {SDLK_0, SDLK_KP_0}, {SDLK_1, SDLK_KP_1}, {SDLK_2, SDLK_KP_2}, {SDLK_3, SDLK_KP_3},
        {SDLK_4, SDLK_KP_4}, {SDLK_5, SDLK_KP_5}, {SDLK_6, SDLK_KP_6}, {SDLK_7, SDLK_KP_7},
        {SDLK_8, SDLK_KP_8}, {SDLK_9, SDLK_KP_9},
    };
    struct ui_action action;

    go_to(*state, "PIN");
    for (int digit = 0; digit < 10; digit++) {
        for (int row = 0; row < 2; row++) {
            assert_true(press(*state, keys[digit][row], 0, &action));
            assert_int_equal(action.kind, UI_ACTION_PIN_DIGIT);
            assert_int_equal(action.digit, digit);
        }
    }
}

static void correct_cancel_and_ok_are_keys_too(void **state)
{
    static const struct {
        SDL_Keycode key;
        enum ui_action_kind action;
        enum session_event_kind event;
    } cases[] = {
        {SDLK_BACKSPACE, UI_ACTION_PIN_ERASE, 0},    {SDLK_DELETE, UI_ACTION_PIN_ERASE, 0},
        {SDLK_KP_BACKSPACE, UI_ACTION_PIN_ERASE, 0}, {SDLK_RETURN, UI_ACTION_PIN_OK, 0},
        {SDLK_KP_ENTER, UI_ACTION_PIN_OK, 0},        {SDLK_ESCAPE, UI_ACTION_EVENT, EVENT_STOP},
        {SDLK_CANCEL, UI_ACTION_EVENT, EVENT_STOP},  {SDLK_F1, UI_ACTION_EVENT, EVENT_HELP},
    };
    struct ui_action action;

    go_to(*state, "PIN");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(press(*state, cases[i].key, 0, &action));
        assert_int_equal(action.kind, cases[i].action);
        if (action.kind == UI_ACTION_EVENT)
            assert_int_equal(action.event.kind, cases[i].event);
    }
}

// EN 301 549, 5.7: key repeat is off.
static void holding_a_key_is_one_press(void **state)
{
    struct ui_action action;

    go_to(*state, "PIN");
    assert_true(press(*state, SDLK_KP_5, 0, &action));
    for (int i = 0; i < 150; i++) {
        assert_false(press(*state, SDLK_KP_5, 1, &action));
        assert_int_equal(action.kind, UI_ACTION_NONE);
    }
}

// Digits elsewhere, and while the code is checked, mean that somebody is there, and no more.
static void digits_are_for_the_keypad_alone(void **state)
{
    static const char *const screens[] = {"PIN_CHECKING", "PIN_ON_PAD", "PIN_WRONG", "LIST"};
    struct ui_action action;

    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        go_to(*state, screens[i]);
        assert_true(press(*state, SDLK_KP_1, 0, &action));
        assert_int_equal(action.kind, UI_ACTION_EVENT);
        assert_int_equal(action.event.kind, EVENT_ACTIVITY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_rows_of_digits_type_the_pin),
        cmocka_unit_test(correct_cancel_and_ok_are_keys_too),
        cmocka_unit_test(holding_a_key_is_one_press),
        cmocka_unit_test(digits_are_for_the_keypad_alone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
