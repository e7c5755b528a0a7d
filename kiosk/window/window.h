// window.h: the terminal's one window. Drawing goes without OpenGL: a tenth of the memory, a
// quarter of the time, no threads; and video alone is initialised, since the other parts of SDL
// poll.
#pragma once
#include <SDL2/SDL_video.h>
#include <stdbool.h>

#include "result.h"

struct window_wish {
    int width, height; // pixels
    bool whole_screen; // at the upper left corner, without a frame and a pointer
};

// Before any thread exists: sets environment variables for SDL's libraries. The caller destroys the
// window and calls SDL_Quit, also after RESULT_UNREACHABLE: no display.
enum result window_open(const struct window_wish *wish, SDL_Window **out);
