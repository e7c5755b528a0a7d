// receipt_text.h: the fixed texts of the receipts, in the four languages. Slots stand in braces;
// spaces at which no line may end are U+00A0.
#pragma once
#include "language.h"

struct receipt_text {
    const char *counter;
    const char *specimen;
    const char *place, *terminal, *date, *order; // labels, at most 14 columns
    const char *document_reference;
    const char *verification_code;
    const char *verify; // {address}
    const char *free_of_charge;
    const char *nothing_paid; // where a demonstration waives the price
    const char *total;
    const char *no_vat;
    const char *in_language[LANGUAGE_COUNT]; // of the document
    const char *one_copy;
    const char *one_sheet, *more_sheets; // {n}
    const char *means, *card, *card_end, *authorisation, *pay_terminal,
        *state; // card_end: {digits}
    const char *paid, *refund_under_way;
    const char *not_printed[2], *printed_in_part[2]; // titles, in lines of at most 21 columns
    const char *show;
    const char *refund_card, *refund_account; // {amount}, {days}
    const char *nothing_to_do;
    const char *torn_page;
    const char *sheets_printed; // {n}, {all}
    const char *questions;      // {number}
    const char *questions_here; // where no telephone is given
    const char *privacy;
    const char *date_format;  // {day} {month} {year} {hour} {minute}
    const char *money_format; // {euro} {cent}
};

// Static storage.
const struct receipt_text *receipt_text_in(enum language language);
