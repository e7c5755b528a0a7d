// order_reference.h: the number of a document on paper, and the code that proves it.
#pragma once
#include <stdint.h>

#include "result.h"

#define ORDER_REFERENCE_SIZE 32
#define ORDER_CODE_SIZE 20

// "BXL-2026-H-0041873-8": place, year, letter of the kind, running number, check digit (Luhn over
// year, letter as two digits with A = 10, and running number). RESULT_INVALID: a part is out of
// range.
enum result order_reference_make(int year, char letter, int64_t number,
                                 char out[ORDER_REFERENCE_SIZE]);

// "7K3M-9QXT-2WVD-H4NR": 80 random bits in Crockford's base 32.
enum result order_code_make(char out[ORDER_CODE_SIZE]);
