#include "canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define CORNERS_MAXIMUM 24
#define PICTURES_MAXIMUM 40
#define SAMPLES 4 // each way in a pixel of a corner

struct corner {
    int radius;
    uint8_t *alpha; // radius x radius, the top left quarter
};

struct drawn_picture {
    enum picture picture;
    int width;
    struct picture_palette palette;
    SDL_Surface *surface;
    unsigned used; // when last
};

struct stencils {
    struct corner corners[CORNERS_MAXIMUM];
    int corner_count;
    struct drawn_picture pictures[PICTURES_MAXIMUM];
    int picture_count;
    unsigned clock;
};

enum result stencils_create(struct stencils **out)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? RESULT_NO_MEMORY : RESULT_OK;
}

void stencils_destroy(struct stencils *stencils)
{
    if (stencils == NULL)
        return;
    for (int i = 0; i < stencils->corner_count; i++)
        free(stencils->corners[i].alpha);
    for (int i = 0; i < stencils->picture_count; i++)
        SDL_FreeSurface(stencils->pictures[i].surface);
    free(stencils);
}

int canvas_px(const struct canvas *canvas, int units)
{
    int pixels = (int)lround(units * canvas->scale);

    return units != 0 && pixels > -2 && pixels < 2 ? (units > 0 ? 2 : -2) : pixels;
}

static uint32_t *row_at(SDL_Surface *surface, int y)
{
    return (uint32_t *)((uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch);
}

static uint32_t colour_of(const struct canvas *canvas, enum colour colour)
{
    return 0xFF000000u | canvas->theme->colours[colour];
}

static uint32_t mix(uint32_t under, uint32_t over, unsigned alpha)
{
    uint32_t rest = 255 - alpha;
    uint32_t odd = (over & 0xFF00FF) * alpha + (under & 0xFF00FF) * rest + 0x800080;
    uint32_t even = (over >> 8 & 0xFF) * alpha + (under >> 8 & 0xFF) * rest + 0x80;

    odd = (odd + (odd >> 8 & 0xFF00FF)) >> 8 & 0xFF00FF;
    even = (even + (even >> 8)) & 0xFF00;
    return 0xFF000000u | odd | even;
}

static void fill(struct canvas *canvas, SDL_Rect box, uint32_t colour)
{
    SDL_Rect part;

    if (canvas->surface == NULL || !SDL_IntersectRect(&box, &canvas->clip, &part))
        return;
    // The surface's own clip is that of the last blit and may be narrower.
    (void)SDL_SetClipRect(canvas->surface, NULL);
    (void)SDL_FillRect(canvas->surface, &part, colour);
}

void canvas_fill(struct canvas *canvas, SDL_Rect box, enum colour colour)
{
    fill(canvas, box, colour_of(canvas, colour));
}

static uint8_t sampled(int x, int y, int radius)
{
    int inside = 0;

    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        double dx = radius - (x + (i % SAMPLES + 0.5) / SAMPLES);
        double dy = radius - (y + (i / SAMPLES + 0.5) / SAMPLES);

        inside += dx * dx + dy * dy <= (double)radius * radius;
    }
    return (uint8_t)(inside * 255 / (SAMPLES * SAMPLES));
}

static const struct corner *corner_of(struct stencils *stencils, int radius)
{
    struct corner *corner = stencils->corners;

    for (int i = 0; i < stencils->corner_count; i++) {
        if (stencils->corners[i].radius == radius)
            return &stencils->corners[i];
    }
    if (stencils->corner_count == CORNERS_MAXIMUM)
        free(corner->alpha); // the oldest gives way
    else
        corner = &stencils->corners[stencils->corner_count++];
    corner->radius = radius;
    corner->alpha = malloc((size_t)radius * (size_t)radius);
    for (int i = 0; corner->alpha != NULL && i < radius * radius; i++)
        corner->alpha[i] = sampled(i % radius, i / radius, radius);
    return corner;
}

// One corner; `right` and `low` mirror the top left quarter.
static void fill_corner(struct canvas *canvas, const struct corner *corner, int left, int top,
                        bool right, bool low, uint32_t colour)
{
    SDL_Rect part, box = {left, top, corner->radius, corner->radius};
    int last = corner->radius - 1;

    if (corner->alpha == NULL || !SDL_IntersectRect(&box, &canvas->clip, &part))
        return;
    for (int y = part.y; y < part.y + part.h; y++) {
        uint32_t *pixels = row_at(canvas->surface, y);
        int from = low ? last - (y - top) : y - top;

        for (int x = part.x; x < part.x + part.w; x++) {
            int across = right ? last - (x - left) : x - left;

            pixels[x] = mix(pixels[x], colour, corner->alpha[from * corner->radius + across]);
        }
    }
}

void canvas_rounded(struct canvas *canvas, SDL_Rect box, int radius, enum colour colour)
{
    uint32_t pixel = colour_of(canvas, colour);
    const struct corner *corner;
    int right, bottom;

    if (canvas->surface == NULL || !SDL_HasIntersection(&box, &canvas->clip))
        return;
    radius = SDL_min(radius, SDL_min(box.w, box.h) / 2);
    if (radius <= 0) {
        fill(canvas, box, pixel);
        return;
    }
    corner = corner_of(canvas->stencils, radius);
    right = box.x + box.w - radius;
    bottom = box.y + box.h - radius;
    fill(canvas, (SDL_Rect){box.x + radius, box.y, box.w - 2 * radius, radius}, pixel);
    fill(canvas, (SDL_Rect){box.x, box.y + radius, box.w, box.h - 2 * radius}, pixel);
    fill(canvas, (SDL_Rect){box.x + radius, bottom, box.w - 2 * radius, radius}, pixel);
    fill_corner(canvas, corner, box.x, box.y, false, false, pixel);
    fill_corner(canvas, corner, right, box.y, true, false, pixel);
    fill_corner(canvas, corner, box.x, bottom, false, true, pixel);
    fill_corner(canvas, corner, right, bottom, true, true, pixel);
}

void canvas_left_part(struct canvas *canvas, SDL_Rect box, int width, int radius,
                      enum colour colour)
{
    SDL_Rect clip = canvas->clip, part = {box.x, box.y, width, box.h};

    if (SDL_IntersectRect(&clip, &part, &canvas->clip))
        canvas_rounded(canvas, box, radius, colour);
    canvas->clip = clip;
}

void canvas_outlined(struct canvas *canvas, const struct outline_box *outlined)
{
    SDL_Rect box = outlined->box;
    SDL_Rect face = {box.x + outlined->line, box.y + outlined->line, box.w - 2 * outlined->line,
                     box.h - outlined->line - outlined->edge};

    canvas_rounded(canvas, box, outlined->radius, outlined->outline);
    canvas_rounded(canvas, face, outlined->radius - outlined->line, outlined->face);
}

void canvas_dashed(struct canvas *canvas, SDL_Rect box, int radius, int line, enum colour colour)
{
    int on = canvas_px(canvas, 12), step = canvas_px(canvas, 20);
    int right = box.x + box.w - line, bottom = box.y + box.h - line;

    for (int x = box.x + radius; x < box.x + box.w - radius; x += step) {
        int width = SDL_min(on, box.x + box.w - radius - x);

        canvas_fill(canvas, (SDL_Rect){x, box.y, width, line}, colour);
        canvas_fill(canvas, (SDL_Rect){x, bottom, width, line}, colour);
    }
    for (int y = box.y + radius; y < box.y + box.h - radius; y += step) {
        int height = SDL_min(on, box.y + box.h - radius - y);

        canvas_fill(canvas, (SDL_Rect){box.x, y, line, height}, colour);
        canvas_fill(canvas, (SDL_Rect){right, y, line, height}, colour);
    }
}

// Calls for each pixel of the box inside the clip with its distance and turn (0 to 1, clockwise
// from the top) seen from the middle, and lays the colour that comes back over it.
struct around {
    double inner, outer;
    uint32_t first, second; // second from `turn` on
    double turn;
    int dashes; // 0: none; the gaps stay as they are
};

static void paint_around(struct canvas *canvas, SDL_Rect box, const struct around *around)
{
    double cx = box.x + box.w / 2.0, cy = box.y + box.h / 2.0;
    SDL_Rect part;

    if (canvas->surface == NULL || !SDL_IntersectRect(&box, &canvas->clip, &part))
        return;
    for (int y = part.y; y < part.y + part.h; y++) {
        uint32_t *pixels = row_at(canvas->surface, y);

        for (int x = part.x; x < part.x + part.w; x++) {
            double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
            double far = sqrt(dx * dx + dy * dy);
            double covered = fmin(fmin(far - around->inner, around->outer - far) + 0.5, 1);
            double turn;

            if (covered <= 0)
                continue;
            turn = atan2(dx, -dy) / (2 * M_PI);
            turn += turn < 0;
            if (around->dashes > 0 && fmod(turn * around->dashes, 1) > 0.6)
                continue;
            pixels[x] = mix(pixels[x], turn < around->turn ? around->first : around->second,
                            (unsigned)lround(covered * 255));
        }
    }
}

void canvas_ring(struct canvas *canvas, const struct ring *ring)
{
    double radius = ring->box.w / 2.0;
    struct around around = {
        .inner = radius - ring->band_width,
        .outer = radius,
        .first = colour_of(canvas, ring->band),
        .second = colour_of(canvas, ring->track),
        .turn = ring->whole > 0 ? fmin((double)ring->part / ring->whole, 1) : 0,
    };

    canvas_rounded(canvas, ring->box, ring->box.w / 2, ring->face);
    paint_around(canvas, ring->box, &around);
}

void canvas_dashed_circle(struct canvas *canvas, SDL_Rect box, int line, enum colour colour)
{
    double radius = box.w / 2.0;
    struct around around = {
        .inner = radius - line,
        .outer = radius,
        .first = colour_of(canvas, colour),
        .second = colour_of(canvas, colour),
        .turn = 1,
        .dashes = (int)lround(2 * M_PI * radius / canvas_px(canvas, 20)),
    };

    paint_around(canvas, box, &around);
}

static struct drawn_picture *place_for_picture(struct stencils *stencils)
{
    struct drawn_picture *place = stencils->pictures;

    if (stencils->picture_count < PICTURES_MAXIMUM)
        return &stencils->pictures[stencils->picture_count++];
    for (int i = 1; i < PICTURES_MAXIMUM; i++) {
        if (stencils->pictures[i].used < place->used)
            place = &stencils->pictures[i];
    }
    SDL_FreeSurface(place->surface);
    return place;
}

static SDL_Surface *drawn(struct stencils *stencils, enum picture picture, int width,
                          const struct picture_palette *palette)
{
    struct drawn_picture *place;
    SDL_Surface *surface = NULL;

    stencils->clock++;
    for (int i = 0; i < stencils->picture_count; i++) {
        place = &stencils->pictures[i];
        if (place->picture == picture && place->width == width &&
            memcmp(&place->palette, palette, sizeof *palette) == 0) {
            place->used = stencils->clock;
            return place->surface;
        }
    }
    if (picture_rasterise(picture, width, palette, &surface) != RESULT_OK)
        return NULL;
    place = place_for_picture(stencils);
    *place = (struct drawn_picture){picture, width, *palette, surface, stencils->clock};
    return surface;
}

static void blit_picture(struct canvas *canvas, enum picture picture, SDL_Rect at,
                         const struct picture_palette *palette)
{
    SDL_Surface *surface;

    at.h = picture_height(picture, at.w);
    if (canvas->surface == NULL || !SDL_HasIntersection(&at, &canvas->clip))
        return;
    surface = drawn(canvas->stencils, picture, at.w, palette);
    (void)SDL_SetClipRect(canvas->surface, &canvas->clip);
    if (surface != NULL)
        (void)SDL_BlitSurface(surface, NULL, canvas->surface, &at);
}

void canvas_icon(struct canvas *canvas, enum picture icon, int x, int y, int size,
                 struct picture_look look)
{
    struct picture_palette palette = {};

    palette.colours[PICTURE_INK] = canvas->theme->colours[look.ink];
    palette.colours[PICTURE_MARKER] = canvas->theme->colours[look.fill];
    blit_picture(canvas, icon, (SDL_Rect){x, y, size, 0}, &palette);
}

void canvas_scene(struct canvas *canvas, enum picture scene, int x, int y, int width,
                  struct scene_look look)
{
    const uint32_t *colours = canvas->theme->colours;
    struct picture_palette palette = {};

    palette.colours[PICTURE_INK] = colours[COLOUR_SCENE_INK];
    palette.colours[PICTURE_SHEET] = colours[look.sheet];
    palette.colours[PICTURE_ACCENT] = colours[look.accent];
    palette.colours[PICTURE_TINT] = colours[look.tint];
    palette.colours[PICTURE_MARKER] = colours[COLOUR_SCENE_FILL];
    palette.sill = colours[look.sill];
    palette.has_sill = look.sill != look.accent && scene != CREST_CREST;
    blit_picture(canvas, scene, (SDL_Rect){x, y, width, 0}, &palette);
}

void canvas_page(struct canvas *canvas, const struct grey_page *page, SDL_Rect box)
{
    SDL_Rect part;

    if (canvas->surface == NULL || !SDL_IntersectRect(&box, &canvas->clip, &part))
        return;
    for (int y = part.y; y < part.y + part.h; y++) {
        uint32_t *pixels = row_at(canvas->surface, y);
        int top = (int)((int64_t)(y - box.y) * page->height / box.h);
        int low = SDL_max((int)((int64_t)(y - box.y + 1) * page->height / box.h), top + 1);

        for (int x = part.x; x < part.x + part.w; x++) {
            int left = (int)((int64_t)(x - box.x) * page->width / box.w);
            int right = SDL_max((int)((int64_t)(x - box.x + 1) * page->width / box.w), left + 1);
            unsigned sum = 0;

            for (int v = top; v < low; v++) {
                for (int u = left; u < right; u++)
                    sum += page->grey[(size_t)v * (size_t)page->width + (size_t)u];
            }
            pixels[x] = 0xFF000000u | 0x010101u * (sum / (unsigned)((low - top) * (right - left)));
        }
    }
}
