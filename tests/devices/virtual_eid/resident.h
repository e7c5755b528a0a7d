// resident.h: the person for whom a card is made, read from a resident's JSON file.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "owned.h"
#include "result.h"

enum card_language { CARD_LANGUAGE_FR, CARD_LANGUAGE_NL, CARD_LANGUAGE_DE };

// How many of its two certificates a card has: those under 18 cannot make qualified signatures.
enum resident_certificates {
    RESIDENT_CERTIFICATES_NONE,
    RESIDENT_CERTIFICATES_AUTHENTICATION,
    RESIDENT_CERTIFICATES_BOTH,
};

// Tags of the identity file behind the photo's hash; 1A is the card's own.
#define RESIDENT_FURTHER_FIRST 0x12
#define RESIDENT_FURTHER_FAMILY 0x14
#define RESIDENT_FURTHER_LAST 0x1F

// A calendar date; the resident's file writes it as 2024-01-05. Of a birth day, month and year may
// be unknown, from the right: 2024-01, 2024 or nothing; then they are 0.
struct calendar_date {
    int year, month, day;
};

// Texts belong to the resident.
struct resident {
    void *json;
    const char *national_number, *surname, *given_names, *middle_initial, *sex, *birth_place,
        *nationality, *document_type, *issuing_municipality, *card_number, *street, *postal_code,
        *municipality, *noble_condition, *special_status, *pin;
    const char *further[RESIDENT_FURTHER_LAST - RESIDENT_FURTHER_FIRST + 1]; // NULL: not given
    bool child, foreign; // by the document's type
    enum resident_certificates certificates;
    bool activated;
    enum card_language language;
    struct calendar_date birth_date, valid_from, valid_until, certificates_until;
    uint8_t chip_number[16];
};

// Says on standard error which member of the file is missing or wrong and what is expected.
enum result resident_create(const char *path, struct resident **out);
void resident_destroy(struct resident *resident);
DEFINE_OWNED(resident)
