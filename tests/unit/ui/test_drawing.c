// Drawing only what changed must give the same picture as drawing everything.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gallery.h"
#include "ui_state.h"

#define WIDTH 1080
#define HEIGHT 1920

struct fixture {
    struct ui *ui, *fresh;
    SDL_Surface *surface, *whole;
    struct gallery_example example;
};

static int set_up(void **state)
{
    struct ui_settings settings = {.site = gallery_site()};
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    assert_int_equal(ui_create(&settings, &fixture->ui), RESULT_OK);
    assert_int_equal(ui_create(&settings, &fixture->fresh), RESULT_OK);
    fixture->surface =
        SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_XRGB8888);
    fixture->whole = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_XRGB8888);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    ui_destroy(fixture->ui);
    ui_destroy(fixture->fresh);
    SDL_FreeSurface(fixture->surface);
    SDL_FreeSurface(fixture->whole);
    free(fixture);
    return 0;
}

static void find_example(struct fixture *fixture, const char *name)
{
    for (int i = 0; i < gallery_count(); i++) {
        gallery_get(i, LANGUAGE_FR, &fixture->example);
        if (strcmp(fixture->example.name, name) == 0)
            return;
    }
    fail_msg("no example %s", name);
}

static int64_t show(struct fixture *fixture)
{
    struct ui_frame frame = {
        .view = &fixture->example.view, .now = fixture->example.now, .offer = gallery_catalogue()};
    struct ui_damage damage;
    int64_t pixels = 0;

    assert_int_equal(ui_show(fixture->ui, fixture->surface, &frame, &damage), RESULT_OK);
    for (int i = 0; i < damage.count; i++)
        pixels += (int64_t)damage.list[i].w * damage.list[i].h;
    return pixels;
}

// Is the surface what a ui that draws everything makes of the same view?
static void assert_as_if_fresh(struct fixture *fixture)
{
    struct ui_frame frame = {
        .view = &fixture->example.view, .now = fixture->example.now, .offer = gallery_catalogue()};
    struct ui_damage damage;

    ui_forget(fixture->fresh);
    assert_int_equal(ui_show(fixture->fresh, fixture->whole, &frame, &damage), RESULT_OK);
    assert_int_equal(damage.count, 1);
    for (int y = 0; y < HEIGHT; y++) {
        const uint8_t *one =
            (const uint8_t *)fixture->surface->pixels + y * fixture->surface->pitch;
        const uint8_t *other = (const uint8_t *)fixture->whole->pixels + y * fixture->whole->pitch;

        if (memcmp(one, other, WIDTH * 4) != 0)
            fail_msg("%s: row %d differs from a picture drawn whole", fixture->example.name, y);
    }
}

static void a_walk_through_all_screens_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;

    for (int i = 0; i < gallery_count(); i++) {
        gallery_get(i, i % 2 == 0 ? LANGUAGE_FR : LANGUAGE_DE, &fixture->example);
        fixture->example.view.page_drawn = false; // pages have a test of their own
        (void)show(fixture);
        assert_as_if_fresh(fixture);
    }
}

static void nothing_new_draws_nothing(void **state)
{
    struct fixture *fixture = *state;

    find_example(fixture, "LIST");
    assert_int_equal(show(fixture), (int64_t)WIDTH * HEIGHT);
    assert_int_equal(show(fixture), 0);
}

static void a_pressed_key_redraws_that_key_alone(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;
    int64_t pixels;

    find_example(fixture, "PIN");
    (void)show(fixture);
    ui_press(fixture->ui, 200, 650);
    pixels = show(fixture);
    assert_in_range(pixels, 1, 60000);
    ui_release(fixture->ui, 200, 650, &action);
    (void)show(fixture);
    assert_as_if_fresh(fixture);
}

static void a_digit_redraws_the_field_alone(void **state)
{
    struct fixture *fixture = *state;

    find_example(fixture, "PIN");
    (void)show(fixture);
    fixture->example.view.pin_digits++;
    assert_in_range(show(fixture), 1, 120000);
    assert_as_if_fresh(fixture);
}

static void a_second_of_the_countdown_redraws_the_card_alone(void **state)
{
    struct fixture *fixture = *state;
    uint64_t before;

    find_example(fixture, "STILL_THERE");
    (void)show(fixture);
    before = fixture->example.now;
    assert_in_range(ui_next_wake(fixture->ui), before + 1, before + 1000);
    fixture->example.now = ui_next_wake(fixture->ui);
    assert_in_range(show(fixture), 1, 400000);
    assert_as_if_fresh(fixture);
}

static void the_focus_ring_comes_with_a_key_and_goes_with_a_touch(void **state)
{
    struct fixture *fixture = *state;
    struct ui_action action;

    find_example(fixture, "PIN");
    (void)show(fixture);
    for (int i = 0; i < 5; i++) {
        ui_key(fixture->ui, UI_KEY_NEXT, &action);
        assert_true(show(fixture) > 0);
    }
    ui_press(fixture->ui, 5, 300);
    ui_release(fixture->ui, 5, 300, &action);
    (void)show(fixture);
    assert_as_if_fresh(fixture);
}

static void a_page_is_shown_and_gone(void **state)
{
    struct fixture *fixture = *state;
    static uint8_t grey[300 * 424];
    struct ui_page page = {grey, 300, 424};
    struct ui_frame frame = {.view = &fixture->example.view, .page = &page};
    struct ui_damage damage;

    memset(grey, 0x37, sizeof grey);
    find_example(fixture, "PREVIEW-page");
    frame.now = fixture->example.now;
    assert_int_equal(ui_show(fixture->ui, fixture->surface, &frame, &damage), RESULT_OK);
    assert_int_equal(*(uint32_t *)((uint8_t *)fixture->surface->pixels +
                                   800 * fixture->surface->pitch + 540 * 4) &
                         0xFFFFFF,
                     0x373737);
    find_example(fixture, "PREVIEW");
    (void)show(fixture);
    assert_as_if_fresh(fixture);
}

static void a_surface_of_another_kind_is_refused(void **state)
{
    struct fixture *fixture = *state;
    SDL_Surface *odd = SDL_CreateRGBSurfaceWithFormat(0, 100, 100, 16, SDL_PIXELFORMAT_RGB565);
    struct ui_frame frame = {.view = &fixture->example.view};
    struct ui_damage damage;

    assert_int_equal(ui_show(fixture->ui, odd, &frame, &damage), RESULT_INVALID);
    SDL_FreeSurface(odd);
}

static void fonts_that_are_not_there_are_named(void **state)
{
    struct ui_settings settings = {.site = gallery_site(), .font_directory = "/nowhere"};
    struct ui *ui = NULL;

    (void)state;
    assert_int_equal(ui_create(&settings, &ui), RESULT_NOT_FOUND);
    assert_null(ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_walk_through_all_screens_leaves_nothing_behind, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_new_draws_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pressed_key_redraws_that_key_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_digit_redraws_the_field_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_of_the_countdown_redraws_the_card_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_focus_ring_comes_with_a_key_and_goes_with_a_touch,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_is_shown_and_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_surface_of_another_kind_is_refused, set_up, tear_down),
        cmocka_unit_test(fonts_that_are_not_there_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
