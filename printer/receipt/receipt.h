// receipt.h: what stands on a receipt, as one complete ESC/POS stream for the port
// receipt_printer.h. Nothing of a person fits into it: no name, address, number, birth date, no
// purpose. Pure.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "language.h"
#include "result.h"

enum receipt_kind {
    RECEIPT_FREE,            // delivered, nothing was paid; does not name the document
    RECEIPT_PAID,            // paid and delivered
    RECEIPT_NOT_PRINTED,     // paid, no sheet came out
    RECEIPT_PRINTED_IN_PART, // paid, some sheets came out
};

struct receipt_payment {
    const char *means;         // "Bancontact"
    const char *card_end;      // the last four digits; NULL for a payment without a card
    const char *authorisation; // NULL when there is none
    const char *terminal;      // of the payment terminal; NULL when there is none
};

// Borrowed texts in UTF-8, in the language of the receipt.
struct receipt {
    enum receipt_kind kind;
    enum language language;
    int columns;                      // of the printer in font A: 48, or 42
    bool specimen;                    // demonstration, marked as such
    const char *municipality;         // "Ville de Bruxelles"; printed in capitals
    const char *place;                // where the terminal stands
    const char *terminal;             // its name, "BXL-07"
    int64_t issued;                   // seconds since 1970 UTC; printed in Belgian time
    const char *reference;            // of the document, as on its paper
    const char *help_number;          // telephone; NULL when the counter is the only help
    const char *verification_code;    // free of charge only; NULL when not known
    const char *verification_address; // "guichet.example/v", needed with a code

    int64_t price_cents; // 0 when free of charge; may be waived in a demonstration

    // The rest only for what was paid.
    const char *order;    // its number, shown at the counter
    const char *document; // its name
    enum language paper;  // the language of the document
    int sheets;
    int sheets_printed;
    struct receipt_payment payment;
    int refund_days; // working days
};

// More than any receipt needs.
#define RECEIPT_STREAM_MAXIMUM 4096

// Writes the stream into `memory`; `stream` views it. RESULT_INVALID: something that this kind
// needs is missing, or has no place (columns, a code that is not plain ASCII). RESULT_TOO_LARGE: no
// room.
enum result receipt_compose(const struct receipt *receipt, uint8_t *memory, size_t capacity,
                            struct bytes *stream);
