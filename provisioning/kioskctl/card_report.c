#include "card_report.h"

#include "eid_owned.h"
#include "str.h"

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#define DATE_SIZE 16
#define HEX_SIZE 129

// ISO 8601, as far as the parts are known. NULL: not even a year.
static const char *date_text(const struct eid_date *date, char text[DATE_SIZE])
{
    enum result result = RESULT_OK;

    if (date->year == 0)
        return NULL;
    if (date->month == 0)
        result = str_format(text, DATE_SIZE, "%04d", date->year);
    else if (date->day == 0)
        result = str_format(text, DATE_SIZE, "%04d-%02d", date->year, date->month);
    else
        result = str_format(text, DATE_SIZE, "%04d-%02d-%02d", date->year, date->month, date->day);
    return result == RESULT_OK ? text : NULL;
}

static void report_date(struct output *output, const char *name, const char *label,
                        const struct eid_date *date)
{
    char text[DATE_SIZE];

    output_word(output, name, label, date_text(date, text));
}

static void report_hex(struct output *output, const char *name, const char *label,
                       struct bytes number)
{
    char hex[HEX_SIZE];

    if (number.size == 0 || bytes_to_hex(number, hex, sizeof hex) != RESULT_OK) {
        output_word(output, name, label, NULL);
        return;
    }
    for (char *at = hex; *at != '\0'; at++) // as the card's own documents write it
        if (*at >= 'a' && *at <= 'f')
            *at = (char)(*at - 'a' + 'A');
    output_word(output, name, label, hex);
}

// The card writes V and W for women where its language is Dutch or German.
static const char *sex_word(struct bytes sex)
{
    if (sex.size != 1)
        return "X";
    switch (sex.data[0]) {
    case 'M':
        return "M";
    case 'F':
    case 'V':
    case 'W':
        return "F";
    default:
        return "X";
    }
}

// Content specification, tag 10: 1 white cane, 2 extended minority, 3 both, 4 yellow cane, 5 yellow
// cane and extended minority.
static void report_special_status(struct output *output, struct bytes status)
{
    char code = status.size > 0 ? (char)status.data[status.size - 1] : '0';

    if (output->json)
        output_open(output, "special_status", "");
    output_truth(output, "white_cane", "white cane", code == '1' || code == '3');
    output_truth(output, "yellow_cane", "yellow cane", code == '4' || code == '5');
    output_truth(output, "extended_minority", "extended minority",
                 code == '2' || code == '3' || code == '5');
    if (output->json)
        output_close(output);
}

static void report_document_type(struct output *output, int type)
{
    char text[8];

    if (type == 0 || str_format(text, sizeof text, "%d", type) != RESULT_OK)
        output_word(output, "document_type", "document type", NULL);
    else
        output_word(output, "document_type", "document type", text);
}

static void report_identity(struct output *output, struct bytes file)
{
    struct eid_identity it;
    struct eid_date born;

    if (file.size == 0) {
        output_word(output, "identity", "", NULL);
        return;
    }
    (void)eid_identity_decode(file, &it); // what it cannot decode stays empty
    (void)eid_birth_date_parse(it.birth_date, &born);
    output_open(output, "identity", "Identity");
    output_text(output, "card_number", "card number", it.card_number);
    report_hex(output, "chip_number", "chip number", it.chip_number);
    report_date(output, "valid_from", "valid from", &it.valid_from);
    report_date(output, "valid_until", "valid until", &it.valid_until);
    output_text(output, "issuing_municipality", "issued by", it.issuing_municipality);
    output_text(output, "national_number", "national number", it.national_number);
    output_text(output, "surname", "surname", it.surname);
    output_text(output, "given_names", "given names", it.given_names);
    output_text(output, "middle_initial", "third name's initial", it.middle_initial);
    output_text(output, "nationality", "nationality", it.nationality);
    output_text(output, "birth_place", "born in", it.birth_place);
    report_date(output, "birth_date", "born on", &born);
    output_word(output, "sex", "sex", sex_word(it.sex));
    output_text(output, "noble_condition", "noble condition", it.noble_condition);
    report_document_type(output, it.document_type);
    report_special_status(output, it.special_status);
    output_close(output);
}

static void report_address(struct output *output, struct bytes file)
{
    struct eid_address it;

    if (file.size == 0) {
        output_word(output, "address", "", NULL);
        return;
    }
    (void)eid_address_decode(file, &it);
    output_open(output, "address", "Address");
    output_text(output, "street", "street", it.street);
    output_text(output, "postal_code", "postal code", it.postal_code);
    output_text(output, "municipality", "municipality", it.municipality);
    output_close(output);
}

static const char *check_word(enum check check)
{
    switch (check) {
    case CHECK_VALID:
        return "valid";
    case CHECK_INVALID:
        return "invalid";
    case CHECK_NOT_DONE:
    default:
        return "not_checked";
    }
}

void card_report_contents(struct output *output, const struct card_contents *contents,
                          const struct card_verdict *verdict)
{
    report_identity(output, card_contents_file(contents, CARD_FILE_IDENTITY));
    report_address(output, card_contents_file(contents, CARD_FILE_ADDRESS));
    output_open(output, "verification", "Verification");
    output_word(output, "identity_signature", "identity's signature",
                check_word(verdict->identity_signature));
    output_word(output, "address_signature", "address's signature",
                check_word(verdict->address_signature));
    output_word(output, "photo_hash", "photo", check_word(verdict->photo_hash));
    output_word(output, "certificate_chain", "certificates",
                check_word(verdict->certificate_chain));
    output_close(output);
}

static void report_time(struct output *output, const char *name, const char *label,
                        const ASN1_TIME *time)
{
    struct tm broken;
    struct eid_date date = {};

    if (ASN1_TIME_to_tm(time, &broken) == 1)
        date = (struct eid_date){broken.tm_year + 1900, broken.tm_mon + 1, broken.tm_mday};
    report_date(output, name, label, &date);
}

static void report_key(struct output *output, X509 *certificate)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    char text[32];

    if (key == NULL || str_format(text, sizeof text, "%s-%d",
                                  EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? "RSA" : "EC",
                                  EVP_PKEY_get_bits(key)) != RESULT_OK)
        output_word(output, "key", "key", NULL);
    else
        output_word(output, "key", "key", text);
}

static void report_certificate(struct output *output, const char *name, const char *label,
                               struct bytes der)
{
    owned(x509_st) certificate = NULL;
    uint8_t print[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    if (der.size == 0 || eid_certificate_parse(der, &certificate) != RESULT_OK) {
        output_word(output, name, label, der.size == 0 ? NULL : "not a certificate");
        return;
    }
    output_open(output, name, label);
    report_key(output, certificate);
    report_time(output, "valid_from", "valid from", X509_get0_notBefore(certificate));
    report_time(output, "valid_until", "valid until", X509_get0_notAfter(certificate));
    if (EVP_Digest(der.data, der.size, print, &size, EVP_sha256(), NULL) == 1)
        report_hex(output, "sha256", "SHA-256", (struct bytes){print, size});
    output_close(output);
}

void card_report_chip(struct output *output, const struct card_contents *contents,
                      const struct card_chip *chip)
{
    struct eid_identity identity;
    char version[8];

    (void)eid_identity_decode(card_contents_file(contents, CARD_FILE_IDENTITY), &identity);
    struct bytes number =
        chip->asked ? (struct bytes){chip->number, sizeof chip->number} : identity.chip_number;
    bool known =
        chip->asked && str_format(version, sizeof version, "%d.%d", chip->applet_version >> 4,
                                  chip->applet_version & 0x0F) == RESULT_OK;
    output_open(output, "card", "Card");
    report_hex(output, "atr", "answer to reset",
               (struct bytes){chip->answer.bytes, chip->answer.size});
    output_word(output, "applet_version", "applet", known ? version : NULL);
    report_hex(output, "chip_number", "chip number", number);
    output_close(output);
    if (output->json)
        output_open(output, "certificates", "");
    report_certificate(output, "authentication", "Holder's certificate",
                       card_contents_file(contents, CARD_FILE_AUTHENTICATION_CERTIFICATE));
    report_certificate(output, "register", "Register's certificate",
                       card_contents_file(contents, CARD_FILE_REGISTER_CERTIFICATE));
    if (output->json)
        output_close(output);
}

const char *card_report_reason(const struct card_contents *contents,
                               const struct card_verdict *verdict)
{
    struct bytes identity_file = card_contents_file(contents, CARD_FILE_IDENTITY);
    struct bytes address_file = card_contents_file(contents, CARD_FILE_ADDRESS);
    struct eid_identity identity;
    struct eid_address address;

    if (identity_file.size > 0 && eid_identity_decode(identity_file, &identity) != RESULT_OK)
        return "the identity file breaks its format";
    if (eid_address_decode(address_file, &address) != RESULT_OK)
        return "the address file breaks its format";
    if (verdict->identity_signature == CHECK_INVALID)
        return "the identity is not what the National Register signed";
    if (verdict->address_signature == CHECK_INVALID)
        return "the address is not what the National Register signed";
    if (verdict->photo_hash == CHECK_INVALID)
        return "the photo is not the one of this identity";
    if (verdict->certificate_chain == CHECK_INVALID)
        return "the certificates do not lead to the trust anchor, or are of another card or holder";
    return NULL;
}
