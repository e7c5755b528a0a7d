// What fingers and keys mean on each screen.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gallery.h"
#include "ui_state.h"

struct fixture {
    struct ui *ui;
    SDL_Surface *surface;
};

static int set_up(void **state)
{
    struct ui_settings settings = {.site = gallery_site()};
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    assert_int_equal(ui_create(&settings, &fixture->ui), RESULT_OK);
    fixture->surface = SDL_CreateRGBSurfaceWithFormat(0, 1080, 1920, 32, SDL_PIXELFORMAT_XRGB8888);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    ui_destroy(fixture->ui);
    SDL_FreeSurface(fixture->surface);
    free(fixture);
    return 0;
}

static void go_to(struct fixture *fixture, const char *name)
{
    for (int i = 0; i < gallery_count(); i++) {
        struct gallery_example example;

        gallery_get(i, LANGUAGE_FR, &example);
        if (strcmp(example.name, name) == 0) {
            assert_int_equal(gallery_show(fixture->ui, fixture->surface, &example), RESULT_OK);
            return;
        }
    }
    fail_msg("no example %s", name);
}

static SDL_Point middle_of(struct fixture *fixture, const char *id)
{
    const struct screen *screen = &fixture->ui->before;

    for (int i = 0; i < screen->count; i++) {
        const SDL_Rect *box = &screen->list[i].box;

        if (strcmp(screen->list[i].id, id) == 0)
            return (SDL_Point){box->x + box->w / 2, box->y + box->h / 2};
    }
    fail_msg("no widget %s", id);
    return (SDL_Point){};
}

static struct ui_action touch(struct fixture *fixture, const char *name, const char *id)
{
    struct ui_action action;
    SDL_Point at;

    go_to(fixture, name);
    at = middle_of(fixture, id);
    ui_press(fixture->ui, at.x, at.y);
    ui_release(fixture->ui, at.x, at.y, &action);
    return action;
}

static void each_key_says_its_event(void **state)
{
    static const struct {
        const char *screen, *id;
        enum session_event_kind event;
    } cases[] = {
        {"INSERT", "back", EVENT_BACK},
        {"PIN", "stop", EVENT_STOP},
        {"PIN", "help", EVENT_HELP},
        {"PIN", "forgot", EVENT_PIN_FORGOT},
        {"PIN_WRONG", "main", EVENT_CONTINUE},
        {"PIN_LAST_TRY", "main", EVENT_CONTINUE},
        {"PIN_LAST_TRY", "no", EVENT_NO},
        {"PREVIEW", "show-page", EVENT_SHOW_PAGE},
        {"PREVIEW", "main", EVENT_CONTINUE},
        {"PREVIEW-page", "hide-page", EVENT_HIDE_PAGE},
        {"PREVIEW-page", "zoom", EVENT_ZOOM},
        {"PREVIEW-page", "next-page", EVENT_NEXT_PAGE},
        {"PRINTING", "yes", EVENT_YES},
        {"PRINTING", "no", EVENT_NO},
        {"PRINTER_EMPTY", "no", EVENT_NO},
        {"PRINTER_EMPTY", "wait", EVENT_CONTINUE},
        {"TAKE_PAPER", "main", EVENT_CONTINUE},
        {"RECEIPT", "yes", EVENT_YES},
        {"RECEIPT", "no", EVENT_NO},
        {"STILL_THERE", "yes", EVENT_YES},
        {"STILL_THERE", "no", EVENT_NO},
        {"BACKEND_DOWN", "main", EVENT_CONTINUE},
        {"BACKEND_DOWN", "stop", EVENT_STOP},
        {"HELP", "back", EVENT_BACK},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ui_action action = touch(*state, cases[i].screen, cases[i].id);

        assert_int_equal(action.kind, UI_ACTION_EVENT);
        assert_int_equal(action.event.kind, cases[i].event);
    }
}

static void choices_carry_what_was_chosen(void **state)
{
    struct ui_action action = touch(*state, "LIST", "document-residence");

    assert_int_equal(action.event.kind, EVENT_DOCUMENT_CHOSEN);
    assert_int_equal(action.event.index, 2);
    action = touch(*state, "DOCUMENT_LANGUAGE", "paper-nl");
    assert_int_equal(action.event.kind, EVENT_PAPER_LANGUAGE_CHOSEN);
    assert_int_equal(action.event.language, LANGUAGE_NL);
    action = touch(*state, "ATTRACT", "language-de");
    assert_int_equal(action.event.kind, EVENT_LANGUAGE_CHOSEN);
    assert_int_equal(action.event.language, LANGUAGE_DE);
    action = touch(*state, "PIN", "language-en");
    assert_int_equal(action.event.kind, EVENT_LANGUAGE_CHOSEN);
    assert_int_equal(action.event.language, LANGUAGE_EN);
    action = touch(*state, "PREVIEW", "change-language");
    assert_int_equal(action.event.kind, EVENT_PAPER_LANGUAGE_CHOSEN);
    assert_int_equal(action.event.language, LANGUAGE_NL);
}

static void digits_never_become_events(void **state)
{
    for (int digit = 0; digit < 10; digit++) {
        char id[] = "key-0";
        struct ui_action action;

        id[4] = (char)('0' + digit);
        action = touch(*state, "PIN", id);
        assert_int_equal(action.kind, UI_ACTION_PIN_DIGIT);
        assert_int_equal(action.digit, digit);
        assert_int_equal(action.event.kind, 0);
    }
    assert_int_equal(touch(*state, "PIN", "key-erase").kind, UI_ACTION_PIN_ERASE);
    assert_int_equal(touch(*state, "PIN", "key-ok").kind, UI_ACTION_PIN_OK);
}

static void a_document_that_is_not_possible_does_nothing(void **state)
{
    struct ui_action action = touch(*state, "LIST", "document-nationality");

    assert_int_equal(action.event.kind, EVENT_ACTIVITY);
}

static void while_the_code_is_checked_no_key_acts(void **state)
{
    assert_int_equal(touch(*state, "PIN_CHECKING", "key-5").event.kind, EVENT_ACTIVITY);
    assert_int_equal(touch(*state, "PIN_CHECKING", "stop").event.kind, EVENT_ACTIVITY);
}

static void a_finger_that_slides_off_does_not_act(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;
    SDL_Point at;

    go_to(fixture, "PIN");
    at = middle_of(fixture, "key-5");
    ui_press(fixture->ui, at.x, at.y);
    at = middle_of(fixture, "key-6");
    ui_release(fixture->ui, at.x, at.y, &action);
    assert_int_equal(action.kind, UI_ACTION_EVENT);
    assert_int_equal(action.event.kind, EVENT_ACTIVITY);
}

static void beside_the_languages_the_attract_screen_says_touched(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;

    go_to(fixture, "ATTRACT");
    ui_press(fixture->ui, 540, 300);
    ui_release(fixture->ui, 540, 300, &action);
    assert_int_equal(action.event.kind, EVENT_TOUCHED);
}

static void two_keys_reach_everything(void **state)
{
    struct fixture *fixture = *state;
    bool chosen = false;

    go_to(fixture, "LIST");
    for (int i = 0; i < 30 && !chosen; i++) {
        struct ui_action action;

        ui_key(fixture->ui, UI_KEY_NEXT, &action);
        ui_key(fixture->ui, UI_KEY_CHOOSE, &action);
        chosen = action.event.kind == EVENT_LANGUAGE_CHOSEN &&
                 action.event.language == LANGUAGE_EN; // the last of all
    }
    assert_true(chosen);
}

static void keys_type_digits_only_on_the_keypad(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;

    go_to(fixture, "PIN");
    ui_digit(fixture->ui, 7, &action);
    assert_int_equal(action.kind, UI_ACTION_PIN_DIGIT);
    assert_int_equal(action.digit, 7);
    ui_key(fixture->ui, UI_KEY_BACK, &action);
    assert_int_equal(action.event.kind, EVENT_STOP);
    go_to(fixture, "LIST");
    ui_digit(fixture->ui, 7, &action);
    assert_int_equal(action.event.kind, EVENT_ACTIVITY);
}

static void what_follows_the_digits_is_ok(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;

    go_to(fixture, "PIN");
    ui_press(fixture->ui, 5, 5); // no ring
    ui_digit(fixture->ui, 1, &action);
    ui_key(fixture->ui, UI_KEY_CHOOSE, &action);
    assert_int_equal(action.kind, UI_ACTION_PIN_OK);
    ui_key(fixture->ui, UI_KEY_NEXT, &action); // somebody moves the ring away and back
    ui_key(fixture->ui, UI_KEY_PREVIOUS, &action);
    ui_digit(fixture->ui, 2, &action);
    ui_key(fixture->ui, UI_KEY_CHOOSE, &action);
    assert_int_equal(action.kind, UI_ACTION_PIN_OK);
    go_to(fixture, "PIN_CHECKING");
    ui_press(fixture->ui, 5, 5);
    ui_key(fixture->ui, UI_KEY_CHOOSE, &action);
    assert_int_equal(action.kind, UI_ACTION_EVENT);
    go_to(fixture, "PIN_ON_PAD"); // the reader's keys are not the terminal's
    ui_digit(fixture->ui, 3, &action);
    assert_int_equal(action.kind, UI_ACTION_EVENT);
}

static void the_dump_says_what_is_on_the_screen(void **state)
{
    static char line[UI_DUMP_SIZE];
    struct fixture *fixture = *state;

    go_to(fixture, "PIN");
    assert_int_equal(ui_dump(fixture->ui, line, sizeof line), RESULT_OK);
    assert_null(strchr(line, '\n'));
    assert_non_null(strstr(line, "{\"screen\":\"PIN\",\"language\":\"fr\",\"width\":1080,"));
    assert_non_null(strstr(line, "\"id\":\"key-1\",\"role\":\"button\",\"label\":\"1\""));
    assert_non_null(strstr(line, "\"label\":\"Tapez votre code PIN\""));
    assert_non_null(strstr(line, "\"speech\":\"Français, actuel\""));
    assert_null(strstr(line, "\"cut\":true"));
    assert_int_equal(ui_dump(fixture->ui, line, 1000), RESULT_TOO_LARGE);
    assert_string_equal(line, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_says_its_event),
        cmocka_unit_test(choices_carry_what_was_chosen),
        cmocka_unit_test(digits_never_become_events),
        cmocka_unit_test(a_document_that_is_not_possible_does_nothing),
        cmocka_unit_test(while_the_code_is_checked_no_key_acts),
        cmocka_unit_test(a_finger_that_slides_off_does_not_act),
        cmocka_unit_test(beside_the_languages_the_attract_screen_says_touched),
        cmocka_unit_test(two_keys_reach_everything),
        cmocka_unit_test(keys_type_digits_only_on_the_keypad),
        cmocka_unit_test(what_follows_the_digits_is_ok),
        cmocka_unit_test(the_dump_says_what_is_on_the_screen),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
