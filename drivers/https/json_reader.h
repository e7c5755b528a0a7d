// json_reader.h: JSON from the network: one strict parse, and objects read by a table of members.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

// owned(x) is for tagged structs; jansson's type is only a typedef.
static inline void json_owned_destroy_(json_t **held)
{
    json_decref(*held);
}
#define owned_json __attribute__((cleanup(json_owned_destroy_))) json_t *

#define JSON_SIZE_MAXIMUM (256 * 1024)
#define JSON_DEPTH_MAXIMUM 16

// One object and nothing behind it. RESULT_MALFORMED: not JSON (RFC 8259), not UTF-8, a name twice,
// deeper than 16, or not an object; RESULT_TOO_LARGE: more than 256 kB. The caller owns *out.
enum result json_parse(struct bytes text, json_t **out);

enum json_kind {
    JSON_KIND_TEXT,
    JSON_KIND_INTEGER,
    JSON_KIND_BOOLEAN,
    JSON_KIND_OBJECT,
    JSON_KIND_ARRAY
};

// A member of an object and where its value goes. Unknown members of the object are ignored.
struct json_member {
    const char *name;
    enum json_kind kind;
    bool optional; // absent leaves the target as it is
    size_t offset; // in the target: const char *, int64_t, bool, json_t *, json_t *; borrowed
    // INTEGER: the smallest and largest value. TEXT: its length in bytes. ARRAY: its count.
    int64_t least, most;
};

// RESULT_MALFORMED: a member is missing, of another kind (1.0 is no integer) or outside its limits,
// or a text holds a control character.
enum result json_read_members(const json_t *object, const struct json_member *members, size_t count,
                              void *target);
