// receipt_composer.h: what the receipt service needs to turn an order into paper: the words on a
// receipt are the printer rooms' matter.
#pragma once
#include <stdint.h>

#include "result.h"
#include "secret.h"
#include "session.h"

#define RECEIPT_COMPOSER_CAPACITY 8192

struct receipt_composer {
    // Appends a complete ESC/POS stream to `stream`, which has room for
    // RECEIPT_COMPOSER_CAPACITY bytes. `now`: seconds since 1970-01-01 UTC. Does not
    // block; the loop's thread.
    enum result (*compose)(void *self, const struct session_order_note *note,
                           enum language language, int64_t now, struct secret *stream);
    void *self;
};
