// offer_inside.h: what the files of the catalogue share. Private to this room.
#pragma once
#include "offer.h"

struct offer {
    json_t *data;
};

// The element of a list whose member `key` is that word; NULL.
const json_t *offer_entry(const json_t *list, const char *key, const char *word);

// Is the word an element of a list of texts?
bool offer_has_word(const json_t *list, const char *word);

// The reason of the first rule that does not hold; NULL: all hold.
const json_t *offer_reason(const json_t *document, const struct offer_subject *subject);
