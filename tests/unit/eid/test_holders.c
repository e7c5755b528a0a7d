// Every tag, document type and kind of holder of the card content specification, by tables.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "eid_identity.h"
#include "str.h"
#include "suites.h"

#define FILE_MAXIMUM 1024
#define CHIP "0123456789abcdef"

struct file {
    uint8_t bytes[FILE_MAXIMUM];
    size_t size;
};

static void put(struct file *file, uint8_t tag, const char *value)
{
    size_t length = strlen(value);

    assert_true(length < 0xFF && file->size + 2 + length <= sizeof file->bytes);
    file->bytes[file->size++] = tag;
    file->bytes[file->size++] = (uint8_t)length;
    memcpy(file->bytes + file->size, value, length);
    file->size += length;
}

static struct bytes text(const char *words)
{
    return (struct bytes){(const uint8_t *)words, strlen(words)};
}

static void assert_text(struct bytes got, const char *wanted)
{
    assert_int_equal(got.size, strlen(wanted));
    assert_memory_equal(got.data, wanted, got.size);
}

// A card of which all is usual but one field; `tag` 0: nothing but the usual.
static void make(struct file *file, uint8_t tag, const char *value)
{
    static const struct {
        uint8_t tag;
        const char *value;
    } usual[] = {{0x02, CHIP}, {0x06, "71715100070"}, {0x0C, "01 JAN 1971"}, {0x0F, "1"}};

    *file = (struct file){};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i].tag != tag)
            put(file, usual[i].tag, usual[i].value);
    if (tag != 0)
        put(file, tag, value);
}

static enum result decode(const struct file *file, struct eid_identity *identity)
{
    return eid_identity_decode((struct bytes){file->bytes, file->size}, identity);
}

static void every_text_field_has_its_tag(void **state)
{
    static const struct {
        uint8_t tag;
        size_t place;
    } fields[] = {
#define FIELD(tag, member) {tag, offsetof(struct eid_identity, member)}
        FIELD(0x01, card_number),
        FIELD(0x05, issuing_municipality),
        FIELD(0x07, surname),
        FIELD(0x08, given_names),
        FIELD(0x09, middle_initial),
        FIELD(0x0A, nationality),
        FIELD(0x0B, birth_place),
        FIELD(0x0D, sex),
        FIELD(0x0E, noble_condition),
        FIELD(0x10, special_status),
        FIELD(0x11, photo_hash),
        FIELD(0x12, duplicate),
        FIELD(0x13, special_organisation),
        FIELD(0x15, protection),
        FIELD(0x16, labour_market),
        FIELD(0x17, vat_number_1),
        FIELD(0x18, vat_number_2),
        FIELD(0x19, regional_file_number),
        FIELD(0x1A, basic_key_hash),
        FIELD(0x1B, brexit_mention_1),
        FIELD(0x1C, brexit_mention_2),
        FIELD(0x1D, a_card_mention_1),
        FIELD(0x1E, a_card_mention_2),
#undef FIELD
    };

    (void)state;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct eid_identity identity;
        struct file file;
        struct bytes value;

        make(&file, fields[i].tag, "value");
        assert_int_equal(decode(&file, &identity), RESULT_OK);
        memcpy(&value, (const char *)&identity + fields[i].place, sizeof value);
        assert_text(value, "value");
        make(&file, fields[i].tag, ""); // as most cards have the fields of foreigners
        assert_int_equal(decode(&file, &identity), RESULT_OK);
        memcpy(&value, (const char *)&identity + fields[i].place, sizeof value);
        assert_int_equal(value.size, 0);
    }
}

static void fields_that_are_no_text(void **state)
{
    struct eid_identity identity;
    struct file file;

    (void)state;
    make(&file, 0x14, "");
    assert_int_equal(decode(&file, &identity), RESULT_OK);
    assert_true(identity.member_of_family); // by being there
    make(&file, 0x1F, "17.03.2021");
    assert_int_equal(decode(&file, &identity), RESULT_OK);
    assert_false(identity.member_of_family);
    assert_int_equal(identity.eu_start.year, 2021);
    assert_int_equal(identity.eu_start.month, 3);
    assert_int_equal(identity.eu_start.day, 17);
    make(&file, 0x77, "a field of the future");
    assert_int_equal(decode(&file, &identity), RESULT_OK);
}

static void every_document_type_has_its_class(void **state)
{
    static const int known[] = {1,  6,  7,  8,  11, 12, 13, 14, 15, 16, 17, 18, 19,
                                20, 21, 22, 23, 27, 28, 31, 32, 33, 34, 35, 36, 61,
                                62, 63, 64, 65, 66, 67, 68, 69, 24, 99}; // the last two: unassigned

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char digits[] = {(char)('0' + known[i] / 10), (char)('0' + known[i] % 10), '\0'};
        struct eid_identity identity;
        struct file file;

        make(&file, 0x0F, digits); // "01" is written as well as "1"
        assert_int_equal(decode(&file, &identity), RESULT_OK);
        assert_int_equal(identity.document_type, known[i]);
        assert_int_equal(eid_document_is_of_child(known[i]),
                         known[i] == 6 || (known[i] >= 61 && known[i] <= 69));
        assert_int_equal(eid_document_is_of_resident(known[i]), known[i] != 7 && known[i] != 8);
    }
}

static void special_statuses_are_sums(void **state)
{
    static const struct {
        const char *code;
        struct eid_special_status status;
    } cases[] = {
        {"0", {}},
        {"", {}},
        {"1", {.white_cane = true}},
        {"2", {.extended_minority = true}},
        {"3", {.white_cane = true, .extended_minority = true}},
        {"4", {.yellow_cane = true}},
        {"5", {.yellow_cane = true, .extended_minority = true}},
        {"6", {}},
        {"x", {}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct eid_special_status got = eid_special_status_decode(text(cases[i].code));
        assert_int_equal(got.white_cane, cases[i].status.white_cane);
        assert_int_equal(got.yellow_cane, cases[i].status.yellow_cane);
        assert_int_equal(got.extended_minority, cases[i].status.extended_minority);
    }
}

static void the_sexes_of_three_languages(void **state)
{
    static const struct {
        const char *text;
        char sex;
    } cases[] = {{"M", 'M'}, {"F", 'F'}, {"V", 'F'}, {"W", 'F'},
                 {"", 'X'},  {"X", 'X'}, {"MM", 'X'}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(eid_sex(text(cases[i].text)), cases[i].sex);
}

static void names_of_all_europe_stay_as_they_are(void **state)
{
    static const char *const names[] = {
        "Çağrı Öztürk-Şahin", "Zoë Noël",  "Łukasz Żółć", "Dvořák Čeněk", "Ąžuolas Ūsas",
        "Þórður Æðelstan",    "Ștefăniță", "Ødegård Åse", "Győző Űrös",   "Ħal Ġużè",
        "D’Ieteren O'Neil",   "ß ẞ ÿ ij",  "Αλέξης",      "Ђорђе",        ""};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char padded[128] = "  ";
        struct eid_identity identity;
        struct file file;

        memcpy(padded + 2, names[i], strlen(names[i]));
        memcpy(padded + 2 + strlen(names[i]), "   ", 4);
        make(&file, 0x08, padded);
        assert_int_equal(decode(&file, &identity), RESULT_OK);
        assert_text(identity.given_names, names[i]);
    }
}

static void national_numbers_of_2000_and_of_people_outside_the_register(void **state)
{
    static const struct {
        const char *number;
        bool valid;
    } cases[] = {
        {"01050399963", true},  // born in 2001
        {"01050399928", false}, // 97 minus the rest, neither with a 2 before nor without
        {"85273000197", false},
        {"00000000197", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(eid_national_number_is_valid(text(cases[i].number)), cases[i].valid);
    // BIS numbers: the month raised by 20 or 40; the check digits follow the same rule.
    for (int64_t raised = 20; raised <= 40; raised += 20) {
        int64_t nine = 850000000 + (7 + raised) * 100000 + 30 * 1000 + 124, check = 97 - nine % 97;
        char digits[12] = "";
        int64_t whole = nine * 100 + check;
        for (int i = 10; i >= 0; i--, whole /= 10)
            digits[i] = (char)('0' + whole % 10);
        assert_true(eid_national_number_is_valid(text(digits)));
        digits[10] = (char)(digits[10] == '9' ? '0' : digits[10] + 1);
        assert_false(eid_national_number_is_valid(text(digits)));
    }
}

static void births_in_every_month_of_every_language(void **state)
{
    static const char *const months[12][3] = {
        {"JAN", "JAN", "JAN"},  {"FEV", "FEB", "FEB"},  {"MARS", "MAAR", "MÄR"},
        {"AVR", "APR", "APR"},  {"MAI", "MEI", "MAI"},  {"JUIN", "JUN", "JUN"},
        {"JUIL", "JUL", "JUL"}, {"AOUT", "AUG", "AUG"}, {"SEPT", "SEP", "SEP"},
        {"OCT", "OKT", "OKT"},  {"NOV", "NOV", "NOV"},  {"DEC", "DEC", "DEZ"},
    };

    (void)state;
    for (int month = 1; month <= 12; month++) {
        for (int language = 0; language < 3; language++) {
            char written[32] = "", wanted[EID_DATE_TEXT_SIZE] = "1971-00-05";
            char iso[EID_DATE_TEXT_SIZE];
            const char *name = months[month - 1][language];
            struct eid_identity identity;
            struct file file;

            assert_int_equal(str_format(written, sizeof written,
                                        language == 2 ? "05.%s. 1971" : "05 %s 1971", name),
                             RESULT_OK);
            wanted[5] = (char)('0' + month / 10);
            wanted[6] = (char)('0' + month % 10);
            make(&file, 0x0C, written);
            assert_int_equal(decode(&file, &identity), RESULT_OK);
            eid_date_iso(&identity.born, iso);
            assert_string_equal(iso, wanted);
        }
    }
}

static void dates_are_as_long_as_they_are_known(void **state)
{
    static const struct {
        struct eid_date date;
        const char *text;
    } cases[] = {
        {{}, ""}, {{1934, 0, 0}, "1934"}, {{1934, 6, 0}, "1934-06"}, {{1934, 6, 3}, "1934-06-03"}};
    char iso[EID_DATE_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        eid_date_iso(&cases[i].date, iso);
        assert_string_equal(iso, cases[i].text);
    }
}

int test_holders(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_field_has_its_tag),
        cmocka_unit_test(fields_that_are_no_text),
        cmocka_unit_test(every_document_type_has_its_class),
        cmocka_unit_test(special_statuses_are_sums),
        cmocka_unit_test(the_sexes_of_three_languages),
        cmocka_unit_test(names_of_all_europe_stay_as_they_are),
        cmocka_unit_test(national_numbers_of_2000_and_of_people_outside_the_register),
        cmocka_unit_test(births_in_every_month_of_every_language),
        cmocka_unit_test(dates_are_as_long_as_they_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
