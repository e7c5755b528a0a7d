// catalogue.h: what a municipality offers, as data: documents, their names, who may have them.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "language.h"
#include "owned.h"
#include "result.h"

// What somebody needs a document for; printed on it.
struct catalogue_purpose {
    const char *id; // the API's word
    const char *name[LANGUAGE_COUNT];
    const char *information[LANGUAGE_COUNT]; // to be known before it is chosen; NULL: nothing
    const char *reason[LANGUAGE_COUNT];      // why it is not possible here; NULL when it is
    bool eligible;
    int64_t price_cents;
};

// Something that a document says only when it is asked for.
struct catalogue_option {
    const char *id; // the API's word
    const char *question[LANGUAGE_COUNT], *yes[LANGUAGE_COUNT], *no[LANGUAGE_COUNT];
};

#define CATALOGUE_OPTIONS_MAXIMUM 8 // the API's

struct catalogue_document {
    const char *kind; // the API's word: household, life …
    const char *icon; // name of an icon in ui-assets; unknown names show as "document"
    const char *name[LANGUAGE_COUNT];
    const char *explanation[LANGUAGE_COUNT]; // what it is, in plain words
    const char *reason[LANGUAGE_COUNT];      // why it is not possible here; NULL when it is
    bool eligible;
    bool in_language[LANGUAGE_COUNT]; // languages of the paper: French, Dutch
    int64_t price_cents;              // without a purpose
    size_t purpose_count;
    const struct catalogue_purpose *purposes;
    size_t option_count; // at most CATALOGUE_OPTIONS_MAXIMUM
    const struct catalogue_option *options;
};

// A document that no terminal prints, and where and how to ask for it.
struct catalogue_elsewhere {
    const char *kind;
    const char *name[LANGUAGE_COUNT];
    const char *where[LANGUAGE_COUNT];
};

// A minor child of the resident, and what the resident may ask for in the child's place.
struct catalogue_child {
    const char *subject; // the API's word, of this session alone
    const char *name;    // given names; for the question of whom it is for, and no other screen
    size_t count;
    const struct catalogue_document *documents;
};

// Never changes once made; texts live as long as it does. May be read by any thread.
struct catalogue {
    const char *municipality[LANGUAGE_COUNT];
    size_t count;
    const struct catalogue_document *documents; // the resident's own
    size_t elsewhere_count;
    const struct catalogue_elsewhere *elsewhere;
    size_t child_count;
    const struct catalogue_child *children;
};

// Subjects are counted: 0 is the resident, 1 the first child.
static inline size_t catalogue_count_for(const struct catalogue *catalogue, size_t subject)
{
    if (catalogue == NULL || subject > catalogue->child_count)
        return 0;
    return subject == 0 ? catalogue->count : catalogue->children[subject - 1].count;
}

// NULL when the subject has no such document.
static inline const struct catalogue_document *
catalogue_document_for(const struct catalogue *catalogue, size_t subject, size_t index)
{
    if (index >= catalogue_count_for(catalogue, subject))
        return NULL;
    return subject == 0 ? &catalogue->documents[index]
                        : &catalogue->children[subject - 1].documents[index];
}

// Builder for the driver that reads it from the wire: copies everything into one allocation.
// Texts may be NULL for "none". RESULT_NO_MEMORY or RESULT_TOO_LARGE leave nothing behind.
enum result catalogue_create(const struct catalogue *from, struct catalogue **out);
void catalogue_destroy(struct catalogue *catalogue);
DEFINE_OWNED(catalogue)
