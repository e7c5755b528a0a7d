// eid_identity.h: what the identity and address files say. Views into the file, no copies, so that
// wiping the file wipes all there is.
#pragma once
#include <stdbool.h>

#include "bytes.h"
#include "eid_date.h"
#include "result.h"

// Texts are UTF-8 as on the card, without spaces around; a field that is missing is empty.
struct eid_identity {
    struct bytes card_number, chip_number, issuing_municipality, national_number, surname,
        given_names, middle_initial, nationality, birth_place, birth_date, sex, noble_condition,
        special_status, photo_hash;
    struct eid_date valid_from, valid_until; // year 0: unknown
    struct eid_date born;                    // of birth_date; parts that are unknown: 0
    int document_type;                       // 0: unknown
    // Cards of foreigners and of applet 1.8 alone (tags 12 to 1F).
    struct bytes duplicate, special_organisation, protection, labour_market, vat_number_1,
        vat_number_2, regional_file_number, basic_key_hash, brexit_mention_1, brexit_mention_2,
        a_card_mention_1, a_card_mention_2;
    struct eid_date eu_start; // registration or permanent stay; year 0: unknown
    bool member_of_family;    // the field's presence is its value
};

// RESULT_MALFORMED: a field runs past the file, or chip number (16 bytes), national number (11
// digits, checked as below) or document type are not there or not what they must be.
enum result eid_identity_decode(struct bytes file, struct eid_identity *out);

// M, F (written F, V or W as the card's language has it), or X: none of these.
char eid_sex(struct bytes sex);

// Codes 0 to 5 of the card (content specification, tag 10); others mean nothing.
struct eid_special_status {
    bool white_cane, yellow_cane, extended_minority;
};
struct eid_special_status eid_special_status_decode(struct bytes code);

struct eid_address {
    struct bytes street, postal_code, municipality;
};

// An address of zero bytes is an address without fields.
enum result eid_address_decode(struct bytes file, struct eid_address *out);

// Eleven digits whose last two are 97 minus the rest of the first nine divided by 97, with a 2
// before the nine for people born from 2000 on. Nothing else is asked of them.
bool eid_national_number_is_valid(struct bytes digits);

// Cards that children carry (types 6 and 61 to 69), and types that are no residence document.
bool eid_document_is_of_child(int document_type);
bool eid_document_is_of_resident(int document_type);
