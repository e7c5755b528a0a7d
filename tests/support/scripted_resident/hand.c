#include "hand.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <stdlib.h>

struct hand {
    Display *display;
};

enum result hand_create(const char *display, struct hand **out)
{
    int event, error, major, minor;
    owned(hand) hand = calloc(1, sizeof *hand);

    if (hand == NULL)
        return RESULT_NO_MEMORY;
    hand->display = XOpenDisplay(display);
    if (hand->display == NULL ||
        !XTestQueryExtension(hand->display, &event, &error, &major, &minor))
        return RESULT_UNREACHABLE;
    *out = take(hand);
    return RESULT_OK;
}

void hand_destroy(struct hand *hand)
{
    if (hand == NULL)
        return;
    if (hand->display != NULL)
        XCloseDisplay(hand->display);
    free(hand);
}

enum result hand_touch(struct hand *hand, struct box where)
{
    int x = where.x + where.width / 2, y = where.y + where.height / 2;

    if (!XTestFakeMotionEvent(hand->display, DefaultScreen(hand->display), x, y, CurrentTime) ||
        !XTestFakeButtonEvent(hand->display, Button1, True, CurrentTime) ||
        !XTestFakeButtonEvent(hand->display, Button1, False, CurrentTime))
        return RESULT_FAILED;
    XSync(hand->display, False);
    return RESULT_OK;
}

void look_destroy(struct look *look)
{
    if (look == NULL)
        return;
    free(look->pixels);
    free(look);
}

enum result hand_look(struct hand *hand, struct look **out)
{
    int screen = DefaultScreen(hand->display);
    int width = DisplayWidth(hand->display, screen), height = DisplayHeight(hand->display, screen);
    owned(look) look = calloc(1, sizeof *look);

    if (look == NULL || (look->pixels = calloc((size_t)width * (size_t)height, 4)) == NULL)
        return RESULT_NO_MEMORY;
    look->width = width;
    look->height = height;
    XImage *image = XGetImage(hand->display, RootWindow(hand->display, screen), 0, 0,
                              (unsigned)width, (unsigned)height, AllPlanes, ZPixmap);
    if (image == NULL)
        return RESULT_FAILED;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            look->pixels[(size_t)y * (size_t)width + (size_t)x] =
                (uint32_t)XGetPixel(image, x, y) & 0xFFFFFF;
    XDestroyImage(image);
    *out = take(look);
    return RESULT_OK;
}
