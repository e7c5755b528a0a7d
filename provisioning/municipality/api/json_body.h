// json_body.h: a request's body, believed in nothing: bounded depth, no duplicate members, required
// members by table, unknown members ignored.
#pragma once
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

enum json_kind {
    JSON_KIND_TEXT,   // 1 to `most` bytes
    JSON_KIND_BASE64, // of 1 to `most` bytes, padded (RFC 4648, section 4)
    JSON_KIND_WHOLE,  // an integer from `least` to `most`
    JSON_KIND_BOOLEAN,
};

struct json_member {
    const char *name;
    enum json_kind kind;
    int64_t least, most;
};

struct json_value {
    const char *text;     // of the document
    struct bytes decoded; // of base64; owned by the values
    int64_t whole;
    bool boolean;
};

// Parses; the caller owns the document. RESULT_MALFORMED: not one JSON object within bounds.
enum result json_body_parse(struct bytes body, json_t **out);

// Reads `count` required members. RESULT_MALFORMED: `detail` (of `capacity` bytes) names the first
// that is missing or wrong, and what is expected; never its value. Clear the values also then.
enum result json_body_read(const json_t *body, const struct json_member *members, size_t count,
                           struct json_value *values, char *detail, size_t capacity);
void json_values_clear(struct json_value *values, size_t count);
