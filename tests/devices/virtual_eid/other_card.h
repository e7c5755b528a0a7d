// other_card.h: a card that is no eID: it has an answer to reset and names of applications, and
// gives away what it stores to whoever reads, so that a test sees who does.
#pragma once
#include "eid_card.h"

// A folder with this file in it holds such a card. Its lines, bytes in hexadecimal:
//   answer-to-reset BYTES      once; or instead:
//   mute                       no answer to reset, as of a card upside down
//   application NAME           one for each that can be selected
#define OTHER_CARD_FILE "other-card"

struct other_card;

// Prints what is wrong with the file on standard error. RESULT_NOT_FOUND: no such file;
// RESULT_MALFORMED.
enum result other_card_create(const char *folder, struct other_card **out);
void other_card_destroy(struct other_card *card);
DEFINE_OWNED(other_card)

void other_card_reset(struct other_card *card);
struct bytes other_card_answer_to_reset(const struct other_card *card);
void other_card_command(struct other_card *card, struct bytes command, struct eid_answer *answer);
