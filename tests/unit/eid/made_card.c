#include "made_card.h"

#include "clock.h"
#include "processes.h"

#include <stdlib.h>
#include <string.h>

#define YEAR ((int64_t)365 * 24 * 3600)
#define PADDED_SIGNATURE_SIZE 256

static void must(enum result result)
{
    if (result != RESULT_OK)
        abort();
}

static struct pki_profile dated(struct pki_profile profile)
{
    profile.not_before = clock_wall_seconds() - YEAR;
    profile.not_after = clock_wall_seconds() + YEAR;
    return profile;
}

static void make_certificates(struct made_card *card, enum pki_key_kind holder)
{
    const struct pki_profile root =
        dated((struct pki_profile){.subject = {.country = "BE", .common_name = "test root"},
                                   .authority = true,
                                   .key_usage = "critical,keyCertSign,cRLSign"});
    const struct pki_profile citizens = dated((struct pki_profile){
        .subject = {.country = "BE", .common_name = "Citizen CA", .serial_number = "209901"},
        .authority = true,
        .key_usage = "critical,keyCertSign,cRLSign"});
    const struct pki_profile signer =
        dated((struct pki_profile){.subject = {.country = "BE", .common_name = "RRN"},
                                   .key_usage = "critical,digitalSignature"});
    const struct pki_profile person =
        dated((struct pki_profile){.subject = {.country = "BE",
                                               .common_name = "Alice SPECIMEN (Authentication)",
                                               .serial_number = SPECIMEN_NATIONAL_NUMBER},
                                   .key_usage = "critical,digitalSignature"});

    must(pki_self_signed_create(&root, PKI_KEY_P384, &card->root));
    must(pki_issued_create(card->root, &citizens, PKI_KEY_P384, &card->citizens));
    must(pki_issued_create(card->root, &signer, PKI_KEY_P384, &card->register_signer));
    must(pki_issued_create(card->citizens, &person, holder, &card->holder));
}

static void put_certificate(struct made_card *card, enum specimen_file file,
                            const struct pki_identity *identity)
{
    uint8_t *at = card->files.content[file];
    int size = i2d_X509(pki_certificate(identity), NULL);

    if (size <= 0 || size > SPECIMEN_FILE_MAXIMUM - 1100)
        abort();
    i2d_X509(pki_certificate(identity), &at);
    memset(at, 0, 1100); // as behind the certificates of applet 1.8
    card->files.size[file] = (size_t)size + 1100;
}

// DER and zero bytes behind it.
static void put_signature(struct made_card *card, enum specimen_file file, struct bytes first,
                          struct bytes second)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t size = PADDED_SIGNATURE_SIZE;

    memset(card->files.content[file], 0, PADDED_SIGNATURE_SIZE);
    if (context == NULL ||
        EVP_DigestSignInit(context, NULL, EVP_sha384(), NULL, pki_key(card->register_signer)) !=
            1 ||
        EVP_DigestSignUpdate(context, first.data, first.size) != 1 ||
        EVP_DigestSignUpdate(context, second.data, second.size) != 1 ||
        EVP_DigestSignFinal(context, card->files.content[file], &size) != 1)
        abort();
    EVP_MD_CTX_free(context);
    card->files.size[file] = PADDED_SIGNATURE_SIZE;
}

void made_card_create(struct made_card *card, enum pki_key_kind holder)
{
    *card = (struct made_card){};
    specimen_read(&card->files);
    make_certificates(card, holder);
    put_certificate(card, SPECIMEN_AUTHENTICATION_CERTIFICATE, card->holder);
    put_certificate(card, SPECIMEN_ISSUER_CERTIFICATE, card->citizens);
    put_certificate(card, SPECIMEN_ROOT_CERTIFICATE, card->root);
    put_certificate(card, SPECIMEN_REGISTER_CERTIFICATE, card->register_signer);
    struct bytes address = specimen_file(&card->files, SPECIMEN_ADDRESS);
    while (address.data[address.size - 1] == 0)
        address.size--;
    put_signature(card, SPECIMEN_IDENTITY_SIGNATURE, specimen_file(&card->files, SPECIMEN_IDENTITY),
                  (struct bytes){});
    put_signature(card, SPECIMEN_ADDRESS_SIGNATURE, address,
                  specimen_file(&card->files, SPECIMEN_IDENTITY_SIGNATURE));
}

void made_card_date_holder(struct made_card *card, int64_t not_before, int64_t not_after)
{
    const struct pki_profile person = {.subject = {.country = "BE",
                                                   .common_name = "Alice SPECIMEN (Authentication)",
                                                   .serial_number = SPECIMEN_NATIONAL_NUMBER},
                                       .key_usage = "critical,digitalSignature",
                                       .not_before = not_before,
                                       .not_after = not_after};
    owned(pki_identity) dated_again = NULL;

    must(pki_issued_for_key(card->citizens, &person, pki_key(card->holder), &dated_again));
    put_certificate(card, SPECIMEN_AUTHENTICATION_CERTIFICATE, dated_again);
}

void made_card_destroy(struct made_card *card)
{
    pki_identity_destroy(card->root);
    pki_identity_destroy(card->citizens);
    pki_identity_destroy(card->register_signer);
    pki_identity_destroy(card->holder);
}

void made_card_write_authorities(const struct made_card *card, const char *folder)
{
    char path[TEST_PATH_SIZE];

    test_path(path, folder, "root.pem");
    must(pki_write_certificate_pem(card->root, path));
    test_path(path, folder, "citizens.pem");
    must(pki_write_certificate_pem(card->citizens, path));
}
