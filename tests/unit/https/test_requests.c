// What the terminal sends, read back by a plain JSON parse.
#include "base64.h"
#include "json_reader.h"
#include "requests.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// after the four above
#include <cmocka.h>

#include <string.h>

static struct secret *file(const char *content)
{
    struct secret *secret = NULL;

    assert_int_equal(secret_create(100, &secret), RESULT_OK);
    assert_int_equal(
        secret_append(secret, (struct bytes){(const uint8_t *)content, strlen(content)}),
        RESULT_OK);
    return secret;
}

static void assert_text(const json_t *object, const char *member, const char *expected)
{
    assert_string_equal(json_string_value(json_object_get(object, member)), expected);
}

void test_session_request(void **state)
{
    struct card_files files = {
        .identity = file("identity"),
        .identity_signature = file("s1"),
        .address = file("a"),
        .address_signature = file(""),
        .authentication_certificate = file("auth"),
        .issuer_certificate = file("issuer"),
        .register_certificate = file("\xff\xfe"),
    };
    owned(secret) body = NULL;
    owned_json object = NULL;

    (void)state;
    assert_int_equal(request_session(&files, &body), RESULT_OK);
    assert_int_equal(json_parse(secret_bytes(body), &object), RESULT_OK);
    assert_int_equal(json_object_size(object), 8);
    assert_text(object, "channel", "kiosk");
    assert_text(object, "identity", "aWRlbnRpdHk=");
    assert_text(object, "identity_signature", "czE=");
    assert_text(object, "address", "YQ==");
    assert_text(object, "address_signature", "");
    assert_text(object, "authentication_certificate", "YXV0aA==");
    assert_text(object, "issuer_certificate", "aXNzdWVy");
    assert_text(object, "register_certificate", "//4=");

    owned(secret) none = NULL;
    secret_destroy(files.address);
    files.address = NULL;
    assert_int_equal(request_session(&files, &none), RESULT_INVALID);
    card_files_wipe(&files);
}

void test_small_requests(void **state)
{
    const struct card_signature signature = {.bytes = "abc", .size = 3};
    const struct backend_order_request order = {
        .kind = "house\"hold", .language = "nl", .subject = "self"};
    owned(secret) proof = NULL;
    owned(secret) wanted = NULL;
    owned(secret) outcome = NULL;

    (void)state;
    assert_int_equal(request_proof(&signature, &proof), RESULT_OK);
    assert_int_equal(secret_bytes(proof).size, strlen("{\"signature\":\"YWJj\"}"));
    assert_memory_equal(secret_bytes(proof).data, "{\"signature\":\"YWJj\"}",
                        secret_bytes(proof).size);
    assert_int_equal(request_order(&order, &wanted), RESULT_OK);
    owned_json object = NULL;
    assert_int_equal(json_parse(secret_bytes(wanted), &object), RESULT_OK);
    assert_text(object, "kind", "house\"hold");
    assert_text(object, "subject", "self");
    assert_text(object, "language", "nl");
    assert_int_equal(request_outcome(true, -1, &outcome), RESULT_OK);
    assert_memory_equal(secret_bytes(outcome).data, "{\"delivered\":true,\"sheets\":-1}",
                        secret_bytes(outcome).size);
}

void test_order_with_choices(void **state)
{
    static const char wanted[] =
        "{\"kind\":\"residence\",\"subject\":\"child-0123456789abcdef\",\"language\":\"fr\","
        "\"purpose\":\"school\",\"options\":[\"history\",\"sex\"]}";
    const struct backend_order_request order = {.kind = "residence",
                                                .language = "fr",
                                                .subject = "child-0123456789abcdef",
                                                .purpose = "school",
                                                .option_count = 2,
                                                .options = {"history", "sex"}};
    owned(secret) body = NULL;

    (void)state;
    assert_int_equal(request_order(&order, &body), RESULT_OK);
    assert_int_equal(secret_bytes(body).size, strlen(wanted));
    assert_memory_equal(secret_bytes(body).data, wanted, strlen(wanted));
}

void test_outcome_keys(void **state)
{
    struct identifier one, other, key, again;

    (void)state;
    assert_int_equal(identifier_make(&one), RESULT_OK);
    assert_int_equal(identifier_make(&other), RESULT_OK);
    assert_int_equal(request_outcome_key(&one, true, 1, &key), RESULT_OK);
    assert_int_equal(request_outcome_key(&one, true, 1, &again), RESULT_OK);
    assert_true(identifier_equal(&key, &again));
    assert_false(identifier_equal(&key, &one));
    assert_int_equal(key.bytes[6] & 0xf0, 0x40);
    assert_int_equal(request_outcome_key(&one, false, 1, &again), RESULT_OK);
    assert_false(identifier_equal(&key, &again));
    assert_int_equal(request_outcome_key(&one, true, 2, &again), RESULT_OK);
    assert_false(identifier_equal(&key, &again));
    assert_int_equal(request_outcome_key(&other, true, 1, &again), RESULT_OK);
    assert_false(identifier_equal(&key, &again));
}

void test_base64(void **state)
{
    uint8_t out[4];

    (void)state;
    assert_int_equal(base64_decode_exactly("YWJjZA==", out, 4), RESULT_OK);
    assert_memory_equal(out, "abcd", 4);
    static const char *const wrong[] = {"",          "YWJjZA",      "YWJjZA=",  "YWJjZA==\n",
                                        " YWJjZA==", "YWJjZB==",    "YWJj=A==", "YWJjZGU=",
                                        "YWJjZ-==",  "YWJjZA==YWJj"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(base64_decode_exactly(wrong[i], out, 4), RESULT_MALFORMED);
}
