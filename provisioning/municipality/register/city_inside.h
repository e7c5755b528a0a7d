// city_inside.h: what the files of the invented city share.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "city_seed.h"
#include "population_register.h"

// The day on which the invented city is looked at.
extern const struct partial_date city_day;

// The same number every time for a person and a question about them.
uint64_t city_mixed(uint64_t person, uint64_t what);

const struct seed_nationality *city_nationality(const char *french); // NULL: none of that name
const struct seed_remark *city_remark(const char *name); // never NULL: without a remark all zero

// The register's row of a person of seed_persons.
enum result city_fill_resident(size_t index, struct resident *to);
enum result city_fill_address(const struct seed_household *seed, struct home_address *to);

// Up to `lines` former addresses of a person, by chance but always the same for `who`.
enum result city_past(uint64_t who, const struct resident *person, size_t lines,
                      struct address_history *to);

// A place of seed_places by its French name, into the resident; RESULT_INVALID: none of that name.
enum result city_born_in(const char *french, struct resident *to);

#define CITY_COPY(to, from) TRY(str_copy(to, sizeof(to), from))
