#include "eid_identity.h"

#include "eid_tlv.h"

#define CHIP_NUMBER_SIZE 16
#define NATIONAL_NUMBER_SIZE 11

static struct bytes trimmed(struct bytes text)
{
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    while (text.size > 0 && text.data[0] == ' ') {
        text.data++;
        text.size--;
    }
    return text;
}

// Decimal, at most four digits; 0 for anything else.
static int small_number(struct bytes digits)
{
    int value = 0;

    if (digits.size > 4)
        return 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return 0;
        value = 10 * value + (digits.data[i] - '0');
    }
    return value;
}

struct place {
    uint8_t tag;
    struct bytes *value;
    bool text;
};

static enum result fill(struct bytes file, const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum result result = eid_field_find(file, places[i].tag, places[i].value);
        if (result != RESULT_OK && result != RESULT_NOT_FOUND)
            return result;
        if (places[i].text)
            *places[i].value = trimmed(*places[i].value);
    }
    return RESULT_OK;
}

// A date that cannot be read does not make the card unusable.
static struct eid_date date_of(struct bytes text)
{
    struct eid_date date;

    (void)eid_date_parse(text, &date);
    return date;
}

enum result eid_identity_decode(struct bytes file, struct eid_identity *out)
{
    struct bytes valid_from = {}, valid_until = {}, document_type = {}, eu_start = {}, family;
    const struct place places[] = {
        {0x01, &out->card_number, true},
        {0x02, &out->chip_number, false},
        {0x03, &valid_from, true},
        {0x04, &valid_until, true},
        {0x05, &out->issuing_municipality, true},
        {0x06, &out->national_number, true},
        {0x07, &out->surname, true},
        {0x08, &out->given_names, true},
        {0x09, &out->middle_initial, true},
        {0x0A, &out->nationality, true},
        {0x0B, &out->birth_place, true},
        {0x0C, &out->birth_date, true},
        {0x0D, &out->sex, true},
        {0x0E, &out->noble_condition, true},
        {0x0F, &document_type, true},
        {0x10, &out->special_status, true},
        {0x11, &out->photo_hash, false},
        {0x12, &out->duplicate, true},
        {0x13, &out->special_organisation, true},
        {0x15, &out->protection, true},
        {0x16, &out->labour_market, true},
        {0x17, &out->vat_number_1, true},
        {0x18, &out->vat_number_2, true},
        {0x19, &out->regional_file_number, true},
        {0x1A, &out->basic_key_hash, false},
        {0x1B, &out->brexit_mention_1, true},
        {0x1C, &out->brexit_mention_2, true},
        {0x1D, &out->a_card_mention_1, true},
        {0x1E, &out->a_card_mention_2, true},
        {0x1F, &eu_start, true},
    };

    *out = (struct eid_identity){};
    TRY(fill(file, places, sizeof places / sizeof *places));
    out->valid_from = date_of(valid_from);
    out->valid_until = date_of(valid_until);
    out->eu_start = date_of(eu_start);
    (void)eid_birth_date_parse(out->birth_date, &out->born);
    out->member_of_family = eid_field_find(file, 0x14, &family) == RESULT_OK;
    out->document_type = small_number(document_type);
    if (out->chip_number.size != CHIP_NUMBER_SIZE || out->document_type == 0 ||
        !eid_national_number_is_valid(out->national_number))
        return RESULT_MALFORMED;
    return RESULT_OK;
}

char eid_sex(struct bytes sex)
{
    if (sex.size != 1)
        return 'X';
    switch (sex.data[0]) {
    case 'M':
        return 'M';
    case 'F':
    case 'V':
    case 'W':
        return 'F';
    default:
        return 'X';
    }
}

struct eid_special_status eid_special_status_decode(struct bytes code)
{
    int value = small_number(code);

    return (struct eid_special_status){.white_cane = value == 1 || value == 3,
                                       .yellow_cane = value == 4 || value == 5,
                                       .extended_minority = value == 2 || value == 3 || value == 5};
}

enum result eid_address_decode(struct bytes file, struct eid_address *out)
{
    const struct place places[] = {{0x01, &out->street, true},
                                   {0x02, &out->postal_code, true},
                                   {0x03, &out->municipality, true}};

    *out = (struct eid_address){};
    return fill(file, places, sizeof places / sizeof *places);
}

bool eid_national_number_is_valid(struct bytes digits)
{
    int64_t value = 0;

    if (digits.size != NATIONAL_NUMBER_SIZE)
        return false;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return false;
        value = 10 * value + (digits.data[i] - '0');
    }
    int64_t nine = value / 100, check = value % 100;
    return check == 97 - nine % 97 || check == 97 - (nine + 2000000000) % 97;
}

bool eid_document_is_of_child(int document_type)
{
    return document_type == 6 || (document_type >= 61 && document_type <= 69);
}

bool eid_document_is_of_resident(int document_type)
{
    return document_type != 7 && document_type != 8; // bootstrap and authorisation cards
}
