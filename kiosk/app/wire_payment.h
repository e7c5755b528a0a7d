// wire_payment.h: the drivers of the ways to pay, by the configuration.
#pragma once
#include "config.h"
#include "payment.h"
#include "session.h"

// A way that is not fitted has no verbs. Otherwise standard error names the key whose value cannot
// be used. Both ways are the caller's: wire_payment_undo.
enum result wire_payment(const struct config *config, struct payment ways[SESSION_WAY_COUNT]);
void wire_payment_undo(struct payment ways[SESSION_WAY_COUNT]);
