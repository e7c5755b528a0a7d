#include "eid_certificates.h"

#include "eid_owned.h"
#include "log.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAME_SIZE 256
#define SECONDS_OF_DAY 86400
#define REGISTER_NAME                                                                              \
    "RRN" // national register, in its two languages: Rijksregister, Registre national

enum result eid_certificate_parse(struct bytes der, X509 **out)
{
    const unsigned char *at = der.data;

    *out = d2i_X509(NULL, &at, (long)der.size);
    if (*out != NULL && at == der.data + der.size)
        return RESULT_OK;
    X509_free(*out);
    *out = NULL;
    ERR_clear_error();
    return RESULT_MALFORMED;
}

struct eid_trust {
    X509_STORE *roots;
    STACK_OF(X509) * issuers;
};

static enum result read_certificates(const char *path, STACK_OF(X509) * into)
{
    FILE *file = fopen(path, "re");
    X509 *certificate;

    if (file == NULL)
        return RESULT_NOT_FOUND;
    while ((certificate = PEM_read_X509(file, NULL, NULL, NULL)) != NULL)
        if (sk_X509_push(into, certificate) == 0)
            X509_free(certificate);
    // One in DER, as the cards and many tools have it.
    if (sk_X509_num(into) == 0 && fseek(file, 0, SEEK_SET) == 0 &&
        (certificate = d2i_X509_fp(file, NULL)) != NULL && sk_X509_push(into, certificate) == 0)
        X509_free(certificate);
    fclose(file);
    ERR_clear_error(); // the end of the file is one
    return sk_X509_num(into) > 0 ? RESULT_OK : RESULT_MALFORMED;
}

static enum result read_roots(const char *path, X509_STORE *store)
{
    STACK_OF(X509) *roots = sk_X509_new_null();
    enum result result = roots != NULL ? read_certificates(path, roots) : RESULT_NO_MEMORY;

    for (int i = 0; result == RESULT_OK && i < sk_X509_num(roots); i++)
        if (X509_STORE_add_cert(store, sk_X509_value(roots, i)) != 1)
            result = RESULT_NO_MEMORY;
    sk_X509_pop_free(roots, X509_free);
    return result;
}

enum result eid_trust_create(const char *roots, const char *issuers, struct eid_trust **out)
{
    owned(eid_trust) trust = calloc(1, sizeof *trust);

    if (trust == NULL)
        return RESULT_NO_MEMORY;
    trust->roots = X509_STORE_new();
    trust->issuers = sk_X509_new_null();
    if (trust->roots == NULL || trust->issuers == NULL)
        return RESULT_NO_MEMORY;
    TRY(read_roots(roots, trust->roots));
    if (issuers != NULL && issuers[0] != '\0')
        TRY(read_certificates(issuers, trust->issuers));
    *out = take(trust);
    return RESULT_OK;
}

void eid_trust_destroy(struct eid_trust *trust)
{
    if (trust == NULL)
        return;
    X509_STORE_free(trust->roots);
    sk_X509_pop_free(trust->issuers, X509_free);
    free(trust);
}

X509 *eid_trust_issuer(const struct eid_trust *trust, X509 *certificate)
{
    for (int i = 0; i < sk_X509_num(trust->issuers); i++) {
        X509 *issuer = sk_X509_value(trust->issuers, i);
        if (X509_check_issued(issuer, certificate) == X509_V_OK &&
            X509_verify(certificate, X509_get0_pubkey(issuer)) == 1)
            return issuer;
    }
    ERR_clear_error();
    return NULL;
}

// A chain of `certificate`, at most one of `between`, and a root. `at` 0: time does not matter.
static bool leads_to_root(const struct eid_trust *trust, X509 *certificate,
                          STACK_OF(X509) * between, int64_t at)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool valid = false;

    if (context != NULL && X509_STORE_CTX_init(context, trust->roots, certificate, between) == 1) {
        X509_STORE_CTX_set_depth(context, between != NULL ? 1 : 0);
        if (at != 0)
            X509_STORE_CTX_set_time(context, 0, (time_t)at);
        else
            X509_STORE_CTX_set_flags(context, X509_V_FLAG_NO_CHECK_TIME);
        valid = X509_verify_cert(context) == 1;
        if (!valid)
            log_notice("eid", "a certificate does not lead to a root",
                       X509_STORE_CTX_get_error(context));
    }
    X509_STORE_CTX_free(context);
    ERR_clear_error();
    return valid;
}

bool eid_trust_authentication(const struct eid_trust *trust, X509 *certificate, X509 *issuer,
                              int64_t at)
{
    STACK_OF(X509) *between = sk_X509_dup(trust->issuers);
    bool valid = between != NULL && (issuer == NULL || sk_X509_push(between, issuer) > 0) &&
                 leads_to_root(trust, certificate, between, at);

    sk_X509_free(between);
    return valid && X509_check_ca(certificate) == 0 &&
           (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 &&
           (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0;
}

// The one value of an attribute of the subject, as UTF-8 in `text`; its length, -1: not exactly
// one.
static int subject_text(X509 *certificate, int nid, char text[NAME_SIZE])
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    int index = X509_NAME_get_index_by_NID(subject, nid, -1);
    unsigned char *utf8 = NULL;

    if (index < 0 || X509_NAME_get_index_by_NID(subject, nid, index) >= 0)
        return -1;
    int size =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
    bool fits = size >= 0 && size < NAME_SIZE;
    if (fits) {
        memcpy(text, utf8, (size_t)size);
        text[size] = '\0';
    }
    if (size > 0)
        OPENSSL_cleanse(utf8, (size_t)size);
    OPENSSL_free(utf8);
    return fits ? size : -1;
}

static bool has_register_name(X509 *certificate)
{
    char name[NAME_SIZE];
    int size = subject_text(certificate, NID_commonName, name);
    size_t wanted = strlen(REGISTER_NAME);

    // "RRN", or on cards that are made for tests something before it. A holder's name always ends
    // in what the certificate is for, in brackets.
    if (size < (int)wanted || strcmp(name + size - wanted, REGISTER_NAME) != 0)
        return false;
    return (size_t)size == wanted || name[(size_t)size - wanted - 1] == ' ';
}

bool eid_trust_register(const struct eid_trust *trust, X509 *certificate)
{
    char country[NAME_SIZE];

    return subject_text(certificate, NID_countryName, country) >= 0 && strcmp(country, "BE") == 0 &&
           has_register_name(certificate) && X509_check_ca(certificate) == 0 &&
           leads_to_root(trust, certificate, NULL, 0);
}

bool eid_certificate_is_of(X509 *certificate, struct bytes national_number)
{
    char number[NAME_SIZE];
    int size = subject_text(certificate, NID_serialNumber, number);
    bool same = size >= 0 &&
                bytes_equal(national_number, (struct bytes){(const uint8_t *)number, (size_t)size});

    OPENSSL_cleanse(number, sizeof number);
    return same;
}

bool eid_certificate_is_current(X509 *certificate, int64_t at)
{
    time_t moment = (time_t)at;

    return X509_cmp_time(X509_get0_notBefore(certificate), &moment) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate), &moment) > 0;
}

int64_t eid_certificate_last_day(X509 *certificate)
{
    struct tm broken;

    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &broken) != 1)
        return 0;
    return (int64_t)timegm(&broken) / SECONDS_OF_DAY;
}
