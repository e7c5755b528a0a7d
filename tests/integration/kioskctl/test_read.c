// `kioskctl card read` against a virtual card behind a real pcscd.
#include "reading.h"
#include "str.h"
#include "suites.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#define CARD "card"
#define CHUNK 256
#define FILE_COUNT 7
#define EXCHANGES_BESIDES                                                                          \
    3 // GET CARD DATA, and the ends of the two files whose length nothing tells

static void without_a_card_it_is_not_there(void **state)
{
    const struct scene *scene = *state;
    struct call call;

    const char *words[] = {"card", "read", "--json", NULL};
    call_run(scene->caller, words, &call);
    assert_int_equal(call.status, 3);
    json_t *root = call_json(&call);
    assert_non_null(json_string_value(json_object_get(root, "reason")));
    json_decref(root);
    const char *other[] = {"card", "read", "--reader", "no such reader", NULL};
    call_run(scene->caller, other, &call);
    assert_int_equal(call.status, 3);
    assert_non_null(strstr(call.errors, "--reader"));
}

static void identity_and_address_take_six_exchanges_at_most(void **state)
{
    const struct scene *scene = *state;
    const char *words[] = {"card", "read", "--only", "identity,address", "--json", NULL};
    struct call call;

    card_bench_insert(scene->bench, CARD);
    run_with_card(scene, words, &call);
    assert_int_equal(call.status, 0);
    json_t *root = call_json(&call);
    assert_true(apdu_count(root) <= 6);
    assert_int_equal(apdu_count(root), card_bench_commands(scene->bench));
    assert_string_equal(json_at(root, "identity", "surname"), "Benali");
    assert_string_equal(json_at(root, "address", "street"), "Rue Haute 12");
    assert_string_equal(json_at(root, "verification", "identity_signature"), "not_checked");
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "not_checked");
    assert_true(json_is_null(json_object_get(json_object_get(root, "card"), "applet_version")));
    json_decref(root);
    card_bench_remove(scene->bench);
}

// One select a file, its length in chunks, and three: what the card's protocol asks for at least.
static long exchange_bound(const struct scene *scene)
{
    static const char *const files[FILE_COUNT] = {CARD "/identity",
                                                  CARD "/identity-signature",
                                                  CARD "/address",
                                                  CARD "/address-signature",
                                                  CARD "/photo",
                                                  CARD "/register-certificate",
                                                  CARD "/authentication-certificate"};
    long bound = EXCHANGES_BESIDES + FILE_COUNT;
    char path[TEST_PATH_SIZE];
    struct stat file;

    for (size_t i = 0; i < FILE_COUNT; i++) {
        card_bench_path(scene->bench, files[i], path);
        assert_int_equal(stat(path, &file), 0);
        bound += (file.st_size + CHUNK - 1) / CHUNK;
    }
    return bound;
}

static void seven_files_are_read_and_checked_within_the_bound(void **state)
{
    const struct scene *scene = *state;
    struct trust trust;
    struct call call;

    trust_of(scene, &trust);
    const char *words[] = {
        "card",   "read", "--trust-anchor", trust.roots, "--intermediates", trust.issuers,
        "--json", NULL};
    card_bench_insert(scene->bench, CARD);
    run_with_card(scene, words, &call);
    assert_int_equal(call.status, 0);
    json_t *root = call_json(&call);
    print_message("%ld exchanges, at most %ld\n", apdu_count(root), exchange_bound(scene));
    assert_true(apdu_count(root) <= exchange_bound(scene));
    assert_int_equal(apdu_count(root), card_bench_commands(scene->bench));
    assert_string_equal(json_at(root, "verification", "identity_signature"), "valid");
    assert_string_equal(json_at(root, "verification", "address_signature"), "valid");
    assert_string_equal(json_at(root, "verification", "photo_hash"), "valid");
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "valid");
    assert_string_equal(json_at(root, "card", "applet_version"), "1.7");
    assert_string_equal(json_at(root, "card", "chip_number"),
                        json_at(root, "identity", "chip_number"));
    json_decref(root);
    card_bench_remove(scene->bench);
}

static void a_flipped_bit_on_the_card_shows_in_the_right_member(void **state)
{
    static const char *const members[] = {"identity_signature", "address_signature", "photo_hash",
                                          "certificate_chain"};
    static const struct flip flips[] = {
        {"identity", 70, "identity_signature"},
        {"identity-signature", 100, "identity_signature"},
        {"address", 5, "address_signature"},
        {"address-signature", 100, "address_signature"},
        {"photo", 300, "photo_hash"},
        {"register-certificate", 500, "certificate_chain"},
        {"register-certificate", 1, "certificate_chain"}, // where its length stands
        {"authentication-certificate", 500, "certificate_chain"},
        {"authentication-certificate", 2, "certificate_chain"},
    };
    const struct scene *scene = *state;
    struct trust trust;

    trust_of(scene, &trust);
    const char *words[] = {
        "card",   "read", "--trust-anchor", trust.roots, "--intermediates", trust.issuers,
        "--json", NULL};
    for (size_t i = 0; i < sizeof flips / sizeof *flips; i++) {
        bool both = str_equal(flips[i].file, "identity-signature"); // the address's covers it
        struct call call;
        put_in_flipped(scene, CARD, &flips[i]);
        run_with_card(scene, words, &call);
        assert_int_equal(call.status, 1);
        json_t *root = call_json(&call);
        assert_non_null(json_string_value(json_object_get(root, "reason")));
        for (size_t j = 0; j < sizeof members / sizeof *members; j++) {
            bool wrong = str_equal(members[j], flips[i].member) ||
                         (both && str_equal(members[j], "address_signature"));
            const char *found = json_at(root, "verification", members[j]);
            if (str_equal(found, "invalid") != wrong)
                fail_msg("%s at %zu: %s is %s", flips[i].file, flips[i].at, members[j], found);
        }
        json_decref(root);
        card_bench_remove(scene->bench);
    }
}

// The card of the specimen, of applet 1.1.
static void make_specimen(const struct scene *scene)
{
    static const struct {
        const char *to, *from;
    } copies[] = {
        {"identity", "Alice_Identity.tlv"},
        {"identity-signature", "Alice_IdentitySignature.tlv"},
        {"address", "Alice_Address.tlv"},
        {"address-signature", "Alice_AddressSignature.tlv"},
        {"photo", "Alice_Photo.tlv"},
        {"authentication-certificate", "Alice_AuthentificationCertificate.tlv"},
        {"signature-certificate", "Alice_SigningCertificate.tlv"},
        {"issuer-certificate", "Alice_CACertificate.tlv"},
        {"root-certificate", "Alice_RootCertificate.tlv"},
        {"register-certificate", "Alice_RRNCertificate.tlv"},
    };
    uint8_t content[8192], data[32];
    char path[TEST_PATH_SIZE], name[64];

    card_bench_make_card(scene->bench, "alice", "1");
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        test_path(path, VECTORS "/eid-specimen", copies[i].from);
        size_t size = read_whole_file(path, content, sizeof content);
        assert_int_equal(str_format(name, sizeof name, "alice/%s", copies[i].to), RESULT_OK);
        card_bench_path(scene->bench, name, path);
        write_bytes(path, content, size);
        if (i == 0)
            memcpy(data, content + 16, 16); // tag 02: what the chip says too
    }
    card_bench_path(scene->bench, "alice/card-data", path);
    assert_int_equal(read_whole_file(path, content, sizeof content), 28);
    memcpy(content, data, 16);
    content[21] = 0x11;
    write_bytes(path, content, 28);
}

// It has expired, and is genuine.
static void the_specimen_is_good_in_the_reader_too(void **state)
{
    const struct scene *scene = *state;
    struct call call;

    make_specimen(scene);
    card_bench_insert(scene->bench, "alice");
    const char *words[] = {"card",
                           "read",
                           "--trust-anchor",
                           VECTORS "/eid-specimen/Alice_RootCertificate.tlv",
                           "--intermediates",
                           VECTORS "/eid-specimen/Alice_CACertificate.tlv",
                           "--json",
                           NULL};
    run_with_card(scene, words, &call);
    assert_int_equal(call.status, 0);
    json_t *root = call_json(&call);
    print_message("%ld exchanges for the specimen\n", apdu_count(root));
    assert_true(apdu_count(root) <= 33);
    assert_string_equal(json_at(root, "identity", "given_names"), "Alice Geldigekaart");
    assert_string_equal(json_at(root, "verification", "identity_signature"), "valid");
    assert_string_equal(json_at(root, "verification", "address_signature"), "valid");
    assert_string_equal(json_at(root, "verification", "photo_hash"), "valid");
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "valid");
    json_t *card = json_object_get(root, "card");
    assert_string_equal(json_at(card, "checks", "chip_number"), "valid");
    assert_string_equal(json_at(card, "checks", "national_number"), "valid");
    assert_string_equal(json_at(card, "checks", "card_dates"), "invalid");
    assert_string_equal(json_at(card, "checks", "certificate_dates"), "invalid");
    json_decref(root);
    card_bench_remove(scene->bench);
}

// Without the authorities between, the card's own is read; under a stranger's root nothing holds.
static void the_chain_follows_the_anchor(void **state)
{
    const struct scene *scene = *state;
    struct trust trust;
    struct call call;

    trust_of(scene, &trust);
    card_bench_insert(scene->bench, CARD);
    const char *words[] = {"card", "read", "--trust-anchor", trust.roots, "--json", NULL};
    run_with_card(scene, words, &call);
    assert_int_equal(call.status, 0);
    json_t *root = call_json(&call);
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "valid");
    json_decref(root);
    words[3] = VECTORS "/eid-specimen/Alice_RootCertificate.tlv";
    call_run(scene->caller, words, &call);
    assert_int_equal(call.status, 1);
    root = call_json(&call);
    assert_string_equal(json_at(root, "verification", "certificate_chain"), "invalid");
    assert_string_equal(json_at(root, "verification", "identity_signature"), "valid");
    json_decref(root);
    card_bench_remove(scene->bench);
}

static void the_photo_goes_into_a_file_of_its_owner(void **state)
{
    const struct scene *scene = *state;
    char path[TEST_PATH_SIZE], original[TEST_PATH_SIZE];
    uint8_t saved[8192], wanted[8192];
    struct stat file;
    struct call call;

    test_path(path, scene->caller->folder, "photo.jpg");
    card_bench_path(scene->bench, CARD "/photo", original);
    const char *words[] = {"card", "read", "--photo", path, NULL};
    card_bench_insert(scene->bench, CARD);
    run_with_card(scene, words, &call);
    assert_int_equal(call.status, 0);
    assert_non_null(strstr(call.output, "Benali"));
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    size_t size = read_whole_file(path, saved, sizeof saved);
    assert_int_equal(size, read_whole_file(original, wanted, sizeof wanted));
    assert_memory_equal(saved, wanted, size);
    card_bench_remove(scene->bench);
}

static void a_card_pulled_while_it_is_read_is_a_no_with_a_reason(void **state)
{
    const struct scene *scene = *state;
    const char *words[] = {"card", "read", NULL};
    char answer[64];
    struct call call;

    card_bench_control(scene->bench, "pull-at 6", answer, sizeof answer);
    card_bench_insert(scene->bench, CARD);
    run_with_card(scene, words, &call);
    assert_int_equal(call.status, 1);
    assert_non_null(strstr(call.errors, "taken out"));
    assert_string_equal(call.output, "");
    card_bench_control(scene->bench, "pull-at 0", answer, sizeof answer);
}

int read_tests(const struct caller *caller, struct card_bench *bench)
{
    struct scene scene = {.caller = caller, .bench = bench};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(without_a_card_it_is_not_there, &scene),
        cmocka_unit_test_prestate(identity_and_address_take_six_exchanges_at_most, &scene),
        cmocka_unit_test_prestate(seven_files_are_read_and_checked_within_the_bound, &scene),
        cmocka_unit_test_prestate(a_flipped_bit_on_the_card_shows_in_the_right_member, &scene),
        cmocka_unit_test_prestate(the_specimen_is_good_in_the_reader_too, &scene),
        cmocka_unit_test_prestate(the_chain_follows_the_anchor, &scene),
        cmocka_unit_test_prestate(the_photo_goes_into_a_file_of_its_owner, &scene),
        cmocka_unit_test_prestate(a_card_pulled_while_it_is_read_is_a_no_with_a_reason, &scene),
    };

    card_bench_make_card(bench, CARD, "1");
    return cmocka_run_group_tests_name("kioskctl card read", tests, NULL, NULL);
}
