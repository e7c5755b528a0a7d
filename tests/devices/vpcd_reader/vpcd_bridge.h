// vpcd_bridge.h: carries bytes between the card's Unix socket and the TCP port of vsmartcard's vpcd
// driver, which both use the same messages (card_link.h of the virtual reader).
#pragma once
#include <poll.h>
#include <stdint.h>

#include "result.h"

struct vpcd_bridge {
    int listening; // for the card
    int card;      // -1: no card
    int reader;    // the driver's end, as long as there is a card
    uint16_t port;
};

// Binds `path`, replacing a socket left behind. RESULT_FAILED: errno says why.
enum result vpcd_bridge_open(struct vpcd_bridge *bridge, const char *path, uint16_t port);

// What to poll for, VPCD_BRIDGE_LOOKS of them, and what to do with it: bytes are carried, and a
// hang-up at one end is one at the other.
#define VPCD_BRIDGE_LOOKS 3
void vpcd_bridge_look(const struct vpcd_bridge *bridge, struct pollfd looks[VPCD_BRIDGE_LOOKS]);
void vpcd_bridge_serve(struct vpcd_bridge *bridge, const struct pollfd looks[VPCD_BRIDGE_LOOKS]);
