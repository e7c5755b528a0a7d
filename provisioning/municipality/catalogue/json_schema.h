// json_schema.h: holds a JSON value against a JSON Schema (draft 2020-12). It knows the keywords
// that our schemas use and no others: a schema with another one is refused, so that nothing in it
// is silently ignored.
#pragma once
#include <jansson.h>
#include <stddef.h>

#include "result.h"

// RESULT_MALFORMED: `wrong` (of `capacity` bytes, cut when it is longer) says where (a JSON
// pointer, RFC 6901) and what is expected there. RESULT_INVALID: it is the schema that is wrong.
enum result json_schema_check(const json_t *schema, const json_t *value, char *wrong,
                              size_t capacity);
