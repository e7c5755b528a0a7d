// What is to be thought of the files of a card.
#include "eid_contents.h"
#include "eid_identity.h"
#include "eid_owned.h"
#include "eid_signature.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#define SECONDS_OF_DAY 86400
#define BASIC_KEY_HASH_SIZE 48 // SHA-384 alone

static enum check checked(bool valid)
{
    return valid ? CHECK_VALID : CHECK_INVALID;
}

// NULL: not there, or no certificate.
static X509 *certificate_of(const struct eid_contents *contents, enum eid_content which)
{
    struct bytes file = eid_contents_file(contents, which);
    X509 *certificate = NULL;

    if (file.size == 0 || eid_certificate_parse(file, &certificate) != RESULT_OK)
        return NULL;
    return certificate;
}

static void verify_signatures(const struct eid_contents *contents, EVP_PKEY *key,
                              size_t photo_hash_size, struct eid_verification *verification)
{
    struct bytes identity = eid_contents_file(contents, EID_CONTENT_IDENTITY);
    struct bytes signature = eid_contents_file(contents, EID_CONTENT_IDENTITY_SIGNATURE);
    struct bytes address = eid_contents_file(contents, EID_CONTENT_ADDRESS);
    struct bytes address_signature = eid_contents_file(contents, EID_CONTENT_ADDRESS_SIGNATURE);

    if (key == NULL || signature.size == 0)
        return;
    if (identity.size > 0)
        verification->identity_signature =
            checked(eid_identity_signature_valid(key, identity, signature, photo_hash_size));
    if (address.size > 0 && address_signature.size > 0)
        verification->address_signature = checked(eid_address_signature_valid(
            key, address, signature, address_signature, photo_hash_size));
}

static bool has(const struct eid_contents *contents, enum eid_content which)
{
    return eid_contents_file(contents, which).size > 0;
}

static void verify_register(const struct eid_contents *contents, const struct eid_trust *trust,
                            size_t photo_hash_size, struct eid_verification *verification)
{
    owned(x509_st) signer = certificate_of(contents, EID_CONTENT_REGISTER_CERTIFICATE);
    EVP_PKEY *key = signer != NULL ? X509_get0_pubkey(signer) : NULL;

    if (!has(contents, EID_CONTENT_REGISTER_CERTIFICATE))
        return;
    verify_signatures(contents, key, photo_hash_size, verification);
    if (key == NULL)
        verification->certificate_chain = CHECK_INVALID;
    else if (trust != NULL)
        verification->certificate_chain = checked(eid_trust_register(trust, signer));
}

static bool is_current(const struct eid_identity *identity, int64_t at)
{
    int64_t day = at / SECONDS_OF_DAY;

    return identity->valid_from.year != 0 && day >= eid_date_days(&identity->valid_from) &&
           identity->valid_until.year != 0 && day <= eid_date_days(&identity->valid_until);
}

// Without the national number's check the data of one card could go with the key of another.
static void verify_holder(const struct eid_contents *contents, const struct eid_trust *trust,
                          const struct eid_identity *identity, int64_t at,
                          struct eid_verification *verification)
{
    owned(x509_st) holder = certificate_of(contents, EID_CONTENT_AUTHENTICATION_CERTIFICATE);
    owned(x509_st) issuer = certificate_of(contents, EID_CONTENT_ISSUER_CERTIFICATE);

    if (!has(contents, EID_CONTENT_AUTHENTICATION_CERTIFICATE))
        return;
    if (holder == NULL) {
        verification->certificate_chain = CHECK_INVALID;
        return;
    }
    verification->national_number =
        checked(eid_certificate_is_of(holder, identity->national_number));
    if (at != 0)
        verification->certificate_dates = checked(eid_certificate_is_current(holder, at));
    if (trust != NULL && verification->certificate_chain != CHECK_INVALID)
        verification->certificate_chain =
            checked(eid_trust_authentication(trust, holder, issuer, 0));
}

// Card content specification, tag 11: the hash's length names the algorithm.
static const EVP_MD *hash_of_size(size_t size)
{
    switch (size) {
    case 20:
        return EVP_sha1();
    case 32:
        return EVP_sha256();
    case 48:
        return EVP_sha384();
    default:
        return NULL;
    }
}

static bool hash_is(struct bytes file, struct bytes hash)
{
    uint8_t made[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const EVP_MD *method = hash_of_size(hash.size);

    return method != NULL && EVP_Digest(file.data, file.size, made, &size, method, NULL) == 1 &&
           bytes_equal((struct bytes){made, size}, hash);
}

static enum check verify_chip(const struct eid_contents *contents,
                              const struct eid_identity *identity)
{
    struct bytes key = eid_contents_file(contents, EID_CONTENT_BASIC_KEY);

    if (identity->basic_key_hash.size == 0 || contents->chip_proof == CHECK_NOT_DONE)
        return CHECK_NOT_DONE;
    return checked(contents->chip_proof == CHECK_VALID &&
                   identity->basic_key_hash.size == BASIC_KEY_HASH_SIZE &&
                   hash_is(key, identity->basic_key_hash));
}

struct eid_verification eid_contents_verify(const struct eid_contents *contents,
                                            const struct eid_trust *trust,
                                            const struct eid_chip *chip, int64_t at)
{
    struct eid_verification verification = {};
    struct eid_identity identity = {};

    // What it cannot decode stays empty.
    (void)eid_identity_decode(eid_contents_file(contents, EID_CONTENT_IDENTITY), &identity);
    if (has(contents, EID_CONTENT_PHOTO) && has(contents, EID_CONTENT_IDENTITY))
        verification.photo_hash =
            checked(hash_is(eid_contents_file(contents, EID_CONTENT_PHOTO), identity.photo_hash));
    if (at != 0 && has(contents, EID_CONTENT_IDENTITY))
        verification.card_dates = checked(is_current(&identity, at));
    verify_register(contents, trust, identity.photo_hash.size, &verification);
    verify_holder(contents, trust, &identity, at, &verification);
    verification.genuine_chip = verify_chip(contents, &identity);
    if (chip != NULL && chip->asked)
        verification.chip_number = checked(
            bytes_equal(identity.chip_number, (struct bytes){chip->number, sizeof chip->number}));
    ERR_clear_error();
    return verification;
}
