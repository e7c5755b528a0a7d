#include "order.h"

const char *order_state_name(enum order_state state)
{
    static const char *const names[ORDER_STATE_COUNT] = {
        "NONE", "INTENT", "ISSUED", "PRINTING", "DELIVERED", "CLOSED", "STAFF"};

    return names[state];
}

bool order_state_is_final(enum order_state state)
{
    return state == ORDER_DELIVERED || state == ORDER_CLOSED || state == ORDER_STAFF;
}

bool order_may_move(enum order_state from, enum order_state to)
{
    switch (from) {
    case ORDER_NONE:
        return to == ORDER_INTENT;
    case ORDER_INTENT:
        return to == ORDER_ISSUED || to == ORDER_CLOSED;
    case ORDER_ISSUED:
        return to == ORDER_PRINTING || to == ORDER_CLOSED;
    case ORDER_PRINTING:
        return to == ORDER_DELIVERED || to == ORDER_CLOSED || to == ORDER_STAFF;
    case ORDER_DELIVERED:
    case ORDER_CLOSED:
    case ORDER_STAFF:
        return false;
    }
    return false;
}

enum order_state order_after_printing(enum order_print_end end, int sheets, int pages)
{
    switch (end) {
    case ORDER_PRINT_COMPLETED:
        // A printer that counts and counts too few has not printed the document.
        return sheets < 0 || sheets >= pages ? ORDER_DELIVERED : ORDER_STAFF;
    case ORDER_PRINT_NOTHING_CAME:
        return ORDER_CLOSED;
    case ORDER_PRINT_UNCLEAR:
        return ORDER_STAFF;
    }
    return ORDER_STAFF;
}
