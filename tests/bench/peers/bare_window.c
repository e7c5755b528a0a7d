// bare-window: the least that an SDL program can do before it shows its first frame: one window
// over the whole display, one colour, without OpenGL. Ends on SIGTERM.
#include <SDL.h>

int main(void)
{
    SDL_DisplayMode mode;
    SDL_Event event;

    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || SDL_GetCurrentDisplayMode(0, &mode) != 0)
        return 1;
    SDL_Window *window =
        SDL_CreateWindow("bare", 0, 0, mode.w, mode.h, SDL_WINDOW_BORDERLESS | SDL_WINDOW_SHOWN);
    SDL_Surface *surface = window != NULL ? SDL_GetWindowSurface(window) : NULL;
    if (surface == NULL)
        return 1;
    do {
        SDL_FillRect(surface, NULL, SDL_MapRGB(surface->format, 0x0B, 0x2E, 0x59));
        if (SDL_UpdateWindowSurface(window) != 0)
            return 1;
    } while (SDL_WaitEvent(&event) == 1 && event.type != SDL_QUIT);
    SDL_Quit();
    return 0;
}
