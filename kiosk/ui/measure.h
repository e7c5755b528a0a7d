// measure.h: how wide a text is in a font. Shaping a text costs more than drawing a widget, and a
// screen asks for the same widths again with every touch: those of the screen that is shown are
// remembered, by a hash, never by the text.
#pragma once
#include <SDL2/SDL_ttf.h>
#include <stddef.h>
#include <stdint.h>

#define WIDTHS_REMEMBERED 1024

struct width_memory {
    struct {
        uint64_t text; // hash of font and text; 0: free
        int width;
    } list[WIDTHS_REMEMBERED];
};

struct measure {
    TTF_Font *font;
    struct width_memory *memory; // NULL: nothing is remembered
};

// Pixels; 0 for a text that cannot be measured. Texts longer than PARAGRAPH_TEXT are cut.
int measure_width(const struct measure *measure, const char *text, size_t length);
void width_memory_forget(struct width_memory *memory);
