#include "base64.h"

#include <openssl/evp.h>
#include <string.h>

#define LARGEST_INPUT 65536
#define DECODED_MAXIMUM 64

enum result base64_encode(struct bytes bytes, struct secret **out)
{
    owned(secret) text = NULL;

    *out = NULL;
    if (bytes.size > LARGEST_INPUT)
        return RESULT_TOO_LARGE;
    size_t size = (bytes.size + 2) / 3 * 4;
    TRY(secret_create(size + 1, &text));
    EVP_EncodeBlock(secret_writable(text), bytes.data, (int)bytes.size);
    TRY(secret_set_size(text, size + 1));
    *out = take(text);
    return RESULT_OK;
}

static size_t count_of_alphabet(const char *text)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

enum result base64_decode_exactly(const char *text, uint8_t *out, size_t size)
{
    uint8_t decoded[DECODED_MAXIMUM + 2];
    size_t padding = (3 - size % 3) % 3;
    size_t length = (size + 2) / 3 * 4;

    if (size > DECODED_MAXIMUM)
        return RESULT_TOO_LARGE;
    if (strlen(text) != length || count_of_alphabet(text) != length - padding ||
        strspn(text + length - padding, "=") != padding)
        return RESULT_MALFORMED;
    if (EVP_DecodeBlock(decoded, (const unsigned char *)text, (int)length) < 0)
        return RESULT_MALFORMED;
    for (size_t i = 0; i < padding; i++)
        if (decoded[size + i] != 0) // bits behind the last byte say something else
            return RESULT_MALFORMED;
    memcpy(out, decoded, size);
    return RESULT_OK;
}
