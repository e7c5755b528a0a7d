// What must hold on every screen, in every language, orientation and theme: nothing overlaps, no
// letter leaves its box, targets are large enough and far enough apart, text is readable.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "gallery.h"
#include "ui_state.h"

#define TARGET 79 // units: 20 mm
#define GAP 20    // units: 5 mm, and a pixel may be lost in rounding both boxes

struct stage {
    struct ui *ui;
    SDL_Surface *surface;
    struct gallery_example example;
    int problems;
};

static void complain(struct stage *stage, const char *what, const struct widget *a,
                     const struct widget *b)
{
    stage->problems++;
    print_error("%s %s %dx%d %s: %s %s%s%s\n", stage->example.name,
                language_code(stage->example.view.language), stage->surface->w, stage->surface->h,
                ui_theme_name(stage->ui->settings.theme), what, a->id, b == NULL ? "" : " and ",
                b == NULL ? "" : b->id);
}

static bool within(SDL_Rect inner, SDL_Rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static double luminance(uint32_t colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double value = ((colour >> (16 - 8 * i)) & 0xFF) / 255.0;

        sum += weights[i] * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(const struct theme *theme, enum colour one, enum colour other)
{
    double a = luminance(theme->colours[one]), b = luminance(theme->colours[other]);

    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static void check_ink(struct stage *stage, const struct widget *widget)
{
    const SDL_Rect whole = {0, 0, stage->surface->w, stage->surface->h};
    const struct theme *theme = stage->ui->canvas.theme;
    struct ink_record record;
    struct mood mood = {};

    ui_record_ink(stage->ui, widget, &mood, &record);
    for (int i = 0; i < record.count; i++) {
        const struct ink *ink = &record.list[i];

        if (!within(ink->box, widget->box)) {
            complain(stage, "letters leave the box of", widget, NULL);
        }
        if (!within(ink->box, whole))
            complain(stage, "letters leave the screen at", widget, NULL);
        if (!ink->whole)
            complain(stage, "text is cut off in", widget, NULL);
        if (contrast(theme, ink->colour, ink->ground) < 7)
            complain(stage, "text is hard to read in", widget, NULL);
        for (int j = 0; j < i; j++) {
            if (SDL_HasIntersection(&ink->box, &record.list[j].box))
                complain(stage, "lines of text overlap in", widget, NULL);
        }
    }
    if (widget->label[0] != '\0' && record.count == 0 && widget->kind != WIDGET_PAGE)
        complain(stage, "no text is drawn in", widget, NULL);
}

static bool may_lie_under(const struct widget *widget)
{
    return widget->kind == WIDGET_WALL || widget->kind == WIDGET_PANEL ||
           widget->kind == WIDGET_POINTER;
}

static int distance(SDL_Rect a, SDL_Rect b)
{
    int across = SDL_max(a.x - (b.x + b.w), b.x - (a.x + a.w));
    int down = SDL_max(a.y - (b.y + b.h), b.y - (a.y + a.h));

    return SDL_max(across, down);
}

static void check_pair(struct stage *stage, const struct widget *a, const struct widget *b)
{
    bool keys = a->act.kind != UI_ACTION_NONE && b->act.kind != UI_ACTION_NONE;

    if (may_lie_under(a) || may_lie_under(b))
        return;
    if (SDL_HasIntersection(&a->box, &b->box))
        complain(stage, "one lies on the other:", a, b);
    else if (keys && distance(a->box, b->box) < canvas_px(&stage->ui->canvas, GAP) - 1)
        complain(stage, "less than 5 mm lie between", a, b);
    if (keys && strcmp(a->id, b->id) == 0)
        complain(stage, "two keys have one name:", a, b);
}

static void check_target(struct stage *stage, const struct widget *widget)
{
    int least = canvas_px(&stage->ui->canvas, TARGET);
    struct focus_order order = focus_order_of(&stage->ui->before);
    bool found = false;

    if (widget->act.kind == UI_ACTION_NONE)
        return;
    if (widget->box.w < least || widget->box.h < least)
        complain(stage, "smaller than a finger:", widget, NULL);
    for (int i = 0; i < order.count; i++)
        found = found || &stage->ui->before.list[order.index[i]] == widget;
    if (!found)
        complain(stage, "keys cannot reach", widget, NULL);
}

static void check_screen(struct stage *stage)
{
    const SDL_Rect whole = {0, 0, stage->surface->w, stage->surface->h};
    const struct screen *screen = &stage->ui->before;

    assert_true(screen->count < SCREEN_WIDGETS);
    for (int i = 0; i < screen->count; i++) {
        const struct widget *widget = &screen->list[i];

        if (!within(widget->box, whole))
            complain(stage, "leaves the screen:", widget, NULL);
        check_ink(stage, widget);
        check_target(stage, widget);
        for (int j = i + 1; j < screen->count; j++)
            check_pair(stage, widget, &screen->list[j]);
    }
}

static int check_panel(int width, int height, double scale, enum ui_theme theme,
                       enum language language)
{
    struct ui_settings settings = {
        .site = gallery_site(), .theme = theme, .pixels_per_unit = scale};
    struct stage stage = {};

    assert_int_equal(ui_create(&settings, &stage.ui), RESULT_OK);
    stage.surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_XRGB8888);
    assert_non_null(stage.surface);
    for (int i = 0; i < gallery_count(); i++) {
        gallery_get(i, language, &stage.example);
        assert_int_equal(gallery_show(stage.ui, stage.surface, &stage.example), RESULT_OK);
        check_screen(&stage);
    }
    SDL_FreeSurface(stage.surface);
    ui_destroy(stage.ui);
    return stage.problems;
}

static int check_set(int width, int height, enum ui_theme theme, enum language language)
{
    return check_panel(width, height, 0, theme, language);
}

// 32 inches upright have more units than the reference, 15 inches fewer.
static void everything_fits_on_large_and_small_panels(void **state)
{
    (void)state;
    assert_int_equal(check_panel(1080, 1920, 0.69, UI_THEME_STANDARD, LANGUAGE_DE), 0);
    assert_int_equal(check_panel(1920, 1080, 0.92, UI_THEME_STANDARD, LANGUAGE_FR), 0);
    assert_int_equal(check_panel(1080, 1920, 1.41, UI_THEME_STANDARD, LANGUAGE_NL), 0);
}

static void everything_fits_on_an_upright_panel(void **state)
{
    int problems = 0;

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        problems += check_set(1080, 1920, UI_THEME_STANDARD, (enum language)language);
    assert_int_equal(problems, 0);
}

static void everything_fits_on_a_lying_panel(void **state)
{
    int problems = 0;

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        problems += check_set(1920, 1080, UI_THEME_STANDARD, (enum language)language);
    assert_int_equal(problems, 0);
}

static void everything_fits_in_other_themes_and_sizes(void **state)
{
    (void)state;
    assert_int_equal(check_set(720, 1280, UI_THEME_HIGH_DARK, LANGUAGE_DE), 0);
    assert_int_equal(check_set(1280, 720, UI_THEME_HIGH_LIGHT, LANGUAGE_NL), 0);
    assert_int_equal(check_set(1920, 1200, UI_THEME_LOW_GLARE, LANGUAGE_FR), 0);
}

static void every_screen_of_the_session_is_in_the_gallery(void **state)
{
    (void)state;
    for (int screen = 0; screen < SESSION_SCREEN_COUNT; screen++) {
        bool found = false;

        for (int i = 0; i < gallery_count(); i++) {
            struct gallery_example example;

            gallery_get(i, LANGUAGE_FR, &example);
            found = found || (int)example.view.screen == screen;
        }
        if (!found)
            print_error("%s has no example\n", session_screen_name((enum session_screen)screen));
        assert_true(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_of_the_session_is_in_the_gallery),
        cmocka_unit_test(everything_fits_on_an_upright_panel),
        cmocka_unit_test(everything_fits_on_a_lying_panel),
        cmocka_unit_test(everything_fits_on_large_and_small_panels),
        cmocka_unit_test(everything_fits_in_other_themes_and_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
