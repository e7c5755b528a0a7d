// card_channel.h: what a card driver wishes for from a card slot: who is in it, and commands
// carried there and back. Used by the drivers of cards, implemented by the drivers of readers.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "card_reader.h"
#include "result.h"
#include "secret.h"

// ISO 7816-3: TS and at most 32 characters.
#define ANSWER_TO_RESET_MAXIMUM 33
struct answer_to_reset {
    uint8_t bytes[ANSWER_TO_RESET_MAXIMUM];
    size_t size; // 0: something is in the slot and does not answer
};

// Two threads at most: one calls watch, the other all the rest. Results: RESULT_REMOVED (the card
// went out), RESULT_UNREACHABLE (reader or service gone), RESULT_BUSY (another process holds the
// card), RESULT_FAILED (a transport error: the card may be there still, its state is unknown and
// only reset brings it back), RESULT_INVALID (not connected).
struct card_channel_verbs {
    // As card_reader_verbs.watch and cancel_watch.
    enum result (*watch)(void *self, enum card_presence known, enum card_presence *now);
    void (*cancel_watch)(void *self);

    // Connects for exclusive use, dropping an earlier connection. RESULT_OK with an answer of size
    // 0: the card is mute and nothing is connected.
    enum result (*connect)(void *self, struct answer_to_reset *answer);

    // Nobody else reaches the card between begin and end.
    enum result (*begin)(void *self);
    enum result (*end)(void *self);

    // One command in the form of ISO 7816-3 T=0: header with P3, then the data. The data of the
    // answer is appended to `answer` (untouched on failure; RESULT_TOO_LARGE when it does not fit),
    // its status word goes to `status`. 61xx and, for reading commands, 6Cxx are resolved inside;
    // no command is ever sent again after a transport error. Blocks as long as the reader lets the
    // card think.
    enum result (*transmit)(void *self, struct bytes command, struct secret *answer,
                            uint16_t *status);

    // Warm reset on the same connection: rights and file selection are gone. RESULT_REMOVED when
    // the card is out.
    enum result (*reset)(void *self);

    // Resets the card and lets go of it. RESULT_OK also when nothing was connected.
    enum result (*disconnect)(void *self);
};

struct card_channel {
    const struct card_channel_verbs *verbs;
    void *self;
};
