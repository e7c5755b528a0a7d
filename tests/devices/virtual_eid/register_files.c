#include "register_files.h"

#include "str.h"

#include <openssl/evp.h>
#include <string.h>

#define ADDRESS_FILE_SIZE 121

static enum result add(struct register_file *file, uint8_t tag, struct bytes value)
{
    size_t length = value.size;
    uint8_t head[8] = {tag};
    size_t used = 1;

    for (; length >= 0xFF; length -= 0xFF)
        head[used++] = 0xFF;
    head[used++] = (uint8_t)length;
    if (used + value.size > sizeof file->bytes - file->size)
        return RESULT_TOO_LARGE;
    memcpy(file->bytes + file->size, head, used);
    if (value.size > 0)
        memcpy(file->bytes + file->size + used, value.data, value.size);
    file->size += used + value.size;
    return RESULT_OK;
}

static enum result add_text(struct register_file *file, uint8_t tag, const char *text)
{
    return add(file, tag, (struct bytes){(const uint8_t *)text, strlen(text)});
}

static enum result add_date(struct register_file *file, uint8_t tag,
                            const struct calendar_date *date)
{
    char text[16];

    TRY(str_format(text, sizeof text, "%02d.%02d.%04d", date->day, date->month, date->year));
    return add_text(file, tag, text);
}

// As a card in French writes it: 30 JUIL 1985; spaces for a day that is not known.
static enum result add_birth_date(struct register_file *file, const struct calendar_date *date)
{
    static const char *const months[] = {"JAN",  "FEV",  "MARS", "AVR", "MAI", "JUIN",
                                         "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC"};
    char day[4] = "  ", text[16] = "";

    if (date->day != 0)
        TRY(str_format(day, sizeof day, "%02d", date->day));
    if (date->month != 0)
        TRY(str_format(text, sizeof text, "%s %s %04d", day, months[date->month - 1], date->year));
    else if (date->year != 0)
        TRY(str_format(text, sizeof text, "%04d", date->year));
    return add_text(file, 0x0C, text);
}

static enum result add_validity(struct register_file *file, const struct resident *resident)
{
    TRY(add_text(file, 0x01, resident->card_number));
    TRY(add(file, 0x02, (struct bytes){resident->chip_number, sizeof resident->chip_number}));
    TRY(add_date(file, 0x03, &resident->valid_from));
    TRY(add_date(file, 0x04, &resident->valid_until));
    return add_text(file, 0x05, resident->issuing_municipality);
}

enum result register_file_identity(const struct resident *resident, struct bytes photo,
                                   struct register_file *out)
{
    uint8_t hash[32];

    *out = (struct register_file){};
    if (EVP_Digest(photo.data, photo.size, hash, NULL, EVP_sha256(), NULL) != 1)
        return RESULT_FAILED;
    TRY(add_validity(out, resident));
    TRY(add_text(out, 0x06, resident->national_number));
    TRY(add_text(out, 0x07, resident->surname));
    TRY(add_text(out, 0x08, resident->given_names));
    TRY(add_text(out, 0x09, resident->middle_initial));
    TRY(add_text(out, 0x0A, resident->nationality));
    TRY(add_text(out, 0x0B, resident->birth_place));
    TRY(add_birth_date(out, &resident->birth_date));
    TRY(add_text(out, 0x0D, resident->sex));
    TRY(add_text(out, 0x0E, resident->noble_condition));
    TRY(add_text(out, 0x0F, resident->document_type));
    TRY(add_text(out, 0x10, resident->special_status));
    return add(out, 0x11, (struct bytes){hash, sizeof hash});
}

enum result register_file_address(const struct resident *resident, struct register_file *out)
{
    *out = (struct register_file){};
    TRY(add_text(out, 0x01, resident->street));
    TRY(add_text(out, 0x02, resident->postal_code));
    TRY(add_text(out, 0x03, resident->municipality));
    if (out->size < ADDRESS_FILE_SIZE)
        out->size = ADDRESS_FILE_SIZE;
    return RESULT_OK;
}

struct bytes register_file_unpadded(const struct register_file *file)
{
    size_t size = file->size;

    while (size > 0 && file->bytes[size - 1] == 0)
        size--;
    return (struct bytes){file->bytes, size};
}

enum result register_file_sign(const struct pki_identity *signer, struct bytes first,
                               struct bytes second, struct register_file *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    out->size = sizeof out->bytes;
    bool done = context != NULL &&
                EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pki_key(signer)) == 1 &&
                EVP_DigestSignUpdate(context, first.data, first.size) == 1 &&
                EVP_DigestSignUpdate(context, second.data, second.size) == 1 &&
                EVP_DigestSignFinal(context, out->bytes, &out->size) == 1;
    EVP_MD_CTX_free(context);
    return done ? RESULT_OK : RESULT_FAILED;
}
