#include "portrait.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 140
#define HEIGHT 200
#define COLUMNS ((WIDTH + 7) / 8)
#define ROWS ((HEIGHT + 7) / 8)

struct bits {
    uint8_t *out;
    size_t size;
    uint32_t waiting;
    int count;
};

static void put_byte(struct bits *bits, uint8_t byte)
{
    bits->out[bits->size++] = byte;
    if (byte == 0xFF)
        bits->out[bits->size++] = 0; // T.81, B.1.1.5: no marker inside the scan
}

static void put_bits(struct bits *bits, uint32_t value, int count)
{
    bits->waiting = bits->waiting << count | value;
    bits->count += count;
    for (; bits->count >= 8; bits->count -= 8)
        put_byte(bits, (uint8_t)(bits->waiting >> (bits->count - 8)));
}

// The head: start, one quantisation table of ones but 8 for the mean, frame, two Huffman tables.
// Differences of means use twelve codes of four bits; the only other code ends a block.
static size_t put_head(uint8_t *out)
{
    static const uint8_t start[] = {0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x43, 0x00, 8};
    static const uint8_t frame[] = {0xFF, 0xC0, 0x00, 0x0B, 8, 0, HEIGHT, 0, WIDTH, 1, 1, 0x11, 0};
    static const uint8_t means[] = {0xFF, 0xC4, 0x00, 0x1F, 0x00, 0, 0, 0, 12, 0,  0,
                                    0,    0,    0,    0,    0,    0, 0, 0, 0,  0,  0,
                                    1,    2,    3,    4,    5,    6, 7, 8, 9,  10, 11};
    static const uint8_t rest[] = {0xFF, 0xC4, 0x00, 0x14, 0x10, 1, 0, 0, 0, 0, 0,
                                   0,    0,    0,    0,    0,    0, 0, 0, 0, 0, 0x00};
    static const uint8_t scan[] = {0xFF, 0xDA, 0x00, 0x08, 1, 1, 0x00, 0, 63, 0};
    size_t size = 0;

    memcpy(out, start, sizeof start);
    size += sizeof start;
    memset(out + size, 1, 63);
    size += 63;
    memcpy(out + size, frame, sizeof frame);
    size += sizeof frame;
    memcpy(out + size, means, sizeof means);
    size += sizeof means;
    memcpy(out + size, rest, sizeof rest);
    size += sizeof rest;
    memcpy(out + size, scan, sizeof scan);
    return size + sizeof scan;
}

// Brightness of a block, -8 to 7 steps around the middle grey.
static int shade(int column, int row, uint8_t seed)
{
    int across = 2 * column - (COLUMNS - 1), down = row - 9;
    bool head = across * across + 2 * down * down < 90 + seed % 24;
    bool shoulders = row > 17 && across * across < 20 * (row - 16);
    int ground = 4 + (row + seed) % 2;

    return head ? 1 + (seed >> 5) % 3 : shoulders ? -4 - seed % 3 : ground;
}

// T.81, F.1.2.1: the number of bits, then the bits; negative numbers one lower.
static void put_difference(struct bits *bits, int difference)
{
    int size = 0;

    for (int left = abs(difference); left > 0; left /= 2)
        size++;
    put_bits(bits, (uint32_t)size, 4);
    if (size > 0)
        put_bits(bits, (uint32_t)(difference < 0 ? difference + (1 << size) - 1 : difference),
                 size);
    put_bits(bits, 0, 1); // end of block
}

size_t portrait_make(uint8_t seed, uint8_t out[PORTRAIT_MAXIMUM])
{
    struct bits bits = {.out = out, .size = put_head(out)};
    int before = 0;

    for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            int mean = 14 * shade(column, row, seed);
            put_difference(&bits, mean - before);
            before = mean;
        }
    }
    put_bits(&bits, 0x7F, 7); // the last byte filled with ones
    out[bits.size++] = 0xFF;
    out[bits.size++] = 0xD9;
    return bits.size;
}
