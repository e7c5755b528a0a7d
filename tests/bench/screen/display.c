#include "display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>

struct display {
    Display *server;
    int damage_event;
    XShmSegmentInfo memory;
    int width, height;
};

static enum result share_memory(struct display *display)
{
    size_t size = (size_t)display->width * (size_t)display->height * 4;

    display->memory.shmid = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
    if (display->memory.shmid < 0)
        return RESULT_NO_MEMORY;
    display->memory.shmaddr = shmat(display->memory.shmid, NULL, 0);
    bool attached = XShmAttach(display->server, &display->memory) != 0;
    XSync(display->server, False);
    (void)shmctl(display->memory.shmid, IPC_RMID, NULL); // goes with its last user
    return attached ? RESULT_OK : RESULT_UNREACHABLE;
}

enum result display_create(struct display **out)
{
    owned(display) display = calloc(1, sizeof *display);
    int error_event, version;

    *out = NULL;
    if (display == NULL)
        return RESULT_NO_MEMORY;
    display->server = XOpenDisplay(NULL);
    if (display->server == NULL ||
        !XDamageQueryExtension(display->server, &display->damage_event, &error_event) ||
        !XShmQueryExtension(display->server) ||
        !XTestQueryExtension(display->server, &version, &version, &version, &version))
        return RESULT_UNREACHABLE;
    display->width = DisplayWidth(display->server, DefaultScreen(display->server));
    display->height = DisplayHeight(display->server, DefaultScreen(display->server));
    TRY(share_memory(display));
    (void)XDamageCreate(display->server, DefaultRootWindow(display->server),
                        XDamageReportRawRectangles);
    XSync(display->server, False);
    *out = take(display);
    return RESULT_OK;
}

void display_destroy(struct display *display)
{
    if (display == NULL)
        return;
    if (display->server != NULL)
        XCloseDisplay(display->server);
    if (display->memory.shmaddr != NULL)
        (void)shmdt(display->memory.shmaddr);
    free(display);
}

struct area display_whole(const struct display *display)
{
    return (struct area){0, 0, display->width, display->height};
}

const uint32_t *display_look(struct display *display, struct area area)
{
    Display *server = display->server;
    XImage *image = XShmCreateImage(server, DefaultVisual(server, DefaultScreen(server)), 24,
                                    ZPixmap, display->memory.shmaddr, &display->memory,
                                    (unsigned)area.width, (unsigned)area.height);

    if (image == NULL)
        abort(); // Xlib has no memory left
    (void)XShmGetImage(server, DefaultRootWindow(server), image, area.x, area.y, AllPlanes);
    image->data = NULL; // ours
    XDestroyImage(image);
    return (const uint32_t *)(const void *)display->memory.shmaddr;
}

bool display_wait_for_paint(struct display *display, int milliseconds)
{
    struct pollfd ready = {.fd = ConnectionNumber(display->server), .events = POLLIN};
    bool painted = false;
    XEvent event;

    if (XPending(display->server) == 0)
        (void)poll(&ready, 1, milliseconds);
    while (XPending(display->server) > 0) {
        XNextEvent(display->server, &event);
        painted |= event.type == display->damage_event + XDamageNotify;
    }
    return painted;
}

void display_point(struct display *display, int x, int y)
{
    XTestFakeMotionEvent(display->server, -1, x, y, CurrentTime);
    XSync(display->server, False);
}

void display_touch(struct display *display)
{
    XTestFakeButtonEvent(display->server, 1, True, CurrentTime);
    XTestFakeButtonEvent(display->server, 1, False, CurrentTime);
    XFlush(display->server);
}
