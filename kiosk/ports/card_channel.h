// card_channel.h: what a card driver wishes for from a card slot: who is in it, and commands
// carried there and back. Used by the drivers of cards, implemented by the drivers of readers.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "card_reader.h"
#include "language.h"
#include "result.h"
#include "secret.h"

// ISO 7816-3: TS and at most 32 characters.
#define ANSWER_TO_RESET_MAXIMUM 33
struct answer_to_reset {
    uint8_t bytes[ANSWER_TO_RESET_MAXIMUM];
    size_t size; // 0: something is in the slot and does not answer
};

// Keys of the reader's own (PC/SC part 10: IFDs with secure PIN entry capabilities).
struct pin_pad {
    bool fitted;
    uint8_t least, most; // digits that it lets through; 0 and 255 where it does not say
};

// A PIN that is typed at those keys, and that the reader itself writes into the command and sends:
// it never comes to this computer. The bm… fields and what they mean are those of part 10, 2.5.2
// (PIN_VERIFY_STRUCTURE); an entry ends with OK.
struct pin_pad_entry {
    uint8_t first_key_s, next_key_s; // how long the reader waits for a key, 1 to 255
    uint8_t least, most;             // digits
    uint8_t bm_format_string, bm_pin_block_string, bm_pin_length_format;
    enum language language; // of the reader's own display
    struct bytes command;   // with the places for the digits filled
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

    // Both may be NULL: a slot that never has keys.

    // Does the reader of the connected card have keys that can be used? Sends nothing to the card.
    enum result (*find_pin_pad)(void *self, struct pin_pad *pad);

    // One entry at the keys, one command to the card, never repeated. `status`: the card's word, or
    // the reader's own: 6400 nobody typed in time, 6401 cancelled at the keys, 6403 too few or too
    // many digits, 6404 and 6B80 refused by the reader; the card got nothing then. Blocks until
    // then, which is at most first_key_s and next_key_s for each digit and OK: the reader's own
    // timers, and the card's removal, are the only bounds. PC/SC part 10, 2.5 has an entry that can
    // be broken off (FEATURE_VERIFY_PIN_START, _FINISH and FEATURE_ABORT), but the drivers of USB
    // readers offer VERIFY_PIN_DIRECT alone (libccid, SCARDCONTROL.txt), SCardCancel ends nothing
    // but SCardGetStatusChange, and pcscd holds the reader for the one call. RESULT_REFUSED: no
    // keys.
    enum result (*enter_pin)(void *self, const struct pin_pad_entry *entry, uint16_t *status);
};

struct card_channel {
    const struct card_channel_verbs *verbs;
    void *self;
};
