#include "measure.h"

#include <string.h>

#include "paragraph.h"

// FNV-1a in 64 bits (Fowler, Noll, Vo), begun with the font; never 0.
static uint64_t hash_of(const TTF_Font *font, const char *text, size_t length)
{
    uint64_t hash = 0xCBF29CE484222325u ^ (uintptr_t)font;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)text[i]) * 0x100000001B3u;
    return hash | 1;
}

static int shaped_width(TTF_Font *font, const char *text, size_t length)
{
    char piece[PARAGRAPH_TEXT];
    int width = 0;

    memcpy(piece, text, length);
    piece[length] = '\0';
    return TTF_SizeUTF8(font, piece, &width, NULL) == 0 ? width : 0;
}

int measure_width(const struct measure *measure, const char *text, size_t length)
{
    if (length >= PARAGRAPH_TEXT)
        length = PARAGRAPH_TEXT - 1;
    if (measure->memory == NULL)
        return shaped_width(measure->font, text, length);
    uint64_t hash = hash_of(measure->font, text, length);
    size_t place = hash >> 32 & (WIDTHS_REMEMBERED - 1);
    if (measure->memory->list[place].text != hash) {
        measure->memory->list[place].width = shaped_width(measure->font, text, length);
        measure->memory->list[place].text = hash;
    }
    return measure->memory->list[place].width;
}

void width_memory_forget(struct width_memory *memory)
{
    memset(memory, 0, sizeof *memory);
}
