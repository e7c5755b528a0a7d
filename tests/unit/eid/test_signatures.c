// The register's signatures and the chip's: good ones pass, one flipped bit does not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/x509.h>
#include <string.h>

#include "eid_certificates.h"
#include "eid_signature.h"
#include "eid_signer.h"
#include "made_card.h"
#include "suites.h"

#define FLIP_STEP 7 // every seventh byte: each file at many places, in milliseconds

static EVP_PKEY *register_key(const struct specimen *files)
{
    struct bytes file = specimen_file(files, SPECIMEN_REGISTER_CERTIFICATE);
    X509 *certificate = NULL;
    size_t size;

    assert_int_equal(eid_certificate_size(file, &size), RESULT_OK);
    assert_int_equal(eid_certificate_parse((struct bytes){file.data, size}, &certificate),
                     RESULT_OK);
    EVP_PKEY *key = X509_get_pubkey(certificate);
    X509_free(certificate);
    return key;
}

static bool identity_valid(EVP_PKEY *key, const struct specimen *files)
{
    return eid_identity_signature_valid(key, specimen_file(files, SPECIMEN_IDENTITY),
                                        specimen_file(files, SPECIMEN_IDENTITY_SIGNATURE),
                                        SPECIMEN_PHOTO_HASH_SIZE);
}

static bool address_valid(EVP_PKEY *key, const struct specimen *files)
{
    return eid_address_signature_valid(key, specimen_file(files, SPECIMEN_ADDRESS),
                                       specimen_file(files, SPECIMEN_IDENTITY_SIGNATURE),
                                       specimen_file(files, SPECIMEN_ADDRESS_SIGNATURE),
                                       SPECIMEN_PHOTO_HASH_SIZE);
}

// `upto`: how much of the file counts.
static void assert_each_bit_counts(EVP_PKEY *key, struct specimen *files, enum specimen_file file,
                                   size_t upto, bool (*valid)(EVP_PKEY *, const struct specimen *))
{
    for (size_t i = 0; i < upto; i += FLIP_STEP) {
        files->content[file][i] ^= (uint8_t)(1 << i % 8);
        assert_false(valid(key, files));
        files->content[file][i] ^= (uint8_t)(1 << i % 8);
    }
    assert_true(valid(key, files));
}

static void the_specimen_is_signed(void **state)
{
    static struct specimen files;

    (void)state;
    specimen_read(&files);
    EVP_PKEY *key = register_key(&files);
    assert_true(identity_valid(key, &files));
    assert_true(address_valid(key, &files));
    assert_each_bit_counts(key, &files, SPECIMEN_IDENTITY, 179, identity_valid);
    assert_each_bit_counts(key, &files, SPECIMEN_IDENTITY_SIGNATURE, 128, identity_valid);
    assert_each_bit_counts(key, &files, SPECIMEN_ADDRESS, 37, address_valid);
    assert_each_bit_counts(key, &files, SPECIMEN_ADDRESS_SIGNATURE, 128, address_valid);
    assert_each_bit_counts(key, &files, SPECIMEN_IDENTITY_SIGNATURE, 128, address_valid);
    EVP_PKEY_free(key);
}

static void renewed_cards_are_signed_by_ec_keys_with_padding(void **state)
{
    static struct made_card card;

    (void)state;
    made_card_create(&card, PKI_KEY_RSA_2048);
    EVP_PKEY *key = register_key(&card.files);
    assert_true(identity_valid(key, &card.files));
    assert_true(address_valid(key, &card.files));
    assert_each_bit_counts(key, &card.files, SPECIMEN_IDENTITY, 179, identity_valid);
    // The padding of the identity signature belongs to what the address signature covers.
    assert_each_bit_counts(key, &card.files, SPECIMEN_IDENTITY_SIGNATURE, 256, address_valid);
    EVP_PKEY_free(key);
    made_card_destroy(&card);
}

static void a_der_length_beyond_the_file_is_refused(void **state)
{
    static struct made_card card;
    static const uint8_t lengths[] = {0x7F, 0x80, 0x81, 0x84, 0xFF};

    (void)state;
    made_card_create(&card, PKI_KEY_P384);
    EVP_PKEY *key = register_key(&card.files);
    card.files.size[SPECIMEN_IDENTITY_SIGNATURE] = 104;
    for (size_t i = 0; i < sizeof lengths; i++) {
        card.files.content[SPECIMEN_IDENTITY_SIGNATURE][1] = lengths[i];
        assert_false(identity_valid(key, &card.files));
    }
    for (size_t size = 0; size < 3; size++) {
        card.files.size[SPECIMEN_IDENTITY_SIGNATURE] = size;
        assert_false(identity_valid(key, &card.files));
    }
    EVP_PKEY_free(key);
    made_card_destroy(&card);
}

static void an_address_that_ends_in_an_empty_field_may_be_signed_either_way(void **state)
{
    static struct specimen files;
    static const uint8_t address[] = {0x01, 1, 'x', 0x03, 0x00, 0x00, 0x00};
    EVP_PKEY *key = EVP_EC_gen("P-384");
    const struct bytes identity_signature = {(const uint8_t *)"signature", 9};

    (void)state;
    specimen_read(&files);
    for (size_t kept = 4; kept <= 6; kept++) { // without, with, and with too much of the end
        uint8_t signature[160];
        size_t size = sizeof signature;
        EVP_MD_CTX *context = EVP_MD_CTX_new();
        assert_int_equal(EVP_DigestSignInit(context, NULL, EVP_sha384(), NULL, key), 1);
        EVP_DigestSignUpdate(context, address, kept);
        EVP_DigestSignUpdate(context, identity_signature.data, identity_signature.size);
        assert_int_equal(EVP_DigestSignFinal(context, signature, &size), 1);
        EVP_MD_CTX_free(context);
        assert_int_equal(eid_address_signature_valid(key, (struct bytes){address, sizeof address},
                                                     identity_signature,
                                                     (struct bytes){signature, size}, 48),
                         kept != 6);
    }
    EVP_PKEY_free(key);
}

static void assert_chip_signs(EVP_PKEY *key, uint8_t applet, uint8_t algorithm, size_t input_size)
{
    const struct bytes message = {(const uint8_t *)"a challenge", 11};
    struct eid_signing_plan plan;
    uint8_t input[EID_DIGEST_INFO_MAXIMUM], signature[EID_SIGNATURE_MAXIMUM];
    size_t size = 0;

    assert_non_null(key);
    assert_int_equal(eid_signing_plan_make(key, applet, &plan), RESULT_OK);
    assert_int_equal(plan.algorithm, algorithm);
    assert_int_equal(eid_signing_input(&plan, message, input, &size), RESULT_OK);
    assert_int_equal(size, input_size);
    assert_int_equal(eid_signer_sign(key, algorithm, (struct bytes){input, size}, signature, &size),
                     RESULT_OK);
    assert_true(eid_chip_signature_valid(key, &plan, message, (struct bytes){signature, size}));
    signature[size / 3] ^= 0x10;
    assert_false(eid_chip_signature_valid(key, &plan, message, (struct bytes){signature, size}));
    assert_false(
        eid_chip_signature_valid(key, &plan, message, (struct bytes){signature, size - 1}));
    assert_false(eid_chip_signature_valid(key, &plan, message, (struct bytes){signature, 0}));
    EVP_PKEY_free(key);
}

static void the_plan_follows_from_the_key(void **state)
{
    (void)state;
    assert_chip_signs(EVP_RSA_gen(1024), 0x11, 0x01, 19 + 32);
    assert_chip_signs(EVP_RSA_gen(2048), 0x17, 0x08, 32);
    assert_chip_signs(EVP_EC_gen("P-256"), 0x18, 0x01, 32);
    assert_chip_signs(EVP_EC_gen("P-384"), 0x18, 0x02, 48);
    assert_chip_signs(EVP_EC_gen("P-521"), 0x18, 0x04, 64);
    EVP_PKEY *strange = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    struct eid_signing_plan plan;
    assert_int_equal(eid_signing_plan_make(strange, 0x18, &plan), RESULT_INVALID);
    EVP_PKEY_free(strange);
}

int test_signatures(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_specimen_is_signed),
        cmocka_unit_test(renewed_cards_are_signed_by_ec_keys_with_padding),
        cmocka_unit_test(a_der_length_beyond_the_file_is_refused),
        cmocka_unit_test(an_address_that_ends_in_an_empty_field_may_be_signed_either_way),
        cmocka_unit_test(the_plan_follows_from_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
