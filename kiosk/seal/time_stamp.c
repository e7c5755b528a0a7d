#include "time_stamp.h"

#include "cms_form.h"

#include <openssl/ts.h>
#include <time.h>

#define CLOCKS_DISAGREE_SECONDS 300

OWN_OPENSSL(TS_verify_ctx, TS_VERIFY_CTX_free)

// The attribute's only value as DER of a PKCS #7 SignedData.
static PKCS7 *read_token(const CMS_SignerInfo *signer)
{
    X509_ATTRIBUTE *attribute = CMS_unsigned_get_attr(signer, 0);
    if (X509_ATTRIBUTE_count(attribute) != 1)
        return NULL;
    const ASN1_TYPE *value = X509_ATTRIBUTE_get0_type(attribute, 0);
    if (ASN1_TYPE_get(value) != V_ASN1_SEQUENCE)
        return NULL;
    const unsigned char *at = value->value.sequence->data;
    const unsigned char *end = at + value->value.sequence->length;
    owned(pkcs7_st) token = d2i_PKCS7(NULL, &at, value->value.sequence->length);
    return token != NULL && at == end && PKCS7_type_is_signed(token) ? take(token) : NULL;
}

static bool algorithms_accepted(PKCS7 *token, TS_TST_INFO *info)
{
    STACK_OF(PKCS7_SIGNER_INFO) *signers = PKCS7_get_signer_info(token);
    X509_ALGOR *digest = NULL;

    if (sk_PKCS7_SIGNER_INFO_num(signers) != 1)
        return false;
    PKCS7_SIGNER_INFO_get0_algs(sk_PKCS7_SIGNER_INFO_value(signers, 0), NULL, &digest, NULL);
    return cms_form_digest_accepted(digest) &&
           cms_form_digest_accepted(TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(info)));
}

static bool read_time(const TS_TST_INFO *info, int64_t *out)
{
    struct tm parts = {};

    if (!ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts))
        return false;
    *out = timegm(&parts);
    return true;
}

// Signature, chain to the anchor, purpose and imprint; the context takes store and data over.
static bool verify(PKCS7 *token, const ASN1_OCTET_STRING *signature,
                   const struct seal_anchors *anchors, int64_t now)
{
    owned(TS_verify_ctx) context = TS_VERIFY_CTX_new();
    owned(bio_st) data = BIO_new_mem_buf(signature->data, signature->length);
    owned(x509_store_st) store = anchors_store(&anchors->time_authority, 1, now);

    if (context == NULL || data == NULL || store == NULL)
        return false;
    TS_VERIFY_CTX_set_flags(context, TS_VFY_SIGNATURE | TS_VFY_VERSION | TS_VFY_DATA);
    TS_VERIFY_CTX_set_data(context, take(data));
    TS_VERIFY_CTX_set_store(context, take(store));
    return TS_RESP_verify_token(context, token) == 1;
}

enum seal_reason time_stamp_check(const CMS_SignerInfo *signer, const struct seal_anchors *anchors,
                                  bool *stamped, int64_t *at)
{
    *stamped = false;
    if (CMS_unsigned_get_attr_count(signer) <= 0)
        return SEAL_REASON_NONE;
    if (anchors->time_authority == NULL)
        return SEAL_REASON_TIME_STAMP_UNEXPECTED;
    owned(pkcs7_st) token = read_token(signer);
    if (token == NULL)
        return SEAL_REASON_TIME_STAMP_WRONG;
    TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(token);
    int64_t time = 0;
    bool good =
        info != NULL && algorithms_accepted(token, info) && read_time(info, &time) &&
        verify(token, CMS_SignerInfo_get0_signature((CMS_SignerInfo *)signer), anchors, *at);
    TS_TST_INFO_free(info);
    // From the future: the authority's clock or ours is wrong, and the seal's validity unknown.
    if (!good || time > *at + CLOCKS_DISAGREE_SECONDS)
        return SEAL_REASON_TIME_STAMP_WRONG;
    *stamped = true;
    *at = time;
    return SEAL_REASON_NONE;
}
