// bancontact.h: Bancontact Pro, merchant API version 3, as a payment scheme.
#pragma once
#include "owned.h"
#include "payment_scheme.h"

struct bancontact;

struct bancontact_settings {
    const char *url; // of the API without the version, "https://…"; http only on the loopback
    const char *key; // the merchant's key of this product
    const char *ca;  // PEM file of the authority that is trusted; "": the system's
};

// Copies the settings; asks nobody yet. RESULT_INVALID: the address is neither https nor http on
// the loopback interface.
enum result bancontact_create(const struct bancontact_settings *settings, struct bancontact **out);
void bancontact_destroy(struct bancontact *bancontact);
DEFINE_OWNED(bancontact)

struct payment_scheme bancontact_scheme(struct bancontact *bancontact);
