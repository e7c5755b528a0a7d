#include "seal.h"

#include "byte_profile.h"
#include "cms_form.h"
#include "cms_trust.h"
#include "pdf_date.h"
#include "pdf_scan.h"
#include "revisions.h"
#include "time_stamp.h"

#include <openssl/err.h>
#include <string.h>

const char *seal_reason_word(enum seal_reason reason)
{
    static const char *const words[SEAL_REASON_COUNT] = {
#define X(id, word, sentence) [SEAL_REASON_##id] = word,
        SEAL_REASON_LIST(X)
#undef X
    };

    return words[reason];
}

const char *seal_reason_sentence(enum seal_reason reason)
{
    static const char *const sentences[SEAL_REASON_COUNT] = {
#define X(id, word, sentence) [SEAL_REASON_##id] = sentence,
        SEAL_REASON_LIST(X)
#undef X
    };

    return sentences[reason];
}

static bool is_name(struct bytes name, const char *wanted)
{
    return bytes_equal(name, (struct bytes){(const uint8_t *)wanted, strlen(wanted)});
}

static enum seal_reason check_kind(const struct signature_dictionary *signature,
                                   int64_t *signing_time)
{
    if (!is_name(signature->filter, "Adobe.PPKLite") ||
        !is_name(signature->subfilter, "ETSI.CAdES.detached") ||
        (signature->type.size > 0 && !is_name(signature->type, "Sig")))
        return SEAL_REASON_FILTER;
    return pdf_date_read(signature->signing_time, signing_time) ? SEAL_REASON_NONE
                                                                : SEAL_REASON_SIGNING_TIME;
}

// Rules 1 to 5.
static enum seal_reason check_document(struct bytes pdf, struct byte_profile *profile,
                                       struct seal_report *report)
{
    enum seal_reason reason = byte_profile_read(pdf, profile);

    if (reason != SEAL_REASON_NONE)
        return reason;
    report->covers_whole_file = true;
    reason = revisions_check(pdf, &profile->signature);
    if (reason == SEAL_REASON_NONE)
        reason = pdf_scan(pdf, profile->signature.object_number);
    if (reason == SEAL_REASON_NONE)
        reason = check_kind(&profile->signature, &report->signed_at);
    return reason;
}

// Rules 6 to 8.
static enum seal_reason check_signature(const struct byte_profile *profile,
                                        const struct seal_anchors *anchors, int64_t now,
                                        struct seal_report *report)
{
    owned(CMS_ContentInfo_st) cms = NULL;
    int64_t at = now;

    enum seal_reason reason = cms_form_read(profile->digits, &cms);
    if (reason != SEAL_REASON_NONE)
        return reason;
    reason = time_stamp_check(cms_form_signer(cms), anchors, &report->timestamped, &at);
    if (reason != SEAL_REASON_NONE)
        return reason;
    if (report->timestamped)
        report->signed_at = at;
    return cms_trust_check(cms, profile, anchors, at, report->signer);
}

enum result seal_verify(struct bytes pdf, const struct seal_anchors *anchors, int64_t now,
                        struct seal_report *report)
{
    struct byte_profile profile;

    *report = (struct seal_report){};
    report->reason = check_document(pdf, &profile, report);
    if (report->reason == SEAL_REASON_NONE)
        report->reason = check_signature(&profile, anchors, now, report);
    ERR_clear_error(); // the reason has been told; the next call of this thread starts clean
    if (report->reason != SEAL_REASON_NONE)
        return report->reason == SEAL_REASON_NO_MEMORY ? RESULT_NO_MEMORY : RESULT_REFUSED;
    report->status = SEAL_STATUS_GOOD;
    return RESULT_OK;
}
