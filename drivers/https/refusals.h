// refusals.h: the API's problem codes and what they mean to the terminal.
#pragma once
#include "backend.h"

// RESULT_REFUSED with a refusal; RESULT_FAILED for codes that only a mistake on one side can cause;
// RESULT_UNREACHABLE for a municipality that cannot answer now; RESULT_MALFORMED: no such code.
enum result refusal_of_code(const char *code, enum backend_refusal *refusal);
