// revisions.h: rule 4: the file has exactly two revisions, the page's and the seal's, and its last
// cross-reference table leads to the signature that was checked.
#pragma once
#include "bytes.h"
#include "seal.h"
#include "signature_dictionary.h"

enum seal_reason revisions_check(struct bytes file, const struct signature_dictionary *signature);
