// city_seed.h: the invented city as const tables: streets, places, nationalities, households,
// persons.
#pragma once
#include <stddef.h>

#include "population_register.h"

struct seed_place {
    const char *name[PAPER_LANGUAGE_COUNT];
    const char *country[PAPER_LANGUAGE_COUNT]; // empty for Belgium
};

struct seed_nationality {
    const char *adjective[PAPER_LANGUAGE_COUNT]; // as on paper, after the word nationality
    const char *on_card[PAPER_LANGUAGE_COUNT];   // as the card writes it
    const char *document_type;                   // of the card that its holders carry
    enum citizenship citizenship;
};

struct seed_household {
    const char *street[PAPER_LANGUAGE_COUNT];
    const char *number, *box, *postal_code;
    enum dwelling dwelling;
    const char *lodged_at[PAPER_LANGUAGE_COUNT];
    const char *since;
};

struct seed_person {
    int household; // its number in seed_households
    enum relation relation;
    const char *name; // of the card file; unique
    const char *surname, *given_names;
    char sex;
    const char *birth;
    const char *place;            // a French name of seed_places
    const char *nationality;      // a French adjective of seed_nationalities
    enum paper_language language; // of the card
    enum standing standing;
    bool card_is_blocked;
};

// What the tables above leave open about a person; a zero member means: as usual.
struct seed_remark {
    const char *name;
    enum marital_status marital_status; // NOT_KNOWN: as the household tells
    const char *parents[2];             // names of other persons; NULL: as the household tells
    const char *nationality_since, *deceased_on;
    int former_addresses; // 0: by chance
    bool waiting_register, temporarily_absent, under_administration, card_expired;
};

// Streets of former addresses, here and elsewhere.
struct seed_street {
    const char *name[PAPER_LANGUAGE_COUNT];
    const char *postal_code;
};

extern const struct seed_place seed_places[];
extern const size_t seed_place_count;
extern const struct seed_nationality seed_nationalities[];
extern const size_t seed_nationality_count;
extern const struct seed_household seed_households[];
extern const size_t seed_household_count;
extern const struct seed_person seed_persons[]; // household by household, reference person first
extern const size_t seed_person_count;
extern const struct seed_remark seed_remarks[];
extern const size_t seed_remark_count;
extern const struct seed_street seed_streets[];
extern const size_t seed_street_count;

// The municipality of a postal code; the city itself when it is none of the others.
const char *seed_municipality(const char *postal_code, enum paper_language language);

// The part of the city with a name of its own behind a postal code; two empty texts when it has
// none.
const char *seed_quarter(const char *postal_code, enum paper_language language);
