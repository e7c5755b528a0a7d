#include "eid_signature.h"

#include "eid_tlv.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <string.h>

#define SHA1_SIZE 20
#define DER_SIGNATURE_MAXIMUM 160 // of an EC signature: P-521 needs 139
#define APPLET_1_7 0x17

static bool is_rsa(EVP_PKEY *key)
{
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
}

static bool verify(EVP_PKEY *key, const EVP_MD *hash, const struct bytes parts[2],
                   struct bytes signature)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool valid = context != NULL && EVP_DigestVerifyInit(context, NULL, hash, NULL, key) == 1 &&
                 EVP_DigestVerifyUpdate(context, parts[0].data, parts[0].size) == 1 &&
                 EVP_DigestVerifyUpdate(context, parts[1].data, parts[1].size) == 1 &&
                 EVP_DigestVerifyFinal(context, signature.data, signature.size) == 1;

    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return valid;
}

// An EC signature is DER with zero bytes behind it: SEQUENCE, a length below 80, so many bytes.
static bool cut_padding(struct bytes *signature)
{
    if (signature->size < 2 || signature->data[0] != 0x30 || signature->data[1] >= 0x80 ||
        signature->data[1] + 2u > signature->size)
        return false;
    signature->size = signature->data[1] + 2u;
    return true;
}

static bool register_signed(EVP_PKEY *signer, const struct bytes parts[2], struct bytes signature,
                            size_t photo_hash_size)
{
    if (!is_rsa(signer))
        return cut_padding(&signature) && verify(signer, EVP_sha384(), parts, signature);
    // Cards that were signed again later kept the photo's SHA-1.
    return (photo_hash_size == SHA1_SIZE && verify(signer, EVP_sha1(), parts, signature)) ||
           verify(signer, EVP_sha256(), parts, signature);
}

bool eid_identity_signature_valid(EVP_PKEY *signer, struct bytes identity, struct bytes signature,
                                  size_t photo_hash_size)
{
    const struct bytes parts[2] = {identity, {}};

    return register_signed(signer, parts, signature, photo_hash_size);
}

bool eid_address_signature_valid(EVP_PKEY *signer, struct bytes address,
                                 struct bytes identity_signature, struct bytes signature,
                                 size_t photo_hash_size)
{
    struct bytes parts[2] = {address, identity_signature};
    size_t end = 0;

    while (parts[0].size > 0 && parts[0].data[parts[0].size - 1] == 0)
        parts[0].size--;
    if (register_signed(signer, parts, signature, photo_hash_size))
        return true;
    // An empty last field ends in a zero byte of its own.
    if (eid_fields_end(address, &end) != RESULT_OK || end <= parts[0].size)
        return false;
    parts[0].size = end;
    return register_signed(signer, parts, signature, photo_hash_size);
}

enum result eid_signing_plan_make(EVP_PKEY *key, uint8_t applet_version,
                                  struct eid_signing_plan *out)
{
    *out = (struct eid_signing_plan){};
    if (is_rsa(key)) {
        bool hashes = applet_version >= APPLET_1_7;
        *out = (struct eid_signing_plan){
            .hash = EVP_sha256(), .algorithm = hashes ? 0x08 : 0x01, .in_digest_info = !hashes};
        return RESULT_OK;
    }
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC)
        return RESULT_INVALID;
    int bits = EVP_PKEY_get_bits(key);
    if (bits == 256)
        *out = (struct eid_signing_plan){.hash = EVP_sha256(), .algorithm = 0x01};
    else if (bits == 384)
        *out = (struct eid_signing_plan){.hash = EVP_sha384(), .algorithm = 0x02};
    else if (bits == 512 || bits == 521)
        *out = (struct eid_signing_plan){.hash = EVP_sha512(), .algorithm = 0x04};
    return out->hash != NULL ? RESULT_OK : RESULT_INVALID;
}

enum result eid_signing_input(const struct eid_signing_plan *plan, struct bytes message,
                              uint8_t out[EID_DIGEST_INFO_MAXIMUM], size_t *size)
{
    // RFC 8017, 9.2, note 1: SHA-256, the only hash that goes this way.
    static const uint8_t prefix[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                     0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
    size_t before = plan->in_digest_info ? sizeof prefix : 0;
    unsigned int hash_size = 0;

    memcpy(out, prefix, before);
    if (EVP_Digest(message.data, message.size, out + before, &hash_size, plan->hash, NULL) != 1)
        return RESULT_FAILED;
    *size = before + hash_size;
    return RESULT_OK;
}

// From r and s side by side to the DER that OpenSSL reads.
static bool make_der(struct bytes plain, uint8_t der[DER_SIGNATURE_MAXIMUM], struct bytes *out)
{
    ECDSA_SIG *pair = ECDSA_SIG_new();
    int half = (int)(plain.size / 2);
    BIGNUM *r = BN_bin2bn(plain.data, half, NULL), *s = BN_bin2bn(plain.data + half, half, NULL);
    uint8_t *at = der;

    if (pair == NULL || r == NULL || s == NULL || plain.size % 2 != 0 ||
        ECDSA_SIG_set0(pair, r, s) != 1) {
        BN_free(r);
        BN_free(s);
        ECDSA_SIG_free(pair);
        return false;
    }
    int size = i2d_ECDSA_SIG(pair, NULL);
    bool fits = size > 0 && size <= DER_SIGNATURE_MAXIMUM;
    if (fits)
        i2d_ECDSA_SIG(pair, &at);
    ECDSA_SIG_free(pair);
    *out = (struct bytes){der, fits ? (size_t)size : 0};
    return fits;
}

bool eid_chip_signature_valid(EVP_PKEY *key, const struct eid_signing_plan *plan,
                              struct bytes message, struct bytes signature)
{
    const struct bytes parts[2] = {message, {}};
    uint8_t der[DER_SIGNATURE_MAXIMUM];

    if (!is_rsa(key) && !make_der(signature, der, &signature))
        return false;
    return verify(key, plan->hash, parts, signature);
}

bool eid_hash_signature_valid(EVP_PKEY *key, struct bytes hash, struct bytes signature)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    uint8_t der[DER_SIGNATURE_MAXIMUM];
    bool valid =
        context != NULL && make_der(signature, der, &signature) &&
        EVP_PKEY_verify_init(context) == 1 &&
        EVP_PKEY_verify(context, signature.data, signature.size, hash.data, hash.size) == 1;

    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return valid;
}
