// catalogue.h: what a municipality offers, as data: documents, their names, who may have them.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "language.h"
#include "owned.h"
#include "result.h"

struct catalogue_document {
    const char *kind; // the API's word: household, life …
    const char *icon; // name of an icon in ui-assets; unknown names show as "document"
    const char *name[LANGUAGE_COUNT];
    const char *explanation[LANGUAGE_COUNT]; // what it is, in plain words
    const char *reason[LANGUAGE_COUNT];      // why it is not possible here; NULL when it is
    bool eligible;
    bool in_language[LANGUAGE_COUNT]; // languages of the paper: French, Dutch
    int64_t price_cents;
};

// Never changes once made; texts live as long as it does. May be read by any thread.
struct catalogue {
    const char *municipality[LANGUAGE_COUNT];
    size_t count;
    const struct catalogue_document *documents;
};

// Builder for the driver that reads it from the wire: copies everything into one allocation chain.
// `names` may be NULL for "no reason". RESULT_NO_MEMORY or RESULT_TOO_LARGE leave nothing behind.
enum result catalogue_create(const struct catalogue *from, struct catalogue **out);
void catalogue_destroy(struct catalogue *catalogue);
DEFINE_OWNED(catalogue)
