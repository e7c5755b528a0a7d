// resident_card.h: what stands on a resident's card, as one JSON file that a card can be made from.
#pragma once
#include "national_number.h"
#include "population_register.h"
#include "result.h"

struct resident_card {
    char name[64]; // of the file
    char national_number[NATIONAL_NUMBER_SIZE];
    char surname[128];
    char given_names[256]; // the first two
    char middle_initial[8];
    char sex[2];
    char birth_date[PARTIAL_DATE_SIZE];
    char birth_place[128];
    char nationality[96];
    char document_type[4];
    char issuing_municipality[64];
    char card_number[16];
    char chip_number[40];
    char valid_from[16], valid_until[16];
    char street[256]; // with number and box
    char postal_code[8];
    char municipality[64];
    char noble_condition[64];
    char special_status[4];
    char pin[16];
};

// Writes DIRECTORY/NAME.json. RESULT_FAILED when the disk refuses.
enum result resident_card_write(const struct resident_card *card, const char *directory);

// Reads such a file. RESULT_NOT_FOUND; RESULT_MALFORMED with `missing` naming the member that is
// absent or not a text ("" when it is no JSON object at all).
enum result resident_card_read(const char *path, struct resident_card *out, const char **missing);
