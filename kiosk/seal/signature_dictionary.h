// signature_dictionary.h: the one signature object of the profile, read as flat key and value
// pairs.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "seal.h"

struct signature_dictionary {
    size_t object_at;       // offset of "N 0 obj"
    uint64_t object_number; // N
    uint64_t byte_range[4];
    size_t contents_begin; // offset of `<`
    size_t contents_end;   // behind `>`
    struct bytes type, filter, subfilter;
    struct bytes signing_time; // /M, between its parentheses
};

// Reads the object around `byte_range_at`, the offset of its /ByteRange.
enum seal_reason signature_dictionary_read(struct bytes file, size_t byte_range_at,
                                           struct signature_dictionary *out);
