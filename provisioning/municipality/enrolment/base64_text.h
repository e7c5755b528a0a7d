// base64_text.h: base64 as EST sends it (RFC 7030, 4; RFC 2045): lines, white space allowed.
#pragma once
#include <stdint.h>

#include "bytes.h"
#include "result.h"

// *text ends in a zero byte; the caller's, for free.
enum result base64_text_encode(struct bytes data, char **text);
// RESULT_MALFORMED: no base64, nothing, or more than `capacity` bytes.
enum result base64_text_decode(struct bytes text, uint8_t *out, size_t capacity, size_t *size);
