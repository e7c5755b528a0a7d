// zvt_line.h: one TCP connection to one terminal, packet by packet. Private to the room.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "zvt_packet.h"

struct zvt_line {
    char host[64], port[8];
    int socket; // -1: none
    uint8_t memory[ZVT_PACKET_MAXIMUM];
    size_t filled, taken; // bytes that came; bytes of the packet that was given out last
};

// A new connection, the old one closed, within 2 s.
enum result zvt_line_open(struct zvt_line *line);
void zvt_line_close(struct zvt_line *line);
bool zvt_line_is_open(const struct zvt_line *line);

// RESULT_UNREACHABLE: the line is broken, and closed by now; how much was sent nobody can tell.
enum result zvt_line_send(struct zvt_line *line, struct bytes packet);

// The next packet, borrowed until the next call; without an acknowledgement of ours. `deadline` in
// monotonic milliseconds. RESULT_TIMED_OUT: the line is still good. RESULT_UNREACHABLE,
// RESULT_MALFORMED, RESULT_TOO_LARGE: it is closed.
enum result zvt_line_receive(struct zvt_line *line, uint64_t deadline, struct zvt_packet *packet);
