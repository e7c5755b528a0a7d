// Words, agreement, dates, addresses, and where the pages break.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "certificate_template.h"
#include "order_reference.h"
#include "pagination.h"
#include "str.h"
#include "wording.h"

#define NBSP "\u00A0"

static void same(char *made, const char *wanted)
{
    assert_string_equal(made, wanted);
    g_free(made);
}

static void numbers_agree_with_a_feminine_noun(void **state)
{
    static const struct {
        int number;
        const char *french, *dutch;
    } rows[] = {
        {1, "une", "een"},
        {2, "deux", "twee"},
        {11, "onze", "elf"},
        {17, "dix-sept", "zeventien"},
        {20, "vingt", "twintig"},
        {21, "vingt et une", "eenentwintig"},
        {22, "vingt-deux", "tweeëntwintig"},
        {33, "trente-trois", "drieëndertig"},
        {70, "septante", "zeventig"},
        {71, "septante et une", "eenenzeventig"},
        {80, "quatre-vingts", "tachtig"},
        {81, "quatre-vingt-une", "eenentachtig"},
        {95, "nonante-cinq", "vijfennegentig"},
        {99, "nonante-neuf", "negenennegentig"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        same(wording_number(rows[i].number, PAPER_FRENCH), rows[i].french);
        same(wording_number(rows[i].number, PAPER_DUTCH), rows[i].dutch);
    }
}

static void dates_say_what_is_known(void **state)
{
    (void)state;
    same(wording_date((struct partial_date){2026, 3, 1}, PAPER_FRENCH, false),
         "1er" NBSP "mars" NBSP "2026");
    same(wording_date((struct partial_date){2026, 3, 1}, PAPER_FRENCH, true),
         "1<span rise='3200' size='70%'>er</span>" NBSP "mars" NBSP "2026");
    same(wording_date((struct partial_date){2026, 3, 14}, PAPER_FRENCH, true),
         "14" NBSP "mars" NBSP "2026");
    same(wording_date((struct partial_date){2026, 3, 1}, PAPER_DUTCH, true),
         "1" NBSP "maart" NBSP "2026");
    same(wording_date((struct partial_date){1984, 3, 0}, PAPER_FRENCH, true),
         "en" NBSP "mars" NBSP "1984");
    same(wording_date((struct partial_date){1962, 0, 0}, PAPER_DUTCH, true), "in" NBSP "1962");
    same(wording_date((struct partial_date){}, PAPER_FRENCH, true), "date" NBSP "inconnue");
    same(wording_moment((struct partial_date){2026, 11, 24}, 14, 5, PAPER_FRENCH),
         "24" NBSP "novembre" NBSP "2026 à 14" NBSP "h" NBSP "05");
    same(wording_moment((struct partial_date){2026, 11, 24}, 9, 5, PAPER_DUTCH),
         "24" NBSP "november" NBSP "2026 om 9.05" NBSP "uur");
}

static void since_says_what_is_known(void **state)
{
    static const struct {
        struct partial_date date;
        const char *label, *french, *dutch, *numeric;
    } rows[] = {
        {{2026, 3, 1},
         "À cette adresse depuis le",
         "depuis le" NBSP "1er" NBSP "mars" NBSP "2026",
         "sinds" NBSP "1" NBSP "maart" NBSP "2026",
         "01/03/2026"},
        {{1984, 3, 0},
         "À cette adresse depuis",
         "depuis" NBSP "mars" NBSP "1984",
         "sinds" NBSP "maart" NBSP "1984",
         "03/1984"},
        {{1962, 0, 0}, "À cette adresse depuis", "depuis" NBSP "1962", "sinds" NBSP "1962", "1962"},
        {{0, 0, 0},
         "À cette adresse depuis",
         "depuis" NBSP "une date" NBSP "inconnue",
         "sinds" NBSP "een onbekende" NBSP "datum",
         "inconnu"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(wording_label_since(rows[i].date, PAPER_FRENCH), rows[i].label);
        same(wording_since(rows[i].date, PAPER_FRENCH, false), rows[i].french);
        same(wording_since(rows[i].date, PAPER_DUTCH, false), rows[i].dutch);
        same(wording_numeric_date(rows[i].date, PAPER_FRENCH), rows[i].numeric);
    }
}

static void status_and_nationality_agree_with_the_person(void **state)
{
    struct resident person = {.sex = SEX_FEMALE, .citizenship = CITIZENSHIP_REFUGEE};

    (void)state;
    assert_string_equal(wording_marital_status(MARITAL_STATUS_WIDOWED, SEX_FEMALE, PAPER_FRENCH),
                        "veuve");
    assert_string_equal(wording_marital_status(MARITAL_STATUS_SEPARATED, SEX_MALE, PAPER_FRENCH),
                        "séparé de corps");
    assert_string_equal(wording_marital_status(MARITAL_STATUS_WIDOWED, SEX_NOT_STATED, PAPER_DUTCH),
                        "weduwstaat");
    for (enum marital_status status = 0; status < MARITAL_STATUS_COUNT; status++)
        for (enum sex sex = SEX_MALE; sex <= SEX_NOT_STATED; sex++)
            for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++)
                assert_true(strlen(wording_marital_status(status, sex, in)) > 3);
    assert_int_equal(
        str_copy(person.nationality[PAPER_FRENCH], 64, "réfugié reconnu, d’origine syrienne"),
        RESULT_OK);
    same(wording_nationality(&person, PAPER_FRENCH), "réfugiée reconnue, d’origine syrienne");
    person.sex = SEX_MALE;
    same(wording_nationality(&person, PAPER_FRENCH), "réfugié reconnu, d’origine syrienne");
    assert_int_equal(str_copy(person.nationality[PAPER_FRENCH], 64, "belge"), RESULT_OK);
    same(wording_nationality(&person, PAPER_FRENCH), "belge");
}

static void templates_fill_their_slots(void **state)
{
    const struct resident person = {
        .here_since = {2023, 5, 12}, .book = REGISTER_BOOK_FOREIGNERS, .book_since = {2019, 0, 0}};
    const struct partial_date today = {2026, 12, 1};

    (void)state;
    same(wording_fill("est inscrite {in_register} <&> {registered_since}", &person, today,
                      PAPER_FRENCH, true),
         "est inscrite au registre des étrangers &lt;&amp;&gt; depuis" NBSP "2019");
    same(wording_fill("{from_register}, {since}, {today}", &person, today, PAPER_DUTCH, false),
         "uit het vreemdelingenregister, sinds" NBSP "12" NBSP "mei" NBSP "2023, 1" NBSP
         "december" NBSP "2026");
    same(wording_fill("", &person, today, PAPER_DUTCH, false), "");
    assert_int_equal(certificate_text_check("op {today} in leven is"), RESULT_OK);
    assert_int_equal(certificate_text_check("op {tomorrow}"), RESULT_MALFORMED);
    assert_int_equal(certificate_text_check("op {today"), RESULT_MALFORMED);
    assert_int_equal(certificate_text_check("op today}"), RESULT_MALFORMED);
    same(wording_national_number("88090100038"), "88.09.01-000.38");
    same(wording_national_number("12"), "12");
}

static void relations_agree_with_the_person(void **state)
{
    (void)state;
    assert_string_equal(wording_relation(RELATION_SPOUSE, SEX_FEMALE, PAPER_FRENCH), "épouse");
    assert_string_equal(wording_relation(RELATION_SPOUSE, SEX_MALE, PAPER_DUTCH), "echtgenoot");
    assert_string_equal(wording_relation(RELATION_NONE, SEX_FEMALE, PAPER_FRENCH),
                        "non apparentée");
    assert_string_equal(wording_relation(RELATION_NONE, SEX_NOT_STATED, PAPER_FRENCH),
                        "sans lien de parenté");
    assert_string_equal(wording_relation(RELATION_STEPCHILD, SEX_FEMALE, PAPER_FRENCH),
                        "belle-fille (enfant du conjoint)");
    assert_string_equal(wording_relation(RELATION_CHILD_IN_LAW, SEX_FEMALE, PAPER_FRENCH),
                        "belle-fille (conjointe du fils)");
    for (enum relation relation = 0; relation < RELATION_COUNT; relation++)
        for (enum sex sex = SEX_MALE; sex <= SEX_NOT_STATED; sex++)
            for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++)
                assert_true(strlen(wording_relation(relation, sex, in)) > 2);
}

static void names_keep_their_letters(void **state)
{
    (void)state;
    same(wording_capitals("Lemaître"), "LEMAÎTRE");
    same(wording_capitals("Groß"), "GROß");
    same(wording_capitals("IJselstein"), "IJSELSTEIN");
    same(wording_capitals("van ’t Hoff"), "VAN ’T HOFF");
    same(wording_capitals("Ye\u0301"), "YÉ"); // composed first
    same(wording_name("E\u0301lif"), "Élif");
    same(wording_capitals("Işık"), "IŞIK");
}

static void addresses_follow_the_language(void **state)
{
    struct home_address home = {
        .street = {"Rue de l’Échantillon", "Voorbeeldstraat"},
        .number = "24",
        .box = "0012",
        .postal_code = "1020",
        .municipality = {"Bruxelles", "Brussel"},
        .quarter = {"Laeken", "Laken"},
    };
    char *street, *place;

    (void)state;
    wording_address(&home, PAPER_FRENCH, &street, &place);
    same(street, "Rue de l’Échantillon" NBSP "24, boîte" NBSP "0012");
    same(place, "1020" NBSP "Bruxelles (Laeken)");
    wording_address(&home, PAPER_DUTCH, &street, &place);
    same(street, "Voorbeeldstraat" NBSP "24 bus" NBSP "0012");
    same(place, "1020" NBSP "Brussel (Laken)");
}

static void fees_and_counts(void **state)
{
    (void)state;
    same(wording_fee(0, PAPER_FRENCH), "gratuit");
    same(wording_fee(500, PAPER_FRENCH), "5,00" NBSP "€");
    same(wording_fee(505, PAPER_DUTCH), "€" NBSP "5,05");
    const struct rows_shown persons = {TABLE_OF_PERSONS, 1, 9, 12};
    const struct rows_shown one = {TABLE_OF_PERSONS, 1, 1, 4};
    const struct rows_shown lines = {TABLE_OF_ADDRESSES, 12, 14, 14};
    same(wording_continued(&persons, 2, PAPER_FRENCH),
         "Personnes" NBSP "1 à" NBSP "9 sur" NBSP "12. Suite à la page" NBSP "2.");
    same(wording_continued(&one, 2, PAPER_DUTCH),
         "Persoon" NBSP "1 van" NBSP "4. Vervolg op pagina" NBSP "2.");
    same(wording_continued(&lines, 3, PAPER_DUTCH),
         "Regels" NBSP "12 tot" NBSP "14 van" NBSP "14. Vervolg op pagina" NBSP "3.");
    same(wording_count_of_addresses(1, false, PAPER_FRENCH),
         "Nombre d’adresses précédentes" NBSP ": <b>1" NBSP "(une)</b>.");
    same(wording_count_of_addresses(14, true, PAPER_DUTCH),
         "Aantal vermelde perioden: <b>14" NBSP "(veertien)</b>.");
}

static void references_carry_a_check_digit(void **state)
{
    char reference[ORDER_REFERENCE_SIZE], code[ORDER_CODE_SIZE], other[ORDER_CODE_SIZE];

    (void)state;
    assert_int_equal(order_reference_make(2026, 'H', 41873, reference), RESULT_OK);
    assert_string_equal(reference, "BXL-2026-H-0041873-8");
    assert_int_equal(order_reference_make(2026, 'H', 41955, reference), RESULT_OK);
    assert_string_equal(reference, "BXL-2026-H-0041955-3");
    assert_int_equal(order_reference_make(2026, 'h', 1, reference), RESULT_INVALID);
    assert_int_equal(order_reference_make(2026, 'H', 0, reference), RESULT_INVALID);
    assert_int_equal(order_code_make(code), RESULT_OK);
    assert_int_equal(order_code_make(other), RESULT_OK);
    assert_int_equal(strlen(code), 19);
    assert_int_equal(strspn(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), 19);
    assert_string_not_equal(code, other);
}

static void pages_keep_the_seal_and_company(void **state)
{
    // Two-line rows, French: what stands above them, and the end of the document (50.3 mm).
    const struct page_geometry geometry = {.first_top = 125.65,
                                           .following_top = 48.25,
                                           .seal_limit = 241,
                                           .fill_limit = 262,
                                           .tail = 50.3};
    static const size_t pages[25] = {
        [1] = 1, [2] = 1, [5] = 1, [6] = 2, [7] = 2, [12] = 2, [18] = 2, [24] = 2};
    double heights[40];

    (void)state;
    for (size_t i = 0; i < 40; i++)
        heights[i] = 11.2;
    for (size_t rows = 1; rows <= 40; rows++) {
        struct page_plan plan;
        assert_int_equal(paginate(heights, rows, &geometry, &plan), RESULT_OK);
        if (rows < 25 && pages[rows] != 0)
            assert_int_equal(plan.pages, pages[rows]);
        assert_int_equal(plan.first[0], 0);
        assert_int_equal(plan.first[plan.pages], rows);
        size_t last = rows - plan.first[plan.pages - 1];
        double top = plan.pages == 1 ? geometry.first_top : geometry.following_top;
        assert_true(top + 11.2 * (double)last + geometry.tail <= 241);
        if (plan.pages > 1)
            assert_true(last >= (rows <= 5 ? 2U : 3U));
        for (size_t page = 0; page < plan.pages; page++)
            assert_true(plan.first[page] < plan.first[page + 1]);
    }
}

static void a_row_that_fits_nowhere_is_refused(void **state)
{
    const struct page_geometry geometry = {125, 48, 241, 262, 50.3};
    const double heights[] = {11.2, 400};
    struct page_plan plan;

    (void)state;
    assert_int_equal(paginate(heights, 2, &geometry, &plan), RESULT_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_agree_with_a_feminine_noun),
        cmocka_unit_test(dates_say_what_is_known),
        cmocka_unit_test(since_says_what_is_known),
        cmocka_unit_test(status_and_nationality_agree_with_the_person),
        cmocka_unit_test(templates_fill_their_slots),
        cmocka_unit_test(relations_agree_with_the_person),
        cmocka_unit_test(names_keep_their_letters),
        cmocka_unit_test(addresses_follow_the_language),
        cmocka_unit_test(fees_and_counts),
        cmocka_unit_test(references_carry_a_check_digit),
        cmocka_unit_test(pages_keep_the_seal_and_company),
        cmocka_unit_test(a_row_that_fits_nowhere_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
