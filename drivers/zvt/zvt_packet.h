// zvt_packet.h: the frames of ZVT: two bytes of command, a length, data (ZVT specification, 2.3).
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "result.h"

enum zvt_command {
    ZVT_STATUS_INFORMATION = 0x040F,
    ZVT_INTERMEDIATE_STATUS = 0x04FF,
    ZVT_STATUS_ENQUIRY = 0x0501,
    ZVT_REGISTRATION = 0x0600,
    ZVT_AUTHORISATION = 0x0601,
    ZVT_COMPLETION = 0x060F,
    ZVT_ABORT = 0x061E, // by the terminal
    ZVT_REPEAT_RECEIPT = 0x0620,
    ZVT_REVERSAL = 0x0630,
    ZVT_END_OF_DAY = 0x0650,
    ZVT_STOP = 0x06B0, // by us
    ZVT_PRINT_LINE = 0x06D1,
    ZVT_PRINT_TEXT = 0x06D3,
    ZVT_ACKNOWLEDGE = 0x8000,
};
// 84 xx: not now, xx says why.
#define ZVT_IS_REFUSAL(command) (((command)&0xFF00) == 0x8400)

// More than any status has; a longer one is refused.
#define ZVT_PACKET_MAXIMUM 2048

struct zvt_packet {
    uint16_t command;
    struct bytes data; // borrowed from what was read
};

// How long the packet is that begins with these bytes: RESULT_OK and 0 while that cannot be told
// yet, RESULT_TOO_LARGE when it is longer than ZVT_PACKET_MAXIMUM.
enum result zvt_packet_size(struct bytes begun, size_t *size);
// A whole packet and nothing behind it.
enum result zvt_packet_read(struct bytes whole, struct zvt_packet *packet);

// A packet that grows; what does not fit makes zvt_write_end return nothing.
#define ZVT_REQUEST_MAXIMUM 64
struct zvt_writer {
    uint8_t bytes[ZVT_REQUEST_MAXIMUM];
    size_t size;
};
void zvt_write_begin(struct zvt_writer *writer, enum zvt_command command);
void zvt_write_byte(struct zvt_writer *writer, uint8_t byte);
// `digits` decimal digits, two a byte; an odd number gets a 0 in front.
void zvt_write_bcd(struct zvt_writer *writer, int64_t number, int digits);
// Fills the length in. The bytes live as long as the writer.
struct bytes zvt_write_end(struct zvt_writer *writer);
