// terminal_dialogues.h: what the terminal does, and the acquirer's book of it.
#pragma once
#include "terminal_line.h"

struct card_terminal {
    const char *folder;
    int receipt; // of the last payment or reversal; 0 none
    int64_t cents;
    int result;
    int reversed_receipt;
    int authorisations, charged, reversed; // the book
    bool payer_stands_there;               // a payment whose till is gone goes on
    int refusals_left;
};

// One command of a till, whole.
void terminal_serve(struct card_terminal *terminal, struct till *till, const uint8_t *packet,
                    size_t size);
void terminal_write_book(const struct card_terminal *terminal);
