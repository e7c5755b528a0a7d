#include "cms_form.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

static uint8_t digit_value(uint8_t digit)
{
    if (digit <= '9')
        return (uint8_t)(digit - '0');
    return (uint8_t)((digit | 0x20) - 'a' + 10);
}

static uint8_t *decode(struct bytes digits)
{
    uint8_t *decoded = malloc(digits.size / 2);

    for (size_t i = 0; decoded != NULL && i < digits.size / 2; i++)
        decoded[i] =
            (uint8_t)(digit_value(digits.data[2 * i]) << 4 | digit_value(digits.data[2 * i + 1]));
    return decoded;
}

// Encoding again must give the same bytes: BER and other ways to write the same thing are refused.
static bool is_der(CMS_ContentInfo *cms, struct bytes encoded)
{
    unsigned char *again = NULL;
    int size = i2d_CMS_ContentInfo(cms, &again);
    bool same = size >= 0 && bytes_equal(encoded, (struct bytes){again, (size_t)size});

    OPENSSL_free(again);
    return same;
}

static enum seal_reason parse(struct bytes value, CMS_ContentInfo **out)
{
    const unsigned char *end = value.data;
    owned(CMS_ContentInfo_st) cms = d2i_CMS_ContentInfo(NULL, &end, (long)value.size);

    if (cms == NULL)
        return SEAL_REASON_CMS_FORM;
    size_t size = (size_t)(end - value.data);
    if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed ||
        !is_der(cms, (struct bytes){value.data, size}))
        return SEAL_REASON_CMS_FORM;
    for (size_t i = size; i < value.size; i++)
        if (value.data[i] != 0)
            return SEAL_REASON_CMS_PADDING;
    *out = take(cms);
    return SEAL_REASON_NONE;
}

static int algorithm_nid(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = NULL;

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    return OBJ_obj2nid(object);
}

bool cms_form_digest_accepted(const X509_ALGOR *algorithm)
{
    int nid = algorithm_nid(algorithm);

    return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

// RSASSA-PKCS1-v1_5 or ECDSA. A hash named with it must be the signer's: OpenSSL 3.0 does not look.
static bool signature_accepted(const X509_ALGOR *algorithm, const X509_ALGOR *digest)
{
    int nid = algorithm_nid(algorithm), hash = NID_undef, key = NID_undef;

    if (nid == NID_rsaEncryption)
        return true;
    return OBJ_find_sigid_algs(nid, &hash, &key) == 1 && hash == algorithm_nid(digest) &&
           (key == NID_rsaEncryption || key == NID_X9_62_id_ecPublicKey);
}

// Signed: exactly content type, message digest and signing certificate (version 2). No CMS signing
// time: PAdES has it in /M. Unsigned, so open to anybody: nothing, or one time stamp.
static bool attributes_are_baseline(const CMS_SignerInfo *signer)
{
    bool is_signed =
        CMS_signed_get_attr_count(signer) == 3 &&
        CMS_signed_get_attr_by_NID(signer, NID_pkcs9_contentType, -1) >= 0 &&
        CMS_signed_get_attr_by_NID(signer, NID_pkcs9_messageDigest, -1) >= 0 &&
        CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1) >= 0;
    int others = CMS_unsigned_get_attr_count(signer);
    int stamp = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);

    return is_signed && (others <= 0 || (others == 1 && stamp == 0));
}

static enum seal_reason check(CMS_ContentInfo *cms)
{
    X509_ALGOR *digest = NULL, *signature = NULL;
    ASN1_OCTET_STRING **content = CMS_get0_content(cms);

    if (content == NULL || OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
        return SEAL_REASON_CMS_FORM;
    if (*content != NULL)
        return SEAL_REASON_CMS_ATTACHED;
    if (sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) != 1)
        return SEAL_REASON_CMS_SIGNERS;
    CMS_SignerInfo *signer = cms_form_signer(cms);
    CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest, &signature);
    if (!cms_form_digest_accepted(digest) || !signature_accepted(signature, digest))
        return SEAL_REASON_CMS_ALGORITHM;
    return attributes_are_baseline(signer) ? SEAL_REASON_NONE : SEAL_REASON_CMS_ATTRIBUTES;
}

CMS_SignerInfo *cms_form_signer(CMS_ContentInfo *cms)
{
    return sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
}

enum seal_reason cms_form_read(struct bytes digits, CMS_ContentInfo **out)
{
    owned(CMS_ContentInfo_st) cms = NULL;
    uint8_t *decoded = decode(digits);

    *out = NULL;
    if (decoded == NULL)
        return SEAL_REASON_NO_MEMORY;
    enum seal_reason reason = parse((struct bytes){decoded, digits.size / 2}, &cms);
    free(decoded);
    if (reason == SEAL_REASON_NONE)
        reason = check(cms);
    if (reason == SEAL_REASON_NONE)
        *out = take(cms);
    return reason;
}
