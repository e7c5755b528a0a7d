#include "markers.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "str.h"

#define WORD_LEAST 6

static enum result add(struct markers *markers, const char *name, const char *form,
                       const uint8_t *bytes, size_t size, bool any_case)
{
    if (markers->count == MARKERS_MAXIMUM || size > MARKER_PATTERN_SIZE)
        return RESULT_TOO_LARGE;
    struct marker *marker = &markers->list[markers->count++];
    *marker = (struct marker){.any_case = any_case, .size = size};
    for (size_t i = 0; i < size; i++)
        marker->pattern[i] = any_case ? (uint8_t)tolower(bytes[i]) : bytes[i];
    TRY(str_copy(marker->name, sizeof marker->name, name));
    return str_copy(marker->form, sizeof marker->form, form);
}

// Each character as `width` bytes, the low one first or last.
static enum result add_wide(struct markers *markers, const char *name, const char *word,
                            size_t width, bool low_first)
{
    uint8_t bytes[MARKER_PATTERN_SIZE] = {};
    char form[MARKER_FORM_SIZE];
    size_t count = strlen(word);

    if (count * width > sizeof bytes)
        return RESULT_TOO_LARGE;
    for (size_t i = 0; i < count; i++)
        bytes[i * width + (low_first ? 0 : width - 1)] = (uint8_t)word[i];
    TRY(str_format(form, sizeof form, "UTF-%zu%s", width * 8, low_first ? "LE" : "BE"));
    return add(markers, name, form, bytes, count * width, true);
}

static enum result add_characters(struct markers *markers, const char *name, const char *word)
{
    TRY(add(markers, name, "UTF-8", (const uint8_t *)word, strlen(word), true));
    for (size_t width = 2; width <= 4; width *= 2) {
        TRY(add_wide(markers, name, word, width, true));
        TRY(add_wide(markers, name, word, width, false));
    }
    return RESULT_OK;
}

// Base64 of the word wherever it stands in what is encoded: the whole groups of three that it has
// when it begins at the first, second or third byte of one.
static enum result add_base64(struct markers *markers, const char *name, const char *word,
                              size_t skip)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t text[MARKER_PATTERN_SIZE];
    size_t size = 0;

    for (const char *at = word + skip; strlen(at) >= 3; at += 3) {
        unsigned group = (unsigned)(uint8_t)at[0] << 16 | (unsigned)(uint8_t)at[1] << 8 |
                         (unsigned)(uint8_t)at[2];
        if (size + 4 > sizeof text)
            return RESULT_TOO_LARGE;
        for (int shift = 18; shift >= 0; shift -= 6)
            text[size++] = (uint8_t)alphabet[group >> shift & 63];
    }
    return add(markers, name, "base64", text, size, false);
}

// Two digits a byte, as VERIFY has them (Belpic applet reference, PIN block), and a digit a byte.
static enum result add_numbers(struct markers *markers, const char *name, const char *digits)
{
    uint8_t packed[MARKER_PATTERN_SIZE], loose[MARKER_PATTERN_SIZE];
    size_t count = strlen(digits) / 2 * 2; // a last odd one is left out

    if (count > sizeof loose)
        return RESULT_TOO_LARGE;
    for (size_t i = 0; i < count; i++) {
        if (!isdigit((unsigned char)digits[i]))
            return RESULT_MALFORMED;
        loose[i] = (uint8_t)(digits[i] - '0');
        packed[i / 2] = (uint8_t)(i % 2 == 0 ? loose[i] << 4 : packed[i / 2] | loose[i]);
    }
    TRY(add(markers, name, "packed", packed, count / 2, false));
    return add(markers, name, "numbers", loose, count, false);
}

static enum result add_bytes(struct markers *markers, const char *name, const char *hex)
{
    uint8_t bytes[MARKER_PATTERN_SIZE];
    size_t count = strlen(hex) / 2;
    unsigned byte = 0;

    if (strlen(hex) % 2 != 0 || count < WORD_LEAST || count > sizeof bytes)
        return RESULT_MALFORMED;
    for (size_t i = 0; i < count; i++) {
        if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
            return RESULT_MALFORMED;
        bytes[i] = (uint8_t)byte;
    }
    return add(markers, name, "bytes", bytes, count, false);
}

enum result markers_add(struct markers *markers, const char *line)
{
    char name[MARKER_NAME_SIZE], kind[16], word[2 * MARKER_PATTERN_SIZE];

    if (sscanf(line, "%31s %15s %1023s", name, kind, word) != 3 || strlen(word) < WORD_LEAST)
        return RESULT_MALFORMED;
    if (str_equal(kind, "bytes"))
        return add_bytes(markers, name, word);
    if (!str_equal(kind, "text") && !str_equal(kind, "digits"))
        return RESULT_MALFORMED;
    TRY(add_characters(markers, name, word));
    for (size_t skip = 0; skip < 3; skip++)
        TRY(add_base64(markers, name, word, skip));
    return str_equal(kind, "digits") ? add_numbers(markers, name, word) : RESULT_OK;
}
