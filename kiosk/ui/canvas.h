// canvas.h: what widgets draw with: rounded fills, pictures and text in the theme's colours, on a
// 32-bit surface and inside one rectangle. It can also record where ink of glyphs falls.
#pragma once
#include <SDL2/SDL_surface.h>
#include <stdbool.h>

#include "paragraph.h"
#include "picture.h"
#include "theme.h"
#include "typeface.h"

struct stencils; // corner masks and rasterised pictures, kept between drawings

enum result stencils_create(struct stencils **out);
void stencils_destroy(struct stencils *stencils);
DEFINE_OWNED(stencils)

// One line of text as it was drawn.
struct ink {
    SDL_Rect box; // of the glyphs' pixels
    enum colour colour, ground;
    bool whole; // nothing of the text was left out
};
#define INK_MAXIMUM 24
struct ink_record {
    struct ink list[INK_MAXIMUM];
    int count;
};

struct canvas {
    SDL_Surface *surface; // NULL: nothing is painted, ink is recorded only
    SDL_Rect clip;
    double scale;
    const struct theme *theme;
    struct typefaces *typefaces;
    struct stencils *stencils;
    struct ink_record *record; // may be NULL
};

// Pixels of so many units, rounded; at least 2 for anything that is not nothing.
int canvas_px(const struct canvas *canvas, int units);

void canvas_fill(struct canvas *canvas, SDL_Rect box, enum colour colour);
void canvas_rounded(struct canvas *canvas, SDL_Rect box, int radius, enum colour colour);

// The left part of a rounded fill.
void canvas_left_part(struct canvas *canvas, SDL_Rect box, int width, int radius,
                      enum colour colour);

// Two rounded fills: an outline `line` thick, `edge` at the bottom, and the face inside.
struct outline_box {
    SDL_Rect box;
    int radius, line, edge; // pixels
    enum colour outline, face;
};
void canvas_outlined(struct canvas *canvas, const struct outline_box *outlined);

// Dashes on the straight parts of a rounded outline, 12 on and 8 off units; corners stay open.
void canvas_dashed(struct canvas *canvas, SDL_Rect box, int radius, int line, enum colour colour);

// A circle's outline in dashes (a try that is used, a step ahead).
void canvas_dashed_circle(struct canvas *canvas, SDL_Rect box, int line, enum colour colour);

// A sector of a ring clockwise from the top: `part` of `whole` in `band`, the rest in `track`.
struct ring {
    SDL_Rect box;
    int band_width;
    int part, whole;
    enum colour face, band, track;
};
void canvas_ring(struct canvas *canvas, const struct ring *ring);

// Which colour each ink of a picture takes.
struct picture_look {
    enum colour ink, fill;
};
void canvas_icon(struct canvas *canvas, enum picture icon, int x, int y, int size,
                 struct picture_look look);
// A scene, or the crest, in the theme's scene colours but for these.
struct scene_look {
    enum colour accent, tint, sill, sheet;
};
void canvas_scene(struct canvas *canvas, enum picture scene, int x, int y, int width,
                  struct scene_look look);

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };
struct text_look {
    enum style style;
    enum fit fit;
    enum align align;
    enum colour colour, ground;
};

// Pixels that the text is high when broken into this width.
int canvas_text_height(struct canvas *canvas, const char *text, int width,
                       const struct text_look *look);
// Pixels of the text on one line.
int canvas_text_width(struct canvas *canvas, const char *text, enum style style);
// From the top of the box down; returns the height used.
int canvas_text(struct canvas *canvas, const char *text, SDL_Rect box,
                const struct text_look *look);
// The same, in the middle of the box's height.
void canvas_text_middle(struct canvas *canvas, const char *text, SDL_Rect box,
                        const struct text_look *look);

// A grey page scaled to the box (area average, so that small print stays legible).
struct grey_page {
    const uint8_t *grey;
    int width, height;
};
void canvas_page(struct canvas *canvas, const struct grey_page *page, SDL_Rect box);
