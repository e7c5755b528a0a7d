#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "str.h"
#include "text.h"

#define NO_BREAK "\u00a0"

static void every_text_is_there_in_four_languages(void **state)
{
    (void)state;
    for (int id = 0; id < TEXT_COUNT; id++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const char *words = text((enum text_id)id, (enum language)language);
            struct bytes bytes = {(const uint8_t *)words, strlen(words)};

            assert_true(bytes.size > 0);
            assert_true(str_is_utf8(bytes));
        }
    }
}

static void plural_forms_follow_the_language(void **state)
{
    (void)state;
    assert_string_equal(text_form(TEXT_PIN_COUNT, LANGUAGE_FR, 0), "{n} chiffre tapé");
    assert_string_equal(text_form(TEXT_PIN_COUNT, LANGUAGE_FR, 1), "{n} chiffre tapé");
    assert_string_equal(text_form(TEXT_PIN_COUNT, LANGUAGE_FR, 2), "{n} chiffres tapés");
    assert_string_equal(text_form(TEXT_PIN_COUNT, LANGUAGE_DE, 0), "{n} Ziffern eingegeben");
    assert_string_equal(text_form(TEXT_PIN_COUNT, LANGUAGE_NL, 1), "{n} cijfer ingetikt");
    assert_string_equal(text_form(TEXT_PIN_TITLE, LANGUAGE_EN, 7), "Enter your PIN");
}

static void slots_are_filled_and_never_overrun(void **state)
{
    char out[32];
    const struct text_slot slots[] = {{"i", "1"}, {"n", "12"}};

    (void)state;
    assert_int_equal(text_fill("Page {i} of {n}", slots, 2, out, sizeof out), RESULT_OK);
    assert_string_equal(out, "Page 1 of 12");
    assert_int_equal(text_fill("{n}{n}", slots, 2, out, 5), RESULT_OK);
    assert_string_equal(out, "1212");
    assert_int_equal(text_fill("{n}{n}", slots, 2, out, 4), RESULT_TOO_LARGE);
    assert_string_equal(out, "");
    assert_int_equal(text_fill("{x}", slots, 2, out, sizeof out), RESULT_NOT_FOUND);
    assert_int_equal(text_fill("{n", slots, 2, out, sizeof out), RESULT_NOT_FOUND);
    assert_int_equal(text_fill("", slots, 2, out, 1), RESULT_OK);
}

static void assert_amount(int64_t cents, enum language language, const char *expected)
{
    char out[40];

    assert_int_equal(text_amount(cents, language, out, sizeof out), RESULT_OK);
    assert_string_equal(out, expected);
}

static void amounts_are_written_as_each_language_does(void **state)
{
    (void)state;
    assert_amount(500, LANGUAGE_FR, "5,00" NO_BREAK "€");
    assert_amount(500, LANGUAGE_NL, "€" NO_BREAK "5,00");
    assert_amount(1205, LANGUAGE_DE, "12,05" NO_BREAK "€");
    assert_amount(99, LANGUAGE_EN, "€0.99");
    assert_amount(INT64_MIN, LANGUAGE_EN, "€-92233720368547758.08");
}

static void assert_date(int64_t day, enum language language, const char *expected)
{
    char out[60];

    assert_int_equal(text_date(day, language, out, sizeof out), RESULT_OK);
    assert_string_equal(out, expected);
}

static void dates_are_written_in_words(void **state)
{
    (void)state;
    assert_date(0, LANGUAGE_EN, "1" NO_BREAK "January" NO_BREAK "1970");
    assert_date(20699, LANGUAGE_FR, "3" NO_BREAK "septembre" NO_BREAK "2026");
    assert_date(20699, LANGUAGE_DE, "3." NO_BREAK "September" NO_BREAK "2026");
    assert_date(20697, LANGUAGE_FR, "1er" NO_BREAK "septembre" NO_BREAK "2026");
    assert_date(11016, LANGUAGE_NL, "29" NO_BREAK "februari" NO_BREAK "2000");
    assert_date(-1, LANGUAGE_EN, "31" NO_BREAK "December" NO_BREAK "1969");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_there_in_four_languages),
        cmocka_unit_test(plural_forms_follow_the_language),
        cmocka_unit_test(slots_are_filled_and_never_overrun),
        cmocka_unit_test(amounts_are_written_as_each_language_does),
        cmocka_unit_test(dates_are_written_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
