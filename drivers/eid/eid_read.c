#include "eid_read.h"

#include "clock.h"
#include "eid_files.h"
#include "eid_identity.h"
#include "eid_kind.h"
#include "eid_owned.h"
#include "eid_signature.h"
#include "log.h"

// What is read in one go and goes together.
struct reading {
    struct eid_applet *applet;
    const struct eid_trust *trust;
    struct card_files *files;
    struct card_findings *findings;
    struct eid_identity identity; // views into files
};

static enum result recognise_stranger(struct eid_applet *applet, enum card_kind *kind)
{
    const struct eid_stranger *strangers = eid_strangers();

    *kind = CARD_KIND_OTHER;
    for (size_t i = 0; i < EID_STRANGER_COUNT; i++) {
        enum result result =
            eid_select_application(applet, (struct bytes){strangers[i].name, strangers[i].size});
        if (result == RESULT_OK)
            *kind = strangers[i].kind;
        if (result != RESULT_NOT_FOUND)
            return result;
    }
    return RESULT_OK;
}

// After a reset the applet is selected already; a card whose answer to reset says so is believed
// until GET CARD DATA fails.
static enum result recognise(struct eid_applet *applet, const struct answer_to_reset *answer,
                             enum card_kind *kind)
{
    enum result result = RESULT_NOT_FOUND;

    *kind = CARD_KIND_EID;
    if (eid_answer_is_belgian(answer))
        result = eid_get_card_data(applet);
    if (result != RESULT_NOT_FOUND)
        return result;
    result = eid_select_applet(applet);
    applet->selected_again = true;
    if (result == RESULT_OK)
        result = eid_get_card_data(applet);
    if (result != RESULT_NOT_FOUND)
        return result;
    return recognise_stranger(applet, kind);
}

static enum check checked(bool valid)
{
    return valid ? CHECK_VALID : CHECK_INVALID;
}

// The findings say when it is no resident's card.
static enum result read_identity(struct reading *reading)
{
    struct eid_identity *identity = &reading->identity;

    TRY(eid_read_identity(reading->applet, &reading->files->identity));
    TRY(eid_identity_decode(secret_bytes(reading->files->identity), identity));
    if (eid_document_is_of_child(identity->document_type))
        reading->findings->kind = CARD_KIND_KIDS;
    else if (!eid_document_is_of_resident(identity->document_type))
        reading->findings->kind = CARD_KIND_OTHER;
    if (identity->valid_until.year != 0)
        reading->findings->valid_until_day = eid_date_days(&identity->valid_until);
    return RESULT_OK;
}

static enum result read_register_files(struct reading *reading)
{
    struct card_files *files = reading->files;

    TRY(eid_read_identity_signature(reading->applet, &files->identity_signature));
    TRY(eid_read_address(reading->applet, &files->address));
    TRY(eid_read_address_signature(reading->applet, secret_bytes(files->identity_signature).size,
                                   &files->address_signature));
    return eid_read_register_certificate(reading->applet, &files->register_certificate);
}

static enum result check_register(struct reading *reading, bool *trusted)
{
    const struct card_files *files = reading->files;
    struct bytes identity_signature = secret_bytes(files->identity_signature);
    size_t hint = reading->identity.photo_hash.size;
    owned(x509_st) signer = NULL;

    TRY(eid_certificate_parse(secret_bytes(files->register_certificate), &signer));
    EVP_PKEY *key = X509_get0_pubkey(signer);
    if (key == NULL)
        return RESULT_MALFORMED;
    reading->findings->identity_signature = checked(
        eid_identity_signature_valid(key, secret_bytes(files->identity), identity_signature, hint));
    reading->findings->address_signature =
        checked(eid_address_signature_valid(key, secret_bytes(files->address), identity_signature,
                                            secret_bytes(files->address_signature), hint));
    *trusted = eid_trust_register(reading->trust, signer);
    return RESULT_OK;
}

// The authority above the holder's certificate: a configured one, else the card's own.
static enum result find_issuer(struct reading *reading, X509 *certificate, X509 **issuer)
{
    struct secret **file = &reading->files->issuer_certificate;

    *issuer = eid_trust_issuer(reading->trust, certificate);
    if (*issuer == NULL) {
        enum result result = eid_read_issuer_certificate(reading->applet, file);
        TRY(result == RESULT_NOT_FOUND ? RESULT_MALFORMED : result);
        return eid_certificate_parse(secret_bytes(*file), issuer);
    }
    int size = i2d_X509(*issuer, NULL);
    if (size <= 0)
        return RESULT_FAILED;
    TRY(secret_create((size_t)size, file));
    uint8_t *at = secret_writable(*file);
    i2d_X509(*issuer, &at);
    X509_up_ref(*issuer);
    return secret_set_size(*file, (size_t)size);
}

static enum result read_holder(struct reading *reading, bool register_trusted, EVP_PKEY **key)
{
    owned(x509_st) certificate = NULL, *issuer = NULL;
    const struct eid_identity *identity = &reading->identity;
    struct bytes chip = {reading->applet->chip_number, sizeof reading->applet->chip_number};
    struct secret **file = &reading->files->authentication_certificate;

    TRY(eid_read_authentication_certificate(reading->applet, file));
    TRY(eid_certificate_parse(secret_bytes(*file), &certificate));
    TRY(find_issuer(reading, certificate, &issuer));
    bool trusted =
        eid_trust_authentication(reading->trust, certificate, issuer, clock_wall_seconds());
    // Without these the data of one card could go with the key of another.
    bool together = bytes_equal(identity->chip_number, chip) &&
                    eid_certificate_is_of(certificate, identity->national_number);
    reading->findings->certificate_chain = checked(trusted && register_trusted && together);
    *key = X509_get_pubkey(certificate);
    if (*key == NULL)
        return RESULT_MALFORMED;
    reading->findings->activated = true;
    return eid_pin_tries(reading->applet, &reading->findings->pin_tries_left);
}

static enum result read_eid(struct reading *reading, EVP_PKEY **key)
{
    bool register_trusted = false;

    enum result result = read_identity(reading);
    if (result == RESULT_REFUSED)
        return RESULT_OK; // a card that was never activated
    TRY(result);
    if (reading->findings->kind != CARD_KIND_EID)
        return RESULT_OK;
    TRY(read_register_files(reading));
    TRY(check_register(reading, &register_trusted));
    result = read_holder(reading, register_trusted, key);
    return result == RESULT_NOT_FOUND ? RESULT_OK : result; // no certificate on the card
}

enum result eid_read_card(struct eid_applet *applet, const struct eid_trust *trust,
                          const struct answer_to_reset *answer, struct card_files *files,
                          struct card_findings *findings, EVP_PKEY **key)
{
    struct reading reading = {
        .applet = applet, .trust = trust, .files = files, .findings = findings};

    *key = NULL;
    *findings = (struct card_findings){.pin_tries_left = -1};
    applet->selected_again = false;
    TRY(recognise(applet, answer, &findings->kind));
    if (findings->kind != CARD_KIND_EID)
        return RESULT_OK;
    enum result result = read_eid(&reading, key);
    // A file that every eID has and this one has not.
    return result == RESULT_NOT_FOUND || result == RESULT_REFUSED ? RESULT_MALFORMED : result;
}
