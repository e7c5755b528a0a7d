#include "escpos_status.h"

#include <string.h>

#define FIXED_BITS 0x93
#define REAL_TIME_PATTERN 0x12
#define AUTOMATIC_PATTERN 0x10
#define AUTOMATIC_SIZE 4
#define PROCESS_HEADER 0x37
#define PROCESS_ENDED 0x22
#define PROCESS_SIZE 7
#define BUFFERS_CLEARED 0x25
#define BUFFERS_CLEARED_SIZE 3
#define XON 0x11
#define XOFF 0x13

static bool is_paper_sensor(uint8_t byte)
{
    return (byte & 0x90) == 0; // bits 0 and 1 near end, 2 and 3 end, 5 and 6 undefined
}

// Does this byte go on with the answer that is held? Bits 4 and 7 are clear in automatic status
// after its first byte; a process block is 37 22, four bytes of 20 to 7E, 00.
static bool belongs(const struct escpos_sorter *sorter, uint8_t byte)
{
    if (sorter->held[0] != PROCESS_HEADER)
        return (byte & 0x90) == 0;
    if (sorter->size == 1)
        return byte == PROCESS_ENDED || byte == BUFFERS_CLEARED;
    if (sorter->held[1] == BUFFERS_CLEARED)
        return byte == 0;
    if (sorter->size == PROCESS_SIZE - 1)
        return byte == 0;
    return byte >= 0x20 && byte <= 0x7E;
}

static struct escpos_answer begin(struct escpos_sorter *sorter, uint8_t byte)
{
    if ((byte & FIXED_BITS) == REAL_TIME_PATTERN)
        return (struct escpos_answer){ESCPOS_ANSWER_REAL_TIME, {byte}};
    if ((byte & FIXED_BITS) == AUTOMATIC_PATTERN || byte == PROCESS_HEADER)
        sorter->held[sorter->size++] = byte;
    else if (is_paper_sensor(byte))
        return (struct escpos_answer){ESCPOS_ANSWER_PAPER, {byte}};
    return (struct escpos_answer){ESCPOS_ANSWER_NONE, {}};
}

static size_t whole_size(const struct escpos_sorter *sorter)
{
    if (sorter->held[0] != PROCESS_HEADER)
        return AUTOMATIC_SIZE;
    return sorter->held[1] == BUFFERS_CLEARED ? BUFFERS_CLEARED_SIZE : PROCESS_SIZE;
}

static enum escpos_answer_kind whole_kind(const struct escpos_sorter *sorter)
{
    if (sorter->held[0] != PROCESS_HEADER)
        return ESCPOS_ANSWER_AUTOMATIC;
    return sorter->held[1] == BUFFERS_CLEARED ? ESCPOS_ANSWER_NONE : ESCPOS_ANSWER_PROCESS;
}

struct escpos_answer escpos_sort(struct escpos_sorter *sorter, uint8_t byte)
{
    struct escpos_answer answer = {ESCPOS_ANSWER_NONE, {}};

    if (byte == XON || byte == XOFF) // of a serial line; may come anywhere
        return answer;
    if (sorter->size == 0)
        return begin(sorter, byte);
    if (!belongs(sorter, byte)) {
        sorter->size = 0;
        return begin(sorter, byte);
    }
    sorter->held[sorter->size++] = byte;
    if (sorter->size > 1 && sorter->size == whole_size(sorter)) {
        answer.kind = whole_kind(sorter);
        memcpy(answer.bytes, sorter->held, sorter->size);
        sorter->size = 0;
    }
    return answer;
}

void escpos_state_real_time(struct escpos_state *state, int question, uint8_t answer)
{
    switch (question) {
    case 1:
        state->offline = (answer & 0x08) != 0;
        break;
    case 2:
        state->cover_open = (answer & 0x04) != 0;
        state->paper_end = (answer & 0x20) != 0;
        break;
    case 3: // mechanical, knife, unrecoverable; 40 hex is a hot head, which recovers by itself
        state->cutter_error = (answer & 0x2C) != 0;
        break;
    case 4:
        state->near_end = (answer & 0x0C) != 0;
        state->paper_end = state->paper_end || (answer & 0x60) != 0;
        break;
    default: // there is no other question
        break;
    }
}

void escpos_state_automatic(struct escpos_state *state, const uint8_t answer[4])
{
    *state = (struct escpos_state){
        .offline = (answer[0] & 0x08) != 0,
        .cover_open = (answer[0] & 0x20) != 0,
        .cutter_error = (answer[1] & 0x2C) != 0,
        .near_end = (answer[2] & 0x03) != 0,
        .paper_end = (answer[2] & 0x0C) != 0,
    };
}

enum receipt_printer_condition escpos_condition(const struct escpos_state *state)
{
    if (state->cover_open)
        return RECEIPT_PRINTER_COVER_OPEN;
    if (state->cutter_error)
        return RECEIPT_PRINTER_CUTTER_JAM;
    if (state->paper_end)
        return RECEIPT_PRINTER_PAPER_OUT;
    if (state->offline)
        return RECEIPT_PRINTER_OFFLINE;
    return state->near_end ? RECEIPT_PRINTER_NEAR_END : RECEIPT_PRINTER_READY;
}
