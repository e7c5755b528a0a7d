#include "seal_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
// after the three above
#include <cmocka.h>

#include <openssl/pem.h>
#include <string.h>

#define DAY 86400

static struct identities *made; // by the group's setup, freed by its teardown

const struct identities *identities(void)
{
    return made;
}

static struct pki_profile authority_profile(const char *name)
{
    return (struct pki_profile){
        .subject = {.country = "BE", .common_name = name},
        .key_usage = "critical,keyCertSign,cRLSign",
        .authority = true,
        .not_before = NOW - 1000 * DAY,
        .not_after = NOW + 1000 * DAY,
    };
}

static struct pki_profile seal_profile(void)
{
    return (struct pki_profile){
        .subject = {.country = "BE",
                    .organization_identifier = ORGANIZATION,
                    .common_name = "Seal of the city"},
        .key_usage = "critical,digitalSignature,nonRepudiation",
        .not_before = NOW - 100 * DAY,
        .not_after = NOW + 100 * DAY,
    };
}

static struct pki_profile stamper_profile(void)
{
    return (struct pki_profile){
        .subject = {.country = "BE", .common_name = "Clock"},
        .key_usage = "critical,digitalSignature",
        .extended_key_usage = "critical,timeStamping",
        .not_before = NOW - 100 * DAY,
        .not_after = NOW + 100 * DAY,
    };
}

static struct pki_identity *issue(const struct pki_identity *issuer, struct pki_profile profile)
{
    struct pki_identity *identity = NULL;

    assert_int_equal(pki_issued_create(issuer, &profile, PKI_KEY_P256, &identity), RESULT_OK);
    return identity;
}

static void make_authorities(void)
{
    made->authority = issue(NULL, authority_profile("Seal authority"));
    made->next_authority = issue(NULL, authority_profile("Seal authority"));
    made->foreign_authority = issue(NULL, authority_profile("Seal authority"));
    made->under_authority = issue(made->authority, authority_profile("Authority below"));
    made->time_authority = issue(NULL, authority_profile("Time authority"));
}

static void make_odd_seals(void)
{
    struct pki_profile profile = seal_profile();
    profile.subject.organization_identifier = "VATBE-0000000197";
    made->other_organization_seal = issue(made->authority, profile);
    profile.subject.organization_identifier = NULL;
    made->no_organization_seal = issue(made->authority, profile);

    profile = seal_profile();
    profile.key_usage = NULL;
    made->no_usage_seal = issue(made->authority, profile);
    profile.key_usage = "critical,keyEncipherment";
    made->encryption_seal = issue(made->authority, profile);
    profile = seal_profile();
    profile.extended_key_usage = "serverAuth";
    made->server_seal = issue(made->authority, profile);
    profile = seal_profile();
    profile.digest = "SHA1";
    made->sha1_seal = issue(made->authority, profile);
}

static void make_seals(void)
{
    struct pki_profile profile = seal_profile();
    made->seal = issue(made->authority, profile);
    made->next_seal = issue(made->next_authority, profile);
    made->foreign_seal = issue(made->foreign_authority, profile);
    made->under_seal = issue(made->under_authority, profile);
    profile.not_after = NOW - DAY;
    made->expired_seal = issue(made->authority, profile);
    profile.not_before = NOW + DAY;
    profile.not_after = NOW + 2 * DAY;
    made->future_seal = issue(made->authority, profile);
}

static void make_stampers(void)
{
    struct pki_profile profile = stamper_profile();
    made->time_stamper = issue(made->time_authority, profile);
    made->foreign_time_stamper = issue(made->foreign_authority, profile);
    profile.not_after = NOW - DAY;
    made->expired_time_stamper = issue(made->time_authority, profile);
}

struct pem {
    BIO *text;
    struct bytes bytes;
};

static struct pem to_pem(const struct pki_identity *identity)
{
    struct pem pem = {.text = BIO_new(BIO_s_mem())};
    char *data = NULL;

    assert_int_equal(PEM_write_bio_X509(pem.text, pki_certificate(identity)), 1);
    long size = BIO_get_mem_data(pem.text, &data);
    pem.bytes = (struct bytes){(const uint8_t *)data, (size_t)size};
    return pem;
}

static void make_anchors(void)
{
    struct pem authority = to_pem(made->authority);
    struct pem next = to_pem(made->next_authority);
    struct pem time = to_pem(made->time_authority);
    struct seal_trust trust = {.authorities = {authority.bytes, next.bytes},
                               .organization = ORGANIZATION};

    assert_int_equal(seal_anchors_create(&trust, &made->anchors), RESULT_OK);
    trust.time_authority = time.bytes;
    assert_int_equal(seal_anchors_create(&trust, &made->time_anchors), RESULT_OK);
    BIO_free(authority.text);
    BIO_free(next.text);
    BIO_free(time.text);
}

int identities_setup(void **state)
{
    (void)state;
    made = calloc(1, sizeof *made);
    make_authorities();
    make_seals();
    make_odd_seals();
    make_stampers();
    make_anchors();
    return 0;
}

int identities_teardown(void **state)
{
    struct pki_identity *const all[] = {
        made->authority,
        made->next_authority,
        made->foreign_authority,
        made->under_authority,
        made->time_authority,
        made->seal,
        made->next_seal,
        made->foreign_seal,
        made->under_seal,
        made->expired_seal,
        made->future_seal,
        made->other_organization_seal,
        made->no_organization_seal,
        made->no_usage_seal,
        made->encryption_seal,
        made->server_seal,
        made->sha1_seal,
        made->time_stamper,
        made->expired_time_stamper,
        made->foreign_time_stamper,
    };

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        pki_identity_destroy(all[i]);
    seal_anchors_destroy(made->anchors);
    seal_anchors_destroy(made->time_anchors);
    free(made);
    return 0;
}

void assert_reason(const char *what, const struct sample *sample,
                   const struct seal_anchors *anchors, enum seal_reason reason)
{
    struct seal_report report;
    // Exactly as large as the file, so that a sanitizer sees the first byte read past its end.
    uint8_t *copy = malloc(sample->size > 0 ? sample->size : 1);

    memcpy(copy, sample->data, sample->size);
    enum result result = seal_verify((struct bytes){copy, sample->size}, anchors, NOW, &report);
    free(copy);
    if (report.reason != reason)
        print_error("%s: refused for \"%s\", expected \"%s\"\n", what,
                    seal_reason_word(report.reason), seal_reason_word(reason));
    assert_int_equal(report.reason, reason);
    assert_int_equal(result, reason == SEAL_REASON_NONE ? RESULT_OK : RESULT_REFUSED);
    assert_int_equal(report.status,
                     reason == SEAL_REASON_NONE ? SEAL_STATUS_GOOD : SEAL_STATUS_REFUSED);
}
