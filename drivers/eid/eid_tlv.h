// eid_tlv.h: the fields of the identity and address files. Sheet "Card content", section TLV: a tag
// of one byte; a length that is the sum of bytes up to and with the first that is not FF; the
// value.
#pragma once
#include "bytes.h"
#include "result.h"

struct eid_field {
    uint8_t tag;
    struct bytes value; // within the file
};

// Begin with { .rest = { file }, .start = true }. Pure; any thread.
struct eid_field_reader {
    struct bytes_reader rest;
    bool start;
};

static inline struct eid_field_reader eid_fields(struct bytes file)
{
    return (struct eid_field_reader){.rest = {file}, .start = true};
}

// The next field. RESULT_NOT_FOUND: no more, what is left is padding. RESULT_MALFORMED: a length
// runs past the end; the reader stays where it was.
enum result eid_field_next(struct eid_field_reader *reader, struct eid_field *out);

// The first field with `tag`; RESULT_NOT_FOUND or RESULT_MALFORMED leave *value empty.
enum result eid_field_find(struct bytes file, uint8_t tag, struct bytes *value);

// Where the last field ends; RESULT_MALFORMED as above.
enum result eid_fields_end(struct bytes file, size_t *end);
