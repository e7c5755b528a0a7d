#include "challenge.h"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

#include "openssl_owned.h"

static const char prefix[] = "eguichet-auth-v1"; // its terminating zero belongs to the message
static const char purpose[] = "e-guichet-session";
static const char binding[] = "tls-exporter"; // and its zero to field 4

struct message {
    uint8_t *bytes;
    size_t size;
};

static enum result put(struct message *message, const void *from, size_t size)
{
    if (size > CHALLENGE_MESSAGE_MAXIMUM - message->size)
        return RESULT_TOO_LARGE;
    memcpy(message->bytes + message->size, from, size);
    message->size += size;
    return RESULT_OK;
}

static enum result put_u16(struct message *message, size_t value)
{
    const uint8_t big_endian[2] = {(uint8_t)(value >> 8), (uint8_t)value};

    return put(message, big_endian, sizeof big_endian);
}

static enum result put_field(struct message *message, size_t tag, const void *value, size_t size)
{
    TRY(put_u16(message, tag));
    TRY(put_u16(message, size));
    return put(message, value, size);
}

enum result challenge_message(const struct challenge *challenge,
                              uint8_t out[CHALLENGE_MESSAGE_MAXIMUM], size_t *size)
{
    struct message message = {.bytes = out};
    uint8_t bound[sizeof binding + CHALLENGE_EXPORTER_SIZE], time[8];

    memcpy(bound, binding, sizeof binding);
    memcpy(bound + sizeof binding, challenge->exporter, CHALLENGE_EXPORTER_SIZE);
    for (int i = 0; i < 8; i++)
        time[i] = (uint8_t)((uint64_t)challenge->time >> (56 - 8 * i));
    TRY(put(&message, prefix, sizeof prefix));
    TRY(put_field(&message, 1, challenge->server, strlen(challenge->server)));
    TRY(put_field(&message, 2, challenge->terminal, strlen(challenge->terminal)));
    TRY(put_field(&message, 3, challenge->nonce, CHALLENGE_NONCE_SIZE));
    TRY(put_field(&message, 4, bound, sizeof bound));
    TRY(put_field(&message, 5, time, sizeof time));
    TRY(put_field(&message, 6, challenge->card_certificate_sha256, 32));
    TRY(put_field(&message, 7, purpose, strlen(purpose)));
    TRY(put_field(&message, 8, challenge->session, strlen(challenge->session)));
    TRY(put_field(&message, 9, challenge->terminal_certificate_sha256, 32));
    *size = message.size;
    return RESULT_OK;
}

static enum result verify(EVP_PKEY *key, const EVP_MD *digest, struct bytes signature,
                          struct bytes message)
{
    scoped(EVP_MD_CTX) context = EVP_MD_CTX_new();

    if (context == NULL)
        return RESULT_NO_MEMORY;
    bool good =
        EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1 &&
        EVP_DigestVerify(context, signature.data, signature.size, message.data, message.size) == 1;
    ERR_clear_error();
    return good ? RESULT_OK : RESULT_REFUSED;
}

// The chip gives r and s side by side, OpenSSL wants them in DER.
static enum result verify_ec(EVP_PKEY *key, struct bytes signature, struct bytes message)
{
    size_t half = ((size_t)EVP_PKEY_get_bits(key) + 7) / 8;
    const EVP_MD *digest = half <= 32 ? EVP_sha256() : half <= 48 ? EVP_sha384() : EVP_sha512();
    scoped(ECDSA_SIG) pair = ECDSA_SIG_new();
    uint8_t *der = NULL;

    if (signature.size != 2 * half)
        return RESULT_REFUSED;
    if (pair == NULL || ECDSA_SIG_set0(pair, BN_bin2bn(signature.data, (int)half, NULL),
                                       BN_bin2bn(signature.data + half, (int)half, NULL)) != 1)
        return RESULT_NO_MEMORY;
    int size = i2d_ECDSA_SIG(pair, &der);
    if (size <= 0)
        return RESULT_REFUSED;
    enum result good = verify(key, digest, (struct bytes){der, (size_t)size}, message);
    OPENSSL_free(der);
    return good;
}

enum result challenge_verify(struct bytes message, struct bytes signature, EVP_PKEY *key)
{
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA: // PKCS #1 v1.5 is the default padding
        return verify(key, EVP_sha256(), signature, message);
    case EVP_PKEY_EC:
        return verify_ec(key, signature, message);
    default:
        return RESULT_REFUSED;
    }
}
