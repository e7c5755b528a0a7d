#include "pki_authority.h"

#include "pki_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static enum result open_new(const char *path, mode_t mode, FILE **out)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);

    if (descriptor < 0)
        return errno == EEXIST ? RESULT_INVALID : RESULT_FAILED;
    *out = fdopen(descriptor, "w");
    if (*out == NULL) {
        close(descriptor);
        return RESULT_FAILED;
    }
    return RESULT_OK;
}

// Half a file is worse than none.
static enum result close_new(FILE *file, const char *path, bool written)
{
    bool closed = fclose(file) == 0;

    if (written && closed)
        return RESULT_OK;
    unlink(path);
    return RESULT_FAILED;
}

enum result pki_write_certificate_pem(const struct pki_identity *identity, const char *path)
{
    FILE *file = NULL;

    TRY(open_new(path, 0644, &file));
    return close_new(file, path, PEM_write_X509(file, pki_certificate(identity)));
}

enum result pki_write_certificate_der(const struct pki_identity *identity, const char *path)
{
    FILE *file = NULL;

    TRY(open_new(path, 0644, &file));
    return close_new(file, path, i2d_X509_fp(file, pki_certificate(identity)));
}

enum result pki_write_key_pem(const struct pki_identity *identity, const char *path)
{
    FILE *file = NULL;

    TRY(open_new(path, 0600, &file));
    return close_new(file, path,
                     PEM_write_PKCS8PrivateKey(file, pki_key(identity), NULL, NULL, 0, NULL, NULL));
}

static X509 *read_certificate(const char *path)
{
    FILE *file = fopen(path, "re");
    X509 *certificate = file != NULL ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;

    if (file != NULL)
        fclose(file);
    return certificate;
}

static EVP_PKEY *read_key(const char *path)
{
    FILE *file = fopen(path, "re");
    EVP_PKEY *key = file != NULL ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;

    if (file != NULL)
        fclose(file);
    return key;
}

enum result pki_identity_read(const char *certificate_path, const char *key_path,
                              struct pki_identity **out)
{
    *out = NULL;
    if (access(certificate_path, F_OK) != 0 || access(key_path, F_OK) != 0)
        return RESULT_NOT_FOUND;
    X509 *certificate = read_certificate(certificate_path);
    EVP_PKEY *key = read_key(key_path);
    if (certificate == NULL || key == NULL || !X509_check_private_key(certificate, key)) {
        X509_free(certificate);
        EVP_PKEY_free(key);
        return RESULT_MALFORMED;
    }
    return pki_identity_wrap(certificate, key, out);
}
