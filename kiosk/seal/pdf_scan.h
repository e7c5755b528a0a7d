// pdf_scan.h: rule 5 and the form field of rule 4: one pass over the file outside its streams that
// looks at every name.
#pragma once
#include "bytes.h"
#include "seal.h"

enum seal_reason pdf_scan(struct bytes file, uint64_t signature_object);
