#include "eid_tlv.h"

#define PADDING 0x00 // also the tag of the file's version, at the start only

static bool at_padding(const struct eid_field_reader *reader)
{
    struct bytes rest = reader->rest.rest;

    if (rest.size == 0)
        return true;
    return rest.data[0] == PADDING && (!reader->start || rest.size < 2 || rest.data[1] == PADDING);
}

static enum result read_length(struct bytes_reader *reader, size_t *length)
{
    uint8_t part;

    *length = 0;
    do {
        TRY(bytes_read_u8(reader, &part));
        *length += part;
    } while (part == 0xFF);
    return RESULT_OK;
}

enum result eid_field_next(struct eid_field_reader *reader, struct eid_field *out)
{
    struct bytes_reader ahead = reader->rest;
    size_t length = 0;

    *out = (struct eid_field){};
    if (at_padding(reader))
        return RESULT_NOT_FOUND;
    TRY(bytes_read_u8(&ahead, &out->tag));
    TRY(read_length(&ahead, &length));
    TRY(bytes_read(&ahead, length, &out->value));
    *reader = (struct eid_field_reader){.rest = ahead, .start = false};
    return RESULT_OK;
}

enum result eid_field_find(struct bytes file, uint8_t tag, struct bytes *value)
{
    struct eid_field_reader reader = eid_fields(file);
    struct eid_field field;

    *value = (struct bytes){};
    do {
        TRY(eid_field_next(&reader, &field));
    } while (field.tag != tag);
    *value = field.value;
    return RESULT_OK;
}

enum result eid_fields_end(struct bytes file, size_t *end)
{
    struct eid_field_reader reader = eid_fields(file);
    struct eid_field field;
    enum result result;

    do {
        result = eid_field_next(&reader, &field);
    } while (result == RESULT_OK);
    *end = file.size - reader.rest.rest.size;
    return result == RESULT_NOT_FOUND ? RESULT_OK : result;
}
