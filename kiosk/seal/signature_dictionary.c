#include "signature_dictionary.h"

#include "pdf_bytes.h"

#include <string.h>

struct reading {
    struct bytes file;
    size_t at;
    struct signature_dictionary *out;
};

// A value is read from where the reading stands, space skipped.
static enum seal_reason read_name(struct reading *reading, struct bytes *out)
{
    if (!pdf_stands_at(reading->file, reading->at, "/"))
        return SEAL_REASON_DICTIONARY;
    size_t begin = reading->at + 1;
    reading->at = pdf_skip_regular(reading->file, begin);
    *out = (struct bytes){reading->file.data + begin, reading->at - begin};
    return SEAL_REASON_NONE;
}

static enum seal_reason read_string(struct reading *reading, struct bytes *out)
{
    if (!pdf_stands_at(reading->file, reading->at, "("))
        return SEAL_REASON_DICTIONARY;
    size_t end = pdf_end_of_string(reading->file, reading->at);
    if (end == PDF_NOWHERE)
        return SEAL_REASON_DICTIONARY;
    *out = (struct bytes){reading->file.data + reading->at + 1, end - reading->at - 2};
    reading->at = end;
    return SEAL_REASON_NONE;
}

static enum seal_reason read_type(struct reading *reading)
{
    return read_name(reading, &reading->out->type);
}

static enum seal_reason read_filter(struct reading *reading)
{
    return read_name(reading, &reading->out->filter);
}

static enum seal_reason read_subfilter(struct reading *reading)
{
    return read_name(reading, &reading->out->subfilter);
}

static enum seal_reason read_signing_time(struct reading *reading)
{
    return read_string(reading, &reading->out->signing_time);
}

static enum seal_reason read_text(struct reading *reading)
{
    struct bytes ignored;

    return read_string(reading, &ignored);
}

static enum seal_reason read_byte_range(struct reading *reading)
{
    if (!pdf_stands_at(reading->file, reading->at, "["))
        return SEAL_REASON_BYTE_RANGE_FORM;
    reading->at++;
    for (size_t i = 0; i < 4; i++)
        if (!pdf_read_number(reading->file, &reading->at, &reading->out->byte_range[i]))
            return SEAL_REASON_BYTE_RANGE_FORM;
    reading->at = pdf_skip_space(reading->file, reading->at);
    if (!pdf_stands_at(reading->file, reading->at, "]"))
        return SEAL_REASON_BYTE_RANGE_FORM;
    reading->at++;
    return SEAL_REASON_NONE;
}

static enum seal_reason read_contents(struct reading *reading)
{
    size_t end = pdf_find(reading->file, reading->at, ">");

    if (!pdf_stands_at(reading->file, reading->at, "<") || end == PDF_NOWHERE)
        return SEAL_REASON_CONTENTS_FORM;
    reading->out->contents_begin = reading->at;
    reading->out->contents_end = end + 1;
    reading->at = end + 1;
    return SEAL_REASON_NONE;
}

static const struct key {
    const char *name;
    enum seal_reason (*read_value)(struct reading *reading);
} keys[] = {
    {"Type", read_type},           {"Filter", read_filter},
    {"SubFilter", read_subfilter}, {"ByteRange", read_byte_range},
    {"Contents", read_contents},   {"M", read_signing_time},
    {"Name", read_text},           {"Reason", read_text},
    {"Location", read_text},       {"ContactInfo", read_text},
};
#define KEY_COUNT (sizeof keys / sizeof keys[0])

static size_t key_named(struct bytes name)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (name.size == strlen(keys[i].name) && memcmp(name.data, keys[i].name, name.size) == 0)
            return i;
    return KEY_COUNT;
}

// "<<" has been read; ends behind ">>". A key may stand there once.
static enum seal_reason read_pairs(struct reading *reading)
{
    bool seen[KEY_COUNT] = {};

    for (;;) {
        struct bytes name;
        reading->at = pdf_skip_space(reading->file, reading->at);
        if (pdf_stands_at(reading->file, reading->at, ">>"))
            break;
        if (read_name(reading, &name) != SEAL_REASON_NONE)
            return SEAL_REASON_DICTIONARY;
        size_t key = key_named(name);
        if (key == KEY_COUNT || seen[key])
            return SEAL_REASON_DICTIONARY;
        seen[key] = true;
        reading->at = pdf_skip_space(reading->file, reading->at);
        enum seal_reason reason = keys[key].read_value(reading);
        if (reason != SEAL_REASON_NONE)
            return reason;
    }
    reading->at += 2;
    return SEAL_REASON_NONE;
}

// Offset of the last " obj" before `before`, or PDF_NOWHERE; "endobj" has no space before "obj".
static size_t last_object_word(struct bytes file, size_t before)
{
    for (size_t at = before; at-- > 0;)
        if (pdf_stands_at(file, at, " obj"))
            return at;
    return PDF_NOWHERE;
}

// Walks back over "N 0" in front of the word "obj".
static bool find_object_begin(struct bytes file, size_t word_at, struct signature_dictionary *out)
{
    if (word_at < 3 || file.data[word_at - 1] != '0' || file.data[word_at - 2] != ' ')
        return false;
    size_t begin = word_at - 2;
    while (begin > 0 && file.data[begin - 1] >= '0' && file.data[begin - 1] <= '9')
        begin--;
    out->object_at = begin;
    return begin > 0 && pdf_is_space(file.data[begin - 1]) &&
           pdf_read_number(file, &begin, &out->object_number);
}

enum seal_reason signature_dictionary_read(struct bytes file, size_t byte_range_at,
                                           struct signature_dictionary *out)
{
    *out = (struct signature_dictionary){};
    size_t word_at = last_object_word(file, byte_range_at);
    if (word_at == PDF_NOWHERE || !find_object_begin(file, word_at, out))
        return SEAL_REASON_DICTIONARY;

    struct reading reading = {.file = file, .at = word_at + strlen(" obj"), .out = out};
    reading.at = pdf_skip_space(file, reading.at);
    if (!pdf_stands_at(file, reading.at, "<<"))
        return SEAL_REASON_DICTIONARY;
    reading.at += 2;
    enum seal_reason reason = read_pairs(&reading);
    if (reason != SEAL_REASON_NONE)
        return reason;
    bool closed = pdf_read_word(file, &reading.at, "endobj");
    // /ByteRange and /Contents stand in this very dictionary, not in another one before or behind.
    bool whole = closed && out->contents_end != 0 && byte_range_at < reading.at;
    return whole ? SEAL_REASON_NONE : SEAL_REASON_DICTIONARY;
}
