// byte_profile.h: rules 1 to 3 on the raw bytes: one PDF, one signature, and the signature leaves
// out nothing but its own value.
#pragma once
#include "bytes.h"
#include "seal.h"
#include "signature_dictionary.h"

#define SEAL_SMALLEST_FILE 64
#define SEAL_LARGEST_FILE (8 * 1024 * 1024)
#define SEAL_LARGEST_CMS 65536

struct byte_profile {
    struct signature_dictionary signature;
    struct bytes before, after; // what is signed
    struct bytes digits;        // of /Contents: an even number, all hexadecimal
};

enum seal_reason byte_profile_read(struct bytes file, struct byte_profile *out);
