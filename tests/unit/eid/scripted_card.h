// scripted_card.h: a card channel without reader or daemon: plays a card from memory, counts what
// it is sent, and goes wrong where it is told to.
#pragma once
#include <openssl/evp.h>
#include <stdbool.h>

#include "card_channel.h"
#include "specimen.h"

struct scripted_card {
    struct specimen files;
    struct answer_to_reset answer;
    uint8_t applet_version;
    bool is_eid;
    struct bytes other_application; // the only name that a card without the applet knows
    EVP_PKEY *key;                  // borrowed; signs
    int tries;

    // The exchange (from 1) at which something happens, once; 0: never.
    int pull_at, fail_at, unknown_at, cancel_at;
    void (*cancel)(void *self, uint32_t number);
    uint32_t cancelled_number;
    void *cancel_self;
    bool not_activated, chip_differs;

    // The reader's keys: what it says of them, and what an entry there comes to.
    struct pin_pad pad;
    uint16_t pad_answer;
    enum result pad_result;
    struct pin_pad_entry entered; // the last one, without its command
    int entries;

    // What was seen.
    int exchanges, verifications, questions, resets, connections, transactions;
    bool connected, verified;
    // The state of the applet.
    int file;
    uint8_t algorithm;
};

// The specimen: applet 1.1, whose questions for the tries would cost one.
void scripted_card_be_specimen(struct scripted_card *card);
struct card_channel scripted_card_port(struct scripted_card *card);
