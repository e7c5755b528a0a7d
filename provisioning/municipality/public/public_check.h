// public_check.h: what the municipality says about a verification code, to anybody who holds a
// paper.
#pragma once
#include <stdint.h>

#include "order_store.h"
#include "result.h"

enum check_verdict {
    CHECK_GENUINE,
    CHECK_NOT_HANDED_OVER, // issued, but nobody has paid or got it yet
    CHECK_VOID,            // no paper with it was ever given to anybody
    CHECK_EXPIRED,         // too old to be confirmed
    CHECK_UNKNOWN,         // no such code, or none that goes with this reference
    CHECK_NO_CODE,         // these letters are no code
    CHECK_VERDICT_COUNT
};

// No datum of a person is in it.
struct check_report {
    enum check_verdict verdict;
    char kind[48];
    char reference[ORDER_REFERENCE_SIZE];
    int64_t issued_at;
};

// Brings a code as people type it (small letters, blanks, O for 0, I and L for 1) into its printed
// form, as Crockford's base 32 wants it. RESULT_MALFORMED: it is none.
enum result public_code_from_text(const char *text, char out[ORDER_CODE_SIZE]);

// `reference` may be NULL when only the code is known. RESULT_FAILED: the store does not work.
enum result public_check(struct order_store *store, const char *code, const char *reference,
                         int64_t oldest, struct check_report *out);
