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
    float *row; // two more than the width
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

// A straight piece of an outline, and which rows it can reach.
struct piece {
    float x0, y0, x1, y1;
    float top, bottom;
};

// The pieces from the top down, and those of them that reach the row that is drawn: a row looks at
// few pieces, not at all.
struct pieces {
    struct piece *list;
    int count, next;       // the first that no row has reached yet
    struct piece **active; // pointers into the list
    int active_count;
};

static void pieces_free(struct pieces *pieces)
{
    free(pieces->list);
    free(pieces->active);
}

static void add_piece(struct pieces *pieces, const struct outline *outline, int from, int to,
                      float reach)
{
    float y0 = outline->y[from], y1 = outline->y[to];

    pieces->list[pieces->count++] = (struct piece){
        outline->x[from], y0, outline->x[to], y1, smaller(y0, y1) - reach, larger(y0, y1) + reach};
}

static int by_top(const void *a, const void *b)
{
    float left = ((const struct piece *)a)->top, right = ((const struct piece *)b)->top;

    return (left > right) - (left < right);
}

// With a radius of 0 for filling: an open part is closed by a straight line, as SVG fills it.
static bool pieces_create(const struct outline *outline, float radius, struct pieces *pieces)
{
    int start = 0;
    size_t most = (size_t)outline->count;

    *pieces = (struct pieces){.list = calloc(most, sizeof *pieces->list),
                              .active = calloc(most, sizeof(struct piece *))};
    if (pieces->list == NULL || pieces->active == NULL)
        return false;
    for (int i = 0; i < outline->count; i++) {
        bool last = i + 1 == outline->count || outline->begins[i + 1];

        if (!last)
            add_piece(pieces, outline, i, i + 1, radius > 0 ? radius + 1 : 0);
        else if (radius <= 0)
            add_piece(pieces, outline, i, start, 0);
        if (last)
            start = i + 1;
    }
    qsort(pieces->list, (size_t)pieces->count, sizeof *pieces->list, by_top);
    return true;
}

// Rows are asked for from the top down.
static void move_to_row(struct pieces *pieces, int row)
{
    int kept = 0;

    while (pieces->next < pieces->count && pieces->list[pieces->next].top <= (float)row + 1)
        pieces->active[pieces->active_count++] = &pieces->list[pieces->next++];
    for (int i = 0; i < pieces->active_count; i++)
        if (pieces->active[i]->bottom >= (float)row)
            pieces->active[kept++] = pieces->active[i];
    pieces->active_count = kept;
}

struct crossing {
    float x;
    int winding;
};

#define CROSSINGS_MAXIMUM 64

// From left to right; there are few.
static int crossings_at(const struct pieces *pieces, float y,
                        struct crossing list[CROSSINGS_MAXIMUM])
{
    int count = 0;

    for (int i = 0; i < pieces->active_count && count < CROSSINGS_MAXIMUM; i++) {
        const struct piece *piece = pieces->active[i];
        int at = count;

        if ((piece->y0 <= y) == (piece->y1 <= y))
            continue;
        float x = piece->x0 + (y - piece->y0) / (piece->y1 - piece->y0) * (piece->x1 - piece->x0);
        for (; at > 0 && list[at - 1].x > x; at--)
            list[at] = list[at - 1];
        list[at] = (struct crossing){x, piece->y1 > piece->y0 ? 1 : -1};
        count++;
    }
    return count;
}

// Where a span begins (share 1) or ends (share -1): the row holds by how much each pixel is covered
// more than the one before, so that a span costs its two ends and not its length.
static void add_edge(float *row, int width, float x, float share)
{
    x = smaller(larger(x, 0), (float)width);
    int pixel = (int)x;
    float inside = (float)pixel + 1 - x; // of that pixel

    row[pixel] += share * inside / ROWS;
    row[pixel + 1] += share * (1 - inside) / ROWS;
}

// From differences to coverage.
static void add_up(struct coverage *coverage)
{
    float sum = 0;

    for (int x = coverage->bounds.x; x < coverage->bounds.x + coverage->bounds.w; x++) {
        sum += coverage->row[x];
        coverage->row[x] = sum;
    }
}

static void cover_inside(struct coverage *coverage, const struct pieces *pieces, int row)
{
    struct crossing list[CROSSINGS_MAXIMUM];

    for (int sample = 0; sample < ROWS; sample++) {
        float y = ((float)(row * ROWS + sample) + 0.5f) / ROWS;
        int count = crossings_at(pieces, y, list);
        int winding = 0;

        for (int i = 0; i + 1 < count; i++) {
            winding += list[i].winding;
            if (winding == 0)
                continue;
            add_edge(coverage->row, coverage->width, list[i].x, 1);
            add_edge(coverage->row, coverage->width, list[i + 1].x, -1);
        }
    }
    add_up(coverage);
}

static float distance_to(float px, float py, const struct piece *piece)
{
    float dx = piece->x1 - piece->x0, dy = piece->y1 - piece->y0;
    float length = dx * dx + dy * dy;
    float t = length > 0 ? ((px - piece->x0) * dx + (py - piece->y0) * dy) / length : 0;

    t = smaller(larger(t, 0), 1);
    dx = px - (piece->x0 + t * dx);
    dy = py - (piece->y0 + t * dy);
    return sqrtf(dx * dx + dy * dy);
}

// Everything within `radius` of a straight piece: round caps and joins come by themselves.
static void cover_stroke(struct coverage *coverage, const struct pieces *pieces, float radius,
                         int row)
{
    for (int i = 0; i < pieces->active_count; i++) {
        const struct piece *piece = pieces->active[i];
        float left = smaller(piece->x0, piece->x1) - radius - 1;
        float right = larger(piece->x0, piece->x1) + radius + 1;
        int end = (int)smaller(ceilf(right), (float)coverage->width);

        for (int x = (int)larger(floorf(left), 0); x < end; x++) {
            float far = distance_to((float)x + 0.5f, (float)row + 0.5f, piece);
            float covered = smaller(larger(radius - far + 0.5f, 0), 1);

            coverage->row[x] = larger(coverage->row[x], covered);
        }
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

#define SEEN 0.0005f // less than that changes no colour; sums of differences end a little off zero

// Lays one colour over what is there; the surface holds straight (not premultiplied) alpha.
static void lay_over(SDL_Surface *surface, const struct coverage *coverage, int y, uint32_t colour)
{
    uint32_t *pixels = (uint32_t *)((uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch);
    const float *row = coverage->row;

    for (int x = coverage->bounds.x; x < coverage->bounds.x + coverage->bounds.w; x++) {
        if (row[x] >= 0.999f)
            pixels[x] = 0xFF000000u | colour;
        else if (row[x] > SEEN)
            pixels[x] = laid_over(pixels[x], colour, row[x]);
    }
}

// Filled with a radius of 0, else as a stroke.
static bool draw_outline(SDL_Surface *surface, struct coverage *coverage,
                         const struct outline *outline, float radius, uint32_t colour)
{
    struct pieces pieces;
    bool good = pieces_create(outline, radius, &pieces);

    start_shape(coverage, outline, radius);
    const SDL_Rect *bounds = &coverage->bounds;
    for (int y = bounds->y; good && y < bounds->y + bounds->h; y++) {
        memset(coverage->row + bounds->x, 0, ((size_t)bounds->w + 2) * sizeof *coverage->row);
        move_to_row(&pieces, y);
        if (radius > 0)
            cover_stroke(coverage, &pieces, radius, y);
        else
            cover_inside(coverage, &pieces, y);
        lay_over(surface, coverage, y, colour);
    }
    pieces_free(&pieces);
    return good;
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
            good = draw_outline(surface, coverage, &outline, 0, palette->colours[shape->fill]);
        if (good && shape->stroke != PICTURE_NONE)
            good =
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

    coverage.row = calloc((size_t)coverage.width + 2, sizeof *coverage.row);
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
