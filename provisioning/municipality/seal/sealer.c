#include "sealer.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cms_seal.h"
#include "log.h"
#include "pdf_revision.h"
#include "seal_check.h"
#include "str.h"

// Room for the CMS in bytes; the file holds twice as many hex digits.
#define CONTENTS_BYTES 8192

struct sealer {
    struct cms_signer signer;
    X509 *time_authority; // may be NULL
    char organization[64];
};

static void close_file(FILE **file)
{
    if (*file != NULL)
        fclose(*file);
}
#define owned_file __attribute__((cleanup(close_file))) FILE *

static enum result read_certificate(const char *path, X509 **out)
{
    owned_file file = fopen(path, "rb");

    if (file == NULL)
        return RESULT_NOT_FOUND;
    *out = PEM_read_X509(file, NULL, NULL, NULL);
    return *out == NULL ? RESULT_MALFORMED : RESULT_OK;
}

static enum result read_key(const char *path, EVP_PKEY **out)
{
    owned_file file = fopen(path, "rb");

    if (file == NULL)
        return RESULT_NOT_FOUND;
    *out = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    return *out == NULL ? RESULT_MALFORMED : RESULT_OK;
}

static enum result open_stamper(struct sealer *sealer, const struct sealer_files *files)
{
    if (files->time_url == NULL || files->time_url[0] == '\0')
        return RESULT_OK;
    TRY(read_certificate(files->time_authority, &sealer->time_authority));
    sealer->signer.stamp_required = files->time_required;
    return time_stamper_create(files->time_url, sealer->time_authority, &sealer->signer.stamper);
}

enum result sealer_create(const struct sealer_files *files, struct sealer **out)
{
    owned(sealer) sealer = calloc(1, sizeof *sealer);

    if (sealer == NULL)
        return RESULT_NO_MEMORY;
    TRY(read_certificate(files->certificate, &sealer->signer.certificate));
    TRY(read_certificate(files->authority, &sealer->signer.authority));
    TRY(read_key(files->key, &sealer->signer.key));
    TRY(open_stamper(sealer, files));
    TRY(str_copy(sealer->organization, sizeof sealer->organization, files->organization));
    if (X509_check_private_key(sealer->signer.certificate, sealer->signer.key) != 1) {
        ERR_clear_error();
        return RESULT_MALFORMED;
    }
    *out = take(sealer);
    return RESULT_OK;
}

void sealer_destroy(struct sealer *sealer)
{
    if (sealer == NULL)
        return;
    X509_free(sealer->signer.certificate);
    X509_free(sealer->signer.authority);
    EVP_PKEY_free(sealer->signer.key);
    time_stamper_destroy(sealer->signer.stamper);
    X509_free(sealer->time_authority);
    free(sealer);
}

void sealed_document_destroy(struct sealed_document *sealed_document)
{
    if (sealed_document == NULL)
        return;
    if (sealed_document->pdf != NULL)
        explicit_bzero(sealed_document->pdf, sealed_document->size);
    free(sealed_document->pdf);
    free(sealed_document);
}

enum result sealer_ready(const struct sealer *sealer, int64_t unix_seconds)
{
    const struct cms_signer *signer = &sealer->signer;

    if (signer->stamper != NULL && signer->stamp_required && time_stamper_is_down(signer->stamper))
        return RESULT_REFUSED;
    return seal_check_certificate(sealer->signer.certificate, sealer->signer.authority,
                                  sealer->organization, unix_seconds);
}

static bool is_element(struct bytes dictionary, const char *kind)
{
    const char type[] = "<< /Type /StructElem\n   /S /";
    size_t head = sizeof type - 1, length = strlen(kind);

    return dictionary.size > head + length && memcmp(dictionary.data, type, head) == 0 &&
           memcmp(dictionary.data + head, kind, length) == 0 &&
           dictionary.data[head + length] == '\n';
}

// A text string as UTF-16 with byte order mark in hex (7.9.2.2); our texts have no letter beyond
// U+FFFF.
static enum result write_text_string(struct pdf_update *update, const char *utf8)
{
    TRY(pdf_update_text(update, "<FEFF"));
    for (const uint8_t *at = (const uint8_t *)utf8; *at != 0;) {
        unsigned int letter = *at, more = *at < 0x80 ? 0 : *at < 0xE0 ? 1 : 2;
        if (*at >= 0xF0)
            return RESULT_INVALID;
        letter = more == 0 ? letter : letter & (more == 1 ? 0x1F : 0x0F);
        for (at++; more > 0; more--, at++)
            letter = letter << 6 | (*at & 0x3F);
        TRY(pdf_update_text(update, "%04X", letter));
    }
    return pdf_update_text(update, ">");
}

// Copies an object into the update and adds entries to its dictionary.
static enum result begin_again(struct pdf_update *update, const struct pdf_file *file,
                               uint32_t number)
{
    struct bytes dictionary;

    TRY(pdf_dictionary(file, number, &dictionary));
    TRY(pdf_update_object(update, number));
    return pdf_update_bytes(update, dictionary);
}

// The structure elements that cairo leaves without what a screen reader needs.
static enum result complete_elements(struct pdf_update *update, const struct pdf_file *file,
                                     const struct sealing *sealing)
{
    size_t figures = 0;
    struct bytes dictionary;

    for (uint32_t number = 1; number < file->size; number++) {
        TRY(pdf_dictionary(file, number, &dictionary));
        if (is_element(dictionary, "Figure")) {
            if (figures == sealing->figure_count)
                return RESULT_MALFORMED;
            TRY(begin_again(update, file, number));
            TRY(pdf_update_text(update, "   /Alt "));
            TRY(write_text_string(update, sealing->figure_texts[figures++]));
            TRY(pdf_update_text(update, "\n>>\nendobj\n"));
        } else if (is_element(dictionary, "TH")) {
            TRY(begin_again(update, file, number));
            TRY(pdf_update_text(update, "   /A << /O /Table /Scope /Column >>\n>>\nendobj\n"));
        }
    }
    return figures == sealing->figure_count ? RESULT_OK : RESULT_MALFORMED;
}

// Where in the update the placeholders stand.
struct placeholders {
    size_t range;    // first digit of the ByteRange's second number
    size_t contents; // the '<'
};

static enum result write_signature(struct pdf_update *update, uint32_t number, int64_t at,
                                   struct placeholders *places)
{
    struct tm utc;
    time_t when = (time_t)at;
    char stamp[32];
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";

    if (gmtime_r(&when, &utc) == NULL ||
        strftime(stamp, sizeof stamp, "D:%Y%m%d%H%M%SZ", &utc) == 0)
        return RESULT_FAILED;
    TRY(pdf_update_object(update, number));
    TRY(pdf_update_text(update,
                        "<< /Type /Sig\n   /Filter /Adobe.PPKLite\n"
                        "   /SubFilter /ETSI.CAdES.detached\n   /M (%s)\n   /ByteRange [0 ",
                        stamp));
    places->range = update->size;
    TRY(pdf_update_text(update, "0000000000 0000000000 0000000000]\n   /Contents "));
    places->contents = update->size;
    TRY(pdf_update_text(update, "<"));
    for (size_t i = 0; i < 2 * CONTENTS_BYTES; i += sizeof zeros - 1)
        TRY(pdf_update_text(update, "%s", zeros));
    return pdf_update_text(update, ">\n>>\nendobj\n");
}

// The seal's field without a place on the page: locked and never visible (12.5.3, 12.7.4.5).
static enum result write_field(struct pdf_update *update, const struct pdf_file *file,
                               uint32_t signature)
{
    TRY(pdf_update_object(update, signature + 1));
    TRY(pdf_update_text(update,
                        "<< /Type /Annot\n   /Subtype /Widget\n   /FT /Sig\n   /T (seal)\n"
                        "   /F 132\n   /Rect [0 0 0 0]\n   /V %u 0 R\n   /P %u 0 R\n>>\nendobj\n",
                        signature, file->first_page));
    TRY(begin_again(update, file, file->first_page));
    return pdf_update_text(update, "   /Annots [%u 0 R]\n>>\nendobj\n", signature + 1);
}

static enum result write_catalogue(struct pdf_update *update, const struct pdf_file *file,
                                   uint32_t field, const char *language_tag)
{
    TRY(begin_again(update, file, file->root));
    return pdf_update_text(update,
                           "   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n"
                           "   /AcroForm << /Fields [%u 0 R] /SigFlags 3 >>\n>>\nendobj\n",
                           language_tag, field);
}

static enum result fill_range(struct pdf_update *update, const struct placeholders *places)
{
    char range[40];
    size_t second = places->contents + 2 * CONTENTS_BYTES + 2;

    TRY(str_format(range, sizeof range, "%010zu %010zu %010zu", places->contents, second,
                   update->size - second));
    memcpy(update->data + places->range, range, strlen(range));
    return RESULT_OK;
}

static enum result fill_contents(struct pdf_update *update, const struct placeholders *places,
                                 const struct cms_signer *signer)
{
    uint8_t der[CONTENTS_BYTES];
    char hex[2 * CONTENTS_BYTES + 1];
    size_t size, second = places->contents + 2 * CONTENTS_BYTES + 2;
    const struct bytes parts[2] = {
        {update->data, places->contents},
        {update->data + second, update->size - second},
    };

    TRY(cms_seal(signer, parts, der, sizeof der, &size));
    TRY(bytes_to_hex((struct bytes){der, size}, hex, sizeof hex));
    memcpy(update->data + places->contents + 1, hex, 2 * size);
    return RESULT_OK;
}

static enum result write_update(const struct sealer *sealer, const struct pdf_file *file,
                                const struct sealing *sealing, struct pdf_update *update)
{
    struct placeholders places;
    uint32_t signature = file->size; // the first free number; the field has the next

    TRY(complete_elements(update, file, sealing));
    TRY(write_signature(update, signature, sealing->at, &places));
    TRY(write_field(update, file, signature));
    TRY(write_catalogue(update, file, signature + 1, sealing->language_tag));
    TRY(pdf_update_end(update, file, signature + 2));
    TRY(fill_range(update, &places));
    return fill_contents(update, &places, &sealer->signer);
}

static void free_file(struct pdf_file **file)
{
    free(*file);
}

static void release_update(struct pdf_update **update)
{
    pdf_update_destroy(*update);
}

enum result sealer_seal(const struct sealer *sealer, const struct sealing *sealing,
                        struct sealed_document **out)
{
    owned(sealed_document) sealed = calloc(1, sizeof *sealed);
    __attribute__((cleanup(release_update))) struct pdf_update *update = NULL;
    __attribute__((cleanup(free_file))) struct pdf_file *file = malloc(sizeof *file);

    if (sealed == NULL || file == NULL)
        return RESULT_NO_MEMORY;
    TRY(pdf_file_read(sealing->pdf, file));
    TRY(pdf_update_create(file, &update));
    TRY(write_update(sealer, file, sealing, update));
    const struct seal_rules rules = {sealer->signer.authority, sealer->time_authority,
                                     sealer->signer.stamp_required, sealer->organization};
    TRY(seal_check((struct bytes){update->data, update->size}, &rules, sealing->at));
    sealed->size = update->size;
    sealed->pdf = take(update->data);
    SHA256(sealed->pdf, sealed->size, sealed->sha256);
    *out = take(sealed);
    return RESULT_OK;
}
