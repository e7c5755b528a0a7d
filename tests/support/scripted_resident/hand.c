#include "hand.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <stdlib.h>
#include <string.h>

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

// Some screens are shown for a few milliseconds, so whole rows are copied where the display's
// pixels already are what a look holds.
static void copy_pixels(XImage *image, struct look *look)
{
    size_t width = (size_t)look->width;
    bool same = image->bits_per_pixel == 32 && image->byte_order == LSBFirst &&
                image->red_mask == 0xFF0000 && image->blue_mask == 0xFF;

    for (int y = 0; y < look->height; y++) {
        uint32_t *row = look->pixels + (size_t)y * width;
        if (same)
            memcpy(row, image->data + (size_t)y * (size_t)image->bytes_per_line, 4 * width);
        for (int x = 0; !same && x < look->width; x++)
            row[x] = (uint32_t)XGetPixel(image, x, y) & 0xFFFFFF;
    }
}

enum result hand_look(struct hand *hand, struct look **out)
{
    int screen = DefaultScreen(hand->display);
    int width = DisplayWidth(hand->display, screen), height = DisplayHeight(hand->display, screen);
    owned(look) look = calloc(1, sizeof *look);

    if (look == NULL || (look->pixels = malloc((size_t)width * (size_t)height * 4)) == NULL)
        return RESULT_NO_MEMORY;
    look->width = width;
    look->height = height;
    XImage *image = XGetImage(hand->display, RootWindow(hand->display, screen), 0, 0,
                              (unsigned)width, (unsigned)height, AllPlanes, ZPixmap);
    if (image == NULL)
        return RESULT_FAILED;
    copy_pixels(image, look);
    XDestroyImage(image);
    *out = take(look);
    return RESULT_OK;
}
