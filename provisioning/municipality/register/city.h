// city.h: turns the invented city's tables into households of the register and cards of residents.
// The same city comes out every time.
#pragma once
#include <stddef.h>

#include "population_register.h"
#include "resident_card.h"
#include "result.h"

// The number of households, and one of them; the caller owns it.
size_t city_household_count(void);
enum result city_household(size_t number, struct household **out);

// The persons old enough for a card with certificates (12 years on the city's day, 24 November
// 2026); `blocked` tells whether the register lists the card as reported lost.
size_t city_card_count(void);
enum result city_card(size_t number, struct resident_card *out, bool *blocked);

// Somebody who lives alone at the street of the card; both languages get the card's words, but for
// those that the city knows. RESULT_MALFORMED: the national number or a date is none.
enum result city_household_of_card(const struct resident_card *card, struct household **out);
