#include "designed_receipts.h"

#include <stdio.h>

struct wording {
    const char *municipality, *place, *document;
};

static const struct wording wordings[LANGUAGE_COUNT] = {
    [LANGUAGE_FR] = {"Ville de Bruxelles", "Bibliothèque du Modèle",
                     "Certificat de composition de ménage"},
    [LANGUAGE_NL] = {"Stad Brussel", "Modelbibliotheek", "Attest van gezinssamenstelling"},
    [LANGUAGE_DE] = {"Stadt Brüssel", "Musterbibliothek",
                     "Bescheinigung über die Haushaltszusammensetzung"},
    [LANGUAGE_EN] = {"City of Brussels", "Model Library", "Certificate of household composition"},
};

struct receipt designed_receipt(enum receipt_kind kind, enum language language)
{
    return (struct receipt){
        .kind = kind,
        .language = language,
        .columns = 48,
        .specimen = true,
        .municipality = wordings[language].municipality,
        .place = wordings[language].place,
        .terminal = "BXL-07",
        .issued = 1795525500, // 2026-11-24 13:05 UTC
        .reference = "BXL-2026-H-0041873-8",
        .help_number = "02 000 00 00",
        .verification_code = "7K3M-9QXT-2WVD-H4NR",
        .verification_address = "guichet.example/v",
        .order = "K07-2026-001533",
        .document = wordings[language].document,
        .paper = language == LANGUAGE_NL ? LANGUAGE_NL : LANGUAGE_FR,
        .sheets = 1,
        .price_cents = kind == RECEIPT_FREE ? 0 : 500,
        .payment = {"Bancontact", "0000", "000000", "TEST0007"},
        .refund_days = 5,
    };
}

void designed_name(enum receipt_kind kind, enum language language, char out[64])
{
    static const char *const kinds[] = {[RECEIPT_FREE] = "free",
                                        [RECEIPT_PAID] = "paid",
                                        [RECEIPT_NOT_PRINTED] = "paid-not-printed",
                                        [RECEIPT_PRINTED_IN_PART] = "printed-in-part"};

    snprintf(out, 64, "%s-%s", kinds[kind], language_code(language));
}
