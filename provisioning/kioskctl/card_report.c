#include "card_report.h"

#include "eid_identity.h"
#include "str.h"

#define HEX_SIZE 129

void card_report_date(struct output *output, const char *name, const char *label,
                      const struct eid_date *date)
{
    char text[EID_DATE_TEXT_SIZE];

    eid_date_iso(date, text);
    output_word(output, name, label, text[0] != '\0' ? text : NULL);
}

void card_report_hex(struct output *output, const char *name, const char *label,
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

static void report_special_status(struct output *output, struct bytes code)
{
    struct eid_special_status status = eid_special_status_decode(code);

    if (output->json)
        output_open(output, "special_status", "");
    output_truth(output, "white_cane", "white cane", status.white_cane);
    output_truth(output, "yellow_cane", "yellow cane", status.yellow_cane);
    output_truth(output, "extended_minority", "extended minority", status.extended_minority);
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

// Cards of foreigners have these.
static void report_foreigner(struct output *output, const struct eid_identity *it)
{
    const struct {
        const char *name, *label;
        struct bytes text;
    } fields[] = {
        {"duplicate", "duplicate", it->duplicate},
        {"special_organisation", "special organisation", it->special_organisation},
        {"protection", "protection", it->protection},
        {"labour_market", "labour market", it->labour_market},
        {"vat_number_1", "VAT number", it->vat_number_1},
        {"vat_number_2", "second VAT number", it->vat_number_2},
        {"regional_file_number", "regional file number", it->regional_file_number},
        {"brexit_mention_1", "Brexit mention", it->brexit_mention_1},
        {"brexit_mention_2", "second Brexit mention", it->brexit_mention_2},
        {"a_card_mention_1", "A card mention", it->a_card_mention_1},
        {"a_card_mention_2", "second A card mention", it->a_card_mention_2},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        output_text(output, fields[i].name, fields[i].label, fields[i].text);
    card_report_date(output, "eu_start", "in the EU since", &it->eu_start);
    if (output->json || it->member_of_family)
        output_truth(output, "member_of_family", "member of the family", it->member_of_family);
}

static void report_identity(struct output *output, struct bytes file)
{
    struct eid_identity it;

    if (file.size == 0) {
        output_word(output, "identity", "", NULL);
        return;
    }
    (void)eid_identity_decode(file, &it); // what it cannot decode stays empty
    output_open(output, "identity", "Identity");
    output_text(output, "card_number", "card number", it.card_number);
    card_report_hex(output, "chip_number", "chip number", it.chip_number);
    card_report_date(output, "valid_from", "valid from", &it.valid_from);
    card_report_date(output, "valid_until", "valid until", &it.valid_until);
    output_text(output, "issuing_municipality", "issued by", it.issuing_municipality);
    output_text(output, "national_number", "national number", it.national_number);
    output_text(output, "surname", "surname", it.surname);
    output_text(output, "given_names", "given names", it.given_names);
    output_text(output, "middle_initial", "third name's initial", it.middle_initial);
    output_text(output, "nationality", "nationality", it.nationality);
    output_text(output, "birth_place", "born in", it.birth_place);
    card_report_date(output, "birth_date", "born on", &it.born);
    output_word(output, "sex", "sex", (const char[]){eid_sex(it.sex), '\0'});
    output_text(output, "noble_condition", "noble condition", it.noble_condition);
    report_document_type(output, it.document_type);
    report_special_status(output, it.special_status);
    report_foreigner(output, &it);
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

void card_report_contents(struct output *output, const struct eid_contents *contents,
                          const struct eid_verification *found)
{
    report_identity(output, eid_contents_file(contents, EID_CONTENT_IDENTITY));
    report_address(output, eid_contents_file(contents, EID_CONTENT_ADDRESS));
    output_open(output, "verification", "Verification");
    output_word(output, "identity_signature", "identity's signature",
                check_word(found->identity_signature));
    output_word(output, "address_signature", "address's signature",
                check_word(found->address_signature));
    output_word(output, "photo_hash", "photo", check_word(found->photo_hash));
    output_word(output, "certificate_chain", "certificates", check_word(found->certificate_chain));
    output_close(output);
}

static void report_checks(struct output *output, const struct eid_verification *found)
{
    if (output->json)
        output_open(output, "checks", "");
    output_word(output, "chip_number", "chip's number", check_word(found->chip_number));
    output_word(output, "genuine_chip", "chip is no copy", check_word(found->genuine_chip));
    output_word(output, "national_number", "holder's number", check_word(found->national_number));
    output_word(output, "card_dates", "card's dates", check_word(found->card_dates));
    output_word(output, "certificate_dates", "certificate's dates",
                check_word(found->certificate_dates));
    if (output->json)
        output_close(output);
}

void card_report_chip(struct output *output, const struct eid_contents *contents,
                      const struct eid_verification *found, const struct eid_chip *chip)
{
    struct eid_identity identity;
    char version[8];

    (void)eid_identity_decode(eid_contents_file(contents, EID_CONTENT_IDENTITY), &identity);
    struct bytes number =
        chip->asked ? (struct bytes){chip->number, sizeof chip->number} : identity.chip_number;
    bool known =
        chip->asked && str_format(version, sizeof version, "%d.%d", chip->applet_version >> 4,
                                  chip->applet_version & 0x0F) == RESULT_OK;
    output_open(output, "card", "Card");
    card_report_hex(output, "atr", "answer to reset",
                    (struct bytes){chip->answer.bytes, chip->answer.size});
    output_word(output, "applet_version", "applet", known ? version : NULL);
    card_report_hex(output, "chip_number", "chip number", number);
    report_checks(output, found);
    output_close(output);
}

void card_report_no_certificates(struct output *output)
{
    if (!output->json)
        return;
    output_open(output, "certificates", "");
    output_word(output, "authentication", "", NULL);
    output_word(output, "register", "", NULL);
    output_close(output);
}

// What the checks say, the worst first. An expired card is what it says it is: its dates are told,
// and are no reason for a no.
static const char *reason_of_checks(const struct eid_verification *found)
{
    const struct {
        enum check check;
        const char *reason;
    } reasons[] = {
        {found->identity_signature, "the identity is not what the National Register signed"},
        {found->address_signature, "the address is not what the National Register signed"},
        {found->photo_hash, "the photo is not the one of this identity"},
        {found->certificate_chain, "the certificates do not lead to the trust anchor"},
        {found->chip_number, "the identity is of another chip"},
        {found->genuine_chip, "the chip is not the one of this identity: the card is a copy"},
        {found->national_number, "the holder's certificate is of another person"},
    };

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].check == CHECK_INVALID)
            return reasons[i].reason;
    return NULL;
}

const char *card_report_reason(const struct eid_contents *contents,
                               const struct eid_verification *found)
{
    struct bytes identity_file = eid_contents_file(contents, EID_CONTENT_IDENTITY);
    struct eid_identity identity;
    struct eid_address address;

    if (identity_file.size > 0 && eid_identity_decode(identity_file, &identity) != RESULT_OK)
        return "the identity file breaks its format";
    if (eid_address_decode(eid_contents_file(contents, EID_CONTENT_ADDRESS), &address) != RESULT_OK)
        return "the address file breaks its format";
    return reason_of_checks(found);
}
