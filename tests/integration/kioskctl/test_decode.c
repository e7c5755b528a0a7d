// `kioskctl card decode` of the specimen: all of it as expected, and each file with a bit flipped.
#include "str.h"
#include "suites.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FILE_COUNT 6
#define FILE_MAXIMUM 4096
#define FLIPS 12 // a file, spread over its length

static const struct {
    const char *option, *name, *member; // what must be invalid when a bit is flipped
} files[FILE_COUNT] = {
    {"--identity", "Alice_Identity.tlv", "identity_signature"},
    {"--identity-signature", "Alice_IdentitySignature.tlv", "identity_signature"},
    {"--address", "Alice_Address.tlv", "address_signature"},
    {"--address-signature", "Alice_AddressSignature.tlv", "address_signature"},
    {"--photo", "Alice_Photo.tlv", "photo_hash"},
    {"--rrn-certificate", "Alice_RRNCertificate.tlv", "certificate_chain"},
};

static const char *const members[] = {"identity_signature", "address_signature", "photo_hash",
                                      "certificate_chain"};

struct specimen {
    char paths[FILE_COUNT][TEST_PATH_SIZE];
    char root[TEST_PATH_SIZE];
};

static void specimen_paths(struct specimen *specimen)
{
    for (size_t i = 0; i < FILE_COUNT; i++)
        test_path(specimen->paths[i], VECTORS "/eid-specimen", files[i].name);
    test_path(specimen->root, VECTORS "/eid-specimen", "Alice_RootCertificate.tlv");
}

static void decode(const struct caller *caller, const struct specimen *specimen, bool json,
                   struct call *call)
{
    const char *words[2 * FILE_COUNT + 6] = {"card", "decode", "--trust-anchor", specimen->root};
    size_t count = 4;

    for (size_t i = 0; i < FILE_COUNT; i++) {
        words[count++] = files[i].option;
        words[count++] = specimen->paths[i];
    }
    words[count] = json ? "--json" : NULL;
    call_run(caller, words, call);
}

static void same_as_golden(const struct call *call, const char *name)
{
    char path[TEST_PATH_SIZE], golden[CALL_OUTPUT_SIZE];

    test_path(path, HERE, name);
    golden[read_whole_file(path, golden, sizeof golden - 1)] = '\0';
    assert_string_equal(call->output, golden);
}

static void the_specimen_is_decoded_as_the_contract_says(void **state)
{
    struct specimen specimen;
    struct call call;

    specimen_paths(&specimen);
    decode(*state, &specimen, true, &call);
    assert_int_equal(call.status, 0);
    same_as_golden(&call, "alice.json");
    json_decref(call_json(&call));
    decode(*state, &specimen, false, &call);
    assert_int_equal(call.status, 0);
    same_as_golden(&call, "alice.txt");
}

// Another check may fail too: each signature covers more than one file.
static void flip(const struct caller *caller, const struct specimen *specimen, size_t which,
                 size_t number)
{
    uint8_t content[FILE_MAXIMUM];
    struct specimen changed = *specimen;
    struct call call;

    size_t size = read_whole_file(specimen->paths[which], content, sizeof content);
    content[number * size / FLIPS] ^= (uint8_t)(1 << number % 8);
    test_path(changed.paths[which], caller->folder, "flipped");
    write_bytes(changed.paths[which], content, size);
    decode(caller, &changed, true, &call);
    json_t *root = call_json(&call);
    if (!str_equal(json_at(root, "verification", files[which].member), "invalid") ||
        call.status != 1 || json_string_value(json_object_get(root, "reason")) == NULL)
        fail_msg("%s, flip %zu, status %d: %s", files[which].name, number, call.status,
                 call.output);
    // Nothing that lies elsewhere is blamed.
    if (which == 4)
        for (size_t i = 0; i < 4; i++)
            if (!str_equal(members[i], files[which].member))
                assert_string_equal(json_at(root, "verification", members[i]), "valid");
    json_decref(root);
}

static void a_flipped_bit_shows_in_the_right_member(void **state)
{
    struct specimen specimen;

    specimen_paths(&specimen);
    for (size_t which = 0; which < FILE_COUNT; which++)
        for (size_t number = 0; number < FLIPS; number++)
            flip(*state, &specimen, which, number);
}

static void what_is_not_given_is_not_checked(void **state)
{
    struct specimen specimen;
    struct call call;

    specimen_paths(&specimen);
    const char *words[] = {"card", "decode", "--identity", specimen.paths[0], "--json", NULL};
    call_run(*state, words, &call);
    assert_int_equal(call.status, 0);
    json_t *root = call_json(&call);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(json_at(root, "verification", members[i]), "not_checked");
    assert_true(json_is_null(json_object_get(root, "address")));
    assert_string_equal(json_at(root, "identity", "birth_date"), "1971-01-01");
    json_decref(root);
}

static void wrong_usage_and_missing_files_have_their_status(void **state)
{
    static const struct {
        const char *words[6];
        int status;
        const char *named; // what the text must name
    } cases[] = {
        {{NULL}, 2, "command"},
        {{"card"}, 2, "command"},
        {{"card", "eat"}, 2, "command"},
        {{"card", "decode"}, 2, "--identity"},
        {{"card", "decode", "--identity"}, 2, "--identity"},
        {{"card", "decode", "--idenity", "x"}, 2, "--idenity"},
        {{"card", "decode", "--identity", "no/such/file"}, 3, "no/such/file"},
        {{"card", "read", "--only", "photo"}, 2, "--only"},
        {{"card", "read", "--only", "identity,"}, 2, "--only"},
        {{"card", "read", "stray"}, 2, "stray"},
        {{"card", "read", "--only", "identity", "--photo", "p"}, 2, "--photo"},
        {{"seal", "verify", "file.pdf"}, 2, "--trust-anchor"},
    };
    struct call call;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *words[7] = {};
        memcpy(words, cases[i].words, sizeof cases[i].words);
        call_run(*state, words, &call);
        assert_int_equal(call.status, cases[i].status);
        assert_non_null(strstr(call.errors, cases[i].named));
        assert_string_equal(call.output, "");
    }
}

int decode_tests(const struct caller *caller)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_specimen_is_decoded_as_the_contract_says, (void *)caller),
        cmocka_unit_test_prestate(a_flipped_bit_shows_in_the_right_member, (void *)caller),
        cmocka_unit_test_prestate(what_is_not_given_is_not_checked, (void *)caller),
        cmocka_unit_test_prestate(wrong_usage_and_missing_files_have_their_status, (void *)caller),
    };

    return cmocka_run_group_tests_name("kioskctl card decode", tests, NULL, NULL);
}
