// Where texts may break.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "paragraph.h"

static struct width_memory memory;
static struct measure measure;

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(TTF_Init(), 0);
    measure.memory = &memory;
    measure.font = TTF_OpenFont("/usr/share/fonts/opentype/inter/Inter-Regular.otf", 30);
    assert_non_null(measure.font);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    TTF_CloseFont(measure.font);
    TTF_Quit();
    return 0;
}

static void assert_no_line_ends_with(const char *text, const char *ending)
{
    for (int width = 60; width < 900; width += 7) {
        struct paragraph lines;

        paragraph_break(&measure, text, width, FIT_PLAIN, &lines);
        for (int i = 0; i + 1 < lines.count; i++) {
            size_t length = strlen(ending);
            const char *end = text + lines.lines[i].start + lines.lines[i].length;

            if (lines.lines[i].length >= length)
                assert_memory_not_equal(end - length, ending, length);
        }
    }
}

static void a_number_keeps_its_unit(void **state)
{
    (void)state;
    assert_no_line_ends_with("Dans 42 secondes, nous effaçons tout", "42");
    assert_no_line_ends_with("Appelez 02 279 22 11 pour un rendez-vous", "02");
    assert_no_line_ends_with("Appelez 02 279 22 11 pour un rendez-vous", "279");
}

static void a_no_break_space_does_not_break(void **state)
{
    (void)state;
    assert_no_line_ends_with("Tout est vraiment correct\u00a0? Oui\u00a0!", "correct");
}

static void every_word_is_on_a_line(void **state)
{
    static const char text[] = "Rien ne reste sur cette borne quand vous retirez votre carte.";
    static const enum fit fits[] = {FIT_PLAIN, FIT_BALANCED};

    (void)state;
    for (size_t fit = 0; fit < 2; fit++) {
        for (int width = 140; width < 1000; width += 9) {
            struct paragraph lines;
            size_t at = 0;

            paragraph_break(&measure, text, width, fits[fit], &lines);
            assert_true(lines.whole);
            for (int i = 0; i < lines.count; i++) {
                assert_int_equal(lines.lines[i].start, at);
                at += lines.lines[i].length + 1u;
            }
            assert_int_equal(at, sizeof text);
        }
    }
}

static void a_word_that_is_too_wide_is_told(void **state)
{
    struct paragraph lines;

    (void)state;
    paragraph_break(&measure, "Haushaltszusammensetzung", 100, FIT_PLAIN, &lines);
    assert_false(lines.whole);
    paragraph_break(&measure, "", 100, FIT_PLAIN, &lines);
    assert_int_equal(lines.count, 0);
}

static void a_last_word_has_company(void **state)
{
    static const char text[] = "Rien ne reste sur cette borne quand vous retirez votre carte.";
    struct paragraph lines;

    (void)state;
    paragraph_break(&measure, text, 780, FIT_PLAIN, &lines);
    assert_int_equal(lines.count, 2);
    assert_non_null(memchr(text + lines.lines[1].start, ' ', lines.lines[1].length));
}

static void a_remembered_width_is_the_measured_one(void **state)
{
    static const char *const texts[] = {"Samenstelling", "Samenstelling van het gezin", "Nee", ""};
    const struct measure afresh = {.font = measure.font};

    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            for (size_t length = 0; length <= strlen(texts[i]); length++)
                assert_int_equal(measure_width(&measure, texts[i], length),
                                 measure_width(&afresh, texts[i], length));
        if (turn == 1)
            width_memory_forget(&memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_keeps_its_unit),
        cmocka_unit_test(a_no_break_space_does_not_break),
        cmocka_unit_test(every_word_is_on_a_line),
        cmocka_unit_test(a_remembered_width_is_the_measured_one),
        cmocka_unit_test(a_word_that_is_too_wide_is_told),
        cmocka_unit_test(a_last_word_has_company),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
