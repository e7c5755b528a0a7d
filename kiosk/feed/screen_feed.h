// screen_feed.h: for demo and tests, what stands on the screen, as a line of JSON to an inherited
// descriptor. A build without EGUICHET_SCREEN_FEED has none of it.
#pragma once
#include "owned.h"
#include "ui.h"

struct screen_feed;

// NULL when the environment names no descriptor, or this build has no feed.
struct screen_feed *screen_feed_open(void);
void screen_feed_destroy(struct screen_feed *feed);
DEFINE_OWNED(screen_feed)

// Writes the dump of the screen shown last, if it differs from the one before. NULL is fine.
void screen_feed_write(struct screen_feed *feed, struct ui *ui);
