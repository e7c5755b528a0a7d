#include "json_body.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define DEPTH_MAXIMUM 8

// Brackets outside strings, counted before the parser sees anything.
static bool is_shallow(struct bytes body)
{
    bool in_string = false;
    int depth = 0;

    for (size_t i = 0; i < body.size; i++) {
        uint8_t byte = body.data[i];
        if (in_string) {
            if (byte == '\\')
                i++;
            else if (byte == '"')
                in_string = false;
            continue;
        }
        if (byte == '"')
            in_string = true;
        else if (byte == '{' || byte == '[')
            depth++;
        else if (byte == '}' || byte == ']')
            depth--;
        if (depth > DEPTH_MAXIMUM)
            return false;
    }
    return true;
}

enum result json_body_parse(struct bytes body, json_t **out)
{
    json_error_t error;

    if (!is_shallow(body))
        return RESULT_MALFORMED;
    json_t *document =
        json_loadb((const char *)body.data, body.size, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(document)) {
        json_decref(document);
        return RESULT_MALFORMED;
    }
    *out = document;
    return RESULT_OK;
}

static enum result decode(const char *text, int64_t most, struct bytes *out)
{
    size_t length = strlen(text), padding = 0;
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    if (length == 0 || length % 4 != 0 || length / 4 * 3 > (size_t)most + 2)
        return RESULT_MALFORMED;
    while (padding < 2 && text[length - 1 - padding] == '=')
        padding++;
    if (strspn(text, alphabet) != length - padding)
        return RESULT_MALFORMED;
    uint8_t *decoded = malloc(length / 4 * 3);
    if (decoded == NULL)
        return RESULT_NO_MEMORY;
    int size = EVP_DecodeBlock(decoded, (const uint8_t *)text, (int)length);
    *out = (struct bytes){decoded, size < 0 ? 0 : (size_t)size - padding};
    return size > 0 && (int64_t)out->size <= most ? RESULT_OK : RESULT_MALFORMED;
}

static enum result read_member(const json_t *member, const struct json_member *wanted,
                               struct json_value *to)
{
    switch (wanted->kind) {
    case JSON_KIND_TEXT:
        to->text = json_string_value(member);
        return to->text != NULL && json_string_length(member) >= 1 &&
                       json_string_length(member) <= (size_t)wanted->most
                   ? RESULT_OK
                   : RESULT_MALFORMED;
    case JSON_KIND_BASE64:
        to->text = json_string_value(member);
        return to->text == NULL ? RESULT_MALFORMED : decode(to->text, wanted->most, &to->decoded);
    case JSON_KIND_WHOLE:
        to->whole = json_integer_value(member);
        return json_is_integer(member) && to->whole >= wanted->least && to->whole <= wanted->most
                   ? RESULT_OK
                   : RESULT_MALFORMED;
    case JSON_KIND_BOOLEAN:
        to->boolean = json_is_true(member);
        return json_is_boolean(member) ? RESULT_OK : RESULT_MALFORMED;
    }
    return RESULT_MALFORMED;
}

static enum result expect(const struct json_member *wanted, char *detail, size_t capacity)
{
    switch (wanted->kind) {
    case JSON_KIND_TEXT:
        return str_format(detail, capacity, "%s: expected a text of 1 to %lld bytes", wanted->name,
                          (long long)wanted->most);
    case JSON_KIND_BASE64:
        return str_format(detail, capacity, "%s: expected base64 of 1 to %lld bytes", wanted->name,
                          (long long)wanted->most);
    case JSON_KIND_WHOLE:
        return str_format(detail, capacity, "%s: expected an integer from %lld to %lld",
                          wanted->name, (long long)wanted->least, (long long)wanted->most);
    case JSON_KIND_BOOLEAN:
        return str_format(detail, capacity, "%s: expected true or false", wanted->name);
    }
    return RESULT_INVALID;
}

enum result json_body_read(const json_t *body, const struct json_member *members, size_t count,
                           struct json_value *values, char *detail, size_t capacity)
{
    for (size_t i = 0; i < count; i++) {
        enum result good =
            read_member(json_object_get(body, members[i].name), &members[i], &values[i]);
        if (good == RESULT_MALFORMED)
            TRY(expect(&members[i], detail, capacity));
        TRY(good);
    }
    return RESULT_OK;
}

void json_values_clear(struct json_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].decoded.data != NULL) {
            explicit_bzero((void *)values[i].decoded.data, values[i].decoded.size);
            free((void *)values[i].decoded.data);
        }
        values[i] = (struct json_value){};
    }
}
