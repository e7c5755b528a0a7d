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

// As a card in French, Dutch or German writes it: 30 JUIL 1985, 30 JUL 1985, 30.JUL.1985; spaces
// for a day that is not known.
static enum result add_birth_date(struct register_file *file, const struct resident *resident)
{
    static const char *const months[][12] = {
        [CARD_LANGUAGE_FR] = {"JAN", "FEV", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOUT", "SEPT",
                              "OCT", "NOV", "DEC"},
        [CARD_LANGUAGE_NL] = {"JAN", "FEB", "MAAR", "APR", "MEI", "JUN", "JUL", "AUG", "SEP", "OKT",
                              "NOV", "DEC"},
        [CARD_LANGUAGE_DE] = {"JAN", "FEB", "MÄR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OKT",
                              "NOV", "DEZ"},
    };
    const struct calendar_date *date = &resident->birth_date;
    bool german = resident->language == CARD_LANGUAGE_DE;
    char day[4] = "  ", text[24] = "";

    if (date->day != 0)
        TRY(str_format(day, sizeof day, "%02d", date->day));
    if (date->month != 0)
        TRY(str_format(text, sizeof text, german ? "%s.%s.%04d" : "%s %s %04d", day,
                       months[resident->language][date->month - 1], date->year));
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

static enum result add_hash(struct register_file *file, uint8_t tag, const char *digest,
                            struct bytes of)
{
    uint8_t hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    if (EVP_Digest(of.data, of.size, hash, &size, EVP_get_digestbyname(digest), NULL) != 1)
        return RESULT_FAILED;
    return add(file, tag, (struct bytes){hash, size});
}

static enum result add_person(struct register_file *file, const struct resident *resident)
{
    TRY(add_text(file, 0x06, resident->national_number));
    TRY(add_text(file, 0x07, resident->surname));
    TRY(add_text(file, 0x08, resident->given_names));
    TRY(add_text(file, 0x09, resident->middle_initial));
    TRY(add_text(file, 0x0A, resident->nationality));
    TRY(add_text(file, 0x0B, resident->birth_place));
    TRY(add_birth_date(file, resident));
    TRY(add_text(file, 0x0D, resident->sex));
    TRY(add_text(file, 0x0E, resident->noble_condition));
    TRY(add_text(file, 0x0F, resident->document_type));
    return add_text(file, 0x10, resident->special_status);
}

// On the cards of foreigners these fields are there, mostly empty; on others only what is given.
static enum result add_further(struct register_file *file, const struct resident *resident,
                               uint8_t from, uint8_t upto)
{
    for (uint8_t tag = from; tag <= upto; tag++) {
        const char *text = resident->further[tag - RESIDENT_FURTHER_FIRST];
        if (tag == RESIDENT_FURTHER_FAMILY ? text != NULL : text != NULL || resident->foreign)
            TRY(add_text(file, tag, text != NULL ? text : ""));
    }
    return RESULT_OK;
}

enum result register_file_identity(const struct resident *resident,
                                   const struct generation *generation, struct bytes photo,
                                   struct bytes basic_key, struct register_file *out)
{
    *out = (struct register_file){};
    TRY(add_validity(out, resident));
    TRY(add_person(out, resident));
    TRY(add_hash(out, 0x11, generation->photo_digest, photo));
    TRY(add_further(out, resident, RESIDENT_FURTHER_FIRST, 0x19));
    if (basic_key.size > 0)
        TRY(add_hash(out, 0x1A, "SHA384", basic_key));
    return add_further(out, resident, 0x1B, RESIDENT_FURTHER_LAST);
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

enum result register_file_sign(const struct pki_identity *signer,
                               const struct generation *generation, struct bytes first,
                               struct bytes second, struct register_file *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const EVP_MD *digest = EVP_get_digestbyname(generation->register_digest);

    *out = (struct register_file){.size = sizeof out->bytes};
    bool done = context != NULL &&
                EVP_DigestSignInit(context, NULL, digest, NULL, pki_key(signer)) == 1 &&
                EVP_DigestSignUpdate(context, first.data, first.size) == 1 &&
                EVP_DigestSignUpdate(context, second.data, second.size) == 1 &&
                EVP_DigestSignFinal(context, out->bytes, &out->size) == 1;
    EVP_MD_CTX_free(context);
    if (out->size < generation->register_signature_size)
        out->size = generation->register_signature_size;
    return done ? RESULT_OK : RESULT_FAILED;
}
