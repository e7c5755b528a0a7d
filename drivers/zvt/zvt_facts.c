#include "zvt_facts.h"

#include <stddef.h>

// How long a field is: a number of bytes, or as its first two or three bytes say (F0 to F9 each).
#define BY_TWO_DIGITS (-2)
#define BY_THREE_DIGITS (-3)
#define BY_TLV (-4)

static const struct field {
    uint8_t name;
    int length;
} fields[] = {
    {0x01, 1},
    {0x02, 1},
    {0x03, 1},
    {0x04, 6}, // amount
    {0x05, 1},
    {0x06, BY_TLV},
    {0x0B, 3}, // trace
    {0x0C, 3}, // time
    {0x0D, 2}, // date
    {0x0E, 2},
    {0x17, 2},
    {0x19, 1},
    {0x22, BY_TWO_DIGITS}, // the card's number
    {0x23, BY_TWO_DIGITS},
    {0x24, BY_THREE_DIGITS},
    {0x27, 1}, // result
    {0x29, 4},
    {0x2A, 15},
    {0x2D, BY_TWO_DIGITS},
    {0x2E, BY_THREE_DIGITS},
    {0x37, 3},
    {0x3A, 2},
    {0x3B, 8},
    {0x3C, BY_THREE_DIGITS},
    {0x3D, 3},
    {0x49, 2}, // currency
    {0x60, BY_THREE_DIGITS},
    {0x87, 2}, // receipt
    {0x88, 3},
    {0x8A, 1},
    {0x8B, BY_TWO_DIGITS},
    {0x8C, 1},
    {0x92, BY_THREE_DIGITS},
    {0x9A, BY_THREE_DIGITS},
    {0xA0, 1},
    {0xA7, BY_TWO_DIGITS},
    {0xAA, 3},
    {0xAF, BY_THREE_DIGITS},
    {0xBA, 5},
    {0xF0, BY_TWO_DIGITS},
};

static enum result read_digits_length(struct bytes_reader *reader, int digits, size_t *length)
{
    uint8_t byte = 0;

    *length = 0;
    for (int i = 0; i < digits; i++) {
        TRY(bytes_read_u8(reader, &byte));
        if (byte < 0xF0 || byte > 0xF9)
            return RESULT_MALFORMED;
        *length = *length * 10 + (byte & 0x0F);
    }
    return RESULT_OK;
}

static enum result read_tlv_length(struct bytes_reader *reader, size_t *length)
{
    uint8_t first = 0, byte = 0;

    TRY(bytes_read_u8(reader, &first));
    *length = first;
    if (first < 0x80)
        return RESULT_OK;
    if (first != 0x81 && first != 0x82)
        return RESULT_MALFORMED;
    *length = 0;
    for (int i = 0; i < (first & 0x0F); i++) {
        TRY(bytes_read_u8(reader, &byte));
        *length = *length << 8 | byte;
    }
    return RESULT_OK;
}

static enum result read_length(struct bytes_reader *reader, uint8_t name, size_t *length)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].name != name)
            continue;
        if (fields[i].length == BY_TLV)
            return read_tlv_length(reader, length);
        if (fields[i].length < 0)
            return read_digits_length(reader, -fields[i].length, length);
        *length = (size_t)fields[i].length;
        return RESULT_OK;
    }
    return RESULT_MALFORMED;
}

static enum result read_bcd(struct bytes value, int64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < value.size; i++) {
        uint8_t high = value.data[i] >> 4, low = value.data[i] & 0x0F;
        if (high > 9 || low > 9)
            return RESULT_MALFORMED;
        *number = *number * 100 + high * 10 + low;
    }
    return RESULT_OK;
}

static enum result keep(struct zvt_facts *facts, uint8_t name, struct bytes value)
{
    int64_t number = 0;

    if (name == 0x27) {
        facts->result = value.data[0];
        return RESULT_OK;
    }
    if (name != 0x04 && name != 0x0C && name != 0x49 && name != 0x87)
        return RESULT_OK;
    TRY(read_bcd(value, &number));
    if (name == 0x04)
        facts->cents = number;
    else if (name == 0x0C)
        facts->time = (int)number;
    else if (name == 0x49)
        facts->currency = (int)number;
    else
        facts->receipt = (int)number;
    return RESULT_OK;
}

enum result zvt_facts_read(struct bytes data, struct zvt_facts *facts)
{
    struct bytes_reader reader = {data};
    struct bytes value;
    uint8_t name = 0;
    size_t length = 0;

    *facts =
        (struct zvt_facts){.cents = -1, .result = -1, .receipt = -1, .currency = -1, .time = -1};
    while (reader.rest.size > 0) {
        TRY(bytes_read_u8(&reader, &name));
        TRY(read_length(&reader, name, &length));
        TRY(bytes_read(&reader, length, &value));
        TRY(keep(facts, name, value));
    }
    return RESULT_OK;
}

enum payment_prompt zvt_prompt(struct bytes data)
{
    switch (data.size == 0 ? 0xFF : data.data[0]) {
    case 0x00:
        return PAYMENT_PROMPT_CONFIRM_AMOUNT;
    case 0x01:
    case 0x02:
        return PAYMENT_PROMPT_ENTER_PIN;
    case 0x0A:
    case 0x4A:
        return PAYMENT_PROMPT_INSERT_CARD;
    case 0x0B:
    case 0x4B:
        return PAYMENT_PROMPT_TAKE_CARD;
    case 0x0C:
    case 0x4C:
        return PAYMENT_PROMPT_CARD_NOT_READABLE;
    case 0x07:
    case 0x08:
    case 0x09:
    case 0x10:
    case 0x13:
        return PAYMENT_PROMPT_CARD_NOT_TAKEN;
    case 0x15:
    case 0x55:
        return PAYMENT_PROMPT_PIN_WRONG;
    default: // a number from the wire: whatever it is, the resident waits
        return PAYMENT_PROMPT_WAIT;
    }
}
