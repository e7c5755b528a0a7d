#include "eid_signer.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>

struct algorithm {
    uint8_t number;
    size_t input; // 0: any that fits
    const char *hash;
    bool pss;
};

static const struct algorithm rsa[] = {
    {.number = 0x01},
    {.number = 0x02, .input = 20, .hash = "SHA1"},
    {.number = 0x08, .input = 32, .hash = "SHA256"},
    {.number = 0x10, .input = 20, .hash = "SHA1", .pss = true},
    {.number = 0x20, .input = 32, .hash = "SHA256", .pss = true}};
static const struct algorithm ec[] = {{.number = 0x01, .input = 32},
                                      {.number = 0x02, .input = 48},
                                      {.number = 0x04, .input = 64},
                                      {.number = 0x40}};

static const struct algorithm *find(EVP_PKEY *key, uint8_t number)
{
    bool is_rsa = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
    const struct algorithm *table = is_rsa ? rsa : ec;
    size_t count = is_rsa ? sizeof rsa / sizeof *rsa : sizeof ec / sizeof *ec;

    for (size_t i = 0; i < count; i++)
        if (table[i].number == number)
            return &table[i];
    return NULL;
}

bool eid_signer_knows(EVP_PKEY *key, uint8_t algorithm)
{
    return find(key, algorithm) != NULL;
}

static bool prepare(EVP_PKEY_CTX *context, EVP_PKEY *key, const struct algorithm *algorithm)
{
    if (context == NULL || EVP_PKEY_sign_init(context) != 1)
        return false;
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        return true;
    if (algorithm->pss)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_signature_md(context, EVP_get_digestbyname(algorithm->hash)) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
           (algorithm->hash == NULL ||
            EVP_PKEY_CTX_set_signature_md(context, EVP_get_digestbyname(algorithm->hash)) == 1);
}

// From the DER that OpenSSL makes to the plain numbers that the chip gives.
static enum result make_plain(EVP_PKEY *key, uint8_t *signature, size_t *size)
{
    const uint8_t *at = signature;
    int half = (EVP_PKEY_get_bits(key) + 7) / 8;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)*size);

    if (pair == NULL)
        return RESULT_FAILED;
    bool done = BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, half) == half &&
                BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + half, half) == half;
    ECDSA_SIG_free(pair);
    *size = 2 * (size_t)half;
    return done ? RESULT_OK : RESULT_FAILED;
}

enum result eid_signer_sign(EVP_PKEY *key, uint8_t number, struct bytes input,
                            uint8_t signature[EID_SIGNATURE_MAXIMUM], size_t *size)
{
    const struct algorithm *algorithm = find(key, number);

    if (algorithm == NULL || input.size == 0 ||
        (algorithm->input != 0 && input.size != algorithm->input))
        return RESULT_INVALID;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    *size = EID_SIGNATURE_MAXIMUM;
    bool done = prepare(context, key, algorithm) &&
                EVP_PKEY_sign(context, signature, size, input.data, input.size) == 1;
    EVP_PKEY_CTX_free(context);
    if (!done)
        return RESULT_INVALID;
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? RESULT_OK : make_plain(key, signature, size);
}
