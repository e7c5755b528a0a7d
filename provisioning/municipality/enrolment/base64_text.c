#include "base64_text.h"

#include <openssl/evp.h>
#include <stdlib.h>

enum result base64_text_encode(struct bytes data, char **text)
{
    size_t capacity = (data.size / 48 + 1) * 65 + 1; // 64 letters and a line end for 48 bytes
    unsigned char *out = malloc(capacity);
    EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
    int first = 0, rest = 0;
    bool good = out != NULL && context != NULL;

    if (good) {
        EVP_EncodeInit(context);
        good = EVP_EncodeUpdate(context, out, &first, data.data, (int)data.size) == 1;
        EVP_EncodeFinal(context, out + first, &rest);
    }
    EVP_ENCODE_CTX_free(context);
    if (!good) {
        free(out);
        return RESULT_NO_MEMORY;
    }
    *text = (char *)out;
    return RESULT_OK;
}

enum result base64_text_decode(struct bytes text, uint8_t *out, size_t capacity, size_t *size)
{
    EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
    int first = 0, rest = 0;

    if (context == NULL)
        return RESULT_NO_MEMORY;
    EVP_DecodeInit(context);
    bool good = text.size > 0 && text.size / 4 * 3 + 3 <= capacity &&
                EVP_DecodeUpdate(context, out, &first, text.data, (int)text.size) >= 0 &&
                EVP_DecodeFinal(context, out + first, &rest) == 1 && first + rest > 0;
    EVP_ENCODE_CTX_free(context);
    if (!good)
        return RESULT_MALFORMED;
    *size = (size_t)(first + rest);
    return RESULT_OK;
}
