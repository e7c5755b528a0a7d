#include "window.h"

#include <SDL2/SDL.h>
#include <stdlib.h>
#include <sys/mman.h>

// Nobody composes accents here, and no session bus is started for us (SDL would run dbus-launch).
static void keep_libraries_quiet(void)
{
    (void)setenv("XCOMPOSEFILE", "/dev/null", 1);
    (void)setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
}

// The window's memory in one call: two thousand page faults while the first picture is drawn would
// take several times as long. Where the system does not know the call, that is what happens.
static void take_memory(SDL_Window *window)
{
    const SDL_Surface *surface = SDL_GetWindowSurface(window);

    if (surface != NULL)
        (void)madvise(surface->pixels, (size_t)surface->h * (size_t)surface->pitch,
                      MADV_POPULATE_WRITE);
}

enum result window_open(const struct window_wish *wish, SDL_Window **out)
{
    int place = wish->whole_screen ? 0 : (int)SDL_WINDOWPOS_CENTERED;

    *out = NULL;
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,wayland,KMSDRM"); // not one that nobody would see
    keep_libraries_quiet();
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return RESULT_UNREACHABLE;
    *out = SDL_CreateWindow("e-guichet", place, place, wish->width, wish->height,
                            wish->whole_screen ? SDL_WINDOW_BORDERLESS : 0);
    if (wish->whole_screen)
        SDL_ShowCursor(SDL_DISABLE);
    if (*out == NULL)
        return RESULT_UNREACHABLE;
    take_memory(*out);
    return RESULT_OK;
}
