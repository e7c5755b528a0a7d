// The pure decoders of a card's files: fields, identity, address, dates, the size of a certificate.
// The whole input is the file.
#include <stdlib.h>

#include "eid_certificates.h"
#include "eid_identity.h"
#include "eid_tlv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void lies_within(struct bytes part, struct bytes file)
{
    must(part.size == 0 ||
         (part.data >= file.data && part.data + part.size <= file.data + file.size));
}

static void walk_fields(struct bytes file)
{
    struct eid_field_reader reader = eid_fields(file);
    struct eid_field field;
    size_t end = 0, fields = 0;

    while (eid_field_next(&reader, &field) == RESULT_OK) {
        lies_within(field.value, file);
        fields++;
    }
    must(2 * fields <= file.size);
    must(eid_fields_end(file, &end) != RESULT_OK || end <= file.size);
}

static void decode_identity(struct bytes file)
{
    struct eid_identity identity;
    struct eid_date date;

    enum result result = eid_identity_decode(file, &identity);
    lies_within(identity.surname, file);
    lies_within(identity.photo_hash, file);
    lies_within(identity.basic_key_hash, file);
    lies_within(identity.a_card_mention_2, file);
    if (result != RESULT_OK)
        return;
    must(identity.chip_number.size == 16 && identity.national_number.size == 11);
    if (identity.valid_until.year != 0)
        (void)eid_date_days(&identity.valid_until);
    if (eid_birth_date_parse(identity.birth_date, &date) == RESULT_OK)
        must(date.month >= 0 && date.month <= 12 && date.day >= 0 && date.day <= 31);
}

static void decode_dates(struct bytes text)
{
    struct eid_date date;

    if (eid_date_parse(text, &date) == RESULT_OK)
        must(date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31);
    if (eid_birth_date_parse(text, &date) == RESULT_OK)
        must(date.month >= 0 && date.month <= 12 && date.day >= 0 && date.day <= 31);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bytes file = {data, size};
    struct eid_address address;
    size_t certificate = 0;

    walk_fields(file);
    decode_identity(file);
    if (eid_address_decode(file, &address) == RESULT_OK)
        lies_within(address.municipality, file);
    decode_dates(file);
    if (eid_certificate_size(file, &certificate) == RESULT_OK)
        must(certificate <= EID_CERTIFICATE_MAXIMUM);
    return 0;
}
