// reader_link.h: the card's end of a virtual reader's socket (see card_link.h there for the words).
#pragma once
#include <stdbool.h>

#include "card_fault.h"
#include "result.h"
#include "slot_card.h"

enum link_step { LINK_GOES_ON, LINK_BROKEN, LINK_PULLED };

struct reader_link {
    const char *path;
    int reader; // -1: not in contact
    struct card_fault fault;
    int64_t commands, reads; // since the card was put in; reads: those that fetch what is stored
    bool dead;               // the chip answers nothing any more, not even a reset
    bool holding;            // an answer that the card keeps to itself
    struct eid_answer held;
};

// One try. RESULT_UNREACHABLE: no reader listens there.
enum result reader_link_connect(struct reader_link *link);
void reader_link_break(struct reader_link *link);

// Another card is in the slot: nothing was asked of it yet.
void reader_link_begin(struct reader_link *link);

// Takes one message from the reader, when there is one, and answers it.
enum link_step reader_link_serve(struct reader_link *link, struct slot_card *card);

// Sends the answer that was kept. RESULT_INVALID: there is none.
enum result reader_link_let_go(struct reader_link *link);
