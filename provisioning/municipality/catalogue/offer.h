// offer.h: what the municipality offers, read from its catalogue file: a new document, price or
// name is a change of data.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "certificate_template.h"
#include "owned.h"
#include "population_register.h"
#include "result.h"

// Never changes once read; any number of threads may use it.
struct offer;

// Texts live as long as the offer.
struct offer_document {
    const char *kind;
    char letter; // in references
    const char *title[PAPER_LANGUAGE_COUNT];
    const char *legal_basis[PAPER_LANGUAGE_COUNT];
    bool in_language[PAPER_LANGUAGE_COUNT];
    bool for_children; // a parent may ask for it
    struct certificate_template content;
    const json_t *data; // the offer's own
};

// Whose document it would be, as the register knows them today.
struct offer_subject {
    const struct resident *person;
    const struct home_address *address;
    struct partial_date today;
};

// RESULT_NOT_FOUND: no such file. RESULT_MALFORMED: `wrong` (of `capacity` bytes) says where in the
// file, and what is expected there. RESULT_INVALID: the schema built in is wrong.
enum result offer_create(const char *path, char *wrong, size_t capacity, struct offer **out);
void offer_destroy(struct offer *offer);
DEFINE_OWNED(offer)

// Nobody younger is served at a terminal.
int offer_minimum_age(const struct offer *offer);

// RESULT_NOT_FOUND: not in the catalogue.
enum result offer_find(const struct offer *offer, const char *kind, struct offer_document *out);

// Do the document's rules allow it for this person?
bool offer_is_eligible(const struct offer_document *document, const struct offer_subject *subject);

// The price for a purpose, or without one (NULL). RESULT_NOT_FOUND: not a purpose of the document.
enum result offer_price(const struct offer_document *document, const char *purpose,
                        long long *cents);

// A purpose's name on paper. RESULT_NOT_FOUND: there is no such purpose.
enum result offer_purpose_name(const struct offer *offer, const char *purpose,
                               enum paper_language language, const char **name);

// Adds an option's field to what the document says. RESULT_NOT_FOUND: not an option of the
// document.
enum result offer_add_option(struct offer_document *document, const char *option);
