// pcsc_pin_pad.h: the keys of a reader: what it offers and how an entry is asked for (PC/SC part
// 10, version 2.02.09). The answers come from the reader's driver, which may be anybody's.
#pragma once
#include <winscard.h>

#include "card_channel.h"

struct pcsc_pin_pad {
    struct pin_pad pad;
    DWORD verify; // control code of FEATURE_VERIFY_PIN_DIRECT
};

// Asks the driver. A reader without keys, or with keys that cannot do this, is told as not fitted;
// the code is PC/SC's where the card or the service is gone.
LONG pcsc_pin_pad_find(SCARDHANDLE card, const char *reader, struct pcsc_pin_pad *found);

// `size` 0 of what came back: the driver answered with something else than a status word.
LONG pcsc_pin_pad_enter(SCARDHANDLE card, const struct pcsc_pin_pad *pad,
                        const struct pin_pad_entry *entry, uint16_t *status, DWORD *size);

// For tests: a feature's control code in the list that the driver gave; 0: not offered. A list
// that breaks its form offers nothing.
DWORD pcsc_pin_pad_feature(struct bytes list, uint8_t feature);

// For tests: what the TLV properties say about the digits; *pad keeps what they do not say. False:
// the reader cannot end an entry with OK.
bool pcsc_pin_pad_properties(struct bytes items, struct pin_pad *pad);

// For tests: PIN_VERIFY_STRUCTURE. RESULT_TOO_LARGE: the command is longer than a short APDU.
#define PCSC_PIN_PAD_REQUEST_SIZE (19 + 5 + 255)
enum result pcsc_pin_pad_pack(const struct pin_pad_entry *entry,
                              uint8_t request[PCSC_PIN_PAD_REQUEST_SIZE], size_t *size);
