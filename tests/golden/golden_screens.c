// golden_screens ORIENTATION-LANGUAGE PICTURES OUT: draws every screen and compares it with the
// kept picture. A missing picture fails. A difference leaves NAME-actual.png and
// NAME-difference.png in OUT. With GOLDEN=write in the environment the kept pictures are made
// instead.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gallery.h"
#include "picture_file.h"
#include "str.h"

struct work {
    const char *pictures, *out;
    bool write;
    int compared, failed;
};

static uint32_t pixel_at(const SDL_Surface *surface, int x, int y)
{
    return (
        (const uint32_t *)((const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch))[x];
}

// Counts pixels that differ and paints them red on a pale copy.
static int find_differences(const SDL_Surface *kept, const SDL_Surface *actual, SDL_Surface *shown)
{
    int count = 0;

    for (int y = 0; y < actual->h; y++) {
        uint32_t *row = (uint32_t *)((uint8_t *)shown->pixels + (ptrdiff_t)y * shown->pitch);

        for (int x = 0; x < actual->w; x++) {
            uint32_t one = pixel_at(kept, x, y), other = pixel_at(actual, x, y);

            row[x] = 0xC0C0C0 | (other >> 2 & 0x3F3F3F);
            if (((one ^ other) & 0xFFFFFF) != 0) {
                row[x] = 0xFF0000;
                count++;
            }
        }
    }
    return count;
}

static enum result leave(const struct work *work, const char *name, const char *what,
                         const SDL_Surface *surface)
{
    char path[512];

    TRY(str_format(path, sizeof path, "%s/%s-%s.png", work->out, name, what));
    return picture_file_write(path, surface, false);
}

static bool compare(struct work *work, const char *name, const char *path, SDL_Surface *actual)
{
    SDL_Surface *kept = NULL, *shown = NULL;
    int differences = -1;

    if (picture_file_read(path, &kept) != RESULT_OK) {
        (void)fprintf(stderr, "%s: there is no kept picture %s\n", name, path);
        (void)!leave(work, name, "actual", actual);
        return false;
    }
    shown = SDL_CreateRGBSurfaceWithFormat(0, actual->w, actual->h, 32, SDL_PIXELFORMAT_XRGB8888);
    if (shown != NULL && kept->w == actual->w && kept->h == actual->h)
        differences = find_differences(kept, actual, shown);
    if (differences != 0) {
        (void)fprintf(stderr, "%s: %d pixels differ, see %s\n", name, differences, work->out);
        if (leave(work, name, "actual", actual) != RESULT_OK ||
            (differences > 0 && leave(work, name, "difference", shown) != RESULT_OK))
            (void)fprintf(stderr, "%s: cannot write to %s\n", name, work->out);
    }
    SDL_FreeSurface(kept);
    SDL_FreeSurface(shown);
    return differences == 0;
}

static enum result check(struct work *work, const char *name, SDL_Surface *actual)
{
    char path[512];

    TRY(str_format(path, sizeof path, "%s/%s.png", work->pictures, name));
    work->compared++;
    if (work->write)
        return picture_file_write(path, actual, true);
    TRY(picture_file_reduce(actual));
    if (!compare(work, name, path, actual))
        work->failed++;
    return RESULT_OK;
}

static enum result check_all(struct work *work, const char *set)
{
    struct ui_settings settings = {.site = gallery_site()};
    bool wide = str_starts_with(set, "landscape");
    enum language language = LANGUAGE_FR;
    enum result result = RESULT_OK;
    SDL_Surface *surface;
    owned(ui) ui = NULL;

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (str_equal(strchr(set, '-') + 1, language_code((enum language)i)))
            language = (enum language)i;
    }
    TRY(ui_create(&settings, &ui));
    surface = SDL_CreateRGBSurfaceWithFormat(0, wide ? 1920 : 1080, wide ? 1080 : 1920, 32,
                                             SDL_PIXELFORMAT_XRGB8888);
    if (surface == NULL)
        return RESULT_NO_MEMORY;
    for (int i = 0; result == RESULT_OK && i < gallery_count(); i++) {
        struct gallery_example example;

        gallery_get(i, language, &example);
        result = gallery_show(ui, surface, &example);
        if (result == RESULT_OK)
            result = check(work, example.name, surface);
    }
    SDL_FreeSurface(surface);
    return result;
}

int main(int count, char **arguments)
{
    const char *mode = getenv("GOLDEN");
    struct work work = {.write = mode != NULL && str_equal(mode, "write")};
    enum result result;

    if (count != 4 || strchr(arguments[1], '-') == NULL) {
        (void)fprintf(stderr, "usage: golden_screens ORIENTATION-LANGUAGE PICTURES OUT\n");
        return 2;
    }
    work.pictures = arguments[2];
    work.out = arguments[3];
    for (int i = 2; i < 4; i++) {
        if (mkdir(arguments[i], 0755) != 0 && errno != EEXIST)
            perror(arguments[i]);
    }
    result = check_all(&work, arguments[1]);
    if (result != RESULT_OK)
        (void)fprintf(stderr, "golden_screens: %s\n", result_text(result));
    (void)printf("%d pictures %s, %d differ\n", work.compared, work.write ? "written" : "compared",
                 work.failed);
    return result == RESULT_OK && work.failed == 0 && work.compared > 0 ? 0 : 1;
}
