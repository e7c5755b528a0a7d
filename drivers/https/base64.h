// base64.h: RFC 4648 base64 with padding, strict in both directions.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"
#include "secret.h"

// The text, NUL-terminated, in a new secret: what is encoded here are card files. The caller owns
// it.
enum result base64_encode(struct bytes bytes, struct secret **out);

// Exactly `size` bytes; RESULT_MALFORMED for any other text.
enum result base64_decode_exactly(const char *text, uint8_t *out, size_t size);
