#include "picture.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define CURVE_STEPS                                                                                \
    36 // straight pieces of a curve, so that an arch of 300 pixels is 0.1 off at most
#define SMALL_STEPS 9 // the same for an icon
#define SMALL 200     // pixels wide
#define ROWS 8        // sample rows in a pixel; across, coverage is exact

// A flattened outline: points, with a flag where a new part begins.
struct outline {
    float *x, *y;
    bool *begins;
    int count;
    int steps; // of a curve
};

static void outline_free(struct outline *outline)
{
    free(outline->x);
    free(outline->y);
    free(outline->begins);
}

static bool outline_create(struct outline *outline, int numbers, int steps)
{
    // A curve takes seven numbers, any other step at least one and one point.
    size_t most = (size_t)numbers * (size_t)(steps / 7 + 1) + 2;

    outline->steps = steps;

    outline->count = 0;
    outline->x = calloc(most, sizeof *outline->x);
    outline->y = calloc(most, sizeof *outline->y);
    outline->begins = calloc(most, sizeof *outline->begins);
    return outline->x != NULL && outline->y != NULL && outline->begins != NULL;
}

static void outline_add(struct outline *outline, float x, float y, bool begins)
{
    outline->x[outline->count] = x;
    outline->y[outline->count] = y;
    outline->begins[outline->count++] = begins;
}

static void outline_curve(struct outline *outline, const float p[6])
{
    float x0 = outline->x[outline->count - 1], y0 = outline->y[outline->count - 1];

    for (int i = 1; i <= outline->steps; i++) {
        float t = (float)i / (float)outline->steps, s = 1 - t;
        float a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;

        outline_add(outline, a * x0 + b * p[0] + c * p[2] + d * p[4],
                    a * y0 + b * p[1] + c * p[3] + d * p[5], false);
    }
}

static void outline_fill(struct outline *outline, const struct picture_shape *shape, float scale)
{
    const int16_t *at = picture_stream + shape->first, *end = at + shape->count;
    int start = 0;

    while (at < end) {
        enum picture_step step = (enum picture_step) * at++;
        float p[6];
        int operands = step == PICTURE_CURVE ? 6 : step == PICTURE_CLOSE ? 0 : 2;

        for (int i = 0; i < operands; i++)
            p[i] = (float)*at++ * scale / PICTURE_UNITS;
        if (step == PICTURE_MOVE)
            start = outline->count;
        if (step == PICTURE_CURVE)
            outline_curve(outline, p);
        else if (step == PICTURE_CLOSE)
            outline_add(outline, outline->x[start], outline->y[start], false);
        else
            outline_add(outline, p[0], p[1], step == PICTURE_MOVE);
    }
}

// How much of each pixel of one row is covered, 0 to 1: a picture is made row by row, shape after
// shape, since a plane of its own costs more in pages touched for the first time than in
// arithmetic.
struct coverage {
    float *row;
    int width, height;
    SDL_Rect bounds; // of the shape that is drawn
};

static float smaller(float a, float b)
{
    return a < b ? a : b;
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

// The pixels that the outline, drawn with a stroke of this radius, can reach.
static void start_shape(struct coverage *coverage, const struct outline *outline, float radius)
{
    const SDL_Rect whole = {0, 0, coverage->width, coverage->height};
    float left = outline->x[0], right = left, top = outline->y[0], bottom = top;
    SDL_Rect reach;

    for (int i = 1; i < outline->count; i++) {
        left = smaller(left, outline->x[i]);
        right = larger(right, outline->x[i]);
        top = smaller(top, outline->y[i]);
        bottom = larger(bottom, outline->y[i]);
    }
    reach.x = (int)floorf(left - radius) - 1;
    reach.y = (int)floorf(top - radius) - 1;
    reach.w = (int)ceilf(right + radius) + 1 - reach.x;
    reach.h = (int)ceilf(bottom + radius) + 1 - reach.y;
    (void)SDL_IntersectRect(&reach, &whole, &coverage->bounds);
}

struct crossing {
    float x;
    int winding;
};

#define CROSSINGS_MAXIMUM 64

// The straight pieces that touch one row of pixels, as indices of their two points.
struct touching {
    int first[CROSSINGS_MAXIMUM], second[CROSSINGS_MAXIMUM];
    int count;
};

static void find_touching(const struct outline *outline, int row, struct touching *touching)
{
    float top = (float)row, bottom = (float)row + 1;
    int start = 0;

    touching->count = 0;
    for (int i = 0; i < outline->count && touching->count < CROSSINGS_MAXIMUM; i++) {
        // An open part is closed by a straight line, as SVG fills it.
        bool last = i + 1 == outline->count || outline->begins[i + 1];
        int next = last ? start : i + 1;
        float y0 = outline->y[i], y1 = outline->y[next];

        if (smaller(y0, y1) <= bottom && larger(y0, y1) >= top) {
            touching->first[touching->count] = i;
            touching->second[touching->count++] = next;
        }
        if (last)
            start = i + 1;
    }
}

// From left to right; there are few.
static int crossings_at(const struct outline *outline, const struct touching *touching, float y,
                        struct crossing list[CROSSINGS_MAXIMUM])
{
    int count = 0;

    for (int i = 0; i < touching->count; i++) {
        int first = touching->first[i], second = touching->second[i], at = count;
        float y0 = outline->y[first], y1 = outline->y[second];

        if ((y0 <= y) == (y1 <= y))
            continue;
        float x =
            outline->x[first] + (y - y0) / (y1 - y0) * (outline->x[second] - outline->x[first]);
        for (; at > 0 && list[at - 1].x > x; at--)
            list[at] = list[at - 1];
        list[at] = (struct crossing){x, y1 > y0 ? 1 : -1};
        count++;
    }
    return count;
}

static void cover_span(float *row, int width, float from, float to)
{
    from = larger(from, 0);
    to = smaller(to, (float)width);
    for (int x = (int)from; x < width && (float)x < to; x++)
        row[x] += (smaller(to, (float)x + 1) - larger(from, (float)x)) / ROWS;
}

static void cover_inside(struct coverage *coverage, const struct outline *outline, int row)
{
    struct crossing list[CROSSINGS_MAXIMUM];
    struct touching touching;

    find_touching(outline, row, &touching);
    for (int sample = 0; sample < ROWS; sample++) {
        float y = ((float)(row * ROWS + sample) + 0.5f) / ROWS;
        int count = crossings_at(outline, &touching, y, list);
        int winding = 0;

        for (int i = 0; i + 1 < count; i++) {
            winding += list[i].winding;
            if (winding != 0)
                cover_span(coverage->row, coverage->width, list[i].x, list[i + 1].x);
        }
    }
}

static float distance_to(float px, float py, const float a[2], const float b[2])
{
    float dx = b[0] - a[0], dy = b[1] - a[1];
    float length = dx * dx + dy * dy;
    float t = length > 0 ? ((px - a[0]) * dx + (py - a[1]) * dy) / length : 0;

    t = smaller(larger(t, 0), 1);
    dx = px - (a[0] + t * dx);
    dy = py - (a[1] + t * dy);
    return sqrtf(dx * dx + dy * dy);
}

// Everything within `radius` of one straight piece: round caps and joins come by themselves.
static void cover_piece(struct coverage *coverage, const float a[2], const float b[2], float radius,
                        int row)
{
    float reach = radius + 1;
    int left = (int)larger(floorf(smaller(a[0], b[0]) - reach), 0);
    int right = (int)smaller(ceilf(larger(a[0], b[0]) + reach), (float)coverage->width);

    if ((float)row < floorf(smaller(a[1], b[1]) - reach) ||
        (float)row >= ceilf(larger(a[1], b[1]) + reach))
        return;
    for (int x = left; x < right; x++) {
        float far = distance_to((float)x + 0.5f, (float)row + 0.5f, a, b);
        float covered = smaller(larger(radius - far + 0.5f, 0), 1);

        coverage->row[x] = larger(coverage->row[x], covered);
    }
}

static void cover_stroke(struct coverage *coverage, const struct outline *outline, float radius,
                         int row)
{
    for (int i = 1; i < outline->count; i++) {
        float a[2] = {outline->x[i - 1], outline->y[i - 1]};
        float b[2] = {outline->x[i], outline->y[i]};

        if (!outline->begins[i])
            cover_piece(coverage, a, b, radius, row);
    }
}

static uint32_t laid_over(uint32_t pixel, uint32_t colour, float over)
{
    float under = (float)(pixel >> 24) / 255, alpha = over + under * (1 - over);
    uint32_t mixed = 0;

    for (int shift = 0; shift <= 16; shift += 8) {
        float top = (float)(colour >> shift & 0xFF), low = (float)(pixel >> shift & 0xFF);

        mixed |= (uint32_t)((top * over + low * under * (1 - over)) / alpha + 0.5f) << shift;
    }
    return (uint32_t)(alpha * 255 + 0.5f) << 24 | mixed;
}

// Lays one colour over what is there; the surface holds straight (not premultiplied) alpha.
static void lay_over(SDL_Surface *surface, const struct coverage *coverage, int y, uint32_t colour)
{
    uint32_t *pixels = (uint32_t *)((uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch);
    const float *row = coverage->row;

    for (int x = coverage->bounds.x; x < coverage->bounds.x + coverage->bounds.w; x++) {
        if (row[x] >= 0.999f)
            pixels[x] = 0xFF000000u | colour;
        else if (row[x] > 0)
            pixels[x] = laid_over(pixels[x], colour, row[x]);
    }
}

// Filled with a radius of 0, else as a stroke.
static void draw_outline(SDL_Surface *surface, struct coverage *coverage,
                         const struct outline *outline, float radius, uint32_t colour)
{
    start_shape(coverage, outline, radius);
    for (int y = coverage->bounds.y; y < coverage->bounds.y + coverage->bounds.h; y++) {
        memset(coverage->row, 0, (size_t)coverage->width * sizeof *coverage->row);
        if (radius > 0)
            cover_stroke(coverage, outline, radius, y);
        else
            cover_inside(coverage, outline, y);
        lay_over(surface, coverage, y, colour);
    }
}

static enum result draw_shape(SDL_Surface *surface, const struct picture_shape *shape, float scale,
                              const struct picture_palette *palette, struct coverage *coverage)
{
    struct outline outline = {};
    float radius = (float)shape->stroke_width * scale / PICTURE_UNITS / 2;
    bool good =
        outline_create(&outline, shape->count, coverage->width > SMALL ? CURVE_STEPS : SMALL_STEPS);

    if (good) {
        outline_fill(&outline, shape, scale);
        if (shape->fill != PICTURE_NONE)
            draw_outline(surface, coverage, &outline, 0, palette->colours[shape->fill]);
        if (shape->stroke != PICTURE_NONE)
            draw_outline(surface, coverage, &outline, radius, palette->colours[shape->stroke]);
    }
    outline_free(&outline);
    return good ? RESULT_OK : RESULT_NO_MEMORY;
}

int picture_height(enum picture picture, int width)
{
    const struct picture_entry *entry = &picture_entries[picture];

    return (width * entry->height + entry->width / 2) / entry->width;
}

enum result picture_rasterise(enum picture picture, int width,
                              const struct picture_palette *palette, SDL_Surface **out)
{
    const struct picture_entry *entry = &picture_entries[picture];
    struct coverage coverage = {.width = width, .height = picture_height(picture, width)};
    float scale = (float)width / (float)entry->width;
    enum result result = RESULT_NO_MEMORY;
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, coverage.width, coverage.height, 32,
                                                          SDL_PIXELFORMAT_ARGB8888);

    coverage.row = calloc((size_t)coverage.width, sizeof *coverage.row);
    if (surface != NULL && coverage.row != NULL) {
        result = RESULT_OK;
        for (int i = 0; result == RESULT_OK && i < entry->count; i++) {
            struct picture_palette colours = *palette;

            if (palette->has_sill != 0 && i + 1 == entry->count)
                colours.colours[PICTURE_ACCENT] = palette->sill;
            result =
                draw_shape(surface, &picture_shapes[entry->first + i], scale, &colours, &coverage);
        }
    }
    free(coverage.row);
    if (result != RESULT_OK) {
        SDL_FreeSurface(surface);
        return result;
    }
    *out = surface;
    return RESULT_OK;
}

enum picture picture_icon(const char *name)
{
    for (int i = 0; i < SCENE_CARD_ASK; i++) {
        if (name != NULL && str_equal(picture_entries[i].name, name))
            return (enum picture)i;
    }
    return ICON_DOCUMENT;
}
