#include "pki_authority.h"

#include "pki_internal.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

struct pki_identity {
    X509 *certificate;
    EVP_PKEY *key;
};

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

void pki_identity_destroy(struct pki_identity *identity)
{
    if (identity == NULL)
        return;
    X509_free(identity->certificate);
    EVP_PKEY_free(identity->key);
    free(identity);
}

enum result pki_identity_wrap(X509 *certificate, EVP_PKEY *key, struct pki_identity **out)
{
    owned(x509_st) held_certificate = certificate;
    owned(evp_pkey_st) held_key = key;
    struct pki_identity *identity = malloc(sizeof *identity);

    if (identity == NULL)
        return RESULT_NO_MEMORY;
    *identity = (struct pki_identity){.certificate = take(held_certificate), .key = take(held_key)};
    *out = identity;
    return RESULT_OK;
}

X509 *pki_certificate(const struct pki_identity *identity)
{
    return identity->certificate;
}

EVP_PKEY *pki_key(const struct pki_identity *identity)
{
    return identity->key;
}

static EVP_PKEY *make_key(enum pki_key_kind kind)
{
    switch (kind) {
    case PKI_KEY_RSA_1024:
        return EVP_RSA_gen(1024);
    case PKI_KEY_RSA_2048:
        return EVP_RSA_gen(2048);
    case PKI_KEY_RSA_3072:
        return EVP_RSA_gen(3072);
    case PKI_KEY_P256:
        return EVP_EC_gen("P-256");
    case PKI_KEY_P384:
        return EVP_EC_gen("P-384");
    }
    return NULL;
}

// RFC 5280, 4.1.2.2: positive, at most 20 octets; 127 random bits cannot collide in practice.
static bool set_serial_number(X509 *certificate)
{
    BIGNUM *number = BN_new();
    bool done = number != NULL && BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) &&
                BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;

    BN_free(number);
    return done;
}

static bool set_subject(X509 *certificate, const struct pki_profile *profile)
{
    const struct {
        int nid;
        const char *value;
    } parts[] = {
        {NID_countryName, profile->subject.country},
        {NID_organizationName, profile->subject.organization},
        {NID_organizationIdentifier, profile->subject.organization_identifier},
        {NID_commonName, profile->subject.common_name},
        {NID_surname, profile->subject.surname},
        {NID_givenName, profile->subject.given_name},
        {NID_serialNumber, profile->subject.serial_number},
    };
    X509_NAME *name = X509_get_subject_name(certificate);

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const unsigned char *text = (const unsigned char *)parts[i].value;
        if (text != NULL &&
            !X509_NAME_add_entry_by_NID(name, parts[i].nid, MBSTRING_UTF8, text, -1, -1, 0))
            return false;
    }
    return true;
}

static bool add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;

    if (value == NULL)
        return true;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    bool done = extension != NULL && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return done;
}

// Key identifiers stand in every certificate: X509_V_FLAG_X509_STRICT insists on them.
static bool add_extensions(X509 *certificate, X509 *issuer, const struct pki_profile *profile)
{
    const char *constraints = profile->authority ? "critical,CA:TRUE" : "critical,CA:FALSE";

    return add_extension(certificate, issuer, NID_basic_constraints, constraints) &&
           add_extension(certificate, issuer, NID_key_usage, profile->key_usage) &&
           add_extension(certificate, issuer, NID_ext_key_usage, profile->extended_key_usage) &&
           add_extension(certificate, issuer, NID_subject_alt_name,
                         profile->subject_alternative_name) &&
           add_extension(certificate, issuer, NID_certificate_policies,
                         profile->certificate_policies) &&
           add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
           add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
}

static bool fill(X509 *certificate, X509 *issuer, const struct pki_profile *profile, EVP_PKEY *key)
{
    return X509_set_version(certificate, X509_VERSION_3) && set_serial_number(certificate) &&
           set_subject(certificate, profile) &&
           X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) &&
           ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)profile->not_before) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)profile->not_after) != NULL &&
           X509_set_pubkey(certificate, key) && add_extensions(certificate, issuer, profile);
}

// Without `issuer` the certificate signs itself.
static enum result certify(const struct pki_identity *issuer, const struct pki_profile *profile,
                           EVP_PKEY *key, struct pki_identity **out)
{
    owned(x509_st) certificate = X509_new();
    const EVP_MD *digest =
        EVP_get_digestbyname(profile->digest != NULL ? profile->digest : "SHA256");

    if (certificate == NULL)
        return RESULT_NO_MEMORY;
    X509 *issuer_certificate = issuer != NULL ? issuer->certificate : certificate;
    EVP_PKEY *issuer_key = issuer != NULL ? issuer->key : key;
    if (digest == NULL || !fill(certificate, issuer_certificate, profile, key) ||
        !X509_sign(certificate, issuer_key, digest) || !EVP_PKEY_up_ref(key))
        return RESULT_INVALID;
    return pki_identity_wrap(take(certificate), key, out);
}

enum result pki_self_signed_create(const struct pki_profile *profile, enum pki_key_kind kind,
                                   struct pki_identity **out)
{
    return pki_issued_create(NULL, profile, kind, out);
}

enum result pki_issued_create(const struct pki_identity *issuer, const struct pki_profile *profile,
                              enum pki_key_kind kind, struct pki_identity **out)
{
    owned(evp_pkey_st) key = make_key(kind);

    *out = NULL;
    if (key == NULL)
        return RESULT_FAILED;
    return certify(issuer, profile, key, out);
}

enum result pki_issued_for_key(const struct pki_identity *issuer, const struct pki_profile *profile,
                               EVP_PKEY *key, struct pki_identity **out)
{
    *out = NULL;
    return certify(issuer, profile, key, out);
}
