#include "picture.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <stdbool.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "str.h"

static void to_rgb(const uint32_t *from, int width, uint8_t *to)
{
    for (int x = 0; x < width; x++) {
        to[3 * x] = (uint8_t)(from[x] >> 16);
        to[3 * x + 1] = (uint8_t)(from[x] >> 8);
        to[3 * x + 2] = (uint8_t)from[x];
    }
}

// libpng reports errors by longjmp: nothing here is owned by scope, and nothing changes after
// setjmp.
static bool encode(png_structp png, png_infop info, const struct look *look, uint8_t *row,
                   FILE *file)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_init_io(png, file);
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_UP);
    png_set_IHDR(png, info, (png_uint_32)look->width, (png_uint_32)look->height, 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < look->height; y++) {
        to_rgb(look->pixels + (size_t)y * (size_t)look->width, look->width, row);
        png_write_row(png, row);
    }
    png_write_end(png, info);
    return true;
}

static bool write_file(const struct look *look, FILE *file)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
    uint8_t *row = malloc(3 * (size_t)look->width);
    bool written = info != NULL && row != NULL && encode(png, info, look, row, file);

    free(row);
    png_destroy_write_struct(&png, &info);
    return written;
}

enum result picture_write(const struct look *look, const char *path)
{
    char partial[4096];

    TRY(str_format(partial, sizeof partial, "%s.partial", path));
    FILE *file = fopen(partial, "wbe");
    if (file == NULL)
        return RESULT_FAILED;
    bool written = write_file(look, file);
    if (fclose(file) != 0 || !written || rename(partial, path) != 0)
        return RESULT_FAILED;
    return RESULT_OK;
}

// Encoding takes longer than some screens are shown, so a copy of the process does it.
enum result picture_keep(const struct look *look, const char *path)
{
    pid_t child = fork();

    if (child == 0) {
        setpriority(PRIO_PROCESS, 0, 10); // the kiosk and the city come first
        _exit(picture_write(look, path) == RESULT_OK ? 0 : 1);
    }
    return child > 0 ? RESULT_OK : RESULT_FAILED;
}

bool pictures_kept(void)
{
    bool kept = true;
    int status;

    while (wait(&status) > 0)
        kept = kept && status == 0;
    return kept;
}
