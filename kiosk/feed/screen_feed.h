// screen_feed.h: for demo and tests, what stands on the screen, as a line of JSON to an inherited
// descriptor. A build without EGUICHET_SCREEN_FEED has none of it.
#pragma once
#include "owned.h"
#include "ui.h"

struct screen_feed;

#ifdef EGUICHET_SCREEN_FEED

// NULL when the environment names no descriptor.
struct screen_feed *screen_feed_open(void);
void screen_feed_destroy(struct screen_feed *feed);

// Writes the dump of the screen shown last, if it differs from the one before. NULL is fine.
void screen_feed_write(struct screen_feed *feed, struct ui *ui);

#else

static inline struct screen_feed *screen_feed_open(void)
{
    return NULL;
}

static inline void screen_feed_destroy(struct screen_feed *feed)
{
    (void)feed;
}

static inline void screen_feed_write(struct screen_feed *feed, struct ui *ui)
{
    (void)feed;
    (void)ui;
}

#endif
DEFINE_OWNED(screen_feed)
