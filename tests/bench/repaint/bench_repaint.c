// bench-repaint PROGRAMS [ROW…]: prints the row full_repaint, fields with tabs between: every
// screen of the gallery, upright with 1080 x 1920 pixels in French, drawn again as a whole once it
// has been drawn; the slowest of them counts. The peer is one colour over all of it and a copy of
// all of it, the least that a display asks for.
#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gallery.h"
#include "times.h"

#define WIDTH 1080
#define HEIGHT 1920
#define RUNS 21

static void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench-repaint: %s\n", what);
    exit(1);
}

static SDL_Surface *new_surface(void)
{
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_XRGB8888);

    need(surface != NULL, "no memory");
    return surface;
}

// A page of the document is left out: drawing the example of one would be measured with it.
static double time_repaint(struct ui *ui, SDL_Surface *surface,
                           const struct gallery_example *example)
{
    const struct ui_frame frame = {
        .view = &example->view, .now = example->now, .offer = gallery_catalogue()};
    struct ui_damage damage;

    ui_forget(ui);
    double began = milliseconds_now();
    enum result drawn = ui_show(ui, surface, &frame, &damage);
    double took = milliseconds_now() - began;
    need(drawn == RESULT_OK && damage.count == 1, "a screen could not be drawn");
    return took;
}

static double time_plain(SDL_Surface *surface, SDL_Surface *copy)
{
    double began = milliseconds_now();

    (void)SDL_FillRect(surface, NULL, 0x0B2E59);
    memcpy(copy->pixels, surface->pixels, (size_t)surface->h * (size_t)surface->pitch);
    return milliseconds_now() - began;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median_of(const struct times *times)
{
    struct times sorted = *times;

    qsort(sorted.milliseconds, sorted.count, sizeof *sorted.milliseconds, by_size);
    return sorted.milliseconds[sorted.count / 2];
}

int main(void)
{
    const struct ui_settings settings = {.pixels_per_unit = 1, .site = gallery_site()};
    struct times slowest = {}, plain = {};
    const char *name = "";
    struct ui *ui = NULL;
    SDL_Surface *surface = new_surface(), *copy = new_surface();

    need(ui_create(&settings, &ui) == RESULT_OK, "the fonts cannot be read");
    for (int i = 0; i < gallery_count(); i++) {
        struct gallery_example example;
        struct times times = {};

        gallery_get(i, LANGUAGE_FR, &example);
        (void)time_repaint(ui, surface, &example); // its pictures are made now
        for (int run = 0; run < RUNS; run++)
            times_add(&times, time_repaint(ui, surface, &example));
        times_add(&plain, time_plain(surface, copy));
        if (slowest.count == 0 || median_of(&times) > median_of(&slowest)) {
            slowest = times;
            name = example.name;
        }
    }
    fprintf(stderr, "bench-repaint: %s is the slowest of %d screens\n", name, gallery_count());
    times_print("full_repaint", "fill and copy", &slowest, &plain);
    ui_destroy(ui);
    SDL_FreeSurface(surface);
    SDL_FreeSurface(copy);
    return 0;
}
