#include "escpos_code_page.h"

#include <string.h>

// 80 to 9F; 0 where the page has no character.
static const uint16_t upper_controls[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

bool escpos_code_page_byte(uint32_t character, uint8_t *byte)
{
    if ((character >= 0x20 && character < 0x7F) || (character >= 0xA0 && character <= 0xFF)) {
        *byte = (uint8_t)character;
        return true;
    }
    if (character == 0x2007 || character == 0x202F) {
        *byte = 0xA0;
        return true;
    }
    if (character == 0x2011) {
        *byte = '-';
        return true;
    }
    for (size_t i = 0; character != 0 && i < sizeof upper_controls / sizeof *upper_controls; i++) {
        if (upper_controls[i] == character) {
            *byte = (uint8_t)(0x80 + i);
            return true;
        }
    }
    return false;
}

// How many bytes a character that begins so has; 0 for a byte that begins none.
static size_t utf8_length(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

// Takes one character off the front; a byte that fits nowhere is taken alone, as U+FFFD.
static uint32_t next_character(const char **at)
{
    static const uint8_t first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const uint8_t *byte = (const uint8_t *)*at;
    size_t length = utf8_length(byte[0]);
    uint32_t character = byte[0] & first_bits[length];

    for (size_t i = 1; i < length; i++) {
        if ((byte[i] & 0xC0) != 0x80) // also the NUL at the end
            length = 0;
        else
            character = character << 6 | (byte[i] & 0x3Fu);
    }
    *at += length == 0 ? 1 : length;
    return length == 0 ? 0xFFFD : character;
}

size_t escpos_text_encode(const char *utf8, struct escpos_text *text)
{
    size_t replaced = 0;

    text->size = 0;
    while (*utf8 != '\0' && text->size < sizeof text->bytes) {
        uint8_t byte = ESCPOS_REPLACEMENT;
        if (!escpos_code_page_byte(next_character(&utf8), &byte))
            replaced++;
        text->bytes[text->size++] = byte;
    }
    return replaced;
}

static uint8_t capital(uint8_t byte)
{
    switch (byte) {
    case 0x9A: // s with caron
    case 0x9C: // oe
    case 0x9E: // z with caron
        return (uint8_t)(byte - 0x10);
    case 0xFF: // y with diaeresis
        return 0x9F;
    case 0xF7: // the division sign is no letter
        return byte;
    default:
        return (byte >= 'a' && byte <= 'z') || byte >= 0xE0 ? (uint8_t)(byte - 0x20) : byte;
    }
}

void escpos_text_capitals(struct escpos_text *text)
{
    for (size_t i = 0; i < text->size; i++)
        text->bytes[i] = capital(text->bytes[i]);
}
