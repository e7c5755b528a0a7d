// city.h: turns the invented city's tables into households of the register and cards of residents.
// The same city comes out every time.
#pragma once
#include <stddef.h>

#include "population_register.h"
#include "resident_card.h"
#include "result.h"

// The number of households, and one of them; the caller owns it.
size_t city_household_count(void);
size_t city_resident_count(void); // in all of them
enum result city_household(size_t number, struct household **out);

// The former addresses of the person at a position of a household, which the caller owns.
// RESULT_NOT_FOUND: nobody stands there.
enum result city_history(size_t number, size_t position, struct address_history **out);

// The name to play with of the person at a position of a household; NULL: nobody stands there.
const char *city_name(size_t number, size_t position);

// The persons who carry a card: those of 12 years (on the city's day, 24 November 2026) one with
// certificates, younger Belgians a Kids-ID (document type 6); `blocked` tells whether the register
// lists the card as reported lost.
size_t city_card_count(void);
enum result city_card(size_t number, struct resident_card *out, bool *blocked);
// RESULT_NOT_FOUND: nobody of that name carries one.
enum result city_card_of(const char *name, struct resident_card *out, bool *blocked);

// Somebody who lives alone at the street of the card; both languages get the card's words, but for
// those that the city knows. RESULT_MALFORMED: the national number or a date is none.
enum result city_household_of_card(const struct resident_card *card, struct household **out);
