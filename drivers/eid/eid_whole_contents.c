// Reading a card with all that is checked about it; eid_contents.c has what needs no libcrypto.
#include "eid_chip_proof.h"
#include "eid_contents.h"
#include "eid_files.h"
#include "eid_identity.h"
#include "eid_owned.h"

#include <string.h>

static enum result read_if_missing(struct eid_applet *applet, struct secret **file,
                                   enum result (*read)(struct eid_applet *applet,
                                                       struct secret **out))
{
    return *file == NULL ? read(applet, file) : RESULT_OK;
}

static enum result read_register_files(struct eid_applet *applet, struct secret **files)
{
    TRY(read_if_missing(applet, &files[EID_CONTENT_IDENTITY], eid_read_identity));
    TRY(read_if_missing(applet, &files[EID_CONTENT_IDENTITY_SIGNATURE],
                        eid_read_identity_signature));
    TRY(read_if_missing(applet, &files[EID_CONTENT_ADDRESS], eid_read_address));
    if (files[EID_CONTENT_ADDRESS_SIGNATURE] == NULL)
        TRY(eid_read_address_signature(applet,
                                       secret_bytes(files[EID_CONTENT_IDENTITY_SIGNATURE]).size,
                                       &files[EID_CONTENT_ADDRESS_SIGNATURE]));
    return read_if_missing(applet, &files[EID_CONTENT_REGISTER_CERTIFICATE],
                           eid_read_register_certificate);
}

// The authority above the holder's certificate, from the card when it is not configured.
static enum result read_issuer(struct eid_applet *applet, const struct eid_trust *trust,
                               struct secret **files)
{
    owned(x509_st) certificate = NULL;

    if (trust == NULL || files[EID_CONTENT_ISSUER_CERTIFICATE] != NULL ||
        eid_certificate_parse(secret_bytes(files[EID_CONTENT_AUTHENTICATION_CERTIFICATE]),
                              &certificate) != RESULT_OK ||
        eid_trust_issuer(trust, certificate) != NULL)
        return RESULT_OK;
    return eid_read_issuer_certificate(applet, &files[EID_CONTENT_ISSUER_CERTIFICATE]);
}

static enum result read_holder(struct eid_applet *applet, const struct eid_trust *trust,
                               struct secret **files)
{
    enum result result = read_if_missing(applet, &files[EID_CONTENT_AUTHENTICATION_CERTIFICATE],
                                         eid_read_authentication_certificate);

    if (result == RESULT_OK)
        result = read_issuer(applet, trust, files);
    return result == RESULT_NOT_FOUND ? RESULT_OK : result; // a child's card has neither
}

// The signed identity says whether the chip must prove itself: a copy can claim to be any applet.
static enum result prove_chip(struct eid_applet *applet, struct eid_contents *contents)
{
    struct secret **file = &contents->files[EID_CONTENT_BASIC_KEY];
    struct eid_identity identity;
    bool proved = false;

    // What cannot be decoded is judged as a whole elsewhere.
    (void)eid_identity_decode(eid_contents_file(contents, EID_CONTENT_IDENTITY), &identity);
    if (identity.basic_key_hash.size == 0 || contents->chip_proof != CHECK_NOT_DONE)
        return RESULT_OK;
    contents->chip_proof = CHECK_INVALID;
    enum result result = read_if_missing(applet, file, eid_read_basic_key);
    if (result == RESULT_OK)
        result = eid_chip_proves(applet, secret_bytes(*file), &proved);
    if (result == RESULT_NOT_FOUND || result == RESULT_REFUSED || result == RESULT_MALFORMED)
        return RESULT_OK; // a chip that cannot is none
    if (result == RESULT_OK && proved)
        contents->chip_proof = CHECK_VALID;
    return result;
}

enum result eid_contents_read(struct eid_applet *applet, const struct eid_wish *wish,
                              struct eid_contents *contents)
{
    struct secret **files = contents->files;

    if (wish->identity)
        TRY(read_if_missing(applet, &files[EID_CONTENT_IDENTITY], eid_read_identity));
    if (wish->register_files)
        TRY(read_register_files(applet, files));
    else if (wish->address)
        TRY(read_if_missing(applet, &files[EID_CONTENT_ADDRESS], eid_read_address));
    if (wish->photo)
        TRY(read_if_missing(applet, &files[EID_CONTENT_PHOTO], eid_read_photo));
    if (wish->holder)
        TRY(read_holder(applet, wish->trust, files));
    return wish->chip ? prove_chip(applet, contents) : RESULT_OK;
}

// After a reset the applet is selected already, and GET CARD DATA the proof of it.
static enum result ask_chip(struct eid_applet *applet, struct eid_chip *chip)
{
    enum result result = eid_get_card_data(applet);

    if (result == RESULT_NOT_FOUND) {
        TRY(eid_select_applet(applet));
        applet->selected_again = true;
        result = eid_get_card_data(applet);
    }
    TRY(result);
    chip->asked = true;
    chip->applet_version = applet->version;
    memcpy(chip->number, applet->chip_number, sizeof chip->number);
    return RESULT_OK;
}

enum result eid_contents_read_whole(struct eid_applet *applet, const struct eid_wish *wish,
                                    struct eid_contents *contents, struct eid_chip *chip)
{
    TRY(ask_chip(applet, chip));
    enum result result = eid_contents_read(applet, wish, contents);
    return result == RESULT_NOT_FOUND ? RESULT_MALFORMED : result; // a file that every eID has
}
