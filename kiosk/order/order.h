// order.h: the life of an order: which states there are and which way it may go. It only moves
// forward, and every move is in the journal, synced, before the act that it announces.
#pragma once
#include <stdbool.h>

// Free of charge for now: payment adds its states between ISSUED and PRINTING.
enum order_state {
    ORDER_NONE,      // there is no order
    ORDER_INTENT,    // announced; the municipality may be asked for the document
    ORDER_ISSUED,    // the sealed document is in memory and its seal is good
    ORDER_PRINTING,  // announced; the printer may have it
    ORDER_DELIVERED, // final: the printer said completed and counted the sheets
    ORDER_CLOSED,    // final: no sheet came out, no money moved
    ORDER_STAFF,     // final on the terminal: nobody can tell, a person decides
};
#define ORDER_STATE_COUNT 7

// The word in the journal and in reports: "INTENT" …; static storage.
const char *order_state_name(enum order_state state);

bool order_state_is_final(enum order_state state);

// Is this step of an order's life legal?
bool order_may_move(enum order_state from, enum order_state to);

// What a printer's last word means for an order in PRINTING. `sheets` is -1 when it does not count.
enum order_print_end { ORDER_PRINT_COMPLETED, ORDER_PRINT_NOTHING_CAME, ORDER_PRINT_UNCLEAR };
enum order_state order_after_printing(enum order_print_end end, int sheets, int pages);
