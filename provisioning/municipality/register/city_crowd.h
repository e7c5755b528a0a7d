// city_crowd.h: the people of the invented city without a name to play with, as many as wanted,
// household by household; the same ones come out every time.
#pragma once
#include "owned.h"
#include "population_register.h"
#include "result.h"

struct city_crowd;

enum result city_crowd_create(struct city_crowd **out);
void city_crowd_destroy(struct city_crowd *city_crowd);
DEFINE_OWNED(city_crowd)

// The next household, which the caller owns: one to nine persons. RESULT_TOO_LARGE: the national
// numbers of a day have run out, far beyond a million residents.
enum result city_crowd_household(struct city_crowd *city_crowd, struct household **out);

// The former addresses of a person of the household that came last, by position; the caller's.
enum result city_crowd_history(const struct city_crowd *city_crowd, size_t position,
                               struct address_history **out);
