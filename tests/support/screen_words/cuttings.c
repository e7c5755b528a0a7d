#include "cuttings.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 24 // white around each part, so that the reader sees lines of their own

struct cuttings {
    int width, height; // of the picture
    uint8_t *grey;
    size_t rows; // pasted so far, each `width + 2 * MARGIN` wide
    uint8_t *sheet;
};

enum result cuttings_create(const char *picture, struct cuttings **out)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    owned(cuttings) cuttings = calloc(1, sizeof *cuttings);

    if (cuttings == NULL)
        return RESULT_NO_MEMORY;
    if (!png_image_begin_read_from_file(&image, picture))
        return RESULT_NOT_FOUND;
    image.format = PNG_FORMAT_GRAY;
    cuttings->width = (int)image.width;
    cuttings->height = (int)image.height;
    cuttings->grey = malloc(PNG_IMAGE_SIZE(image));
    if (cuttings->grey == NULL || !png_image_finish_read(&image, NULL, cuttings->grey, 0, NULL)) {
        png_image_free(&image);
        return RESULT_MALFORMED;
    }
    *out = take(cuttings);
    return RESULT_OK;
}

void cuttings_destroy(struct cuttings *cuttings)
{
    if (cuttings == NULL)
        return;
    free(cuttings->grey);
    free(cuttings->sheet);
    free(cuttings);
}

static struct box within(const struct cuttings *cuttings, struct box part)
{
    int right = part.x + part.width, bottom = part.y + part.height;

    part.x = part.x < 0 ? 0 : part.x;
    part.y = part.y < 0 ? 0 : part.y;
    right = right > cuttings->width ? cuttings->width : right;
    bottom = bottom > cuttings->height ? cuttings->height : bottom;
    part.width = right > part.x ? right - part.x : 0;
    part.height = bottom > part.y ? bottom - part.y : 0;
    return part;
}

static uint8_t at(const struct cuttings *cuttings, int x, int y)
{
    return cuttings->grey[(size_t)y * (size_t)cuttings->width + (size_t)x];
}

// The ground is what most of the part is: white letters on a dark key are turned round.
static bool is_dark(const struct cuttings *cuttings, struct box part)
{
    long dark = 0;

    for (int y = part.y; y < part.y + part.height; y++)
        for (int x = part.x; x < part.x + part.width; x++)
            dark += at(cuttings, x, y) < 128;
    return 2 * dark > (long)part.width * part.height;
}

enum result cuttings_add(struct cuttings *cuttings, struct box part)
{
    size_t wide = (size_t)cuttings->width + 2 * MARGIN;

    part = within(cuttings, part);
    size_t more = (size_t)part.height + MARGIN;
    uint8_t *sheet = realloc(cuttings->sheet, (cuttings->rows + more) * wide);
    if (sheet == NULL)
        return RESULT_NO_MEMORY;
    memset(sheet + cuttings->rows * wide, 255, more * wide);
    bool dark = is_dark(cuttings, part);
    for (int y = 0; y < part.height; y++) {
        uint8_t *row = sheet + (cuttings->rows + (size_t)y) * wide + MARGIN;
        for (int x = 0; x < part.width; x++) {
            uint8_t grey = at(cuttings, part.x + x, part.y + y);
            row[x] = dark ? (uint8_t)(255 - grey) : grey;
        }
    }
    cuttings->sheet = sheet;
    cuttings->rows += more;
    return RESULT_OK;
}

enum result cuttings_write(const struct cuttings *cuttings, const char *path)
{
    size_t wide = (size_t)cuttings->width + 2 * MARGIN;

    if (cuttings->rows == 0)
        return RESULT_NOT_FOUND;
    FILE *file = fopen(path, "wbe");
    if (file == NULL)
        return RESULT_FAILED;
    bool written = fprintf(file, "P5\n%zu %zu\n255\n", wide, cuttings->rows) > 0 &&
                   fwrite(cuttings->sheet, wide, cuttings->rows, file) == cuttings->rows;
    return fclose(file) == 0 && written ? RESULT_OK : RESULT_FAILED;
}
