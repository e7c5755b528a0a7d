// Certificates: where they end, and which of them lead to a root.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <openssl/pem.h>
#include <string.h>

#include "clock.h"
#include "eid_certificates.h"
#include "made_card.h"
#include "processes.h"
#include "suites.h"

static X509 *parse(struct bytes file)
{
    X509 *certificate = NULL;
    size_t size = 0;

    assert_int_equal(eid_certificate_size(file, &size), RESULT_OK);
    assert_int_equal(eid_certificate_parse((struct bytes){file.data, size}, &certificate),
                     RESULT_OK);
    return certificate;
}

static void write_pem(struct bytes der, const char *folder, const char *name)
{
    char path[TEST_PATH_SIZE];
    X509 *certificate = parse(der);

    test_path(path, folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(PEM_write_X509(file, certificate), 1);
    fclose(file);
    X509_free(certificate);
}

static struct eid_trust *trust_in(const char *folder, const char *roots, const char *issuers)
{
    char root_path[TEST_PATH_SIZE], issuer_path[TEST_PATH_SIZE] = "";
    struct eid_trust *trust = NULL;

    test_path(root_path, folder, roots);
    if (issuers != NULL)
        test_path(issuer_path, folder, issuers);
    assert_int_equal(eid_trust_create(root_path, issuer_path, &trust), RESULT_OK);
    return trust;
}

static void the_der_header_tells_the_size(void **state)
{
    static const struct {
        uint8_t start[4];
        enum result result;
        size_t size;
    } cases[] = {{{0x30, 0x82, 0x04, 0x21}, RESULT_OK, 0x425},
                 {{0x30, 0x81, 0xC8, 0x02}, RESULT_OK, 203},
                 {{0x00, 0x00, 0x00, 0x00}, RESULT_NOT_FOUND, 0},
                 {{0x30, 0x82, 0xFF, 0xFF}, RESULT_MALFORMED, 0},
                 {{0x30, 0x84, 0x00, 0x00}, RESULT_MALFORMED, 0},
                 {{0x30, 0x80, 0x00, 0x00}, RESULT_MALFORMED, 0},
                 {{0x31, 0x82, 0x04, 0x21}, RESULT_MALFORMED, 0}};
    size_t size;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(eid_certificate_size((struct bytes){cases[i].start, 4}, &size),
                         cases[i].result);
        if (cases[i].result == RESULT_OK)
            assert_int_equal(size, cases[i].size);
    }
    assert_int_equal(eid_certificate_size((struct bytes){cases[0].start, 3}, &size),
                     RESULT_MALFORMED);
}

static void the_specimen_leads_to_its_root_while_it_is_valid(void **state)
{
    static struct specimen files;
    char folder[TEST_PATH_SIZE];

    (void)state;
    specimen_read(&files);
    test_folder_create(folder);
    write_pem(specimen_file(&files, SPECIMEN_ROOT_CERTIFICATE), folder, "root.pem");
    write_pem(specimen_file(&files, SPECIMEN_ISSUER_CERTIFICATE), folder, "issuer.pem");
    X509 *holder = parse(specimen_file(&files, SPECIMEN_AUTHENTICATION_CERTIFICATE));
    X509 *issuer = parse(specimen_file(&files, SPECIMEN_ISSUER_CERTIFICATE));
    X509 *signer = parse(specimen_file(&files, SPECIMEN_REGISTER_CERTIFICATE));
    struct eid_trust *alone = trust_in(folder, "root.pem", NULL);
    struct eid_trust *with_issuer = trust_in(folder, "root.pem", "issuer.pem");

    assert_true(eid_trust_authentication(alone, holder, issuer, SPECIMEN_VALID_TIME));
    assert_false(eid_trust_authentication(alone, holder, NULL, SPECIMEN_VALID_TIME));
    assert_true(eid_trust_authentication(with_issuer, holder, NULL, SPECIMEN_VALID_TIME));
    assert_false(eid_trust_authentication(with_issuer, holder, NULL, clock_wall_seconds()));
    assert_null(eid_trust_issuer(alone, holder));
    assert_non_null(eid_trust_issuer(with_issuer, holder));
    assert_true(eid_trust_register(alone, signer));
    assert_true(eid_certificate_is_of(
        holder, (struct bytes){(const uint8_t *)SPECIMEN_NATIONAL_NUMBER, 11}));
    assert_false(eid_certificate_is_of(holder, (struct bytes){(const uint8_t *)"71715100071", 11}));
    assert_false(eid_certificate_is_of(signer, (struct bytes){(const uint8_t *)"", 0}));

    eid_trust_destroy(alone);
    eid_trust_destroy(with_issuer);
    X509_free(holder);
    X509_free(issuer);
    X509_free(signer);
    test_folder_remove(folder);
}

static void one_flipped_bit_breaks_a_certificate(void **state)
{
    static struct specimen files;
    char folder[TEST_PATH_SIZE];
    int refused = 0;

    (void)state;
    specimen_read(&files);
    test_folder_create(folder);
    write_pem(specimen_file(&files, SPECIMEN_ROOT_CERTIFICATE), folder, "root.pem");
    struct eid_trust *trust = trust_in(folder, "root.pem", NULL);
    struct bytes file = specimen_file(&files, SPECIMEN_REGISTER_CERTIFICATE);
    for (size_t i = 4; i < file.size; i += 5) {
        X509 *certificate = NULL;
        files.content[SPECIMEN_REGISTER_CERTIFICATE][i] ^= (uint8_t)(1 << i % 8);
        if (eid_certificate_parse(file, &certificate) == RESULT_OK)
            assert_false(eid_trust_register(trust, certificate));
        X509_free(certificate);
        files.content[SPECIMEN_REGISTER_CERTIFICATE][i] ^= (uint8_t)(1 << i % 8);
        refused++;
    }
    assert_true(refused > 100);
    eid_trust_destroy(trust);
    test_folder_remove(folder);
}

// Signed by an authority that is trusted, but not what it is used for.
static void assert_no_signer(const struct eid_trust *trust, const struct pki_identity *issuer,
                             struct pki_profile profile)
{
    struct pki_identity *identity = NULL;

    profile.not_before = clock_wall_seconds() - 3600;
    profile.not_after = clock_wall_seconds() + 3600;
    assert_int_equal(pki_issued_create(issuer, &profile, PKI_KEY_P256, &identity), RESULT_OK);
    assert_false(eid_trust_register(trust, pki_certificate(identity)));
    pki_identity_destroy(identity);
}

static void only_the_register_signs_for_the_register(void **state)
{
    static struct made_card card;
    char folder[TEST_PATH_SIZE];
    const struct pki_profile good = {.subject = {.country = "BE", .common_name = "RRN"},
                                     .key_usage = "critical,digitalSignature"};
    struct pki_profile named = good, foreign = good, authority = good;

    (void)state;
    made_card_create(&card, PKI_KEY_P384);
    test_folder_create(folder);
    made_card_write_authorities(&card, folder);
    struct eid_trust *trust = trust_in(folder, "root.pem", "citizens.pem");
    assert_true(eid_trust_register(trust, pki_certificate(card.register_signer)));
    assert_false(eid_trust_register(trust, pki_certificate(card.holder)));
    assert_false(eid_trust_register(trust, pki_certificate(card.citizens)));
    assert_no_signer(trust, card.citizens, good); // not by the root itself
    named.subject.common_name = "Alice RRN (Authentication)";
    assert_no_signer(trust, card.root, named);
    named.subject.common_name = "BARRN";
    assert_no_signer(trust, card.root, named);
    foreign.subject.country = "FR";
    assert_no_signer(trust, card.root, foreign);
    authority.authority = true;
    authority.key_usage = "critical,keyCertSign";
    assert_no_signer(trust, card.root, authority);
    eid_trust_destroy(trust);
    made_card_destroy(&card);
    test_folder_remove(folder);
}

static void only_a_certificate_for_authentication_proves_a_holder(void **state)
{
    static struct made_card card;
    char folder[TEST_PATH_SIZE];
    struct pki_identity *qualified = NULL;
    int64_t now = clock_wall_seconds();
    const struct pki_profile profile = {
        .subject = {.country = "BE", .common_name = "A (Signature)"},
        .key_usage = "critical,nonRepudiation",
        .not_before = now - 3600,
        .not_after = now + 3600};

    (void)state;
    made_card_create(&card, PKI_KEY_P384);
    test_folder_create(folder);
    made_card_write_authorities(&card, folder);
    struct eid_trust *trust = trust_in(folder, "root.pem", "citizens.pem");
    assert_true(eid_trust_authentication(trust, pki_certificate(card.holder), NULL, now));
    assert_int_equal(pki_issued_create(card.citizens, &profile, PKI_KEY_P256, &qualified),
                     RESULT_OK);
    assert_false(eid_trust_authentication(trust, pki_certificate(qualified), NULL, now));
    assert_false(eid_trust_authentication(trust, pki_certificate(card.citizens), NULL, now));
    pki_identity_destroy(qualified);
    eid_trust_destroy(trust);
    made_card_destroy(&card);
    test_folder_remove(folder);
}

static void files_without_certificates_are_refused(void **state)
{
    char folder[TEST_PATH_SIZE], path[TEST_PATH_SIZE];
    struct eid_trust *trust = NULL;

    (void)state;
    test_folder_create(folder);
    test_path(path, folder, "roots.pem");
    assert_int_equal(eid_trust_create(path, NULL, &trust), RESULT_NOT_FOUND);
    write_whole_file(path, "nothing of the kind\n");
    assert_int_equal(eid_trust_create(path, NULL, &trust), RESULT_MALFORMED);
    assert_null(trust);
    test_folder_remove(folder);
}

int test_certificates(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_der_header_tells_the_size),
        cmocka_unit_test(the_specimen_leads_to_its_root_while_it_is_valid),
        cmocka_unit_test(one_flipped_bit_breaks_a_certificate),
        cmocka_unit_test(only_the_register_signs_for_the_register),
        cmocka_unit_test(only_a_certificate_for_authentication_proves_a_holder),
        cmocka_unit_test(files_without_certificates_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
