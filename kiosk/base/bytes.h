// bytes.h: a borrowed run of bytes, and a reader that cannot run past its end.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

// Borrowed: whoever made the view says how long it lives. data may be NULL only when size is 0.
struct bytes {
    const uint8_t *data;
    size_t size;
};

bool bytes_equal(struct bytes a, struct bytes b);

// The part [offset, offset + size); RESULT_MALFORMED, and *out empty, when it is not all there.
enum result bytes_slice(struct bytes whole, size_t offset, size_t size, struct bytes *out);

// A reader moves through a view from front to back. Each read either moves past what it returns or
// leaves the reader where it was and returns RESULT_MALFORMED.
struct bytes_reader {
    struct bytes rest;
};

enum result bytes_read_u8(struct bytes_reader *reader, uint8_t *out);
enum result bytes_read_u16_be(struct bytes_reader *reader, uint16_t *out);
enum result bytes_read_u32_be(struct bytes_reader *reader, uint32_t *out);
enum result bytes_read(struct bytes_reader *reader, size_t size, struct bytes *out);

// Writes 2 * size lower-case hex digits and a NUL; RESULT_TOO_LARGE when capacity is short.
enum result bytes_to_hex(struct bytes view, char *out, size_t capacity);
