// https_payment.h: payment by a code on the screen, through the municipality: implements payment.h
// with the payment calls of the municipal API. The municipality alone knows the scheme's secrets.
#pragma once
#include "https_backend.h"
#include "payment.h"

// Copies the settings; a connection of its own, so that no resident's request stands in its way.
// Results as https_backend_create. All verbs block, in one thread at a time, for limits.total at
// most, `cancel` and `refund` twice that. The caller destroys *out when no verb is running.
enum result https_payment_create(const struct https_backend_settings *settings,
                                 struct payment *out);
// One that was never created (all zero) is fine.
void https_payment_destroy(struct payment *payment);
