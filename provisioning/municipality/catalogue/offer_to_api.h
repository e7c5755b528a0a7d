// offer_to_api.h: the catalogue as the API gives it to a terminal.
#pragma once
#include "offer.h"

// What the terminal can do and who stands before it.
struct offer_view {
    bool takes_payment;
    const struct offer_subject *subject; // NULL: nobody is known, nothing is refused for rules
    bool is_child;                       // of who asks: documents for children alone
};

// The caller owns it. NULL when out of memory.
json_t *offer_to_api(const struct offer *offer, const struct offer_view *view);
