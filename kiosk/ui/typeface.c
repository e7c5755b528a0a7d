#include "typeface.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
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
    char paths[CUTS][256];
    TTF_Font *fonts[STYLES];
    TTF_Font *any; // one that is open
};

enum result typefaces_create(const char *directory, double pixels_per_unit, struct typefaces **out)
{
    owned(typefaces) typefaces = calloc(1, sizeof *typefaces);

    if (typefaces == NULL)
        return RESULT_NO_MEMORY;
    typefaces->scale = pixels_per_unit;
    if (TTF_Init() != 0)
        return RESULT_FAILED;
    for (size_t i = 0; i < CUTS; i++) {
        TRY(str_format(typefaces->paths[i], sizeof typefaces->paths[i], "%s/%s", directory,
                       cut_files[i]));
        if (access(typefaces->paths[i], R_OK) != 0) {
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

    if (*font != NULL)
        return *font;
    *font = TTF_OpenFont(typefaces->paths[styles[style].cut], size_of(typefaces, style));
    if (*font == NULL) {
        log_error("ui", "a font could not be opened at this size", size_of(typefaces, style));
        return typefaces->any;
    }
    TTF_SetFontHinting(*font, TTF_HINTING_LIGHT_SUBPIXEL);
    typefaces->any = *font;
    return *font;
}

int typefaces_line(const struct typefaces *typefaces, enum style style)
{
    return (int)lround(styles[style].size * typefaces->scale * styles[style].line / 100);
}
