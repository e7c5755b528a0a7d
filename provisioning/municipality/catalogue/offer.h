// offer.h: what the municipality offers, read from its catalogue file: a new document, price or
// name is a change of data.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "owned.h"
#include "paper_language.h"
#include "result.h"

// Never changes once read; any number of threads may use it.
struct offer;

// Texts live as long as the offer.
struct offer_document {
    const char *kind;
    char letter; // in references
    const char *title[PAPER_LANGUAGE_COUNT];
    const char *legal_basis[PAPER_LANGUAGE_COUNT];
    long long price_cents;
    bool in_language[PAPER_LANGUAGE_COUNT];
    bool issued_here; // false: listed with a reason, got elsewhere
};

// RESULT_NOT_FOUND: no such file. RESULT_MALFORMED: `wrong` (of `capacity` bytes) says what and
// where.
enum result offer_create(const char *path, char *wrong, size_t capacity, struct offer **out);
void offer_destroy(struct offer *offer);
DEFINE_OWNED(offer)

// Nobody younger is served at a terminal.
int offer_minimum_age(const struct offer *offer);

// RESULT_NOT_FOUND: not in the catalogue.
enum result offer_find(const struct offer *offer, const char *kind, struct offer_document *out);

// The catalogue as the API gives it; the caller owns it. NULL when out of memory.
json_t *offer_to_api(const struct offer *offer);
