#include "typeface.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "str.h"

enum cut { CUT_REGULAR, CUT_MEDIUM, CUT_SEMIBOLD, CUT_BOLD, CUT_DISPLAY };

static const char *const cut_files[] = {
    [CUT_REGULAR] = "Inter-Regular.otf",     [CUT_MEDIUM] = "Inter-Medium.otf",
    [CUT_SEMIBOLD] = "Inter-SemiBold.otf",   [CUT_BOLD] = "Inter-Bold.otf",
    [CUT_DISPLAY] = "InterDisplay-Bold.otf",
};
#define CUTS (sizeof cut_files / sizeof cut_files[0])

static const struct {
    int size;
    enum cut cut;
    int line;
} styles[] = {
#define X(id, size, cut, line) [STYLE_##id] = {size, CUT_##cut, line},
    STYLE_LIST(X)
#undef X
};
#define STYLES (sizeof styles / sizeof styles[0])

struct typefaces {
    double scale;
    void *files[CUTS]; // mapped, so that a glyph costs no system call
    size_t sizes[CUTS];
    TTF_Font *fonts[STYLES];
    TTF_Font *any; // one that is open
    struct width_memory widths;
};

static bool map_file(const char *path, void **out, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    void *map = MAP_FAILED;

    if (file < 0)
        return false;
    if (fstat(file, &status) == 0 && status.st_size > 0)
        map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    (void)close(file);
    if (map == MAP_FAILED)
        return false;
    *out = map;
    *size = (size_t)status.st_size;
    return true;
}

enum result typefaces_create(const char *directory, double pixels_per_unit, struct typefaces **out)
{
    owned(typefaces) typefaces = calloc(1, sizeof *typefaces);

    if (typefaces == NULL)
        return RESULT_NO_MEMORY;
    typefaces->scale = pixels_per_unit;
    if (TTF_Init() != 0)
        return RESULT_FAILED;
    for (size_t i = 0; i < CUTS; i++) {
        char path[512];

        TRY(str_format(path, sizeof path, "%s/%s", directory, cut_files[i]));
        if (!map_file(path, &typefaces->files[i], &typefaces->sizes[i])) {
            log_error("ui", "a font file of the package fonts-inter cannot be read", errno);
            return RESULT_NOT_FOUND;
        }
    }
    *out = take(typefaces);
    return RESULT_OK;
}

void typefaces_destroy(struct typefaces *typefaces)
{
    if (typefaces == NULL)
        return;
    for (size_t i = 0; i < STYLES; i++) {
        if (typefaces->fonts[i] != NULL)
            TTF_CloseFont(typefaces->fonts[i]);
    }
    for (size_t i = 0; i < CUTS; i++) {
        if (typefaces->files[i] != NULL)
            (void)munmap(typefaces->files[i], typefaces->sizes[i]);
    }
    TTF_Quit();
    free(typefaces);
}

static int size_of(const struct typefaces *typefaces, enum style style)
{
    return (int)lround(styles[style].size * typefaces->scale);
}

TTF_Font *typefaces_font(struct typefaces *typefaces, enum style style)
{
    TTF_Font **font = &typefaces->fonts[style];
    enum cut cut = styles[style].cut;

    if (*font != NULL)
        return *font;
    *font = TTF_OpenFontRW(SDL_RWFromConstMem(typefaces->files[cut], (int)typefaces->sizes[cut]), 1,
                           size_of(typefaces, style));
    if (*font == NULL) {
        log_error("ui", "a font could not be opened at this size", size_of(typefaces, style));
        return typefaces->any;
    }
    TTF_SetFontHinting(*font, TTF_HINTING_LIGHT_SUBPIXEL);
    typefaces->any = *font;
    return *font;
}

struct measure typefaces_measure(struct typefaces *typefaces, enum style style)
{
    return (struct measure){typefaces_font(typefaces, style), &typefaces->widths};
}

void typefaces_forget_widths(struct typefaces *typefaces)
{
    width_memory_forget(&typefaces->widths);
}

int typefaces_line(const struct typefaces *typefaces, enum style style)
{
    return (int)lround(styles[style].size * typefaces->scale * styles[style].line / 100);
}
