#include "eid_read.h"

#include "clock.h"
#include "eid_contents.h"
#include "eid_identity.h"
#include "eid_kind.h"
#include "eid_owned.h"

#define SECONDS_OF_DAY 86400

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

// The findings say when it is no resident's card.
static enum result read_identity(struct eid_applet *applet, struct eid_contents *contents,
                                 struct card_findings *findings)
{
    const struct eid_wish wish = {.identity = true};
    struct eid_identity identity;

    TRY(eid_contents_read(applet, &wish, contents));
    TRY(eid_identity_decode(eid_contents_file(contents, EID_CONTENT_IDENTITY), &identity));
    if (eid_document_is_of_child(identity.document_type))
        findings->kind = CARD_KIND_KIDS;
    else if (!eid_document_is_of_resident(identity.document_type))
        findings->kind = CARD_KIND_OTHER;
    if (identity.valid_until.year != 0)
        findings->valid_until_day = eid_date_days(&identity.valid_until);
    return RESULT_OK;
}

static enum check all_of(enum check one, enum check other)
{
    if (one == CHECK_INVALID || other == CHECK_INVALID)
        return CHECK_INVALID;
    return one == CHECK_NOT_DONE ? CHECK_NOT_DONE : other;
}

// A card ends with its certificate, where that ends first: what it is for here needs both. Has the
// certificate ended?
static bool end_with_certificate(const struct eid_contents *contents, int64_t now,
                                 struct card_findings *findings)
{
    struct bytes file = eid_contents_file(contents, EID_CONTENT_AUTHENTICATION_CERTIFICATE);
    owned(x509_st) certificate = NULL;

    if (file.size == 0 || eid_certificate_parse(file, &certificate) != RESULT_OK)
        return false;
    int64_t last = eid_certificate_last_day(certificate), today = now / SECONDS_OF_DAY;
    if (last == today && !eid_certificate_is_current(certificate, now))
        last--; // it has ended earlier today
    if (findings->valid_until_day == 0 || last < findings->valid_until_day)
        findings->valid_until_day = last;
    return last < today;
}

static void judge(const struct eid_applet *applet, const struct eid_trust *trust,
                  const struct eid_contents *contents, struct card_findings *findings)
{
    struct eid_chip chip = {.asked = true, .applet_version = applet->version};

    memcpy(chip.number, applet->chip_number, sizeof chip.number);
    int64_t now = clock_wall_seconds();
    struct eid_verification found = eid_contents_verify(contents, trust, &chip, now);
    bool ended = end_with_certificate(contents, now, findings);
    findings->identity_signature = found.identity_signature;
    findings->address_signature = found.address_signature;
    findings->genuine_chip = found.genuine_chip;
    // That it has ended is told by the last day.
    enum check begun = ended ? CHECK_VALID : found.certificate_dates;
    // All of it or nothing: without a holder's certificate there are not both.
    findings->certificate_chain = all_of(all_of(found.certificate_chain, found.chip_number),
                                         all_of(found.national_number, begun));
}

// The backend wants the authority above the holder too, wherever it came from.
static enum result copy_configured_issuer(const struct eid_trust *trust, X509 *certificate,
                                          struct secret **file)
{
    X509 *issuer = eid_trust_issuer(trust, certificate);

    if (*file != NULL)
        return RESULT_OK;
    int size = issuer != NULL ? i2d_X509(issuer, NULL) : 0;
    if (size <= 0)
        return RESULT_MALFORMED;
    TRY(secret_create((size_t)size, file));
    uint8_t *at = secret_writable(*file);
    i2d_X509(issuer, &at);
    return secret_set_size(*file, (size_t)size);
}

static enum result register_certificate_is_whole(const struct eid_contents *contents)
{
    owned(x509_st) certificate = NULL;

    return eid_certificate_parse(eid_contents_file(contents, EID_CONTENT_REGISTER_CERTIFICATE),
                                 &certificate);
}

static enum result take_key(const struct eid_trust *trust, struct eid_contents *contents,
                            EVP_PKEY **key)
{
    owned(x509_st) certificate = NULL;

    TRY(eid_certificate_parse(eid_contents_file(contents, EID_CONTENT_AUTHENTICATION_CERTIFICATE),
                              &certificate));
    TRY(copy_configured_issuer(trust, certificate,
                               &contents->files[EID_CONTENT_ISSUER_CERTIFICATE]));
    *key = X509_get_pubkey(certificate);
    return *key != NULL ? RESULT_OK : RESULT_MALFORMED;
}

static enum result read_rest(struct eid_applet *applet, const struct eid_trust *trust,
                             struct eid_reading *reading, EVP_PKEY **key)
{
    const struct eid_wish wish = {
        .register_files = true, .holder = true, .chip = true, .trust = trust};
    struct eid_contents *contents = &reading->contents;

    reading->findings.activated = false;
    TRY(eid_contents_read(applet, &wish, contents));
    TRY(register_certificate_is_whole(contents));
    judge(applet, trust, contents, &reading->findings);
    if (contents->files[EID_CONTENT_AUTHENTICATION_CERTIFICATE] == NULL)
        return RESULT_OK;
    TRY(take_key(trust, contents, key));
    reading->findings.activated = true;
    return RESULT_OK;
}

static void hand_over(struct eid_contents *contents, struct card_files *files)
{
    struct secret **from = contents->files;

    *files = (struct card_files){
        .identity = take(from[EID_CONTENT_IDENTITY]),
        .identity_signature = take(from[EID_CONTENT_IDENTITY_SIGNATURE]),
        .address = take(from[EID_CONTENT_ADDRESS]),
        .address_signature = take(from[EID_CONTENT_ADDRESS_SIGNATURE]),
        .authentication_certificate = take(from[EID_CONTENT_AUTHENTICATION_CERTIFICATE]),
        .issuer_certificate = take(from[EID_CONTENT_ISSUER_CERTIFICATE]),
        .register_certificate = take(from[EID_CONTENT_REGISTER_CERTIFICATE]),
    };
    eid_contents_wipe(contents);
}

// A file that every eID has and this one has not.
static enum result as_broken_card(enum result result)
{
    return result == RESULT_NOT_FOUND || result == RESULT_REFUSED ? RESULT_MALFORMED : result;
}

static enum result look_at_eid(struct eid_applet *applet, struct eid_reading *reading)
{
    struct card_findings *findings = &reading->findings;

    TRY(secret_room_create(EID_CONTENTS_ROOM, &reading->room));
    applet->room = reading->room;
    enum result result = read_identity(applet, &reading->contents, findings);
    if (result == RESULT_REFUSED)
        return RESULT_OK; // a card that was never activated
    TRY(as_broken_card(result));
    if (findings->kind != CARD_KIND_EID)
        return RESULT_OK;
    TRY(eid_pin_tries(applet, &findings->pin_tries_left));
    findings->activated = true;
    reading->goes_on = true;
    return RESULT_OK;
}

void eid_reading_forget(struct eid_applet *applet, struct eid_reading *reading)
{
    applet->room = NULL;
    eid_contents_wipe(&reading->contents);
    secret_room_destroy(take(reading->room));
    reading->goes_on = false;
}

enum result eid_look(struct eid_applet *applet, const struct answer_to_reset *answer,
                     struct eid_reading *reading)
{
    eid_reading_forget(applet, reading);
    reading->findings = (struct card_findings){.pin_tries_left = -1};
    applet->selected_again = false;
    enum result result = recognise(applet, answer, &reading->findings.kind);
    if (result == RESULT_OK && reading->findings.kind == CARD_KIND_EID)
        result = look_at_eid(applet, reading);
    if (!reading->goes_on)
        eid_reading_forget(applet, reading);
    return result;
}

enum result eid_read_rest(struct eid_applet *applet, const struct eid_trust *trust,
                          struct eid_reading *reading, struct card_files *files, EVP_PKEY **key)
{
    *key = NULL;
    enum result result = read_rest(applet, trust, reading, key);
    hand_over(&reading->contents, files);
    eid_reading_forget(applet, reading);
    return as_broken_card(result);
}
