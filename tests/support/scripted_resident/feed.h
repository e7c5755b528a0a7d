// feed.h: what the kiosk says it shows: one JSON line for each screen, with the boxes of its
// widgets.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "owned.h"
#include "result.h"

struct box {
    int x, y, width, height;
};

struct feed_item {
    const char *id, *role, *label; // live as long as the screen
    struct box box;                // of the widget
    struct box ink;                // of its letters; all zero when it has none
    bool enabled;
};

// One shown screen. Owned by whoever got it.
struct feed_screen {
    const char *name, *language; // live as long as the screen
    int width, height;
    size_t count;
    struct feed_item *items;
    char *line; // the text it came from, without the line's end
    void *document;
};
void feed_screen_destroy(struct feed_screen *screen);
DEFINE_OWNED(feed_screen)

// Reads one line as a screen. RESULT_MALFORMED when it is not what the kiosk promises to write.
enum result feed_parse(const char *line, struct feed_screen **out);

// The first item of that id, role or label start; NULL when there is none. Labels are compared as
// they are shown.
const struct feed_item *feed_find_id(const struct feed_screen *screen, const char *id);
const struct feed_item *feed_find_label(const struct feed_screen *screen, const char *start);

// The first item whose letters leave its box or the screen; NULL when nothing is cut off.
const struct feed_item *feed_find_clipped(const struct feed_screen *screen);

// The reading end. `descriptor` stays the caller's.
struct feed;
enum result feed_create(int descriptor, struct feed **out);
void feed_destroy(struct feed *feed);
DEFINE_OWNED(feed)

// The next screen. RESULT_TIMED_OUT when none was shown for that long; RESULT_UNREACHABLE when the
// kiosk closed its end; RESULT_MALFORMED as in feed_parse.
enum result feed_next(struct feed *feed, int timeout_ms, struct feed_screen **out);

// Is another screen shown within that time, which feed_next would then return at once?
bool feed_has_more(struct feed *feed, int timeout_ms);
