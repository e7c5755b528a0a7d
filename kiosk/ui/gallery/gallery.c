#include "gallery.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "picture_file.h"
#include "str.h"

#define PAGE_WIDTH 1040
#define PAGE_HEIGHT 1471

static const struct {
    const char *name;
    int width, height;
} orientations[] = {{"portrait", 1080, 1920}, {"landscape", 1920, 1080}};

static void grey_block(uint8_t *grey, int x, int y, int width, int height, uint8_t value)
{
    for (int row = y; row < y + height; row++) {
        for (int column = x; column < x + width; column++)
            grey[row * PAGE_WIDTH + column] = value;
    }
}

// A page that stands for a certificate: bars in place of lines of text.
static uint8_t *example_page(void)
{
    uint8_t *grey = malloc((size_t)PAGE_WIDTH * PAGE_HEIGHT);

    if (grey == NULL)
        return NULL;
    grey_block(grey, 0, 0, PAGE_WIDTH, PAGE_HEIGHT, 255);
    grey_block(grey, 90, 80, 100, 100, 40);
    grey_block(grey, 210, 100, 320, 18, 60);
    grey_block(grey, 210, 140, 240, 14, 120);
    grey_block(grey, 310, 260, 420, 30, 20);
    for (int i = 0; i < 6; i++)
        grey_block(grey, 90, 360 + 36 * i, i == 5 ? 400 : 860, 12, 110);
    for (int i = 0; i < 6; i++)
        grey_block(grey, 90, 640 + 60 * i, 860, 3, 0);
    for (int i = 0; i < 5; i++) {
        grey_block(grey, 110, 664 + 60 * i, 180 + 20 * i, 14, 70);
        grey_block(grey, 420, 664 + 60 * i, 150, 14, 70);
        grey_block(grey, 740, 664 + 60 * i, 160, 14, 70);
    }
    grey_block(grey, 90, 1160, 170, 170, 20);
    grey_block(grey, 290, 1220, 300, 16, 80);
    grey_block(grey, 90, 1390, 860, 2, 0);
    return grey;
}

enum result gallery_show(struct ui *ui, SDL_Surface *surface, const struct gallery_example *example)
{
    uint8_t *grey = example->has_page ? example_page() : NULL;
    struct ui_page page = {grey, PAGE_WIDTH, PAGE_HEIGHT};
    struct ui_frame frame = {
        .view = &example->view,
        .now = example->now,
        .page = grey != NULL ? &page : NULL,
        .code = "https://pay.example/t/1/EGUICHET0000000000000000000",
        .offer = gallery_catalogue(),
    };
    struct ui_damage damage;
    enum result result;

    ui_forget(ui);
    result = ui_show(ui, surface, &frame, &damage);
    free(grey);
    return result;
}

static enum result write_dump(struct ui *ui, const char *path)
{
    char *line = malloc(UI_DUMP_SIZE);
    enum result result = line == NULL ? RESULT_NO_MEMORY : ui_dump(ui, line, UI_DUMP_SIZE);
    FILE *file = result == RESULT_OK ? fopen(path, "w") : NULL;

    if (result == RESULT_OK && file == NULL)
        result = RESULT_UNREACHABLE;
    if (file != NULL && fprintf(file, "%s\n", line) < 0)
        result = RESULT_UNREACHABLE;
    if (file != NULL && fclose(file) != 0)
        result = RESULT_UNREACHABLE;
    free(line);
    return result;
}

static enum result make_directory(const char *path)
{
    return mkdir(path, 0755) == 0 || errno == EEXIST ? RESULT_OK : RESULT_UNREACHABLE;
}

struct sheet {
    const char *directory;
    const struct gallery_wish *wish;
    FILE *index;
};

static enum result dump_example(struct ui *ui, SDL_Surface *surface,
                                const struct gallery_example *example, const char *stem,
                                const struct sheet *sheet)
{
    char path[512];

    TRY(gallery_show(ui, surface, example));
    TRY(str_format(path, sizeof path, "%s/%s/%s.json", sheet->directory, stem, example->name));
    TRY(write_dump(ui, path));
    if (!sheet->wish->pictures)
        return RESULT_OK;
    TRY(str_format(path, sizeof path, "%s/%s/%s.png", sheet->directory, stem, example->name));
    TRY(picture_file_write(path, surface, true));
    return fprintf(sheet->index,
                   "<figure><img src=\"%s/%s.png\" alt=\"\"><figcaption>%s</figcaption></figure>\n",
                   stem, example->name, example->name) < 0
               ? RESULT_UNREACHABLE
               : RESULT_OK;
}

static enum result dump_set(const struct ui_settings *settings, int orientation,
                            enum language language, const struct sheet *sheet)
{
    owned(ui) ui = NULL;
    char stem[80], path[512];
    enum result result = RESULT_OK;
    SDL_Surface *surface;

    TRY(str_format(stem, sizeof stem, "%s-%s-%s", orientations[orientation].name,
                   language_code(language), ui_theme_name(settings->theme)));
    TRY(str_format(path, sizeof path, "%s/%s", sheet->directory, stem));
    if (sheet->wish->only != NULL && !str_starts_with(stem, sheet->wish->only))
        return RESULT_OK;
    TRY(make_directory(path));
    TRY(ui_create(settings, &ui));
    surface = SDL_CreateRGBSurfaceWithFormat(0, orientations[orientation].width,
                                             orientations[orientation].height, 32,
                                             SDL_PIXELFORMAT_XRGB8888);
    if (surface == NULL)
        return RESULT_NO_MEMORY;
    (void)fprintf(sheet->index, "<h2>%s</h2>\n", stem);
    for (int i = 0; result == RESULT_OK && i < gallery_count(); i++) {
        struct gallery_example example;

        gallery_get(i, language, &example);
        result = dump_example(ui, surface, &example, stem, sheet);
    }
    SDL_FreeSurface(surface);
    return result;
}

static enum result dump_all(const struct ui_settings *settings, const struct sheet *sheet)
{
    struct ui_settings themed = *settings;

    for (int theme = 0; theme < UI_THEME_COUNT; theme++) {
        if (!sheet->wish->every_theme && theme != (int)settings->theme)
            continue;
        themed.theme = (enum ui_theme)theme;
        for (int orientation = 0; orientation < 2; orientation++) {
            for (int language = 0; language < LANGUAGE_COUNT; language++)
                TRY(dump_set(&themed, orientation, (enum language)language, sheet));
        }
    }
    return RESULT_OK;
}

enum result gallery_dump_screens(const char *directory, const struct ui_settings *settings,
                                 const struct gallery_wish *wish)
{
    struct sheet sheet = {.directory = directory, .wish = wish};
    char path[512];
    enum result result;

    TRY(make_directory(directory));
    TRY(str_format(path, sizeof path, "%s/index.html", directory));
    sheet.index = fopen(path, "w");
    if (sheet.index == NULL)
        return RESULT_UNREACHABLE;
    (void)fprintf(sheet.index,
                  "<!doctype html><meta charset=\"utf-8\"><title>Screens</title>\n"
                  "<style>body{font-family:sans-serif}figure{display:inline-block;margin:8px}"
                  "img{height:480px;border:1px solid #888}</style>\n");
    result = dump_all(settings, &sheet);
    if (fclose(sheet.index) != 0 && result == RESULT_OK)
        result = RESULT_UNREACHABLE;
    return result;
}
