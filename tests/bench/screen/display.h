// display.h: an X display as a person in front of it: what its pixels are, when they change, a
// finger on them. One thread; every call ends the program when the server is gone.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "owned.h"
#include "result.h"

struct display;

struct area {
    int x, y, width, height;
};

// RESULT_UNREACHABLE: no server at DISPLAY, or one without DAMAGE, MIT-SHM and XTEST.
enum result display_create(struct display **out);
void display_destroy(struct display *display);
DEFINE_OWNED(display)

// The whole screen.
struct area display_whole(const struct display *display);

// The pixels of an area, 4 bytes each, row by row; valid until the next look.
const uint32_t *display_look(struct display *display, struct area area);

// Waits until something was painted, at most so long. False: nothing was.
bool display_wait_for_paint(struct display *display, int milliseconds);

// Puts the pointer there without pressing.
void display_point(struct display *display, int x, int y);

// Presses and lets go at once, where the pointer is.
void display_touch(struct display *display);
