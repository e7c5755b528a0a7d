// zvt_terminal.h: a payment terminal that speaks ZVT over TCP, behind kiosk/ports/payment.h.
#pragma once
#include <stdint.h>

#include "payment.h"
#include "result.h"

struct zvt_settings {
    const char *address;     // numeric, "192.0.2.7" or "192.0.2.7:20007"; copied
    int password;            // six digits, as the terminal's installer set it
    uint32_t acknowledge_ms; // for a command to be acknowledged; the specification's T3 is 5 s
    uint32_t answer_ms;      // for a command other than a payment to be done
};

// Fills `out`; nothing is sent yet. The caller owns it: zvt_terminal_destroy. RESULT_INVALID: the
// address is too long or has no host. All verbs block, in one thread at a time: `poll` 0.3 s at
// most, all others until a connection (2 s), an acknowledgement and an answer came or did not.
enum result zvt_terminal_create(const struct zvt_settings *settings, struct payment *out);

// Closes the line and frees; one that was never created (all zero) is fine.
void zvt_terminal_destroy(struct payment *payment);
