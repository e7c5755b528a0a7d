// picture.h: icons, scenes and the crest: const path tables made from the SVG files while building,
// and a rasteriser for their subset (absolute M L C Z, round strokes).
#pragma once
#include <SDL2/SDL_surface.h>
#include <stdint.h>

#include "pictures.h"
#include "result.h"

// The five literal colours of the files; a palette says what each becomes.
enum picture_colour {
    PICTURE_NONE,
    PICTURE_INK,
    PICTURE_SHEET,
    PICTURE_ACCENT,
    PICTURE_TINT,
    PICTURE_MARKER,
};
#define PICTURE_COLOUR_COUNT 6

struct picture_palette {
    uint32_t colours[PICTURE_COLOUR_COUNT]; // 0xRRGGBB; [PICTURE_NONE] is not used
    uint32_t sill;                          // colour of a scene's last shape
    uint32_t has_sill;                      // 0: the last shape is like the others
};

// ---- the tables (svg-to-c)
#define PICTURE_UNITS 32 // coordinates in the stream are 1/32 of a grid unit

enum picture_step { PICTURE_MOVE, PICTURE_LINE, PICTURE_CURVE, PICTURE_CLOSE };
struct picture_shape {
    uint8_t fill, stroke;
    uint16_t stroke_width;
    int32_t first, count; // in picture_stream
};
struct picture_entry {
    const char *name;
    int16_t width, height; // of the grid
    int16_t first, count;  // in picture_shapes
};
extern const int16_t picture_stream[];
extern const struct picture_shape picture_shapes[];
extern const struct picture_entry picture_entries[];

// ---- drawing
// A new ARGB8888 surface of `width` pixels and the height that keeps the picture's shape; the
// caller frees it with SDL_FreeSurface. RESULT_NO_MEMORY.
enum result picture_rasterise(enum picture picture, int width,
                              const struct picture_palette *palette, SDL_Surface **out);

// Pixels that the picture is high at this width.
int picture_height(enum picture picture, int width);

// Icon by the name that a catalogue uses ("household"); ICON_DOCUMENT for an unknown one.
enum picture picture_icon(const char *name);
