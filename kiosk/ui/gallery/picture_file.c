#include "picture_file.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PALETTE 256
#define TABLE 65536 // places for the distinct colours of a picture

struct tally {
    uint32_t colour;
    uint32_t count; // 0: an empty place
    uint8_t index;  // in the palette
};

struct palette {
    struct tally *table;
    uint32_t colours[PALETTE];
    int count;
};

static const uint32_t *row_of(const SDL_Surface *surface, int y)
{
    return (const uint32_t *)((const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch);
}

static struct tally *place_of(struct tally *table, uint32_t colour)
{
    uint32_t at = (colour * 2654435761u) >> 16;

    while (table[at].count > 0 && table[at].colour != colour)
        at = (at + 1) % TABLE;
    return &table[at];
}

static int by_count(const void *a, const void *b)
{
    const struct tally *one = *(struct tally *const *)a, *other = *(struct tally *const *)b;

    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return (one->colour > other->colour) - (one->colour < other->colour);
}

static int distance(uint32_t a, uint32_t b)
{
    int sum = 0;

    for (int shift = 0; shift <= 16; shift += 8) {
        int difference = (int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF);

        sum += difference * difference;
    }
    return sum;
}

static uint8_t nearest(const struct palette *palette, uint32_t colour)
{
    int best = 0;

    for (int i = 1; i < palette->count; i++) {
        if (distance(palette->colours[i], colour) < distance(palette->colours[best], colour))
            best = i;
    }
    return (uint8_t)best;
}

// Commonest colours first; a picture with too many to count loses none of its common ones.
static enum result palette_make(struct palette *palette, const SDL_Surface *surface)
{
    static const int most = TABLE / 2;
    struct tally **order = calloc(TABLE, sizeof *order);
    int count = 0;

    palette->table = calloc(TABLE, sizeof *palette->table);
    for (int y = 0; order != NULL && palette->table != NULL && y < surface->h; y++) {
        const uint32_t *row = row_of(surface, y);

        for (int x = 0; x < surface->w; x++) {
            struct tally *place = place_of(palette->table, row[x] & 0xFFFFFF);

            if (place->count == 0 && count == most)
                continue;
            if (place->count++ == 0) {
                place->colour = row[x] & 0xFFFFFF;
                order[count++] = place;
            }
        }
    }
    if (order != NULL)
        qsort(order, (size_t)count, sizeof *order, by_count);
    for (int i = 0; i < count; i++) {
        if (i < PALETTE)
            palette->colours[palette->count++] = order[i]->colour;
        order[i]->index = i < PALETTE ? (uint8_t)i : nearest(palette, order[i]->colour);
    }
    free(order);
    return palette->table == NULL || order == NULL ? RESULT_NO_MEMORY : RESULT_OK;
}

static enum result to_indexed(const SDL_Surface *surface, uint8_t *pixels, png_color *colours,
                              int *count)
{
    struct palette palette = {};
    enum result result = palette_make(&palette, surface);

    for (int i = 0; i < palette.count; i++)
        colours[i] = (png_color){(uint8_t)(palette.colours[i] >> 16),
                                 (uint8_t)(palette.colours[i] >> 8), (uint8_t)palette.colours[i]};
    for (int y = 0; result == RESULT_OK && y < surface->h; y++) {
        const uint32_t *row = row_of(surface, y);

        for (int x = 0; x < surface->w; x++)
            *pixels++ = place_of(palette.table, row[x] & 0xFFFFFF)->index;
    }
    *count = palette.count;
    free(palette.table);
    return result;
}

enum result picture_file_reduce(SDL_Surface *surface)
{
    struct palette palette = {};
    enum result result = palette_make(&palette, surface);

    for (int y = 0; result == RESULT_OK && y < surface->h; y++) {
        uint32_t *row = (uint32_t *)((uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch);

        for (int x = 0; x < surface->w; x++)
            row[x] = palette.colours[place_of(palette.table, row[x] & 0xFFFFFF)->index];
    }
    free(palette.table);
    return result;
}

static void to_rgb(const SDL_Surface *surface, uint8_t *pixels)
{
    for (int y = 0; y < surface->h; y++) {
        const uint32_t *row = row_of(surface, y);

        for (int x = 0; x < surface->w; x++) {
            *pixels++ = (uint8_t)(row[x] >> 16);
            *pixels++ = (uint8_t)(row[x] >> 8);
            *pixels++ = (uint8_t)row[x];
        }
    }
}

struct png_file {
    FILE *file;
    png_structp png;
    png_infop info;
};

// libpng leaves this function by longjmp when it cannot write, so it owns nothing.
static bool write_rows(struct png_file *into, const SDL_Surface *surface, const uint8_t *pixels,
                       const png_color *colours, int count)
{
    int each = count > 0 ? surface->w : surface->w * 3;

    if (setjmp(png_jmpbuf(into->png)) != 0)
        return false;
    png_init_io(into->png, into->file);
    png_set_IHDR(into->png, into->info, (png_uint_32)surface->w, (png_uint_32)surface->h, 8,
                 count > 0 ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (count > 0) {
        png_set_PLTE(into->png, into->info, colours, count);
        png_set_filter(into->png, 0, PNG_FILTER_NONE);
        png_set_compression_level(into->png, 9);
    }
    png_write_info(into->png, into->info);
    for (int y = 0; y < surface->h; y++)
        png_write_row(into->png, pixels + (size_t)y * (size_t)each);
    png_write_end(into->png, NULL);
    return true;
}

enum result picture_file_write(const char *path, const SDL_Surface *surface, bool indexed)
{
    struct png_file into = {.file = fopen(path, "wb")};
    uint8_t *pixels = malloc((size_t)surface->w * (size_t)surface->h * 3);
    png_color colours[PALETTE];
    enum result result = into.file == NULL ? RESULT_UNREACHABLE : RESULT_OK;
    int count = 0;

    if (pixels == NULL && result == RESULT_OK)
        result = RESULT_NO_MEMORY;
    if (result == RESULT_OK && indexed)
        result = to_indexed(surface, pixels, colours, &count);
    else if (result == RESULT_OK)
        to_rgb(surface, pixels);
    into.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    into.info = into.png == NULL ? NULL : png_create_info_struct(into.png);
    if (result == RESULT_OK && into.info == NULL)
        result = RESULT_NO_MEMORY;
    if (result == RESULT_OK && !write_rows(&into, surface, pixels, colours, count))
        result = RESULT_UNREACHABLE;
    png_destroy_write_struct(&into.png, &into.info);
    if (into.file != NULL && fclose(into.file) != 0 && result == RESULT_OK)
        result = RESULT_UNREACHABLE;
    free(pixels);
    return result;
}

enum result picture_file_read(const char *path, SDL_Surface **out)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    SDL_Surface *surface = NULL;

    if (png_image_begin_read_from_file(&image, path) == 0)
        return RESULT_NOT_FOUND;
    image.format = PNG_FORMAT_BGRA;
    surface = SDL_CreateRGBSurfaceWithFormat(0, (int)image.width, (int)image.height, 32,
                                             SDL_PIXELFORMAT_XRGB8888);
    if (surface == NULL) {
        png_image_free(&image);
        return RESULT_NO_MEMORY;
    }
    if (png_image_finish_read(&image, NULL, surface->pixels, surface->pitch, NULL) == 0) {
        SDL_FreeSurface(surface);
        return RESULT_MALFORMED;
    }
    *out = surface;
    return RESULT_OK;
}
