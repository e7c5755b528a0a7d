#include "zvt_packet.h"

#define LONG_LENGTH 0xFF

enum result zvt_packet_size(struct bytes begun, size_t *size)
{
    size_t head = 3, length;

    *size = 0;
    if (begun.size < head)
        return RESULT_OK;
    length = begun.data[2];
    if (length == LONG_LENGTH) {
        head = 5;
        if (begun.size < head)
            return RESULT_OK;
        length = begun.data[3] | (size_t)begun.data[4] << 8;
    }
    if (head + length > ZVT_PACKET_MAXIMUM)
        return RESULT_TOO_LARGE;
    *size = head + length;
    return RESULT_OK;
}

enum result zvt_packet_read(struct bytes whole, struct zvt_packet *packet)
{
    size_t size = 0;

    *packet = (struct zvt_packet){};
    TRY(zvt_packet_size(whole, &size));
    if (size == 0 || size != whole.size)
        return RESULT_MALFORMED;
    size_t head = whole.data[2] == LONG_LENGTH ? 5 : 3;
    packet->command = (uint16_t)(whole.data[0] << 8 | whole.data[1]);
    return bytes_slice(whole, head, size - head, &packet->data);
}

void zvt_write_begin(struct zvt_writer *writer, enum zvt_command command)
{
    *writer = (struct zvt_writer){.size = 3};
    writer->bytes[0] = (uint8_t)(command >> 8);
    writer->bytes[1] = (uint8_t)command;
}

void zvt_write_byte(struct zvt_writer *writer, uint8_t byte)
{
    if (writer->size < ZVT_REQUEST_MAXIMUM)
        writer->bytes[writer->size] = byte;
    writer->size++;
}

void zvt_write_bcd(struct zvt_writer *writer, int64_t number, int digits)
{
    int64_t place = 1;

    for (int i = 2; i < digits; i += 2)
        place *= 100;
    for (; place > 0; place /= 100) {
        int64_t two = number / place % 100;
        zvt_write_byte(writer, (uint8_t)(two / 10 << 4 | two % 10));
    }
}

struct bytes zvt_write_end(struct zvt_writer *writer)
{
    if (writer->size > ZVT_REQUEST_MAXIMUM)
        return (struct bytes){};
    writer->bytes[2] = (uint8_t)(writer->size - 3);
    return (struct bytes){writer->bytes, writer->size};
}
