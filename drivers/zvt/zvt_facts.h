// zvt_facts.h: what a terminal's status tells us, and which words it has for the resident. Of the
// card in it nothing is read.
#pragma once
#include <stdint.h>

#include "bytes.h"
#include "payment.h"
#include "result.h"

struct zvt_facts {
    int64_t cents; // -1 where a field did not come
    int result;    // 0: good
    int receipt;
    int currency; // 978: EUR
    int time;     // hhmmss, the terminal's own
};

// The fields of a status information (ZVT specification, 04 0F and its table of bitmaps).
// RESULT_MALFORMED: a field that we do not know, since its length cannot be told, or one cut off.
enum result zvt_facts_read(struct bytes data, struct zvt_facts *facts);

// The resident's part of an intermediate status (04 FF).
enum payment_prompt zvt_prompt(struct bytes data);
