// Good files are accepted and said right; every other test refuses.
#include "seal_samples.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// after the three above
#include <cmocka.h>

static void test_good(void **state)
{
    (void)state;
    const struct identities *who = identities();
    owned(sample) sample = sealer_seal(who->seal, who->authority, &(struct sealer_wish){});
    struct seal_report report;

    assert_int_equal(seal_verify(sample_bytes(sample), who->anchors, NOW, &report), RESULT_OK);
    assert_int_equal(report.status, SEAL_STATUS_GOOD);
    assert_int_equal(report.reason, SEAL_REASON_NONE);
    assert_string_equal(report.signer, "Seal of the city");
    assert_true(report.signed_at == 1795525200); // 2026-11-24 13:00:00 UTC, /M of the sample
    assert_false(report.timestamped);
    assert_true(report.covers_whole_file);
}

static void test_good_variants(void **state)
{
    (void)state;
    const struct identities *who = identities();
    const struct sealer_wish wishes[] = {
        {.version = "1.5"},
        {.digest = EVP_sha384()},
        {.digest = EVP_sha512()},
        {.signing_date = "D:20261124140000+01'00'"},
        {.signing_date = "D:20261124140000+01'00"},
        {.signing_date = "D:20261124130000Z00'00'"},
        {.signature_extra = "/Name (Ville \\(demo\\)) /Reason (seal)"},
        {.page_extra = " /Note (a string may say /JavaScript or #20)"},
        {.page_extra = " % a comment may say /JavaScript\n"},
    };

    for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
        owned(sample) sample = sealer_seal(who->seal, NULL, &wishes[i]);
        assert_reason("good variant", sample, who->anchors, SEAL_REASON_NONE);
    }
    owned(sample) next = sealer_seal(who->next_seal, who->next_authority, &(struct sealer_wish){});
    assert_reason("second anchor", next, who->anchors, SEAL_REASON_NONE);
}

static void test_rsa(void **state)
{
    (void)state;
    const struct identities *who = identities();
    const struct pki_profile profile = {
        .subject = {.organization_identifier = ORGANIZATION, .common_name = "RSA"},
        .key_usage = "critical,nonRepudiation",
        .not_before = NOW - 1,
        .not_after = NOW + 1,
    };
    owned(pki_identity) seal = NULL;

    assert_int_equal(pki_issued_create(who->authority, &profile, PKI_KEY_RSA_2048, &seal),
                     RESULT_OK);
    owned(sample) sample = sealer_seal(seal, NULL, &(struct sealer_wish){});
    assert_reason("RSA", sample, who->anchors, SEAL_REASON_NONE);
}

static void test_anchors_refused(void **state)
{
    static const char junk[] = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    struct seal_anchors *anchors = NULL;
    struct seal_trust trust = {.organization = ORGANIZATION};

    (void)state;
    assert_int_equal(seal_anchors_create(&trust, &anchors), RESULT_INVALID);
    trust.authorities[0] = (struct bytes){(const uint8_t *)junk, sizeof junk - 1};
    assert_int_equal(seal_anchors_create(&trust, &anchors), RESULT_MALFORMED);
    assert_null(anchors);
}

static void test_reasons_have_words(void **state)
{
    (void)state;
    for (int i = 0; i < SEAL_REASON_COUNT; i++) {
        assert_true(seal_reason_word((enum seal_reason)i)[0] != '\0');
        assert_true(seal_reason_sentence((enum seal_reason)i)[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_good_variants),
        cmocka_unit_test(test_rsa),
        cmocka_unit_test(test_anchors_refused),
        cmocka_unit_test(test_reasons_have_words),
        cmocka_unit_test(test_edited_bytes),
        cmocka_unit_test(test_appended_bytes),
        cmocka_unit_test(test_cut_files),
        cmocka_unit_test(test_odd_gaps),
        cmocka_unit_test(test_moved_ranges),
        cmocka_unit_test(test_sealed_badly),
        cmocka_unit_test(test_forbidden_names),
        cmocka_unit_test(test_sealed_by_others),
        cmocka_unit_test(test_time_stamps),
        cmocka_unit_test(test_every_signed_byte),
        cmocka_unit_test(test_every_cms_byte),
        cmocka_unit_test(test_every_length),
    };

    return cmocka_run_group_tests(tests, identities_setup, identities_teardown);
}
