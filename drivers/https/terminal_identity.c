#include "terminal_identity.h"

#include "log.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

static void x509_st_destroy(struct x509_st *certificate)
{
    X509_free(certificate);
}
DEFINE_OWNED(x509_st)

static void evp_pkey_st_destroy(struct evp_pkey_st *key)
{
    EVP_PKEY_free(key);
}
DEFINE_OWNED(evp_pkey_st)

// No password: without this OpenSSL would ask for one on the terminal that started the program.
static int no_password(char *buffer, int size, int writing, void *data)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)data;
    return -1;
}

static enum result read_certificate(const char *path, X509 **out)
{
    FILE *file = fopen(path, "re");

    *out = NULL;
    if (file == NULL)
        return RESULT_NOT_FOUND;
    *out = PEM_read_X509(file, NULL, no_password, NULL);
    fclose(file);
    return *out != NULL ? RESULT_OK : RESULT_MALFORMED;
}

static enum result read_key(const char *path, EVP_PKEY **out)
{
    FILE *file = fopen(path, "re");

    *out = NULL;
    if (file == NULL)
        return RESULT_NOT_FOUND;
    *out = PEM_read_PrivateKey(file, NULL, no_password, NULL);
    fclose(file);
    return *out != NULL ? RESULT_OK : RESULT_MALFORMED;
}

static enum result read_common_name(X509 *certificate, char out[TERMINAL_NAME_SIZE])
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = NULL;

    if (at < 0)
        return RESULT_MALFORMED;
    int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    bool fits = size > 0 && size < TERMINAL_NAME_SIZE && memchr(text, 0, (size_t)size) == NULL;
    enum result result =
        fits ? str_copy(out, TERMINAL_NAME_SIZE, (const char *)text) : RESULT_MALFORMED;
    OPENSSL_free(text);
    return result;
}

enum result terminal_identity_read(const struct https_backend_settings *settings,
                                   struct terminal_identity *out)
{
    owned(x509_st) authority = NULL;
    owned(x509_st) certificate = NULL;
    owned(evp_pkey_st) key = NULL;
    unsigned int size = sizeof out->certificate_digest;

    TRY(read_certificate(settings->ca, &authority));
    TRY(read_certificate(settings->certificate, &certificate));
    TRY(read_key(settings->key, &key));
    if (X509_check_private_key(certificate, key) != 1) {
        log_error("https", "the terminal's certificate and key do not belong together", 0);
        return RESULT_MALFORMED;
    }
    if (X509_digest(certificate, EVP_sha256(), out->certificate_digest, &size) != 1)
        return RESULT_FAILED;
    return read_common_name(certificate, out->name);
}
