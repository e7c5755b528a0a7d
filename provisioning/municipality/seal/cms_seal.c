#include "cms_seal.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

static enum result refused(const char *what)
{
    (void)what;
    log_error("seal", "OpenSSL refuses to sign", (int64_t)ERR_peek_last_error());
    ERR_clear_error();
    return RESULT_FAILED;
}

static void release_cms(CMS_ContentInfo **cms)
{
    CMS_ContentInfo_free(*cms);
}

static void release_bio(BIO **bio)
{
    BIO_free(*bio);
}

static void release_digest(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

// The signed attributes as they are signed: a DER SET OF, its members in the order of their bytes
// (X.690, 11.6).
struct attribute_set {
    uint8_t *items[8];
    int sizes[8];
    int count;
    uint8_t *der;
    size_t size;
};

static void attribute_set_clear(struct attribute_set *set)
{
    for (int i = 0; i < set->count; i++)
        OPENSSL_free(set->items[i]);
    free(set->der);
}

static int compare_items(const uint8_t *a, int a_size, const uint8_t *b, int b_size)
{
    int order = memcmp(a, b, (size_t)(a_size < b_size ? a_size : b_size));

    return order != 0 ? order : a_size - b_size;
}

static enum result collect_attributes(const CMS_SignerInfo *info, struct attribute_set *set)
{
    int count = CMS_signed_get_attr_count(info);

    if (count < 0 || count > 8)
        return RESULT_FAILED;
    for (int i = 0; i < count; i++) {
        uint8_t *der = NULL;
        int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &der), at = set->count;
        if (size <= 0)
            return RESULT_FAILED;
        for (; at > 0 && compare_items(der, size, set->items[at - 1], set->sizes[at - 1]) < 0;
             at--) {
            set->items[at] = set->items[at - 1];
            set->sizes[at] = set->sizes[at - 1];
        }
        set->items[at] = der;
        set->sizes[at] = size;
        set->count++;
    }
    return RESULT_OK;
}

static enum result encode_attributes(struct attribute_set *set)
{
    int content = 0;

    for (int i = 0; i < set->count; i++)
        content += set->sizes[i];
    int whole = ASN1_object_size(1, content, V_ASN1_SET);
    if (whole <= 0 || (set->der = malloc((size_t)whole)) == NULL)
        return RESULT_NO_MEMORY;
    uint8_t *at = set->der;
    ASN1_put_object(&at, 1, content, V_ASN1_SET, V_ASN1_UNIVERSAL);
    for (int i = 0; i < set->count; i++) {
        memcpy(at, set->items[i], (size_t)set->sizes[i]);
        at += set->sizes[i];
    }
    set->size = (size_t)whole;
    return RESULT_OK;
}

// OpenSSL 3.0 always adds the attribute signing-time, which a PAdES baseline signature must not
// have (the time stands in the PDF's /M): take it out and sign what is left once more.
static enum result sign_without_time(CMS_SignerInfo *info, EVP_PKEY *key)
{
    __attribute__((cleanup(attribute_set_clear))) struct attribute_set set = {};
    __attribute__((cleanup(release_digest))) EVP_MD_CTX *context = EVP_MD_CTX_new();
    ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(info);
    uint8_t fresh[1024];
    size_t size = sizeof fresh;
    int time = CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1);

    if (time < 0)
        return RESULT_FAILED;
    X509_ATTRIBUTE_free(CMS_signed_delete_attr(info, time));
    TRY(collect_attributes(info, &set));
    TRY(encode_attributes(&set));
    if (context == NULL || EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) != 1 ||
        EVP_DigestSign(context, fresh, &size, set.der, set.size) != 1 ||
        ASN1_STRING_set(signature, fresh, (int)size) != 1)
        return refused("sign");
    return RESULT_OK;
}

// Baseline B-T: the time stamp is over the signature's octets (RFC 5126, 6.1.1).
static enum result add_time_stamp(const struct cms_signer *signer, CMS_SignerInfo *info)
{
    const ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(info);
    uint8_t *token = NULL;
    int size = 0;

    if (signer->stamper == NULL)
        return RESULT_OK;
    enum result result = time_stamper_stamp(
        signer->stamper, (struct bytes){signature->data, (size_t)signature->length}, &token, &size);
    if (result != RESULT_OK)
        return signer->stamp_required ? result : RESULT_OK;
    int added = CMS_unsigned_add1_attr_by_NID(info, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                              token, size);
    OPENSSL_free(token);
    return added == 1 ? RESULT_OK : refused("time stamp");
}

static enum result sign(const struct cms_signer *signer, BIO *content, CMS_ContentInfo *cms)
{
    const unsigned int flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES;
    CMS_SignerInfo *info =
        CMS_add1_signer(cms, signer->certificate, signer->key, EVP_sha256(), flags);

    if (info == NULL || CMS_add1_cert(cms, signer->authority) != 1 ||
        CMS_final(cms, content, NULL, flags) != 1)
        return refused("sign");
    TRY(sign_without_time(info, signer->key));
    return add_time_stamp(signer, info);
}

enum result cms_seal(const struct cms_signer *signer, const struct bytes parts[2], uint8_t *out,
                     size_t capacity, size_t *size)
{
    __attribute__((cleanup(release_bio))) BIO *content = BIO_new(BIO_s_mem());
    __attribute__((cleanup(release_cms))) CMS_ContentInfo *cms =
        CMS_sign(NULL, NULL, NULL, NULL, CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP);

    if (content == NULL || cms == NULL)
        return refused("begin");
    for (int i = 0; i < 2; i++)
        if (BIO_write(content, parts[i].data, (int)parts[i].size) != (int)parts[i].size)
            return RESULT_NO_MEMORY;
    TRY(sign(signer, content, cms));
    int needed = i2d_CMS_ContentInfo(cms, NULL);
    if (needed <= 0)
        return refused("encode");
    if ((size_t)needed > capacity)
        return RESULT_TOO_LARGE;
    *size = (size_t)i2d_CMS_ContentInfo(cms, &out);
    return RESULT_OK;
}
