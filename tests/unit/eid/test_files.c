// Fields, dates and numbers of the identity and address files.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "eid_identity.h"
#include "eid_tlv.h"
#include "specimen.h"
#include "suites.h"

static struct bytes text(const char *words)
{
    return (struct bytes){(const uint8_t *)words, strlen(words)};
}

static void assert_text(struct bytes got, const char *wanted)
{
    assert_int_equal(got.size, strlen(wanted));
    assert_memory_equal(got.data, wanted, got.size);
}

static void lengths_are_sums_of_bytes(void **state)
{
    static const struct {
        uint8_t head[4];
        size_t head_size, length;
    } cases[] = {
        {{0x05, 0x00}, 2, 0},         {{0x05, 0x80}, 2, 128}, // not a continuation of seven bits
        {{0x05, 0xFE}, 2, 254},       {{0x05, 0xFF, 0x00}, 3, 255},
        {{0x05, 0xFF, 0x01}, 3, 256}, {{0x05, 0xFF, 0xFF, 0x02}, 4, 512}};
    uint8_t file[600] = {};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes whole = {file, cases[i].head_size + cases[i].length}, value;
        memcpy(file, cases[i].head, cases[i].head_size);
        assert_int_equal(eid_field_find(whole, 0x05, &value), RESULT_OK);
        assert_int_equal(value.size, cases[i].length);
        assert_ptr_equal(value.data, file + cases[i].head_size);
        whole.size--; // one byte missing
        assert_int_equal(eid_field_find(whole, 0x05, &value), RESULT_MALFORMED);
    }
}

static void a_zero_tag_is_a_version_at_the_start_and_padding_elsewhere(void **state)
{
    static const uint8_t versioned[] = {0x00, 2, 0, 2, 0x01, 1, 'x', 0x00, 0x07, 9};
    static const uint8_t zeros[4];
    struct bytes value;
    size_t end = 0;

    (void)state;
    assert_int_equal(eid_field_find((struct bytes){versioned, sizeof versioned}, 0x01, &value),
                     RESULT_OK);
    assert_text(value, "x");
    assert_int_equal(eid_field_find((struct bytes){versioned, sizeof versioned}, 0x07, &value),
                     RESULT_NOT_FOUND);
    assert_int_equal(eid_fields_end((struct bytes){versioned, sizeof versioned}, &end), RESULT_OK);
    assert_int_equal(end, 7);
    assert_int_equal(eid_field_find((struct bytes){zeros, sizeof zeros}, 0x00, &value),
                     RESULT_NOT_FOUND);
}

static void the_first_of_two_fields_counts(void **state)
{
    static const uint8_t twice[] = {0x03, 1, 'a', 0x03, 1, 'b'};
    struct bytes value;

    (void)state;
    assert_int_equal(eid_field_find((struct bytes){twice, sizeof twice}, 0x03, &value), RESULT_OK);
    assert_text(value, "a");
}

static void validity_is_a_day_of_the_calendar(void **state)
{
    static const char *const bad[] = {"",           "23-07-2009", "32.01.2020", "29.02.2023",
                                      "00.01.2020", "1.1.2020",   "01.13.2020", "01.01.20200"};
    struct eid_date date;

    (void)state;
    assert_int_equal(eid_date_parse(text("29.02.2024"), &date), RESULT_OK);
    assert_int_equal(eid_date_days(&date), 19782);
    assert_int_equal(eid_date_parse(text("01.01.1970"), &date), RESULT_OK);
    assert_int_equal(eid_date_days(&date), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(eid_date_parse(text(bad[i]), &date), RESULT_MALFORMED);
}

static void births_are_read_in_three_languages_and_incomplete(void **state)
{
    static const struct {
        const char *text;
        struct eid_date date;
    } cases[] = {
        {"01 JAN 1971", {1971, 1, 1}},   {"1 JAN 1971", {1971, 1, 1}},
        {"26 AVR  1975", {1975, 4, 26}}, {"08 MAAR 1980", {1980, 3, 8}},
        {"29 SEPT 1979", {1979, 9, 29}}, {"22.DEZ. 1997", {1997, 12, 22}},
        {"13.AUG. 1996", {1996, 8, 13}}, {"05.MÄR.1960", {1960, 3, 5}},
        {"30 aout 2001", {2001, 8, 30}}, {"1934", {1934, 0, 0}},
        {"      1934", {1934, 0, 0}},    {"   JUIN 1934", {1934, 6, 0}},
        {"12 ABC 1950", {1950, 0, 0}},   {"31 FEB 1950", {1950, 2, 0}},
    };
    struct eid_date date;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(eid_birth_date_parse(text(cases[i].text), &date), RESULT_OK);
        assert_int_equal(date.year, cases[i].date.year);
        assert_int_equal(date.month, cases[i].date.month);
        assert_int_equal(date.day, cases[i].date.day);
    }
    assert_int_equal(eid_birth_date_parse(text("JAN 71"), &date), RESULT_MALFORMED);
    assert_int_equal(eid_birth_date_parse(text(""), &date), RESULT_MALFORMED);
}

static void national_numbers_are_checked_by_97_alone(void **state)
{
    static const char *const good[] = {SPECIMEN_NATIONAL_NUMBER,
                                       "79797900036",
                                       "71717100052",
                                       "92828100076",
                                       "01050399963",
                                       "03090700141"};
    static const char *const bad[] = {"71715100071", "7171510007", "717151000700", "7171510007x",
                                      ""};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(eid_national_number_is_valid(text(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(eid_national_number_is_valid(text(bad[i])));
}

static void the_specimen_says_who_it_is(void **state)
{
    static struct specimen specimen;
    struct eid_identity identity;
    struct eid_address address;

    (void)state;
    specimen_read(&specimen);
    assert_int_equal(eid_identity_decode(specimen_file(&specimen, SPECIMEN_IDENTITY), &identity),
                     RESULT_OK);
    assert_text(identity.card_number, "000000122157");
    assert_text(identity.issuing_municipality, "Antwerpen");
    assert_text(identity.national_number, SPECIMEN_NATIONAL_NUMBER);
    assert_text(identity.surname, "SPECIMEN");
    assert_text(identity.given_names, "Alice Geldigekaart");
    assert_text(identity.middle_initial, "A");
    assert_text(identity.birth_place, "Hamont-Achel");
    assert_text(identity.birth_date, "01 JAN 1971");
    assert_text(identity.sex, "V");
    assert_text(identity.noble_condition, "");
    assert_int_equal(identity.document_type, 1);
    assert_int_equal(identity.photo_hash.size, SPECIMEN_PHOTO_HASH_SIZE);
    assert_int_equal(eid_date_days(&identity.valid_until), 16274); // 2014-07-23
    assert_int_equal(eid_address_decode(specimen_file(&specimen, SPECIMEN_ADDRESS), &address),
                     RESULT_OK);
    assert_text(address.street, "Meirplaats 1 bus 1");
    assert_text(address.postal_code, "2000");
    assert_text(address.municipality, "Antwerpen");
}

static void an_identity_cut_anywhere_is_malformed(void **state)
{
    static struct specimen specimen;
    struct eid_identity identity;

    (void)state;
    specimen_read(&specimen);
    struct bytes file = specimen_file(&specimen, SPECIMEN_IDENTITY);
    // Up to the special status: after it only the photo's hash is missing, which may be.
    for (size_t size = 0; size < file.size - 22 - 3; size++)
        assert_int_equal(eid_identity_decode((struct bytes){file.data, size}, &identity),
                         RESULT_MALFORMED);
}

int test_files(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_sums_of_bytes),
        cmocka_unit_test(a_zero_tag_is_a_version_at_the_start_and_padding_elsewhere),
        cmocka_unit_test(the_first_of_two_fields_counts),
        cmocka_unit_test(validity_is_a_day_of_the_calendar),
        cmocka_unit_test(births_are_read_in_three_languages_and_incomplete),
        cmocka_unit_test(national_numbers_are_checked_by_97_alone),
        cmocka_unit_test(the_specimen_says_who_it_is),
        cmocka_unit_test(an_identity_cut_anywhere_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
