#include "sealer_internal.h"

#include <openssl/x509.h>

static EVP_PKEY *key_of(const struct pki_identity *identity)
{
    return pki_key(identity);
}

// The signed attributes as a DER SET OF, which is what is signed (RFC 5652, 5.4).
static int encode_attributes(CMS_SignerInfo *signer, unsigned char **out)
{
    ASN1_SEQUENCE_ANY *set = sk_ASN1_TYPE_new_null();

    for (int i = 0; i < CMS_signed_get_attr_count(signer); i++) {
        unsigned char *encoded = NULL;
        int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(signer, i), &encoded);
        const unsigned char *at = encoded;
        ASN1_TYPE *any = d2i_ASN1_TYPE(NULL, &at, size);
        MUST(any != NULL && sk_ASN1_TYPE_push(set, any) > 0);
        OPENSSL_free(encoded);
    }
    int size = i2d_ASN1_SET_ANY(set, out);
    sk_ASN1_TYPE_pop_free(set, ASN1_TYPE_free);
    return size;
}

// OpenSSL always adds the CMS signing time; PAdES wants it absent, so it goes and all is signed
// again.
static void sign_without_signing_time(CMS_SignerInfo *signer, EVP_PKEY *key, const EVP_MD *digest)
{
    int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
    unsigned char *attributes = NULL;
    size_t size = 0;

    MUST(at >= 0);
    X509_ATTRIBUTE_free(CMS_signed_delete_attr(signer, at));
    int attributes_size = encode_attributes(signer, &attributes);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    MUST(attributes_size > 0 && EVP_DigestSignInit(context, NULL, digest, NULL, key) == 1);
    MUST(EVP_DigestSign(context, NULL, &size, attributes, (size_t)attributes_size) == 1);
    unsigned char *signature = OPENSSL_malloc(size);
    MUST(EVP_DigestSign(context, signature, &size, attributes, (size_t)attributes_size) == 1);
    ASN1_STRING_set0(CMS_SignerInfo_get0_signature(signer), signature, (int)size);
    EVP_MD_CTX_free(context);
    OPENSSL_free(attributes);
}

static CMS_SignerInfo *add_signer(CMS_ContentInfo *cms, const struct pki_identity *identity,
                                  const EVP_MD *digest, unsigned int flags)
{
    CMS_SignerInfo *signer =
        CMS_add1_signer(cms, pki_certificate(identity), key_of(identity), digest, flags);
    MUST(signer != NULL);
    return signer;
}

static size_t encode(CMS_ContentInfo *cms, unsigned char **out)
{
    int size = i2d_CMS_ContentInfo(cms, out);

    MUST(size > 0);
    return (size_t)size;
}

size_t sealer_cms(struct bytes first, struct bytes second, const struct pki_identity *seal,
                  const struct pki_identity *authority, const struct sealer_wish *wish,
                  unsigned char **out)
{
    unsigned int flags = CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP;
    flags |= wish->attached ? 0U : CMS_DETACHED;
    flags |= wish->without_signing_certificate ? 0U : CMS_CADES;
    const EVP_MD *digest = wish->digest != NULL ? wish->digest : EVP_sha256();

    BIO *data = BIO_new(BIO_s_mem());
    MUST(data != NULL && BIO_write(data, first.data, (int)first.size) > 0 &&
         BIO_write(data, second.data, (int)second.size) > 0);
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags);
    MUST(cms != NULL);
    if (wish->other_content_type)
        MUST(CMS_set1_eContentType(cms, OBJ_nid2obj(NID_id_smime_ct_TSTInfo)) == 1);
    CMS_SignerInfo *signer = add_signer(cms, seal, digest, flags);
    if (wish->second_signer != NULL)
        add_signer(cms, wish->second_signer, digest, flags);
    if (authority != NULL)
        MUST(CMS_add1_cert(cms, pki_certificate(authority)) == 1);
    MUST(CMS_final(cms, data, NULL, flags) == 1);
    if (!wish->with_signing_time)
        sign_without_signing_time(signer, key_of(seal), digest);
    if (wish->time_authority != NULL)
        sealer_stamp(signer, wish);
    if (wish->two_stamps)
        sealer_stamp(signer, wish);
    size_t size = encode(cms, out);
    CMS_ContentInfo_free(cms);
    BIO_free(data);
    return size;
}
