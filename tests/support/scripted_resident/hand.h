// hand.h: the resident's finger and eyes on an X display: touches by XTEST, pictures of the screen.
#pragma once
#include <stdint.h>

#include "feed.h"
#include "owned.h"
#include "result.h"

struct hand;

// Opens the display by name (":12"). RESULT_UNREACHABLE when there is none, or it has no
// XTEST, no MIT-SHM or no 32-bit pixels.
enum result hand_create(const char *display, struct hand **out);
void hand_destroy(struct hand *hand);
DEFINE_OWNED(hand)

// A short touch in the middle of the box; done when the X server has it.
enum result hand_touch(struct hand *hand, struct box where);

// What the display shows now, the whole of it. `pixels` is width * height times RRGGBB in the
// low 24 bits, owned.
struct look {
    int width, height;
    uint32_t *pixels;
};
void look_destroy(struct look *look);
DEFINE_OWNED(look)
enum result hand_look(struct hand *hand, struct look **out);
