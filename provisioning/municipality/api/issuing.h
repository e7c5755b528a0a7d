// issuing.h: one document, from the register to the store: looked up, drawn, sealed, kept.
#pragma once
#include "certificate.h"
#include "offer.h"
#include "order_store.h"
#include "population_register.h"
#include "result.h"
#include "sealer.h"

struct issuing_desk {
    struct population_register population;
    const struct offer *offer;
    struct certificate_studio *studio;
    const struct sealer *sealer;
    struct order_store *store;
    const char *checking_address, *signatory;
    bool demonstration; // the specimen marks
    bool takes_payment; // without it, nothing that has a price is issued
};

struct issuing_request {
    const char *id; // of the order, which is also the key that makes it idempotent
    const char *terminal, *session;
    const char *requester; // national number, proved
    const char *kind, *subject, *language;
    const char *purpose; // "" when none was given
    const char *options; // in the catalogue's order, with commas between them; may be ""
    int64_t at;
};

enum issuing_outcome {
    ISSUING_DONE,
    ISSUING_OTHER_ORDER,  // there is an order of that id that asked for something else
    ISSUING_NOT_POSSIBLE, // not this document, language, purpose, option, or not for this person
    ISSUING_SEE_COUNTER,  // this one needs a person
    ISSUING_REGISTER_DOWN,
    ISSUING_SEAL_DOWN,
    ISSUING_FAILED,
};

// Issues, or returns the order that the same request made before. Any thread; blocks for the
// register, the drawing (tens of milliseconds) and the disk.
enum issuing_outcome issuing_issue(const struct issuing_desk *desk,
                                   const struct issuing_request *request, struct stored_order *out);
