#include "clock.h"
#include "pki_authority.h"
#include "str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// after the four above
#include <cmocka.h>

#include <openssl/x509v3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pki_profile authority_profile(void)
{
    return (struct pki_profile){
        .subject = {.country = "BE", .common_name = "Authority"},
        .key_usage = "critical,keyCertSign,cRLSign",
        .authority = true,
        .not_before = clock_wall_seconds() - 60,
        .not_after = clock_wall_seconds() + 60,
    };
}

static struct pki_identity *authority(void)
{
    const struct pki_profile profile = authority_profile();
    struct pki_identity *made = NULL;

    assert_int_equal(pki_self_signed_create(&profile, PKI_KEY_P384, &made), RESULT_OK);
    return made;
}

static int verify_strictly(X509 *certificate, X509 *anchor)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();

    X509_STORE_add_cert(store, anchor);
    X509_STORE_set_flags(store, X509_V_FLAG_X509_STRICT);
    X509_STORE_CTX_init(context, store, certificate, NULL);
    int verified = X509_verify_cert(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return verified;
}

static void test_issue(void **state)
{
    owned(pki_identity) issuer = authority();
    owned(pki_identity) other = authority();
    owned(pki_identity) identity = NULL;
    struct pki_profile profile = authority_profile();
    char text[100];

    (void)state;
    profile.authority = false;
    profile.key_usage = "critical,nonRepudiation";
    profile.subject.common_name = "Zoé Łukasz";
    profile.subject.serial_number = "85073003328";
    profile.subject.organization_identifier = "VATBE-0000000196";
    profile.subject_alternative_name = "DNS:localhost,IP:127.0.0.1";
    assert_int_equal(pki_issued_create(issuer, &profile, PKI_KEY_P256, &identity), RESULT_OK);
    X509 *certificate = pki_certificate(identity);
    assert_int_equal(verify_strictly(certificate, pki_certificate(issuer)), 1);
    assert_int_not_equal(verify_strictly(certificate, pki_certificate(other)), 1);
    assert_int_equal(X509_get_key_usage(certificate), KU_NON_REPUDIATION);
    assert_int_equal(X509_check_host(certificate, "localhost", 0, 0, NULL), 1);
    assert_int_equal(X509_check_ip_asc(certificate, "127.0.0.1", 0), 1);
    X509_NAME *subject = X509_get_subject_name(certificate);
    assert_int_equal(
        X509_NAME_get_text_by_NID(subject, NID_organizationIdentifier, text, sizeof text), 16);
    assert_string_equal(text, "VATBE-0000000196");
    X509_NAME_get_text_by_NID(subject, NID_commonName, text, sizeof text);
    assert_string_equal(text, "Zoé Łukasz");
}

static void test_same_key(void **state)
{
    owned(pki_identity) issuer = authority();
    owned(pki_identity) first = NULL;
    owned(pki_identity) second = NULL;
    struct pki_profile profile = authority_profile();

    (void)state;
    profile.authority = false;
    profile.key_usage = "digitalSignature";
    assert_int_equal(pki_issued_create(issuer, &profile, PKI_KEY_RSA_2048, &first), RESULT_OK);
    assert_int_equal(pki_issued_for_key(issuer, &profile, pki_key(first), &second), RESULT_OK);
    assert_int_equal(X509_check_private_key(pki_certificate(second), pki_key(first)), 1);
    assert_int_equal(EVP_PKEY_get_bits(pki_key(first)), 2048);
}

static void test_bad_profile(void **state)
{
    struct pki_profile profile = authority_profile();
    struct pki_identity *identity = NULL;

    (void)state;
    profile.key_usage = "everything";
    assert_int_equal(pki_self_signed_create(&profile, PKI_KEY_P256, &identity), RESULT_INVALID);
    profile = authority_profile();
    profile.digest = "ROT13";
    assert_int_equal(pki_self_signed_create(&profile, PKI_KEY_P256, &identity), RESULT_INVALID);
    assert_null(identity);
}

// The only test here that touches a disk: modes, and that nothing is overwritten.
static void test_files(void **state)
{
    owned(pki_identity) made = authority();
    owned(pki_identity) other = authority();
    owned(pki_identity) read = NULL;
    char directory[] = "/tmp/pki-test-XXXXXX", certificate[64], key[64];
    struct stat about;

    (void)state;
    assert_non_null(mkdtemp(directory));
    assert_int_equal(str_format(certificate, sizeof certificate, "%s/a.pem", directory), RESULT_OK);
    assert_int_equal(str_format(key, sizeof key, "%s/a.key", directory), RESULT_OK);
    assert_int_equal(pki_write_certificate_pem(made, certificate), RESULT_OK);
    assert_int_equal(pki_write_certificate_der(made, certificate), RESULT_INVALID);
    assert_int_equal(pki_identity_read(certificate, key, &read), RESULT_NOT_FOUND);
    assert_int_equal(pki_write_key_pem(made, key), RESULT_OK);
    assert_int_equal(pki_write_key_pem(other, key), RESULT_INVALID);
    assert_int_equal(stat(key, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(pki_identity_read(certificate, key, &read), RESULT_OK);
    assert_int_equal(X509_cmp(pki_certificate(read), pki_certificate(made)), 0);
    assert_int_equal(unlink(key), 0);
    assert_int_equal(pki_write_key_pem(other, key), RESULT_OK);
    struct pki_identity *none = NULL;
    assert_int_equal(pki_identity_read(certificate, key, &none), RESULT_MALFORMED);
    assert_int_equal(unlink(key) | unlink(certificate) | rmdir(directory), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_issue),
        cmocka_unit_test(test_same_key),
        cmocka_unit_test(test_bad_profile),
        cmocka_unit_test(test_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
