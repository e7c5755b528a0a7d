#include "screen_feed.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "str.h"

struct screen_feed {
    int descriptor;
    char last[UI_DUMP_SIZE], now[UI_DUMP_SIZE];
};

struct screen_feed *screen_feed_open(void)
{
    const char *name = getenv("EGUICHET_SCREEN_FEED");
    int64_t number = 0;

    if (name == NULL || str_to_int(name, 3, 1023, &number) != RESULT_OK ||
        fcntl((int)number, F_SETFD, FD_CLOEXEC) != 0)
        return NULL;
    struct screen_feed *feed = calloc(1, sizeof *feed);
    if (feed != NULL)
        feed->descriptor = (int)number;
    return feed;
}

void screen_feed_destroy(struct screen_feed *feed)
{
    free(feed);
}

void screen_feed_write(struct screen_feed *feed, struct ui *ui)
{
    if (feed == NULL || ui_dump(ui, feed->now, sizeof feed->now - 1) != RESULT_OK ||
        str_equal(feed->now, feed->last))
        return;
    size_t size = strlen(feed->now);
    memcpy(feed->last, feed->now, size + 1);
    feed->now[size] = '\n';
    for (size_t at = 0; at <= size;) {
        ssize_t written = write(feed->descriptor, feed->now + at, size + 1 - at);

        if (written <= 0)
            return; // nobody reads any more
        at += (size_t)written;
    }
}
