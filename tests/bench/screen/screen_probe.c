// screen-probe: starts a command on an otherwise empty display and measures it from outside, as a
// person in front of it would. Prints one line "NAME NUMBER" a measurement.
//
//   screen-probe [--touch X,Y]… [--touches N] [--settle MS] [--idle SECONDS]
//                --picture FILE -- COMMAND…
//
// FILE is the settled picture. When it is not there, this start is the reference: it waits until
// nothing has changed for 8 s, writes FILE and prints no start. Touches go round the points in
// turn; each must change the picture. `memory_kb` is printed when a settling time is given, and how
// often threads of the tree were woken a second when it is to be left alone for a while.
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "display.h"
#include "str.h"
#include "tree.h"

enum {
    POINTS_MAXIMUM = 4,
    SETTLED_MS = 8000, // without a change after the first one: the reference picture
    START_LIMIT_MS = 60000,
    TOUCH_LIMIT_MS = 5000,
    LOOK_MS = 2,    // looks this often while nothing says that something was painted
    QUIET_MS = 150, // without a change after a touch: that picture was the final one
    BETWEEN_TOUCHES_MS = 130,
    CALM_MS = 15000, // until a program that has just started has come to rest
};

struct point {
    int x, y;
};

struct wish {
    const char *picture;
    struct point points[POINTS_MAXIMUM];
    int point_count;
    long touches, settle_ms, idle_s;
    char **command;
};

// The picture that the display showed last, to see what changed.
struct memory {
    uint32_t *pixels;
    size_t size;
};

static void fail(const char *what)
{
    fprintf(stderr, "screen-probe: %s\n", what);
    tree_end();
    exit(1);
}

static double now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void pause_ms(long milliseconds)
{
    const struct timespec pause = {.tv_sec = milliseconds / 1000,
                                   .tv_nsec = milliseconds % 1000 * 1000000};

    (void)nanosleep(&pause, NULL);
}

// ---- pictures -----------------------------------------------------------------------------------

static struct memory remember(const struct display *display)
{
    struct area whole = display_whole(display);
    size_t size = (size_t)whole.width * (size_t)whole.height * sizeof(uint32_t);
    struct memory memory = {calloc(1, size), size};

    if (memory.pixels == NULL)
        fail("no memory for a picture");
    return memory;
}

// True when the display differs from what is remembered, which it then replaces.
static bool has_changed(struct display *display, struct memory *memory)
{
    const uint32_t *pixels = display_look(display, display_whole(display));

    if (memcmp(pixels, memory->pixels, memory->size) == 0)
        return false;
    memcpy(memory->pixels, pixels, memory->size);
    return true;
}

static bool read_picture(const char *path, struct memory *memory)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool whole = file >= 0 && read(file, memory->pixels, memory->size) == (ssize_t)memory->size;

    if (file >= 0)
        (void)close(file);
    return whole;
}

static void write_picture(const char *path, const struct memory *memory)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (file < 0 || write(file, memory->pixels, memory->size) != (ssize_t)memory->size ||
        close(file) != 0)
        fail("the settled picture cannot be written");
}

static void wait_for_change(struct display *display, struct memory *memory)
{
    double began = now_ms();

    while (!display_wait_for_paint(display, 20) || !has_changed(display, memory))
        if (now_ms() - began > START_LIMIT_MS)
            fail("nothing was painted");
}

// Waits until nothing has changed for so long; the moment of the last change.
static double settle(struct display *display, struct memory *memory, double quiet_ms, double limit)
{
    double began = now_ms(), last = began;

    while (now_ms() - last < quiet_ms) {
        if (display_wait_for_paint(display, 20)) {
            double painted = now_ms();
            if (has_changed(display, memory))
                last = painted;
        }
        if (now_ms() - began > limit)
            fail("the picture does not come to rest");
    }
    return last;
}

// ---- what is measured ---------------------------------------------------------------------------

// Until at least 999 of 1,000 pixels are those of the settled picture.
static bool is_right(struct display *display, const struct memory *right)
{
    const uint32_t *pixels = display_look(display, display_whole(display));
    size_t wrong = 0, count = right->size / sizeof *pixels;

    for (size_t i = 0; i < count && wrong <= count / 1000; i++)
        wrong += ((pixels[i] ^ right->pixels[i]) & 0xFFFFFF) != 0;
    return wrong <= count / 1000;
}

static void measure_start(struct display *display, const struct memory *right, double began)
{
    for (;;) {
        (void)display_wait_for_paint(display, LOOK_MS);
        double looked = now_ms();
        if (is_right(display, right)) {
            printf("start_ms %.2f\n", looked - began);
            return;
        }
        if (looked - began > START_LIMIT_MS)
            fail("the settled picture did not come");
    }
}

static void measure_memory(long settle_ms)
{
    pause_ms(settle_ms);
    struct tree_cost cost = tree_cost();

    if (cost.unreadable > 0)
        fail("the memory of a process cannot be read; run as root");
    printf("memory_kb %llu\nprocesses %d\nthreads %d\n", (unsigned long long)cost.pss_kb,
           cost.processes, cost.threads);
}

// Threads that end meanwhile take their count with them.
static void measure_idleness(long seconds)
{
    pause_ms(CALM_MS);
    uint64_t before = tree_cost().waits;
    double began = now_ms();
    pause_ms(seconds * 1000);
    uint64_t after = tree_cost().waits;
    printf("wakeups_a_second %.3f\n",
           after > before ? (double)(after - before) * 1000 / (now_ms() - began) : 0.0);
}

static void measure_touch(struct display *display, struct memory *memory, struct point point)
{
    double first = 0;

    display_point(display, point.x, point.y);
    pause_ms(BETWEEN_TOUCHES_MS);
    (void)settle(display, memory, QUIET_MS, TOUCH_LIMIT_MS);
    double touched = now_ms();
    display_touch(display);
    while (first == 0) {
        bool painted = display_wait_for_paint(display, 20);
        double moment = now_ms();

        if (painted && has_changed(display, memory))
            first = moment;
        if (moment - touched > TOUCH_LIMIT_MS)
            fail("a touch changed nothing");
    }
    double last = settle(display, memory, QUIET_MS, TOUCH_LIMIT_MS);
    printf("touch_ms %.2f\ntouch_final_ms %.2f\n", first - touched,
           (last > first ? last : first) - touched);
}

// ---- the command line ---------------------------------------------------------------------------

static bool read_point(const char *text, struct wish *wish)
{
    char *rest = NULL;
    struct point *point = &wish->points[wish->point_count];

    if (wish->point_count == POINTS_MAXIMUM)
        return false;
    point->x = (int)strtol(text, &rest, 10);
    if (*rest != ',')
        return false;
    point->y = (int)strtol(rest + 1, &rest, 10);
    wish->point_count++;
    return *rest == '\0';
}

static bool read_wish(int argc, char **argv, struct wish *wish)
{
    static const struct option options[] = {
        {"picture", required_argument, NULL, 'p'}, {"touch", required_argument, NULL, 't'},
        {"touches", required_argument, NULL, 'n'}, {"settle", required_argument, NULL, 's'},
        {"idle", required_argument, NULL, 'i'},    {}};
    bool good = true;

    for (int option; good && (option = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
        if (option == 'p')
            wish->picture = optarg;
        else if (option == 't')
            good = read_point(optarg, wish);
        else if (option == 'n')
            wish->touches = strtol(optarg, NULL, 10);
        else if (option == 's')
            wish->settle_ms = strtol(optarg, NULL, 10);
        else if (option == 'i')
            wish->idle_s = strtol(optarg, NULL, 10);
        else
            good = false;
    }
    wish->command = argv + optind;
    return good && wish->picture != NULL && optind < argc &&
           (wish->touches == 0 || wish->point_count > 0);
}

int main(int argc, char **argv)
{
    struct wish wish = {};
    owned(display) display = NULL;

    if (!read_wish(argc, argv, &wish)) {
        fprintf(stderr, "usage: screen-probe [--touch X,Y]… [--touches N] [--settle MS] "
                        "[--idle SECONDS] --picture FILE -- COMMAND…\n");
        return 2;
    }
    if (display_create(&display) != RESULT_OK)
        fail("no display with DAMAGE, MIT-SHM and XTEST");
    struct memory memory = remember(display);
    display_point(display, 0, 0);
    bool reference = !read_picture(wish.picture, &memory);
    if (reference)
        (void)has_changed(display, &memory); // the empty display
    double began = now_ms();
    if (tree_start(wish.command) < 0)
        fail("no new process");
    if (reference) {
        wait_for_change(display, &memory);
        (void)settle(display, &memory, SETTLED_MS, START_LIMIT_MS);
        write_picture(wish.picture, &memory);
    } else {
        measure_start(display, &memory, began);
    }
    if (wish.settle_ms > 0)
        measure_memory(wish.settle_ms);
    if (wish.idle_s > 0)
        measure_idleness(wish.idle_s);
    for (long i = 0; i < wish.touches; i++)
        measure_touch(display, &memory, wish.points[i % wish.point_count]);
    tree_end();
    free(memory.pixels);
    return 0;
}
