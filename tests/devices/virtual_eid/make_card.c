// make-card --resident RESIDENT.json --authorities DIR --out FOLDER [--generation NAME]: everything
// that is stored on the card of a made-up resident, for virtual-card to play.
#include "card_authorities.h"
#include "directory_files.h"
#include "eid_layout.h"
#include "portrait.h"
#include "register_files.h"
#include "resident.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define CERTIFICATE_MAXIMUM 4096
#define BASIC_KEY_MAXIMUM 256
#define COMMON_NAME_SIZE 65

struct request {
    const char *resident, *authorities, *out;
    const struct generation *generation;
};

static enum result usage(void)
{
    fprintf(stderr,
            "usage: make-card --resident RESIDENT.json --authorities DIR --out FOLDER"
            " [--generation NAME]\n"
            "Makes the card of one resident (as municipality-register writes them) in a new FOLDER;"
            " the card authorities are made in DIR on first use. NAME is one of %s; v17 unless told"
            " otherwise.\n",
            generation_names());
    return RESULT_INVALID;
}

static enum result parse(int argc, char **argv, struct request *request)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        if (str_equal(argv[i], "--resident"))
            request->resident = argv[i + 1];
        else if (str_equal(argv[i], "--authorities"))
            request->authorities = argv[i + 1];
        else if (str_equal(argv[i], "--out"))
            request->out = argv[i + 1];
        else if (str_equal(argv[i], "--generation"))
            request->generation = generation_find(argv[i + 1]);
        else
            return usage();
    }
    if (argc % 2 == 0 || request->generation == NULL || request->resident == NULL ||
        request->authorities == NULL || request->out == NULL)
        return usage();
    return RESULT_OK;
}

static enum result write_file(const char *folder, const char *name, struct bytes content)
{
    char path[PATH_SIZE];

    TRY(str_format(path, sizeof path, "%s/%s", folder, name));
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool done = file >= 0 && write(file, content.data, content.size) == (ssize_t)content.size;
    if (!done)
        fprintf(stderr, "make-card: cannot write %s: %s\n", path, strerrordesc_np(errno));
    if (file >= 0)
        close(file);
    return done ? RESULT_OK : RESULT_FAILED;
}

static enum result write_text(const char *folder, const char *name, const char *text)
{
    return write_file(folder, name, (struct bytes){(const uint8_t *)text, strlen(text)});
}

static enum result write_no_certificate(const struct request *request, enum eid_file file)
{
    static const uint8_t zeros[CERTIFICATE_MAXIMUM];

    return write_file(request->out, eid_places[file].name,
                      (struct bytes){zeros, request->generation->no_certificate_size});
}

static enum result write_certificate(const struct request *request, enum eid_file file,
                                     const struct pki_identity *identity)
{
    size_t padding = request->generation->certificate_padding;
    uint8_t padded[CERTIFICATE_MAXIMUM] = {}, *end = padded;
    int size = i2d_X509(pki_certificate(identity), NULL);

    if (size <= 0 || (size_t)size + padding > CERTIFICATE_MAXIMUM)
        return RESULT_TOO_LARGE;
    i2d_X509(pki_certificate(identity), &end);
    return write_file(request->out, eid_places[file].name,
                      (struct bytes){padded, (size_t)size + padding});
}

static int64_t seconds_of(const struct calendar_date *date)
{
    struct tm broken = {
        .tm_year = date->year - 1900, .tm_mon = date->month - 1, .tm_mday = date->day};

    return timegm(&broken);
}

struct holder_certificate {
    enum eid_file file;
    const char *purpose, *key_usage, *key_name;
    enum resident_certificates least; // of what the resident has
};

// First given name, surname and what the certificate is for. X.520 allows 64 characters: a long
// surname is cut, never within a letter.
static enum result make_common_name(const struct resident *resident, const char *purpose,
                                    char name[COMMON_NAME_SIZE])
{
    int first = (int)strcspn(resident->given_names, " "), kept = (int)strlen(resident->surname);
    enum result result = RESULT_TOO_LARGE;

    for (; result == RESULT_TOO_LARGE && kept > 0; kept--)
        if (((unsigned char)resident->surname[kept] & 0xC0) != 0x80)
            result =
                str_format(name, COMMON_NAME_SIZE, "%.*s%s%.*s (%s)", first, resident->given_names,
                           first > 0 ? " " : "", kept, resident->surname, purpose);
    return result;
}

static enum result write_holder_certificate(const struct request *request,
                                            const struct resident *resident,
                                            const struct card_authorities *authorities,
                                            const struct holder_certificate *wanted)
{
    owned(pki_identity) identity = NULL;
    char name[COMMON_NAME_SIZE], key[PATH_SIZE];

    TRY(make_common_name(resident, wanted->purpose, name));
    const struct pki_profile profile = {
        .subject = {.country = "BE",
                    .common_name = name,
                    .surname = resident->surname,
                    .given_name = resident->given_names[0] != '\0' ? resident->given_names : NULL,
                    .serial_number = resident->national_number},
        .key_usage = wanted->key_usage,
        .not_before = seconds_of(&resident->valid_from),
        .not_after = seconds_of(&resident->certificates_until) + 24 * 3600 - 1,
        .digest = request->generation->holder_digest};
    TRY(pki_issued_create(authorities->holders, &profile, request->generation->holder_key,
                          &identity));
    TRY(str_format(key, sizeof key, "%s/%s", request->out, wanted->key_name));
    TRY(pki_write_key_pem(identity, key));
    return write_certificate(request, wanted->file, identity);
}

static enum result write_holder_certificates(const struct request *request,
                                             const struct resident *resident,
                                             const struct card_authorities *authorities)
{
    static const struct holder_certificate wanted[] = {
        {EID_FILE_AUTHENTICATION_CERTIFICATE, "Authentication", "critical,digitalSignature",
         EID_NAME_AUTHENTICATION_KEY, RESIDENT_CERTIFICATES_AUTHENTICATION},
        {EID_FILE_SIGNATURE_CERTIFICATE, "Signature", "critical,nonRepudiation",
         EID_NAME_SIGNATURE_KEY, RESIDENT_CERTIFICATES_BOTH},
    };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (resident->certificates < wanted[i].least)
            TRY(write_no_certificate(request, wanted[i].file));
        else
            TRY(write_holder_certificate(request, resident, authorities, &wanted[i]));
    }
    return RESULT_OK;
}

static enum result write_register_file(const char *folder, enum eid_file file,
                                       const struct register_file *content)
{
    return write_file(folder, eid_places[file].name, (struct bytes){content->bytes, content->size});
}

// The chip's own key: the public half as a file, which the identity vouches for by its hash.
static enum result make_basic_key(const struct request *request, uint8_t file[BASIC_KEY_MAXIMUM],
                                  struct bytes *out)
{
    char path[PATH_SIZE];
    uint8_t *end = file;

    *out = (struct bytes){};
    if (!request->generation->basic_key)
        return RESULT_OK;
    TRY(str_format(path, sizeof path, "%s/%s", request->out, EID_NAME_BASIC_KEY));
    EVP_PKEY *key = EVP_EC_gen("P-384");
    FILE *private = fopen(path, "wxe");
    bool done = key != NULL && private != NULL && i2d_PUBKEY(key, NULL) <= BASIC_KEY_MAXIMUM &&
                i2d_PUBKEY(key, &end) > 0 &&
                PEM_write_PrivateKey(private, key, NULL, NULL, 0, NULL, NULL) == 1;
    EVP_PKEY_free(key);
    if (private == NULL || fclose(private) != 0 || !done)
        return RESULT_FAILED;
    *out = (struct bytes){file, (size_t)(end - file)};
    return write_file(request->out, eid_places[EID_FILE_BASIC_KEY].name, *out);
}

static enum result write_register_files(const struct request *request,
                                        const struct resident *resident,
                                        const struct card_authorities *authorities)
{
    struct register_file identity, address, identity_signature, address_signature;
    const struct generation *generation = request->generation;
    uint8_t photo[PORTRAIT_MAXIMUM], basic_key_file[BASIC_KEY_MAXIMUM];
    const char *folder = request->out;
    struct bytes basic_key;

    struct bytes picture = {photo, portrait_make(resident->chip_number[15], photo)};
    TRY(write_file(folder, eid_places[EID_FILE_PHOTO].name, picture));
    TRY(make_basic_key(request, basic_key_file, &basic_key));
    TRY(register_file_identity(resident, generation, picture, basic_key, &identity));
    TRY(register_file_address(resident, &address));
    TRY(register_file_sign(authorities->register_signer, generation,
                           (struct bytes){identity.bytes, identity.size}, (struct bytes){},
                           &identity_signature));
    TRY(register_file_sign(
        authorities->register_signer, generation, register_file_unpadded(&address),
        (struct bytes){identity_signature.bytes, identity_signature.size}, &address_signature));
    TRY(write_register_file(folder, EID_FILE_IDENTITY, &identity));
    TRY(write_register_file(folder, EID_FILE_IDENTITY_SIGNATURE, &identity_signature));
    TRY(write_register_file(folder, EID_FILE_ADDRESS, &address));
    return write_register_file(folder, EID_FILE_ADDRESS_SIGNATURE, &address_signature);
}

static enum result write_directory_files(const struct request *request,
                                         const struct resident *resident)
{
    uint8_t version = request->generation->applet_version, card_data[EID_CARD_DATA_SIZE];
    const char *folder = request->out;
    struct directory_file content;

    for (int i = EID_FILE_APPLICATIONS; i <= EID_FILE_CERTIFICATE_DIRECTORY; i++) {
        TRY(directory_file_make((enum eid_file)i, version, resident->chip_number,
                                (int)resident->certificates, &content));
        TRY(write_file(folder, eid_places[i].name, (struct bytes){content.bytes, content.size}));
    }
    directory_card_data(version, resident->chip_number, card_data);
    TRY(write_file(folder, EID_NAME_CARD_DATA, (struct bytes){card_data, sizeof card_data}));
    TRY(write_file(folder, EID_NAME_ANSWER_TO_RESET, directory_answer_to_reset(version)));
    TRY(write_text(folder, EID_NAME_PIN, resident->pin));
    if (!resident->activated)
        TRY(write_text(folder, EID_NAME_NOT_ACTIVATED, ""));
    return write_text(folder, EID_NAME_TRIES_LEFT, "3\n");
}

static enum result make(const struct request *request)
{
    owned(resident) resident = NULL;
    owned(card_authorities) authorities = NULL;

    TRY(resident_create(request->resident, &resident));
    TRY(card_authorities_create(request->authorities, request->generation, resident->foreign,
                                &authorities));
    if (mkdir(request->out, 0700) != 0) {
        fprintf(stderr, "make-card: cannot make the folder %s: %s; name a new one\n", request->out,
                strerrordesc_np(errno));
        return RESULT_FAILED;
    }
    TRY(write_directory_files(request, resident));
    TRY(write_register_files(request, resident, authorities));
    TRY(write_holder_certificates(request, resident, authorities));
    TRY(write_certificate(request, EID_FILE_ISSUER_CERTIFICATE, authorities->holders));
    TRY(write_certificate(request, EID_FILE_ROOT_CERTIFICATE, authorities->root));
    return write_certificate(request, EID_FILE_REGISTER_CERTIFICATE, authorities->register_signer);
}

int main(int argc, char **argv)
{
    struct request request = {.generation = generation_find("v17")};

    if (parse(argc, argv, &request) != RESULT_OK)
        return 2;
    enum result result = make(&request);
    if (result != RESULT_OK) {
        fprintf(stderr, "make-card: the card could not be made: %s\n", result_text(result));
        ERR_print_errors_fp(stderr);
        return 1;
    }
    return 0;
}
