#include "certificate_issuer.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS 86400
#define CLOCKS_DISAGREE_SECONDS 300
#define RSA_BITS_LEAST 2048

struct certificate_issuer {
    X509 *authority, *server_authority;
    EVP_PKEY *key;
    int days;
};

#define RELEASED_BY(release) __attribute__((cleanup(release)))

static void release_request(X509_REQ **request)
{
    X509_REQ_free(*request);
}

static void release_certificate(X509 **certificate)
{
    X509_free(*certificate);
}

static void release_bundle(PKCS7 **bundle)
{
    PKCS7_free(*bundle);
}

static enum result read_certificate(const char *path, X509 **out)
{
    FILE *file = fopen(path, "re");

    if (file == NULL)
        return RESULT_NOT_FOUND;
    *out = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    return *out == NULL ? RESULT_MALFORMED : RESULT_OK;
}

static enum result read_key(const char *path, EVP_PKEY **out)
{
    FILE *file = fopen(path, "re");

    if (file == NULL)
        return RESULT_NOT_FOUND;
    *out = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    fclose(file);
    return *out == NULL ? RESULT_MALFORMED : RESULT_OK;
}

enum result certificate_issuer_create(const struct certificate_issuer_files *files,
                                      struct certificate_issuer **out)
{
    owned(certificate_issuer) issuer = calloc(1, sizeof *issuer);

    if (issuer == NULL)
        return RESULT_NO_MEMORY;
    issuer->days = files->days;
    TRY(read_certificate(files->authority, &issuer->authority));
    TRY(read_certificate(files->server_authority, &issuer->server_authority));
    TRY(read_key(files->key, &issuer->key));
    if (X509_check_private_key(issuer->authority, issuer->key) != 1) {
        ERR_clear_error();
        return RESULT_MALFORMED;
    }
    *out = take(issuer);
    return RESULT_OK;
}

void certificate_issuer_destroy(struct certificate_issuer *certificate_issuer)
{
    if (certificate_issuer == NULL)
        return;
    X509_free(certificate_issuer->authority);
    X509_free(certificate_issuer->server_authority);
    EVP_PKEY_free(certificate_issuer->key);
    free(certificate_issuer);
}

// ---- the request ------------------------------------------------------------------------------

static bool is_strong(const EVP_PKEY *key)
{
    char group[32] = "";

    if (EVP_PKEY_is_a(key, "RSA"))
        return EVP_PKEY_get_bits(key) >= RSA_BITS_LEAST;
    return EVP_PKEY_is_a(key, "EC") &&
           EVP_PKEY_get_group_name(key, group, sizeof group, NULL) == 1 &&
           (strcmp(group, "prime256v1") == 0 || strcmp(group, "secp384r1") == 0);
}

static X509_REQ *read_request(struct bytes der)
{
    const uint8_t *at = der.data;
    X509_REQ *request = d2i_X509_REQ(NULL, &at, (long)der.size);
    EVP_PKEY *key = request == NULL ? NULL : X509_REQ_get0_pubkey(request);

    if (key != NULL && at == der.data + der.size && is_strong(key) &&
        X509_REQ_verify(request, key) == 1)
        return request;
    ERR_clear_error();
    X509_REQ_free(request);
    return NULL;
}

enum result certificate_issuer_check(struct bytes request)
{
    RELEASED_BY(release_request) X509_REQ *read = read_request(request);

    return read == NULL ? RESULT_MALFORMED : RESULT_OK;
}

// ---- the certificate --------------------------------------------------------------------------

// RFC 5280, 4.1.2.2: positive, at most 20 octets.
static bool set_serial_number(X509 *certificate)
{
    BIGNUM *number = BN_new();
    bool done = number != NULL && BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
                BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;

    BN_free(number);
    return done;
}

static bool add_extensions(X509 *certificate, X509 *authority)
{
    static const struct {
        int nid;
        const char *value;
    } extensions[] = {
        {NID_basic_constraints, "critical,CA:FALSE"},
        {NID_key_usage, "critical,digitalSignature"},
        {NID_ext_key_usage, "clientAuth"},
        {NID_subject_key_identifier, "hash"},
        {NID_authority_key_identifier, "keyid:always"},
    };
    X509V3_CTX context;

    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, authority, certificate, NULL, NULL, 0);
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        X509_EXTENSION *extension =
            X509V3_EXT_conf_nid(NULL, &context, extensions[i].nid, extensions[i].value);
        bool added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
        X509_EXTENSION_free(extension);
        if (!added)
            return false;
    }
    return true;
}

static bool certify(const struct certificate_issuer *issuer, X509 *certificate, EVP_PKEY *key,
                    const char *terminal)
{
    X509_NAME *subject = X509_get_subject_name(certificate);

    return X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial_number(certificate) &&
           X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                                      (const unsigned char *)terminal, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, X509_get_subject_name(issuer->authority)) == 1 &&
           X509_set_pubkey(certificate, key) == 1 &&
           add_extensions(certificate, issuer->authority) &&
           X509_sign(certificate, issuer->key, EVP_sha256()) > 0;
}

// A SignedData without content and signers (RFC 5652, 5.1; RFC 7030, 4.1.3).
static enum result bundle(X509 *const certificates[], size_t count, uint8_t **out, size_t *size)
{
    RELEASED_BY(release_bundle) PKCS7 *made = PKCS7_new();
    uint8_t *der = NULL;

    if (made == NULL || PKCS7_set_type(made, NID_pkcs7_signed) != 1)
        return RESULT_NO_MEMORY;
    made->d.sign->contents->type = OBJ_nid2obj(NID_pkcs7_data);
    for (size_t i = 0; i < count; i++)
        if (PKCS7_add_certificate(made, certificates[i]) != 1)
            return RESULT_NO_MEMORY;
    int length = i2d_PKCS7(made, &der);
    *out = length > 0 ? malloc((size_t)length) : NULL;
    if (*out != NULL) {
        *size = (size_t)length;
        memcpy(*out, der, *size);
    }
    OPENSSL_free(der);
    return *out == NULL ? RESULT_NO_MEMORY : RESULT_OK;
}

enum result certificate_issuer_issue(const struct certificate_issuer *issuer, struct bytes request,
                                     const char *terminal, int64_t now,
                                     struct issued_certificate *out)
{
    RELEASED_BY(release_request) X509_REQ *read = read_request(request);
    RELEASED_BY(release_certificate) X509 *certificate = X509_new();
    unsigned int digest_size = sizeof out->sha256;

    if (read == NULL)
        return RESULT_MALFORMED;
    out->not_after = now + (int64_t)issuer->days * DAY_SECONDS;
    if (certificate == NULL ||
        ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)(now - CLOCKS_DISAGREE_SECONDS)) ==
            NULL ||
        ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)out->not_after) == NULL)
        return RESULT_NO_MEMORY;
    if (!certify(issuer, certificate, X509_REQ_get0_pubkey(read), terminal) ||
        X509_digest(certificate, EVP_sha256(), out->sha256, &digest_size) != 1) {
        ERR_clear_error();
        return RESULT_FAILED;
    }
    return bundle(&certificate, 1, &out->pkcs7, &out->size);
}

enum result certificate_issuer_authorities(const struct certificate_issuer *issuer, uint8_t **pkcs7,
                                           size_t *size)
{
    X509 *const both[] = {issuer->server_authority, issuer->authority};

    return bundle(both, 2, pkcs7, size);
}
