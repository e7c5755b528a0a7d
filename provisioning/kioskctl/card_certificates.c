// The certificates of a card in words or JSON.
#include "card_report.h"
#include "eid_owned.h"
#include "str.h"

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

static void report_time(struct output *output, const char *name, const char *label,
                        const ASN1_TIME *time)
{
    struct tm broken;
    struct eid_date date = {};

    if (ASN1_TIME_to_tm(time, &broken) == 1)
        date = (struct eid_date){broken.tm_year + 1900, broken.tm_mon + 1, broken.tm_mday};
    card_report_date(output, name, label, &date);
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
        card_report_hex(output, "sha256", "SHA-256", (struct bytes){print, size});
    output_close(output);
}

void card_report_certificates(struct output *output, const struct eid_contents *contents)
{
    if (output->json)
        output_open(output, "certificates", "");
    report_certificate(output, "authentication", "Holder's certificate",
                       eid_contents_file(contents, EID_CONTENT_AUTHENTICATION_CERTIFICATE));
    report_certificate(output, "register", "Register's certificate",
                       eid_contents_file(contents, EID_CONTENT_REGISTER_CERTIFICATE));
    if (output->json)
        output_close(output);
}
