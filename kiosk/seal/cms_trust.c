#include "cms_trust.h"

#include "str.h"
#include "two_ranges.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

// CMS_verify failed: was it the certificate, and why? Asked only then, so a good file pays nothing.
static enum seal_reason why_refused(CMS_ContentInfo *cms, X509_STORE *store)
{
    owned(x509_store_ctx_st) context = X509_STORE_CTX_new();
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    enum seal_reason reason = SEAL_REASON_UNTRUSTED;

    if (context != NULL && sk_X509_num(signers) == 1 &&
        X509_STORE_CTX_init(context, store, sk_X509_value(signers, 0), NULL) == 1) {
        int error =
            X509_STORE_CTX_set_default(context, "smime_sign") == 1 && X509_verify_cert(context) == 1
                ? X509_V_OK
                : X509_STORE_CTX_get_error(context);
        if (error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID)
            reason = SEAL_REASON_EXPIRED;
        else if (error == X509_V_ERR_INVALID_PURPOSE)
            reason = SEAL_REASON_KEY_USAGE;
        else if (error == X509_V_OK)
            reason = SEAL_REASON_ALTERED;
    }
    sk_X509_free(signers);
    return reason;
}

static enum seal_reason verify(CMS_ContentInfo *cms, const struct byte_profile *profile,
                               const struct seal_anchors *anchors, int64_t at)
{
    struct two_ranges ranges = {};
    owned(x509_store_st) store = anchors_store(anchors->authorities, 2, at);
    BIO *source = two_ranges_open(&ranges, profile->before, profile->after);
    enum seal_reason reason = SEAL_REASON_NONE;

    if (store == NULL || source == NULL)
        reason = SEAL_REASON_NO_MEMORY;
    else if (CMS_verify(cms, NULL, store, source, NULL, CMS_BINARY | CMS_CADES) != 1)
        reason = why_refused(cms, store);
    BIO_free(source);
    two_ranges_release(&ranges);
    return reason;
}

// OpenSSL accepts a certificate without key usage for everything; the profile does not.
static bool is_for_signatures(X509 *certificate)
{
    uint32_t usage = X509_get_key_usage(certificate); // all bits when the extension is absent

    return usage != UINT32_MAX && (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0 &&
           (usage & (KU_KEY_CERT_SIGN | KU_CRL_SIGN)) == 0;
}

// The subject's only entry of that kind, as UTF-8, whole; false when there is none, several, or it
// does not fit or holds a zero byte.
static bool subject_entry(X509 *certificate, int nid, char *out, size_t capacity)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    int at = X509_NAME_get_index_by_NID(subject, nid, -1);
    unsigned char *text = NULL;

    out[0] = '\0';
    if (at < 0 || X509_NAME_get_index_by_NID(subject, nid, at) >= 0)
        return false;
    int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    bool fits = size >= 0 && (size_t)size < capacity && memchr(text, 0, (size_t)size) == NULL;
    if (fits) {
        memcpy(out, text, (size_t)size);
        out[size] = '\0';
    }
    OPENSSL_free(text);
    return fits;
}

static enum seal_reason check_signer(X509 *certificate, const char *organization,
                                     char name[SEAL_SIGNER_SIZE])
{
    char identifier[SEAL_ORGANIZATION_SIZE];

    if (!is_for_signatures(certificate))
        return SEAL_REASON_KEY_USAGE;
    if (!subject_entry(certificate, NID_organizationIdentifier, identifier, sizeof identifier) ||
        !str_equal(identifier, organization))
        return SEAL_REASON_ORGANIZATION;
    (void)subject_entry(certificate, NID_commonName, name, SEAL_SIGNER_SIZE); // for reports alone
    return SEAL_REASON_NONE;
}

enum seal_reason cms_trust_check(CMS_ContentInfo *cms, const struct byte_profile *profile,
                                 const struct seal_anchors *anchors, int64_t at,
                                 char name[SEAL_SIGNER_SIZE])
{
    enum seal_reason reason = verify(cms, profile, anchors, at);
    if (reason != SEAL_REASON_NONE)
        return reason;
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    reason = check_signer(sk_X509_value(signers, 0), anchors->organization, name);
    sk_X509_free(signers);
    return reason;
}
