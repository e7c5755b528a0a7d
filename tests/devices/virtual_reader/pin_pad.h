// pin_pad.h: the keys of a virtual reader. PC/SC part 10 (IFDs with secure PIN entry): the reader
// asks for the PIN itself, writes it into the VERIFY command and sends that to the card.
//
// Whose fingers press the keys is said on a Unix socket: a line in, a line out.
//   pin DIGITS    the digits, then OK
//   keys DIGITS   the digits alone
//   correct       the key that takes all digits back
//   ok  cancel    the keys of that name
//   timeout       the reader's patience is over now
//   answer XXXX   the reader gives up with this status word
//   lose DIGITS   as pin, but what the card answers never reaches the computer
//   wait          nothing; answered once a PIN is asked for
// A line waits, unread, until the reader asks for a PIN. Who hangs up takes the fingers away.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card_link.h"

struct pin_pad {
    int listening; // -1: this reader has no keys
    int hand;      // who presses them now; -1: nobody
    char path[CARD_LINK_PATH_SIZE];
};

// Binds `path`, replacing a socket that an ended daemon left behind. False: errno says why.
bool pin_pad_open(struct pin_pad *pad, const char *path);
void pin_pad_close(struct pin_pad *pad);

enum pin_pad_end {
    PIN_PAD_ANSWERED, // two bytes: the card's status word, or the reader's own
    PIN_PAD_CARD_GONE,
    PIN_PAD_BROKEN, // nobody can tell what became of it
};

// FEATURE_VERIFY_PIN_DIRECT with the structure of part 10. Blocks until OK, cancel, time-out, or
// until the card is out.
enum pin_pad_end pin_pad_verify(struct pin_pad *pad, struct card_link *link,
                                const uint8_t *structure, size_t size, uint8_t status[2]);
