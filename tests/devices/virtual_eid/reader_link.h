// reader_link.h: the card's end of a virtual reader's socket (see card_link.h there for the words).
#pragma once
#include <stdbool.h>

#include "eid_card.h"
#include "result.h"

enum link_step { LINK_GOES_ON, LINK_BROKEN, LINK_PULLED };

struct reader_link {
    const char *path;
    int reader;       // -1: not in contact
    int64_t pull_at;  // contact breaks instead of answering this command; 0: never
    int64_t commands; // since the card was put in
};

// One try. RESULT_UNREACHABLE: no reader listens there.
enum result reader_link_connect(struct reader_link *link);
void reader_link_break(struct reader_link *link);

// Takes one message from the reader, when there is one, and answers it.
enum link_step reader_link_serve(struct reader_link *link, struct eid_card *card);
