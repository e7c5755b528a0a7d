#include "sealer_internal.h"

#include <openssl/ts.h>

static ASN1_INTEGER *serial_number(TS_RESP_CTX *context, void *data)
{
    (void)context;
    (void)data;
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    MUST(number != NULL && ASN1_INTEGER_set(number, 1) == 1);
    return number;
}

// A request over `octets`, in DER, as a client would send it.
static BIO *make_request(const unsigned char *octets, size_t size, const EVP_MD *digest)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int hash_size = 0;
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    BIO *encoded = BIO_new(BIO_s_mem());

    MUST(EVP_Digest(octets, size, hash, &hash_size, digest, NULL) == 1);
    X509_ALGOR_set_md(algorithm, digest);
    MUST(TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
         TS_MSG_IMPRINT_set_msg(imprint, hash, (int)hash_size) == 1 &&
         TS_REQ_set_version(request, 1) == 1 && TS_REQ_set_msg_imprint(request, imprint) == 1 &&
         TS_REQ_set_cert_req(request, 1) == 1 && i2d_TS_REQ_bio(encoded, request) == 1);
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    TS_REQ_free(request);
    return encoded;
}

static TS_RESP *answer(const struct pki_identity *authority, BIO *request, const EVP_MD *digest)
{
    TS_RESP_CTX *context = TS_RESP_CTX_new();
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4.1", 1);

    TS_RESP_CTX_set_serial_cb(context, serial_number, NULL);
    MUST(TS_RESP_CTX_set_signer_cert(context, pki_certificate(authority)) == 1 &&
         TS_RESP_CTX_set_signer_key(context, pki_key(authority)) == 1 &&
         TS_RESP_CTX_set_signer_digest(context, EVP_sha256()) == 1 &&
         TS_RESP_CTX_set_ess_cert_id_digest(context, EVP_sha256()) == 1 &&
         TS_RESP_CTX_set_def_policy(context, policy) == 1 &&
         TS_RESP_CTX_add_md(context, digest) == 1);
    TS_RESP *response = TS_RESP_create_response(context, request);
    MUST(response != NULL && TS_RESP_get_token(response) != NULL);
    ASN1_OBJECT_free(policy);
    TS_RESP_CTX_free(context);
    return response;
}

void sealer_stamp(CMS_SignerInfo *signer, const struct sealer_wish *wish)
{
    const ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(signer);
    const EVP_MD *digest = wish->stamp_sha1 ? EVP_sha1() : EVP_sha256();
    size_t size = (size_t)signature->length - (wish->stamp_other_signature ? 1 : 0);
    BIO *request = make_request(signature->data, size, digest);
    TS_RESP *response = answer(wish->time_authority, request, digest);
    unsigned char *token = NULL;

    int token_size = i2d_PKCS7(TS_RESP_get_token(response), &token);
    MUST(token_size > 0 && CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken,
                                                         V_ASN1_SEQUENCE, token, token_size) == 1);
    OPENSSL_free(token);
    TS_RESP_free(response);
    BIO_free(request);
}
