// `kioskctl card read` of every generation of cards and kind of holder, and of copies of cards.
#include "reading.h"
#include "str.h"
#include "suites.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const generations[] = {"v11", "v17", "v17ec", "v18"};
static const char *const members[] = {"identity_signature", "address_signature", "photo_hash",
                                      "certificate_chain"};

static const char *check_of(const json_t *root, const char *name)
{
    return json_at(json_object_get(root, "card"), "checks", name);
}

static void assert_all_valid(const struct call *call, const char *generation)
{
    json_t *root = call_json(call);

    if (call->status != 0)
        fail_msg("%s: %s%s", generation, call->output, call->errors);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        assert_string_equal(json_at(root, "verification", members[i]), "valid");
    assert_string_equal(check_of(root, "chip_number"), "valid");
    assert_string_equal(check_of(root, "national_number"), "valid");
    assert_string_equal(check_of(root, "certificate_dates"), "valid");
    assert_string_equal(check_of(root, "genuine_chip"),
                        str_equal(generation, "v18") ? "valid" : "not_checked");
    print_message("%s: %ld exchanges\n", generation, apdu_count(root));
    json_decref(root);
}

// With readers that show 61xx and 6Cxx, and with readers that do not.
static void every_generation_is_read_and_valid(void **state)
{
    static const char *const readers[] = {"resolve off", "resolve on", "resolve off"};
    const struct scene *scene = *state;
    struct call call;
    char answer[64];

    for (size_t reader = 0; reader < sizeof readers / sizeof *readers; reader++) {
        card_bench_control(scene->bench, readers[reader], answer, sizeof answer);
        for (size_t i = 0; reader < 2 && i < sizeof generations / sizeof *generations; i++) {
            read_whole_card(scene, generations[i], &call);
            assert_all_valid(&call, generations[i]);
        }
    }
}

static void check_flip(const struct scene *scene, const char *generation, const struct flip *flip)
{
    struct trust trust;
    struct call call;

    trust_of(scene, &trust);
    const char *words[] = {
        "card",   "read", "--trust-anchor", trust.roots, "--intermediates", trust.issuers,
        "--json", NULL};
    put_in_flipped(scene, generation, flip);
    run_with_card(scene, words, &call);
    card_bench_remove(scene->bench);
    json_t *root = call_json(&call);
    const char *found = json_at(root, "verification", flip->member);
    if (found[0] == '\0')
        found = check_of(root, flip->member);
    if (call.status != 1 || !str_equal(found, "invalid"))
        fail_msg("%s, %s at %zu: %s is %s: %s", generation, flip->file, flip->at, flip->member,
                 found, call.output);
    json_decref(root);
}

static void a_flipped_bit_shows_on_later_generations_too(void **state)
{
    static const struct flip flips[] = {
        {"identity", 70, "identity_signature"},
        {"identity-signature", 60, "identity_signature"},
        {"identity-signature", 1, "identity_signature"},  // the length of the DER
        {"identity-signature", 255, "address_signature"}, // padding, which is signed
        {"address", 5, "address_signature"},
        {"address-signature", 60, "address_signature"},
        {"photo", 300, "photo_hash"},
        {"register-certificate", 400, "certificate_chain"},
        {"authentication-certificate", 400, "certificate_chain"},
    };
    static const struct flip of_1_8 = {"basic-key", 90, "genuine_chip"};

    for (size_t i = 0; i < sizeof flips / sizeof *flips; i++) {
        check_flip(*state, "v17ec", &flips[i]);
        check_flip(*state, "v18", &flips[i]);
    }
    check_flip(*state, "v18", &of_1_8);
}

static void move_file(const struct scene *scene, const char *from, const char *to)
{
    char old[TEST_PATH_SIZE], new[TEST_PATH_SIZE];

    card_bench_path(scene->bench, from, old);
    card_bench_path(scene->bench, to, new);
    assert_int_equal(rename(old, new), 0);
}

static void assert_copy(const struct scene *scene, const char *name)
{
    struct call call;

    read_whole_card(scene, name, &call);
    json_t *root = call_json(&call);
    assert_int_equal(call.status, 1);
    assert_string_equal(check_of(root, "genuine_chip"), "invalid");
    assert_string_equal(json_at(root, "verification", "identity_signature"), "valid");
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "valid");
    assert_non_null(strstr(json_string_value(json_object_get(root, "reason")), "copy"));
    json_decref(root);
}

// All that can be read of a card, on chips that do not have its key.
static void a_copy_of_a_card_is_told(void **state)
{
    const struct scene *scene = *state;
    char path[TEST_PATH_SIZE];
    uint8_t data[28];

    card_bench_make(scene->bench, "copy", &(struct card_bench_card){.generation = "v18"});
    card_bench_make(scene->bench, "other", &(struct card_bench_card){.generation = "v18"});
    move_file(scene, "copy/basic.key", "copy/true.key");
    move_file(scene, "other/basic.key", "copy/basic.key"); // a key, and not this card's
    assert_copy(scene, "copy");
    move_file(scene, "copy/basic.key", "copy/wrong.key"); // a chip that cannot sign
    assert_copy(scene, "copy");
    card_bench_path(scene->bench, "copy/card-data", path); // a chip that claims to be older
    assert_int_equal(read_whole_file(path, data, sizeof data), sizeof data);
    data[21] = 0x17;
    write_bytes(path, data, sizeof data);
    move_file(scene, "copy/true.key", "copy/basic.key");
    move_file(scene, "copy/basic-key", "copy/no-basic-key");
    assert_copy(scene, "copy");
}

static void cards_without_certificates_are_read(void **state)
{
    static const struct {
        struct card_bench_card card;
        const char *type, *number; // of the holder: compared only with a certificate
    } cards[] = {
        {{.document_type = "6"}, "6", "not_checked"},
        {{.document_type = "06", .generation = "v18"}, "6", "not_checked"},
        {{.document_type = "61", .generation = "v17ec"}, "61", "not_checked"},
        {{.further = ",\"certificates\":\"none\"", .generation = "v18"}, "1", "not_checked"},
        {{.further = ",\"certificates\":\"authentication\""}, "1", "valid"},
    };
    const struct scene *scene = *state;

    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        const char name[] = {'h', (char)('0' + i), '\0'};
        struct call call;
        card_bench_make(scene->bench, name, &cards[i].card);
        read_whole_card(scene, name, &call);
        json_t *root = call_json(&call);
        assert_int_equal(call.status, 0);
        assert_string_equal(json_at(root, "identity", "document_type"), cards[i].type);
        assert_string_equal(json_at(root, "verification", "certificate_chain"), "valid");
        assert_string_equal(check_of(root, "national_number"), cards[i].number);
        json_decref(root);
    }
}

// Under an authority that nobody configured: it is read from the card.
static void a_foreigners_card_shows_all_its_fields(void **state)
{
    static const struct card_bench_card card = {
        .generation = "v18",
        .document_type = "33",
        .further = ",\"card_language\":\"de\",\"duplicate\":\"01\",\"special_organisation\":\"5\","
                   "\"member_of_family\":true,\"protection\":\"13.05.2019-SY\","
                   "\"labour_market\":\"7\",\"vat_number_1\":\"0123.456.789\","
                   "\"a_card_mention_1\":\"I\",\"eu_start\":\"17.03.2021\""};
    static const struct {
        const char *name, *value;
    } fields[] = {
        {"document_type", "33"},
        {"birth_date", "1985-07-30"},
        {"duplicate", "01"},
        {"special_organisation", "5"},
        {"protection", "13.05.2019-SY"},
        {"labour_market", "7"},
        {"vat_number_1", "0123.456.789"},
        {"vat_number_2", ""},
        {"a_card_mention_1", "I"},
        {"eu_start", "2021-03-17"},
    };
    const struct scene *scene = *state;
    struct call call;

    card_bench_make(scene->bench, "foreigner", &card);
    read_whole_card(scene, "foreigner", &call);
    assert_all_valid(&call, "v18");
    json_t *root = call_json(&call);
    json_t *identity = json_object_get(root, "identity");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        assert_string_equal(json_at(root, "identity", fields[i].name), fields[i].value);
    assert_true(json_is_true(json_object_get(identity, "member_of_family")));
    json_decref(root);
}

static void a_card_that_was_never_activated_says_so(void **state)
{
    static const struct card_bench_card cards[] = {
        {.generation = "v17", .further = ",\"activated\":false"},
        {.generation = "v18", .further = ",\"activated\":false"},
    };
    const struct scene *scene = *state;

    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        const char name[] = {'n', (char)('0' + i), '\0'};
        struct call call;
        card_bench_make(scene->bench, name, &cards[i]);
        read_whole_card(scene, name, &call);
        assert_int_equal(call.status, 1);
        assert_non_null(strstr(call.errors, "not activated"));
    }
}

static void dates_that_passed_are_told(void **state)
{
    const struct scene *scene = *state;
    struct call call;

    card_bench_make(scene->bench, "old",
                    &(struct card_bench_card){.valid_until = "2025-01-05",
                                              .further = ",\"certificates_until\":\"2034-01-05\""});
    read_whole_card(scene, "old", &call);
    json_t *root = call_json(&call);
    assert_string_equal(check_of(root, "card_dates"), "invalid");
    assert_string_equal(check_of(root, "certificate_dates"), "valid");
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "valid");
    json_decref(root);
}

int generation_tests(const struct caller *caller, struct card_bench *bench)
{
    struct scene scene = {.caller = caller, .bench = bench};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_generation_is_read_and_valid, &scene),
        cmocka_unit_test_prestate(a_flipped_bit_shows_on_later_generations_too, &scene),
        cmocka_unit_test_prestate(a_copy_of_a_card_is_told, &scene),
        cmocka_unit_test_prestate(cards_without_certificates_are_read, &scene),
        cmocka_unit_test_prestate(a_foreigners_card_shows_all_its_fields, &scene),
        cmocka_unit_test_prestate(a_card_that_was_never_activated_says_so, &scene),
        cmocka_unit_test_prestate(dates_that_passed_are_told, &scene),
    };

    for (size_t i = 0; i < sizeof generations / sizeof *generations; i++)
        card_bench_make(bench, generations[i],
                        &(struct card_bench_card){.generation = generations[i]});
    return cmocka_run_group_tests_name("kioskctl and generations of cards", tests, NULL, NULL);
}
