#include "bytes.h"

#include <string.h>

bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

enum result bytes_slice(struct bytes whole, size_t offset, size_t size, struct bytes *out)
{
    *out = (struct bytes){};
    if (offset > whole.size || size > whole.size - offset)
        return RESULT_MALFORMED;
    *out = (struct bytes){ .data = whole.data + offset, .size = size };
    return RESULT_OK;
}

enum result bytes_read(struct bytes_reader *reader, size_t size, struct bytes *out)
{
    TRY(bytes_slice(reader->rest, 0, size, out));
    if (size > 0) {
        reader->rest.data += size;
        reader->rest.size -= size;
    }
    return RESULT_OK;
}

enum result bytes_read_u8(struct bytes_reader *reader, uint8_t *out)
{
    struct bytes one;

    TRY(bytes_read(reader, 1, &one));
    *out = one.data[0];
    return RESULT_OK;
}

enum result bytes_read_u16_be(struct bytes_reader *reader, uint16_t *out)
{
    struct bytes two;

    TRY(bytes_read(reader, 2, &two));
    *out = (uint16_t)(two.data[0] << 8 | two.data[1]);
    return RESULT_OK;
}

enum result bytes_read_u32_be(struct bytes_reader *reader, uint32_t *out)
{
    struct bytes four;

    TRY(bytes_read(reader, 4, &four));
    *out = (uint32_t)four.data[0] << 24 | (uint32_t)four.data[1] << 16 |
           (uint32_t)four.data[2] << 8 | four.data[3];
    return RESULT_OK;
}

enum result bytes_to_hex(struct bytes view, char *out, size_t capacity)
{
    static const char digits[] = "0123456789abcdef";

    if (capacity < 1 || view.size > (capacity - 1) / 2)
        return RESULT_TOO_LARGE;
    for (size_t i = 0; i < view.size; i++) {
        out[2 * i] = digits[view.data[i] >> 4];
        out[2 * i + 1] = digits[view.data[i] & 15];
    }
    out[2 * view.size] = '\0';
    return RESULT_OK;
}
