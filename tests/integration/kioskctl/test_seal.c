// `kioskctl seal verify` of the sealed specimen.
#include "str.h"
#include "suites.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define DOCUMENT_MAXIMUM (1024 * 1024)
#define GOOD VECTORS "/seal/good.pdf"
#define AUTHORITY VECTORS "/seal/authority.pem"

static void a_good_seal_is_told_with_who_and_when(void **state)
{
    const char *words[] = {"seal", "verify", "--trust-anchor", AUTHORITY, "--json", GOOD, NULL};
    struct call call;

    call_run(*state, words, &call);
    json_t *root = call_json(&call);
    print_message("%s", call.output);
    assert_int_equal(call.status, 0);
    assert_string_equal(json_at(root, "seal", "status"), "good");
    assert_string_not_equal(json_at(root, "seal", "signer"), "");
    assert_string_not_equal(json_at(root, "seal", "signed_at"), "");
    assert_true(json_is_true(json_object_get(json_object_get(root, "seal"), "covers_whole_file")));
    json_decref(root);
}

static void a_changed_byte_is_told(void **state)
{
    const struct caller *caller = *state;
    char path[TEST_PATH_SIZE];
    static uint8_t document[DOCUMENT_MAXIMUM];
    struct call call;

    size_t size = read_whole_file(GOOD, document, sizeof document);
    document[size / 4] ^= 1;
    test_path(path, caller->folder, "changed.pdf");
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(document, 1, size, file), size);
    fclose(file);
    const char *words[] = {"seal", "verify", "--trust-anchor", AUTHORITY, "--json", path, NULL};
    call_run(caller, words, &call);
    assert_int_equal(call.status, 1);
    json_t *root = call_json(&call);
    assert_string_equal(json_at(root, "seal", "status"), "refused");
    assert_string_not_equal(json_at(root, "seal", "reason"), "none");
    json_decref(root);
}

static void after_its_certificate_a_seal_without_time_stamp_is_refused(void **state)
{
    const char *words[] = {"seal",    "verify", "--trust-anchor",
                           AUTHORITY, "--at",   "2199-01-01T00:00:00Z",
                           "--json",  GOOD,     NULL};
    struct call call;

    call_run(*state, words, &call);
    assert_int_equal(call.status, 1);
    json_t *root = call_json(&call);
    assert_string_equal(json_at(root, "seal", "reason"), "expired");
    json_decref(root);
    words[5] = "tomorrow";
    call_run(*state, words, &call);
    assert_int_equal(call.status, 2);
}

int seal_tests(const struct caller *caller)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_good_seal_is_told_with_who_and_when, (void *)caller),
        cmocka_unit_test_prestate(a_changed_byte_is_told, (void *)caller),
        cmocka_unit_test_prestate(after_its_certificate_a_seal_without_time_stamp_is_refused,
                                  (void *)caller),
    };

    return cmocka_run_group_tests_name("kioskctl seal verify", tests, NULL, NULL);
}
