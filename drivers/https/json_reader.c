#include "json_reader.h"

#include <string.h>

// Depth is counted before the parser sees the text: it would recurse. Brackets within strings are
// counted out; that the rest is JSON is the parser's business.
static bool is_too_deep(struct bytes text)
{
    size_t depth = 0;
    bool in_string = false;

    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        if (in_string && byte == '\\')
            i++;
        else if (byte == '"')
            in_string = !in_string;
        else if (!in_string && (byte == '[' || byte == '{') && ++depth > JSON_DEPTH_MAXIMUM)
            return true;
        else if (!in_string && (byte == ']' || byte == '}') && depth > 0)
            depth--;
    }
    return false;
}

enum result json_parse(struct bytes text, json_t **out)
{
    json_error_t error;

    *out = NULL;
    if (text.size > JSON_SIZE_MAXIMUM)
        return RESULT_TOO_LARGE;
    if (text.size == 0 || is_too_deep(text))
        return RESULT_MALFORMED;
    owned_json parsed =
        json_loadb((const char *)text.data, text.size, JSON_REJECT_DUPLICATES, &error);
    if (parsed == NULL && json_error_code(&error) == json_error_out_of_memory)
        return RESULT_NO_MEMORY;
    if (!json_is_object(parsed))
        return RESULT_MALFORMED;
    *out = take(parsed);
    return RESULT_OK;
}

static bool is_within(int64_t value, const struct json_member *member)
{
    return value >= member->least && value <= member->most;
}

static bool has_control_character(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((uint8_t)text[i] < 0x20 || (uint8_t)text[i] == 0x7f)
            return true;
    return false;
}

static bool read_text(json_t *value, const struct json_member *member, void *target)
{
    const char *text = json_string_value(value);

    if (text == NULL || !is_within((int64_t)json_string_length(value), member) ||
        has_control_character(text, json_string_length(value)))
        return false;
    *(const char **)target = text;
    return true;
}

static bool read_integer(const json_t *value, const struct json_member *member, void *target)
{
    if (!json_is_integer(value) || !is_within(json_integer_value(value), member))
        return false;
    *(int64_t *)target = json_integer_value(value);
    return true;
}

static bool read_value(json_t *value, const struct json_member *member, void *target)
{
    switch (member->kind) {
    case JSON_KIND_TEXT:
        return read_text(value, member, target);
    case JSON_KIND_INTEGER:
        return read_integer(value, member, target);
    case JSON_KIND_BOOLEAN:
        *(bool *)target = json_is_true(value);
        return json_is_boolean(value);
    case JSON_KIND_OBJECT:
        *(json_t **)target = value;
        return json_is_object(value);
    case JSON_KIND_ARRAY:
        *(json_t **)target = value;
        return json_is_array(value) && is_within((int64_t)json_array_size(value), member);
    }
    return false;
}

enum result json_read_members(const json_t *object, const struct json_member *members, size_t count,
                              void *target)
{
    if (!json_is_object(object))
        return RESULT_MALFORMED;
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_object_get(object, members[i].name);
        if (value == NULL && members[i].optional)
            continue;
        if (value == NULL || !read_value(value, &members[i], (char *)target + members[i].offset))
            return RESULT_MALFORMED;
    }
    return RESULT_OK;
}
