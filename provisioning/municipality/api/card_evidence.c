#include "card_evidence.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "log.h"
#include "national_number.h"
#include "openssl_owned.h"
#include "str.h"

struct card_authorities {
    STACK_OF(X509) * roots, *intermediates;
    struct card_status_settings status;
};

// Tags of the identity file (the Belgian eID's card content, "Identity File").
enum {
    TAG_CARD_NUMBER = 1,
    TAG_VALID_FROM = 3,
    TAG_VALID_UNTIL = 4,
    TAG_NATIONAL_NUMBER = 6,
    TAG_PHOTO_HASH = 17
};

static enum result refused(int why)
{
    // The number tells an operator which check it was, and nobody who.
    log_notice("card", "a card cannot be verified at check", why);
    ERR_clear_error();
    return RESULT_REFUSED;
}

static enum result read_pem_file(const char *path, STACK_OF(X509) * *out)
{
    BIO *file = BIO_new_file(path, "r");
    X509 *certificate;

    *out = sk_X509_new_null();
    if (file == NULL) {
        ERR_clear_error();
        return RESULT_NOT_FOUND;
    }
    while ((certificate = PEM_read_bio_X509(file, NULL, NULL, NULL)) != NULL)
        sk_X509_push(*out, certificate);
    ERR_clear_error();
    BIO_free(file);
    return sk_X509_num(*out) > 0 ? RESULT_OK : RESULT_MALFORMED;
}

enum result card_authorities_create(const char *roots, const char *intermediates,
                                    const struct card_status_settings *status,
                                    struct card_authorities **out)
{
    owned(card_authorities) authorities = calloc(1, sizeof *authorities);

    if (authorities == NULL)
        return RESULT_NO_MEMORY;
    authorities->status = *status;
    TRY(card_status_settings_check(status));
    TRY(read_pem_file(roots, &authorities->roots));
    if (intermediates != NULL)
        TRY(read_pem_file(intermediates, &authorities->intermediates));
    *out = take(authorities);
    return RESULT_OK;
}

void card_authorities_destroy(struct card_authorities *card_authorities)
{
    if (card_authorities == NULL)
        return;
    sk_X509_pop_free(card_authorities->roots, X509_free);
    sk_X509_pop_free(card_authorities->intermediates, X509_free);
    free(card_authorities);
}

void card_holder_clear(struct card_holder *holder)
{
    EVP_PKEY_free(holder->key);
    explicit_bzero(holder, sizeof *holder);
}

static X509 *parse_certificate(struct bytes der)
{
    const uint8_t *at = der.data;
    X509 *certificate = d2i_X509(NULL, &at, (long)der.size);

    if (certificate != NULL && at != der.data + der.size) {
        X509_free(certificate); // something behind it
        return NULL;
    }
    return certificate;
}

// Does the chain end at a pinned root? `untrusted` may be NULL: then the root signed it itself.
static bool chains(const struct card_authorities *authorities, X509 *certificate,
                   STACK_OF(X509) * untrusted, int64_t now)
{
    scoped(X509_STORE) store = X509_STORE_new();
    scoped(X509_STORE_CTX) context = X509_STORE_CTX_new();

    if (store == NULL || context == NULL)
        return false;
    for (int i = 0; i < sk_X509_num(authorities->roots); i++)
        X509_STORE_add_cert(store, sk_X509_value(authorities->roots, i));
    if (X509_STORE_CTX_init(context, store, certificate, untrusted) != 1)
        return false;
    if (now > 0)
        X509_STORE_CTX_set_time(context, 0, (time_t)now);
    else
        X509_STORE_CTX_set_flags(context, X509_V_FLAG_NO_CHECK_TIME);
    return X509_verify_cert(context) == 1;
}

static bool chains_by_issuer(const struct card_authorities *authorities, X509 *certificate,
                             X509 *issuer, int64_t now)
{
    STACK_OF(X509) *untrusted = sk_X509_new_null();
    bool good;

    sk_X509_push(untrusted, issuer);
    for (int i = 0; i < sk_X509_num(authorities->intermediates); i++)
        sk_X509_push(untrusted, sk_X509_value(authorities->intermediates, i));
    good = chains(authorities, certificate, untrusted, now);
    sk_X509_free(untrusted);
    return good;
}

// The only value of an attribute of the subject.
static enum result subject_text(X509 *certificate, int nid, char *to, size_t capacity)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    int at = X509_NAME_get_index_by_NID(subject, nid, -1);
    unsigned char *utf8 = NULL;

    if (at < 0 || X509_NAME_get_index_by_NID(subject, nid, at) >= 0)
        return RESULT_MALFORMED;
    int size =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (size < 0)
        return RESULT_MALFORMED;
    enum result copied = strlen((const char *)utf8) == (size_t)size
                             ? str_copy(to, capacity, (const char *)utf8)
                             : RESULT_MALFORMED;
    OPENSSL_free(utf8);
    return copied;
}

// Only the key for authentication: the other one would make a signature with legal effect.
static bool is_for_authentication(X509 *certificate)
{
    uint32_t usage = X509_get_key_usage(certificate);

    return usage != UINT32_MAX && (usage & KU_DIGITAL_SIGNATURE) != 0 &&
           (usage & KU_NON_REPUDIATION) == 0 && X509_check_ca(certificate) == 0;
}

static enum result check_authentication(const struct card_evidence *evidence,
                                        const struct card_authorities *authorities, int64_t now,
                                        struct card_holder *out)
{
    scoped(X509) certificate = parse_certificate(evidence->authentication_certificate);
    scoped(X509) issuer = parse_certificate(evidence->issuer_certificate);

    if (certificate == NULL || issuer == NULL)
        return refused(1);
    if (!chains_by_issuer(authorities, certificate, issuer, now))
        return refused(2);
    if (!is_for_authentication(certificate))
        return refused(3);
    if (subject_text(certificate, NID_serialNumber, out->national_number,
                     sizeof out->national_number) != RESULT_OK ||
        !national_number_is_valid(out->national_number))
        return refused(4);
    out->key = X509_get_pubkey(certificate);
    SHA256(evidence->authentication_certificate.data, evidence->authentication_certificate.size,
           out->certificate_sha256);
    return out->key != NULL ? RESULT_OK : refused(1);
}

// The value of the first field with that tag. A length is the sum of its FF bytes and the first
// other one. Zero padding ends the file.
static enum result find_field(struct bytes file, uint8_t wanted, struct bytes *out)
{
    struct bytes_reader reader = {.rest = file};
    bool first = true;

    while (reader.rest.size > 0) {
        uint8_t tag, more;
        size_t length = 0;
        TRY(bytes_read_u8(&reader, &tag));
        if (tag == 0 && !first)
            return RESULT_NOT_FOUND;
        first = false;
        do {
            TRY(bytes_read_u8(&reader, &more));
            length += more;
        } while (more == 0xFF);
        TRY(bytes_read(&reader, length, out));
        if (tag == wanted)
            return RESULT_OK;
    }
    return RESULT_NOT_FOUND;
}

static enum result field_text(struct bytes file, uint8_t tag, char *to, size_t capacity)
{
    struct bytes value;

    TRY(find_field(file, tag, &value));
    while (value.size > 0 && value.data[value.size - 1] == ' ')
        value.size--;
    if (!str_is_utf8(value))
        return RESULT_MALFORMED;
    return str_format(to, capacity, "%.*s", (int)value.size, (const char *)value.data);
}

// "DD.MM.YYYY" as a day's number that sorts, or 0.
static int64_t card_day(struct bytes identity, uint8_t tag)
{
    char text[16];
    int day, month, year, used = 0;

    if (field_text(identity, tag, text, sizeof text) != RESULT_OK ||
        sscanf(text, "%2d.%2d.%4d%n", &day, &month, &year, &used) != 3 || used != 10)
        return 0;
    return year * 10000LL + month * 100 + day;
}

static bool card_is_valid_today(struct bytes identity, int64_t now)
{
    struct tm utc;
    time_t when = (time_t)now;

    if (gmtime_r(&when, &utc) == NULL)
        return false;
    int64_t today = (utc.tm_year + 1900) * 10000LL + (utc.tm_mon + 1) * 100 + utc.tm_mday;
    int64_t from = card_day(identity, TAG_VALID_FROM), until = card_day(identity, TAG_VALID_UNTIL);
    return from != 0 && until != 0 && from <= today && today <= until;
}

static bool verifies(EVP_PKEY *key, const EVP_MD *digest, struct bytes signature,
                     const struct bytes parts[2])
{
    scoped(EVP_MD_CTX) context = EVP_MD_CTX_new();
    bool good = context != NULL && EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1;

    for (int i = 0; good && i < 2; i++)
        good = parts[i].size == 0 ||
               EVP_DigestVerifyUpdate(context, parts[i].data, parts[i].size) == 1;
    good = good && EVP_DigestVerifyFinal(context, signature.data, signature.size) == 1;
    ERR_clear_error();
    return good;
}

// EC signatures of the register are DER in a file of fixed size: cut what stands behind them.
static struct bytes without_padding(struct bytes signature)
{
    if (signature.size < 2 || signature.data[0] != 0x30 || signature.data[1] >= 0x80 ||
        (size_t)signature.data[1] + 2 > signature.size)
        return (struct bytes){};
    return (struct bytes){signature.data, (size_t)signature.data[1] + 2};
}

// The hash follows from the key; with RSA, cards of one generation use SHA-1, of the next SHA-256,
// and the length of the photo's hash tells which.
static bool register_signed(EVP_PKEY *key, struct bytes identity, struct bytes signature,
                            const struct bytes parts[2])
{
    struct bytes photo_hash;

    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC)
        return verifies(key, EVP_sha384(), without_padding(signature), parts);
    bool sha1 =
        find_field(identity, TAG_PHOTO_HASH, &photo_hash) == RESULT_OK && photo_hash.size == 20;
    if (sha1 && verifies(key, EVP_sha1(), signature, parts))
        return true;
    return verifies(key, EVP_sha256(), signature, parts);
}

// The address is signed without its trailing zeros, and together with the identity's whole
// signature.
static bool files_are_signed(const struct card_evidence *evidence, EVP_PKEY *key)
{
    struct bytes address = evidence->address;

    while (address.size > 0 && address.data[address.size - 1] == 0)
        address.size--;
    return register_signed(key, evidence->identity, evidence->identity_signature,
                           (const struct bytes[2]){evidence->identity, {}}) &&
           register_signed(key, evidence->identity, evidence->address_signature,
                           (const struct bytes[2]){address, evidence->identity_signature});
}

// The register's certificate comes straight from the root and is named RRN: any other certificate
// under the same root, a citizen's for instance, must not sign data. It lives shorter than the
// cards.
static enum result check_register(const struct card_evidence *evidence,
                                  const struct card_authorities *authorities)
{
    scoped(X509) certificate = parse_certificate(evidence->register_certificate);
    char name[128];

    if (certificate == NULL || !chains(authorities, certificate, NULL, 0))
        return refused(5);
    if (subject_text(certificate, NID_commonName, name, sizeof name) != RESULT_OK ||
        strstr(name, "RRN") == NULL || X509_check_ca(certificate) != 0)
        return refused(6);
    return files_are_signed(evidence, X509_get0_pubkey(certificate)) ? RESULT_OK : refused(7);
}

// Only for a card that is good otherwise: nobody else makes the municipality ask the responder.
static enum result ask_status(const struct card_evidence *evidence,
                              const struct card_authorities *authorities, struct card_holder *out)
{
    scoped(X509) certificate = parse_certificate(evidence->authentication_certificate);
    scoped(X509) issuer = parse_certificate(evidence->issuer_certificate);

    if (certificate == NULL || issuer == NULL)
        return refused(1);
    out->status = card_status_ask(&authorities->status, certificate, issuer, authorities->roots,
                                  authorities->intermediates);
    return RESULT_OK;
}

enum result card_evidence_check(const struct card_evidence *evidence,
                                const struct card_authorities *authorities, int64_t now,
                                struct card_holder *out)
{
    char number[NATIONAL_NUMBER_SIZE];

    *out = (struct card_holder){};
    TRY(check_authentication(evidence, authorities, now, out));
    TRY(check_register(evidence, authorities));
    if (field_text(evidence->identity, TAG_NATIONAL_NUMBER, number, sizeof number) != RESULT_OK ||
        !str_equal(number, out->national_number))
        return refused(8); // data of one card with the key of another
    if (field_text(evidence->identity, TAG_CARD_NUMBER, out->card_number,
                   sizeof out->card_number) != RESULT_OK)
        return refused(9);
    if (!card_is_valid_today(evidence->identity, now))
        return refused(10);
    return ask_status(evidence, authorities, out);
}
