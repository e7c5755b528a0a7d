// Households of 1 to 24 persons really drawn: how many pages, and that the seal stays above its
// limit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "certificate.h"
#include "city.h"
#include "str.h"

#define SEAL_LIMIT 241.0

static int set_up(void **state)
{
    struct certificate_studio *studio = NULL;
    const char *fonts = getenv("MUNICIPALITY_FONTS");

    if (fonts == NULL || certificate_studio_create(fonts, &studio) != RESULT_OK)
        return 1;
    *state = studio;
    return 0;
}

static int tear_down(void **state)
{
    certificate_studio_destroy(*state);
    return 0;
}

// A household of two-line rows: one of the city's with its second person repeated.
static struct household *household_of(size_t persons)
{
    struct household *home = NULL;

    assert_int_equal(city_household(0, &home), RESULT_OK);
    for (size_t i = 2; i < persons; i++)
        home->persons[i] = home->persons[1];
    home->count = persons;
    return home;
}

static struct certificate *draw(struct certificate_studio *studio, const struct household *home,
                                enum paper_language language)
{
    struct certificate *certificate = NULL;
    const struct certificate_request request = {
        .content = {.layout = CERTIFICATE_OF_HOUSEHOLD},
        .household = home,
        .subject = home->persons[0].national_number,
        .language = language,
        .title = language == PAPER_FRENCH ? "Certificat de composition de ménage"
                                          : "Attest van gezinssamenstelling",
        .legal_basis =
            "Two lines of small print are what the catalogue has here, and so this text is made "
            "long enough for the same height on the page.",
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Dominique MODÈLE",
        .issued_at = 1795528800,
        .specimen = true,
    };

    assert_int_equal(certificate_draw(studio, &request, &certificate), RESULT_OK);
    return certificate;
}

static void households_take_the_designed_pages(void **state)
{
    // The design's table: persons, pages in French, pages in Dutch (its statement is a line
    // longer).
    static const int designed[][3] = {{1, 1, 1}, {2, 1, 1},  {5, 1, 1},  {6, 2, 2},
                                      {7, 2, 2}, {12, 2, 2}, {18, 2, 2}, {24, 2, 3}};

    for (size_t i = 0; i < sizeof designed / sizeof designed[0]; i++) {
        struct household *home = household_of((size_t)designed[i][0]);
        struct certificate *french = draw(*state, home, PAPER_FRENCH);
        struct certificate *dutch = draw(*state, home, PAPER_DUTCH);
        assert_int_equal(french->pages, designed[i][1]);
        assert_int_equal(dutch->pages, designed[i][2]);
        certificate_destroy(french);
        certificate_destroy(dutch);
        household_destroy(home);
    }
}

static void the_seal_stays_above_its_limit(void **state)
{
    for (size_t persons = 1; persons <= 24; persons++) {
        struct household *home = household_of(persons);
        for (enum paper_language language = 0; language < PAPER_LANGUAGE_COUNT; language++) {
            struct certificate *certificate = draw(*state, home, language);
            assert_true(certificate->seal_bottom <= SEAL_LIMIT);
            assert_true(certificate->seal_bottom > 100);
            certificate_destroy(certificate);
        }
        household_destroy(home);
    }
}

static void a_letter_without_a_glyph_is_not_issued(void **state)
{
    struct household *home = household_of(2);
    struct certificate *certificate = NULL;
    // Egyptian hieroglyphs stand for any script that no font of ours has.
    assert_int_equal(
        str_copy(home->persons[0].surname, sizeof home->persons[0].surname, "\xF0\x93\x80\x80"),
        RESULT_OK);
    const struct certificate_request request = {
        .content = {.layout = CERTIFICATE_OF_HOUSEHOLD},
        .household = home,
        .subject = home->persons[0].national_number,
        .title = "Title",
        .legal_basis = "Law",
        .reference = "BXL-2026-H-0041873-8",
        .code = "7K3M-9QXT-2WVD-H4NR",
        .checking_address = "guichet.example",
        .signatory = "Nobody",
        .issued_at = 1795528800,
    };

    assert_int_equal(certificate_draw(*state, &request, &certificate), RESULT_REFUSED);
    assert_null(certificate);
    household_destroy(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(households_take_the_designed_pages),
        cmocka_unit_test(the_seal_stays_above_its_limit),
        cmocka_unit_test(a_letter_without_a_glyph_is_not_issued),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
