#include "feed.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "str.h"

#define LINE_MAXIMUM (256 * 1024)

struct feed {
    int descriptor;
    size_t size;
    char text[LINE_MAXIMUM];
};

void feed_screen_destroy(struct feed_screen *screen)
{
    if (screen == NULL)
        return;
    json_decref(screen->document);
    free(screen->items);
    free(screen->line);
    free(screen);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

static enum result read_box(const json_t *array, struct box *box)
{
    int *const parts[] = {&box->x, &box->y, &box->width, &box->height};

    if (json_array_size(array) != 4)
        return RESULT_MALFORMED;
    for (size_t i = 0; i < 4; i++) {
        const json_t *part = json_array_get(array, i);
        if (!json_is_integer(part))
            return RESULT_MALFORMED;
        *parts[i] = (int)json_integer_value(part);
    }
    return RESULT_OK;
}

static enum result read_item(const json_t *object, struct feed_item *item)
{
    const json_t *ink = json_object_get(object, "ink");

    *item = (struct feed_item){
        .id = text_of(object, "id"),
        .role = text_of(object, "role"),
        .label = text_of(object, "label"),
        .enabled = !json_is_false(json_object_get(object, "enabled")),
    };
    TRY(read_box(json_object_get(object, "box"), &item->box));
    return json_is_array(ink) ? read_box(ink, &item->ink) : RESULT_OK;
}

static enum result read_items(const json_t *items, struct feed_screen *screen)
{
    if (!json_is_array(items))
        return RESULT_MALFORMED;
    screen->count = json_array_size(items);
    screen->items = calloc(screen->count + 1, sizeof *screen->items);
    if (screen->items == NULL)
        return RESULT_NO_MEMORY;
    for (size_t i = 0; i < screen->count; i++)
        TRY(read_item(json_array_get(items, i), &screen->items[i]));
    return RESULT_OK;
}

enum result feed_parse(const char *line, struct feed_screen **out)
{
    owned(feed_screen) screen = calloc(1, sizeof *screen);

    if (screen == NULL || (screen->line = strdup(line)) == NULL)
        return RESULT_NO_MEMORY;
    screen->document = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    screen->name = text_of(screen->document, "screen");
    screen->language = text_of(screen->document, "language");
    screen->width = (int)json_integer_value(json_object_get(screen->document, "width"));
    screen->height = (int)json_integer_value(json_object_get(screen->document, "height"));
    if (screen->name[0] == '\0' || screen->width <= 0 || screen->height <= 0)
        return RESULT_MALFORMED;
    TRY(read_items(json_object_get(screen->document, "items"), screen));
    *out = take(screen);
    return RESULT_OK;
}

const struct feed_item *feed_find_id(const struct feed_screen *screen, const char *id)
{
    for (size_t i = 0; i < screen->count; i++)
        if (str_equal(screen->items[i].id, id))
            return &screen->items[i];
    return NULL;
}

const struct feed_item *feed_find_label(const struct feed_screen *screen, const char *start)
{
    for (size_t i = 0; i < screen->count; i++)
        if (screen->items[i].enabled && str_starts_with(screen->items[i].label, start))
            return &screen->items[i];
    return NULL;
}

static bool lies_within(struct box inner, struct box outer)
{
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

const struct feed_item *feed_find_clipped(const struct feed_screen *screen)
{
    const struct box whole = {0, 0, screen->width, screen->height};

    for (size_t i = 0; i < screen->count; i++) {
        const struct feed_item *item = &screen->items[i];
        if (!lies_within(item->box, whole))
            return item;
        if (item->ink.width > 0 && !lies_within(item->ink, item->box))
            return item;
    }
    return NULL;
}

enum result feed_create(int descriptor, struct feed **out)
{
    struct feed *feed = malloc(sizeof *feed);

    if (feed == NULL)
        return RESULT_NO_MEMORY;
    feed->descriptor = descriptor;
    feed->size = 0;
    *out = feed;
    return RESULT_OK;
}

void feed_destroy(struct feed *feed)
{
    free(feed);
}

// Waits for more of the text; leaves whole lines to the caller.
static enum result read_more(struct feed *feed, int timeout_ms)
{
    struct pollfd readable = {.fd = feed->descriptor, .events = POLLIN};

    if (feed->size == sizeof feed->text)
        return RESULT_MALFORMED;
    int ready = poll(&readable, 1, timeout_ms);
    if (ready < 0)
        return errno == EINTR ? RESULT_OK : RESULT_FAILED;
    if (ready == 0)
        return RESULT_TIMED_OUT;
    ssize_t more = read(feed->descriptor, feed->text + feed->size, sizeof feed->text - feed->size);
    if (more < 0)
        return errno == EINTR || errno == EAGAIN ? RESULT_OK : RESULT_FAILED;
    if (more == 0)
        return RESULT_UNREACHABLE;
    feed->size += (size_t)more;
    return RESULT_OK;
}

enum result feed_next(struct feed *feed, int timeout_ms, struct feed_screen **out)
{
    uint64_t until = clock_monotonic_ms() + (uint64_t)timeout_ms;
    char *end;

    while ((end = memchr(feed->text, '\n', feed->size)) == NULL) {
        uint64_t now = clock_monotonic_ms();
        TRY(read_more(feed, now < until ? (int)(until - now) : 0));
    }
    *end = '\0';
    enum result parsed = feed_parse(feed->text, out);
    size_t used = (size_t)(end - feed->text) + 1;
    feed->size -= used;
    memmove(feed->text, feed->text + used, feed->size);
    return parsed;
}

bool feed_has_more(struct feed *feed, int timeout_ms)
{
    struct pollfd readable = {.fd = feed->descriptor, .events = POLLIN};

    if (memchr(feed->text, '\n', feed->size) != NULL)
        return true;
    return poll(&readable, 1, timeout_ms) > 0 && read_more(feed, 0) == RESULT_OK &&
           memchr(feed->text, '\n', feed->size) != NULL;
}
