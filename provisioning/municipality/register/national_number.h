// national_number.h: the eleven digits of a person in the National Register: birth date, serial,
// check.
#pragma once
#include <stdbool.h>

#include "population_register.h"
#include "result.h"

// Eleven digits whose last two are 97 minus the rest modulo 97 of the first nine; those born from
// 2000 on are reckoned with a 2 before the nine digits. Nothing else is insisted on.
bool national_number_is_valid(const char *digits);

// A number that no living person can have: the month is raised by 60. `serial` is 1 to 997, odd for
// men and even for women; unknown parts of the birth date count as zero. RESULT_INVALID otherwise.
enum result national_number_make_synthetic(struct partial_date birth, int serial,
                                           char out[NATIONAL_NUMBER_SIZE]);
