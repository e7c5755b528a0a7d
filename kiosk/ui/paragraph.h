// paragraph.h: where a text breaks into lines. Only at ordinary spaces and line feeds, never inside
// "02 279" (after a number) and never at a no-break space or hyphen.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "measure.h"

enum fit {
    FIT_PLAIN,    // each line as full as it gets, unless the last were a lonely word
    FIT_BALANCED, // titles: as narrow as the number of lines allows
};

#define PARAGRAPH_LINES 12
#define PARAGRAPH_TEXT 400

struct paragraph {
    int count;
    struct {
        uint16_t start, length; // bytes of the text
    } lines[PARAGRAPH_LINES];
    bool whole; // every word is on a line, and no word is wider than the paragraph
};

void paragraph_break(const struct measure *measure, const char *text, int width, enum fit fit,
                     struct paragraph *out);
