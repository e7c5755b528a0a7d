#include "card_contents.h"

#include "eid_files.h"
#include "eid_kind.h"
#include "eid_owned.h"
#include "eid_signature.h"

#include <openssl/evp.h>
#include <string.h>

#define SMALL_ANSWER_MAXIMUM 256
#define FOLDER_IDENTITY 0xDF01
#define FILE_PHOTO 0x4035
#define PHOTO_MAXIMUM 8192
#define CHUNK 256
// Some cards answer nonsense when asked too soon after a reset.
#define RESET_DELAY_MS 200

void card_contents_wipe(struct card_contents *contents)
{
    for (size_t i = 0; i < CARD_FILE_COUNT; i++)
        secret_destroy(contents->files[i]);
    *contents = (struct card_contents){};
}

struct bytes card_contents_file(const struct card_contents *contents, enum card_file file)
{
    const struct secret *held = contents->files[file];

    return held != NULL ? secret_bytes(held) : (struct bytes){};
}

static enum result read_photo(struct eid_applet *applet, struct secret **out)
{
    owned(secret) photo = NULL;
    size_t before = 0;

    TRY(eid_select_file(applet, FOLDER_IDENTITY, FILE_PHOTO));
    TRY(secret_create(PHOTO_MAXIMUM, &photo));
    do {
        before = secret_bytes(photo).size;
        enum result result = eid_read_binary(applet, before, CHUNK, photo);
        TRY(result == RESULT_TOO_LARGE ? RESULT_MALFORMED : result);
    } while (secret_bytes(photo).size - before == CHUNK);
    *out = take(photo);
    return RESULT_OK;
}

static enum result read_some(struct eid_applet *applet, const struct card_wish *wish,
                             struct secret **files)
{
    if (wish->identity)
        TRY(eid_read_identity(applet, &files[CARD_FILE_IDENTITY]));
    if (wish->address)
        TRY(eid_read_address(applet, &files[CARD_FILE_ADDRESS]));
    return RESULT_OK;
}

// The authority above the holder's certificate, from the card when it is not configured.
static enum result read_issuer(struct eid_applet *applet, const struct eid_trust *trust,
                               struct secret **files)
{
    owned(x509_st) certificate = NULL;

    if (trust == NULL)
        return RESULT_OK;
    TRY(eid_certificate_parse(secret_bytes(files[CARD_FILE_AUTHENTICATION_CERTIFICATE]),
                              &certificate));
    if (eid_trust_issuer(trust, certificate) != NULL)
        return RESULT_OK;
    enum result result = eid_read_issuer_certificate(applet, &files[CARD_FILE_ISSUER_CERTIFICATE]);
    return result == RESULT_NOT_FOUND ? RESULT_OK : result;
}

static enum result read_everything(struct eid_applet *applet, const struct eid_trust *trust,
                                   struct secret **files)
{
    TRY(eid_read_identity(applet, &files[CARD_FILE_IDENTITY]));
    TRY(eid_read_identity_signature(applet, &files[CARD_FILE_IDENTITY_SIGNATURE]));
    TRY(eid_read_address(applet, &files[CARD_FILE_ADDRESS]));
    TRY(eid_read_address_signature(applet, secret_bytes(files[CARD_FILE_IDENTITY_SIGNATURE]).size,
                                   &files[CARD_FILE_ADDRESS_SIGNATURE]));
    TRY(read_photo(applet, &files[CARD_FILE_PHOTO]));
    TRY(eid_read_register_certificate(applet, &files[CARD_FILE_REGISTER_CERTIFICATE]));
    enum result result =
        eid_read_authentication_certificate(applet, &files[CARD_FILE_AUTHENTICATION_CERTIFICATE]);
    if (result == RESULT_NOT_FOUND)
        return RESULT_OK; // a card without certificates
    TRY(result);
    return read_issuer(applet, trust, files);
}

// After a reset the applet is selected already, and GET CARD DATA the proof of it.
static enum result ask_chip(struct eid_applet *applet)
{
    enum result result = eid_get_card_data(applet);

    if (result != RESULT_NOT_FOUND)
        return result;
    TRY(eid_select_applet(applet));
    applet->selected_again = true;
    return eid_get_card_data(applet);
}

static enum result read_once(struct eid_applet *applet, const struct card_wish *wish,
                             struct card_contents *contents, struct card_chip *chip)
{
    if (!wish->whole)
        return read_some(applet, wish, contents->files);
    TRY(ask_chip(applet));
    chip->asked = true;
    chip->applet_version = applet->version;
    memcpy(chip->number, applet->chip_number, sizeof chip->number);
    enum result result = read_everything(applet, wish->trust, contents->files);
    return result == RESULT_NOT_FOUND ? RESULT_MALFORMED : result; // a file that every eID has
}

enum result card_contents_read(struct card_channel channel, const struct card_wish *wish,
                               struct card_contents *contents, struct card_chip *chip)
{
    owned(secret) answer = NULL;

    TRY(secret_create(SMALL_ANSWER_MAXIMUM, &answer));
    struct eid_applet applet = {.channel = channel, .answer = answer};
    enum result result = read_once(&applet, wish, contents, chip);
    if (result == RESULT_FAILED) {
        card_contents_wipe(contents);
        TRY(channel.verbs->reset(channel.self));
        eid_wait_ms(RESET_DELAY_MS);
        applet.selected_again = false;
        result = read_once(&applet, wish, contents, chip);
    }
    if (result != RESULT_OK)
        card_contents_wipe(contents);
    return result;
}

static enum check checked(bool valid)
{
    return valid ? CHECK_VALID : CHECK_INVALID;
}

bool card_verdict_is_bad(const struct card_verdict *verdict)
{
    return verdict->identity_signature == CHECK_INVALID ||
           verdict->address_signature == CHECK_INVALID || verdict->photo_hash == CHECK_INVALID ||
           verdict->certificate_chain == CHECK_INVALID;
}

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

static bool photo_hash_is(struct bytes photo, struct bytes hash)
{
    uint8_t made[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const EVP_MD *method = hash_of_size(hash.size);

    return method != NULL && EVP_Digest(photo.data, photo.size, made, &size, method, NULL) == 1 &&
           bytes_equal((struct bytes){made, size}, hash);
}

static void judge_signatures(const struct card_contents *contents, EVP_PKEY *key, size_t hint,
                             struct card_verdict *verdict)
{
    struct bytes identity = card_contents_file(contents, CARD_FILE_IDENTITY);
    struct bytes signature = card_contents_file(contents, CARD_FILE_IDENTITY_SIGNATURE);
    struct bytes address = card_contents_file(contents, CARD_FILE_ADDRESS);
    struct bytes address_signature = card_contents_file(contents, CARD_FILE_ADDRESS_SIGNATURE);

    if (identity.size > 0 && signature.size > 0)
        verdict->identity_signature =
            checked(eid_identity_signature_valid(key, identity, signature, hint));
    if (address.size > 0 && signature.size > 0 && address_signature.size > 0)
        verdict->address_signature =
            checked(eid_address_signature_valid(key, address, signature, address_signature, hint));
}

// Is there nothing against the holder's certificate? Without these checks the data of one card
// could go with the key of another.
static bool holder_holds(const struct card_contents *contents, const struct eid_trust *trust,
                         struct bytes national_number, int64_t at)
{
    struct bytes file = card_contents_file(contents, CARD_FILE_AUTHENTICATION_CERTIFICATE);
    struct bytes above = card_contents_file(contents, CARD_FILE_ISSUER_CERTIFICATE);
    owned(x509_st) certificate = NULL, *issuer = NULL;

    if (file.size == 0)
        return true;
    if (eid_certificate_parse(file, &certificate) != RESULT_OK ||
        (above.size > 0 && eid_certificate_parse(above, &issuer) != RESULT_OK))
        return false;
    return eid_trust_authentication(trust, certificate, issuer, at) &&
           eid_certificate_is_of(certificate, national_number);
}

static bool chip_holds(const struct card_chip *chip, struct bytes number)
{
    return chip == NULL || !chip->asked ||
           bytes_equal(number, (struct bytes){chip->number, sizeof chip->number});
}

struct card_verdict card_contents_judge(const struct card_contents *contents,
                                        const struct eid_trust *trust, const struct card_chip *chip,
                                        int64_t at)
{
    struct card_verdict verdict = {};
    struct eid_identity identity = {};
    struct bytes photo = card_contents_file(contents, CARD_FILE_PHOTO);
    struct bytes file = card_contents_file(contents, CARD_FILE_IDENTITY);
    struct bytes signer_file = card_contents_file(contents, CARD_FILE_REGISTER_CERTIFICATE);
    owned(x509_st) signer = NULL;

    (void)eid_identity_decode(file, &identity); // what it cannot decode stays empty
    if (photo.size > 0 && file.size > 0)
        verdict.photo_hash = checked(photo_hash_is(photo, identity.photo_hash));
    if (signer_file.size == 0)
        return verdict;
    bool parsed = eid_certificate_parse(signer_file, &signer) == RESULT_OK;
    EVP_PKEY *key = parsed ? X509_get0_pubkey(signer) : NULL;
    if (key == NULL) {
        verdict.certificate_chain = CHECK_INVALID;
        return verdict;
    }
    judge_signatures(contents, key, identity.photo_hash.size, &verdict);
    if (trust != NULL)
        verdict.certificate_chain =
            checked(eid_trust_register(trust, signer) &&
                    holder_holds(contents, trust, identity.national_number, at) &&
                    chip_holds(chip, identity.chip_number));
    return verdict;
}
