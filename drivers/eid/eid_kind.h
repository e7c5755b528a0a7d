// eid_kind.h: which card is this? By its answer to reset first, by the names of its applications
// after.
#pragma once
#include <stdbool.h>

#include "bytes.h"
#include "card_channel.h"
#include "card_reader.h"

// A hint, no proof: applets 1.0 to 1.7 share a pattern, 1.8 has one answer.
bool eid_answer_is_belgian(const struct answer_to_reset *answer);

// The name under which the eID applet is selected (ISO 7816-4, 8.2.1.2).
struct bytes eid_applet_name(void);

// Names of applications (ISO 7816-4: 5 to 16 bytes) that tell what a card without the eID applet
// is, in the order to ask.
struct eid_stranger {
    uint8_t name[16];
    size_t size;
    enum card_kind kind;
};
#define EID_STRANGER_COUNT 9
const struct eid_stranger *eid_strangers(void);
