// slot_card.h: what is in the slot: an eID or a card of another kind.
#pragma once
#include "eid_card.h"

struct slot_card;

// `folder`: as make-card made it, or with a file OTHER_CARD_FILE. Prints what is wrong with it on
// standard error.
enum result slot_card_create(const char *folder, struct slot_card **out);
void slot_card_destroy(struct slot_card *card);
DEFINE_OWNED(slot_card)

void slot_card_reset(struct slot_card *card);
// As eid_card_resolve; a card of another kind goes on as it is.
void slot_card_resolve(struct slot_card *card, bool resolved);
struct bytes slot_card_answer_to_reset(const struct slot_card *card);
void slot_card_command(struct slot_card *card, struct bytes command, struct eid_answer *answer);

// NULL: a card of another kind.
const struct eid_card *slot_card_eid(const struct slot_card *card);
