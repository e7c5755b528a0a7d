#include "est_messages.h"

#include <ctype.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define ANSWER_MAXIMUM 16384

EVP_PKEY *est_new_key(void)
{
    return EVP_EC_gen("P-256");
}

static char *encode(const uint8_t *der, int size)
{
    char *text = malloc((size_t)(size / 48 + 1) * 65 + 1); // 64 letters and a line end for 48 bytes
    EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
    int first = 0, rest = 0;

    if (text != NULL && context != NULL) {
        EVP_EncodeInit(context);
        EVP_EncodeUpdate(context, (unsigned char *)text, &first, der, size);
        EVP_EncodeFinal(context, (unsigned char *)text + first, &rest);
    }
    EVP_ENCODE_CTX_free(context);
    return text;
}

enum result est_request(EVP_PKEY *key, char **text)
{
    X509_REQ *request = X509_REQ_new();
    uint8_t *der = NULL;
    int size = 0;

    *text = NULL;
    if (request != NULL && X509_REQ_set_version(request, X509_REQ_VERSION_1) == 1 &&
        X509_NAME_add_entry_by_NID(X509_REQ_get_subject_name(request), NID_commonName,
                                   MBSTRING_UTF8, (const unsigned char *)"terminal", -1, -1,
                                   0) == 1 &&
        X509_REQ_set_pubkey(request, key) == 1 && X509_REQ_sign(request, key, EVP_sha256()) > 0)
        size = i2d_X509_REQ(request, &der);
    if (size > 0)
        *text = encode(der, size);
    OPENSSL_free(der);
    X509_REQ_free(request);
    return *text == NULL ? RESULT_FAILED : RESULT_OK;
}

static size_t decode(struct bytes text, uint8_t out[ANSWER_MAXIMUM])
{
    EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
    int first = 0, rest = 0;
    bool good = false;

    if (context != NULL && text.size / 4 * 3 + 3 <= ANSWER_MAXIMUM) {
        EVP_DecodeInit(context);
        good = EVP_DecodeUpdate(context, out, &first, text.data, (int)text.size) >= 0 &&
               EVP_DecodeFinal(context, out + first, &rest) == 1;
    }
    EVP_ENCODE_CTX_free(context);
    return good ? (size_t)(first + rest) : 0;
}

enum result est_read_certificates(struct bytes text, STACK_OF(X509) * *out)
{
    uint8_t der[ANSWER_MAXIMUM];
    const uint8_t *at = der;
    size_t size = decode(text, der);
    PKCS7 *message = size == 0 ? NULL : d2i_PKCS7(NULL, &at, (long)size);

    *out = NULL;
    if (message != NULL && PKCS7_type_is_signed(message) && message->d.sign != NULL &&
        sk_X509_num(message->d.sign->cert) > 0)
        *out = X509_chain_up_ref(message->d.sign->cert);
    PKCS7_free(message);
    ERR_clear_error();
    return *out == NULL ? RESULT_MALFORMED : RESULT_OK;
}

bool est_fingerprint_read(const char *typed, char digits[65])
{
    size_t count = 0;

    for (; *typed != '\0'; typed++) {
        if (*typed == ' ' || *typed == ':' || *typed == '-')
            continue;
        if (count == 64 || !isxdigit((unsigned char)*typed))
            return false;
        digits[count++] = (char)tolower((unsigned char)*typed);
    }
    digits[count] = '\0';
    return count >= EST_FINGERPRINT_LEAST;
}

enum result est_fingerprint(const X509 *certificate, char digits[65])
{
    uint8_t digest[32];
    unsigned int size = sizeof digest;

    if (X509_digest(certificate, EVP_sha256(), digest, &size) != 1)
        return RESULT_FAILED;
    return bytes_to_hex((struct bytes){digest, size}, digits, 65);
}

X509 *est_find_anchor(const STACK_OF(X509) * authorities, const char *digits)
{
    char fingerprint[65];

    for (int i = 0; i < sk_X509_num(authorities); i++) {
        X509 *authority = sk_X509_value(authorities, i);
        if (est_fingerprint(authority, fingerprint) == RESULT_OK &&
            str_starts_with(fingerprint, digits) && X509_check_ca(authority) == 1)
            return authority;
    }
    return NULL;
}

X509 *est_find_own(const STACK_OF(X509) * certificates, const EVP_PKEY *key)
{
    for (int i = 0; i < sk_X509_num(certificates); i++) {
        X509 *certificate = sk_X509_value(certificates, i);
        if (EVP_PKEY_eq(X509_get0_pubkey(certificate), key) == 1)
            return certificate;
    }
    return NULL;
}
