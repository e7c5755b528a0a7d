#include "hand.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

// Some screens are shown for a few milliseconds: the server copies a picture into memory that both
// see (MIT-SHM). Through the socket it takes a hundred times as long on a busy machine.
struct hand {
    Display *display;
    XImage *image;
    XShmSegmentInfo shared;
};

static enum result share_image(struct hand *hand)
{
    int screen = DefaultScreen(hand->display);
    int width = DisplayWidth(hand->display, screen), height = DisplayHeight(hand->display, screen);

    hand->image = XShmCreateImage(hand->display, DefaultVisual(hand->display, screen),
                                  (unsigned)DefaultDepth(hand->display, screen), ZPixmap, NULL,
                                  &hand->shared, (unsigned)width, (unsigned)height);
    if (hand->image == NULL || hand->image->bits_per_pixel != 32)
        return RESULT_UNREACHABLE;
    size_t size = (size_t)hand->image->bytes_per_line * (size_t)height;
    hand->shared.shmid = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
    if (hand->shared.shmid < 0)
        return RESULT_NO_MEMORY;
    hand->shared.shmaddr = shmat(hand->shared.shmid, NULL, 0);
    bool attached = hand->shared.shmaddr != (void *)-1 && XShmAttach(hand->display, &hand->shared);
    XSync(hand->display, False);
    shmctl(hand->shared.shmid, IPC_RMID, NULL); // goes away with the last who holds it
    hand->image->data = hand->shared.shmaddr;
    return attached ? RESULT_OK : RESULT_UNREACHABLE;
}

enum result hand_create(const char *display, struct hand **out)
{
    int event, error, major, minor;
    owned(hand) hand = calloc(1, sizeof *hand);

    if (hand == NULL)
        return RESULT_NO_MEMORY;
    hand->display = XOpenDisplay(display);
    if (hand->display == NULL || !XShmQueryExtension(hand->display) ||
        !XTestQueryExtension(hand->display, &event, &error, &major, &minor))
        return RESULT_UNREACHABLE;
    TRY(share_image(hand));
    *out = take(hand);
    return RESULT_OK;
}

void hand_destroy(struct hand *hand)
{
    if (hand == NULL)
        return;
    if (hand->image != NULL) {
        hand->image->data = NULL; // the shared memory, which XDestroyImage must not free
        XDestroyImage(hand->image);
    }
    if (hand->shared.shmaddr != NULL && hand->shared.shmaddr != (void *)-1)
        shmdt(hand->shared.shmaddr);
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
    const XImage *image = hand->image;
    size_t width = (size_t)image->width, height = (size_t)image->height;
    owned(look) look = calloc(1, sizeof *look);

    if (look == NULL || (look->pixels = malloc(width * height * 4)) == NULL)
        return RESULT_NO_MEMORY;
    if (!XShmGetImage(hand->display, DefaultRootWindow(hand->display), hand->image, 0, 0,
                      AllPlanes))
        return RESULT_FAILED;
    look->width = image->width;
    look->height = image->height;
    for (size_t y = 0; y < height; y++)
        memcpy(look->pixels + y * width, image->data + y * (size_t)image->bytes_per_line,
               width * 4);
    *out = take(look);
    return RESULT_OK;
}
