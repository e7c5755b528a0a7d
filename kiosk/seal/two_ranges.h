// two_ranges.h: the signed bytes before and after the gap as one OpenSSL source, without a copy.
#pragma once
#include <openssl/bio.h>

#include "bytes.h"

struct two_ranges {
    struct bytes rest[2];
    BIO_METHOD *method;
};

// `ranges` must outlive the source, stay where it is, and be released after it. NULL: no memory.
BIO *two_ranges_open(struct two_ranges *ranges, struct bytes first, struct bytes second);
void two_ranges_release(struct two_ranges *ranges);
