// Files that were sealed in another way than the profile wants, by the right or the wrong people.
#include "seal_samples.h"
#include "test_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
// after the three above
#include <cmocka.h>

void test_sealed_badly(void **state)
{
    (void)state;
    const struct identities *who = identities();
    const struct {
        const char *what;
        struct sealer_wish wish;
        enum seal_reason reason;
    } cases[] = {
        {"SHA-1 signer", {.digest = EVP_sha1()}, SEAL_REASON_CMS_ALGORITHM},
        {"SHA-224 signer", {.digest = EVP_sha224()}, SEAL_REASON_CMS_ALGORITHM},
        {"two signers", {.second_signer = who->next_seal}, SEAL_REASON_CMS_SIGNERS},
        {"attached content", {.attached = true}, SEAL_REASON_CMS_ATTACHED},
        {"CMS signing time", {.with_signing_time = true}, SEAL_REASON_CMS_ATTRIBUTES},
        {"no signing certificate",
         {.without_signing_certificate = true},
         SEAL_REASON_CMS_ATTRIBUTES},
        {"other content type", {.other_content_type = true}, SEAL_REASON_CMS_FORM},
        {"other filter", {.filter = "Entrust.PPKEF"}, SEAL_REASON_FILTER},
        {"other SubFilter", {.subfilter = "adbe.pkcs7.detached"}, SEAL_REASON_FILTER},
        {"no date", {.signing_date = ""}, SEAL_REASON_SIGNING_TIME},
        {"date without zone", {.signing_date = "D:20261124130000"}, SEAL_REASON_SIGNING_TIME},
        {"month 13", {.signing_date = "D:20261324130000Z"}, SEAL_REASON_SIGNING_TIME},
        {"date with more", {.signing_date = "D:20261124130000Z1"}, SEAL_REASON_SIGNING_TIME},
        {"outside the table", {.signature_outside_table = true}, SEAL_REASON_CROSS_REFERENCE},
        {"a revision between", {.between = "%%EOF\n"}, SEAL_REASON_REVISIONS},
        {"field of another object", {.value = "5 0 R"}, SEAL_REASON_FIELD},
        {"two fields", {.value = "6 0 R /Other << /V 6 0 R >>"}, SEAL_REASON_FIELD},
        {"version 2.0", {.version = "2.0"}, SEAL_REASON_HEADER},
        {"certification with DocMDP 3",
         {.catalogue_extra = "/Perms << /DocMDP 6 0 R >>"},
         SEAL_REASON_CERTIFICATION},
        {"DocMDP in the signature",
         {.signature_extra = "/Reference [ << /TransformMethod /DocMDP >> ]"},
         SEAL_REASON_DICTIONARY},
        {"field lock", {.page_extra = "/FieldMDP"}, SEAL_REASON_CERTIFICATION},
        {"usage rights", {.catalogue_extra = "/UR3 9 0 R"}, SEAL_REASON_CERTIFICATION},
        {"escaped action", {.page_extra = "/A << /J#53 (x) >>"}, SEAL_REASON_NAME_ESCAPE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        owned(sample) sample = sealer_seal(who->seal, who->authority, &cases[i].wish);
        assert_reason(cases[i].what, sample, who->anchors, cases[i].reason);
    }
}

// Each forbidden name, in a file that is sealed as it should be otherwise.
void test_forbidden_names(void **state)
{
    (void)state;
    const struct identities *who = identities();
    const struct {
        const char *what;
        struct sealer_wish wish;
        enum seal_reason reason;
    } cases[] = {
        {"open action", {.catalogue_extra = "/OpenAction [3 0 R]"}, SEAL_REASON_ACTIVE_CONTENT},
        {"JavaScript", {.page_extra = "/A << /S /JavaScript >>"}, SEAL_REASON_ACTIVE_CONTENT},
        {"JS", {.page_extra = "/A << /JS (x) >>"}, SEAL_REASON_ACTIVE_CONTENT},
        {"launch", {.page_extra = "/A << /S /Launch >>"}, SEAL_REASON_ACTIVE_CONTENT},
        {"additional actions", {.page_extra = "/AA << >>"}, SEAL_REASON_ACTIVE_CONTENT},
        {"attachment", {.page_extra = "/Type /EmbeddedFile"}, SEAL_REASON_ACTIVE_CONTENT},
        {"attachments", {.page_extra = "/EmbeddedFiles 9 0 R"}, SEAL_REASON_ACTIVE_CONTENT},
        {"XFA", {.catalogue_extra = "/XFA 9 0 R"}, SEAL_REASON_ACTIVE_CONTENT},
        {"submit", {.page_extra = "/S /SubmitForm"}, SEAL_REASON_ACTIVE_CONTENT},
        {"import", {.page_extra = "/S /ImportData"}, SEAL_REASON_ACTIVE_CONTENT},
        {"rich media", {.page_extra = "/Subtype /RichMedia"}, SEAL_REASON_ACTIVE_CONTENT},
        {"rendition", {.page_extra = "/S /Rendition"}, SEAL_REASON_ACTIVE_CONTENT},
        {"object stream", {.page_extra = "/Type /ObjStm"}, SEAL_REASON_OBJECT_STREAM},
        {"cross-reference stream", {.page_extra = "/XRef"}, SEAL_REASON_OBJECT_STREAM},
        {"hybrid file", {.page_extra = "/XRefStm 5"}, SEAL_REASON_OBJECT_STREAM},
        {"encrypted", {.catalogue_extra = "/Encrypt 9 0 R"}, SEAL_REASON_ENCRYPTED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        owned(sample) sample = sealer_seal(who->seal, who->authority, &cases[i].wish);
        assert_reason(cases[i].what, sample, who->anchors, cases[i].reason);
    }
}

void test_sealed_by_others(void **state)
{
    (void)state;
    const struct identities *who = identities();
    const struct {
        const char *what;
        const struct pki_identity *seal, *authority;
        enum seal_reason reason;
    } cases[] = {
        {"other authority, same common name", who->foreign_seal, who->foreign_authority,
         SEAL_REASON_UNTRUSTED},
        {"authority in between", who->under_seal, who->under_authority, SEAL_REASON_UNTRUSTED},
        {"the authority itself", who->authority, NULL, SEAL_REASON_KEY_USAGE},
        {"expired", who->expired_seal, who->authority, SEAL_REASON_EXPIRED},
        {"not yet valid", who->future_seal, who->authority, SEAL_REASON_EXPIRED},
        {"other organisation", who->other_organization_seal, who->authority,
         SEAL_REASON_ORGANIZATION},
        {"no organisation", who->no_organization_seal, who->authority, SEAL_REASON_ORGANIZATION},
        {"no key usage", who->no_usage_seal, who->authority, SEAL_REASON_KEY_USAGE},
        {"for encryption", who->encryption_seal, who->authority, SEAL_REASON_KEY_USAGE},
        {"for a server", who->server_seal, who->authority, SEAL_REASON_KEY_USAGE},
        {"certificate signed with SHA-1", who->sha1_seal, who->authority, SEAL_REASON_UNTRUSTED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        owned(sample) sample =
            sealer_seal(cases[i].seal, cases[i].authority, &(struct sealer_wish){});
        assert_reason(cases[i].what, sample, who->anchors, cases[i].reason);
    }
}

void test_time_stamps(void **state)
{
    (void)state;
    const struct identities *who = identities();
    const struct {
        const char *what;
        struct sealer_wish wish;
        const struct seal_anchors *anchors;
        enum seal_reason reason;
    } cases[] = {
        {"good", {.time_authority = who->time_stamper}, who->time_anchors, SEAL_REASON_NONE},
        {"no anchor for it",
         {.time_authority = who->time_stamper},
         who->anchors,
         SEAL_REASON_TIME_STAMP_UNEXPECTED},
        {"for another signature",
         {.time_authority = who->time_stamper, .stamp_other_signature = true},
         who->time_anchors,
         SEAL_REASON_TIME_STAMP_WRONG},
        {"SHA-1 imprint",
         {.time_authority = who->time_stamper, .stamp_sha1 = true},
         who->time_anchors,
         SEAL_REASON_TIME_STAMP_WRONG},
        {"of a foreign authority",
         {.time_authority = who->foreign_time_stamper},
         who->time_anchors,
         SEAL_REASON_TIME_STAMP_WRONG},
        {"of an expired one",
         {.time_authority = who->expired_time_stamper},
         who->time_anchors,
         SEAL_REASON_TIME_STAMP_WRONG},
        {"two of them",
         {.time_authority = who->time_stamper, .two_stamps = true},
         who->time_anchors,
         SEAL_REASON_CMS_ATTRIBUTES},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        owned(sample) sample = sealer_seal(who->seal, who->authority, &cases[i].wish);
        assert_reason(cases[i].what, sample, cases[i].anchors, cases[i].reason);
    }
}
