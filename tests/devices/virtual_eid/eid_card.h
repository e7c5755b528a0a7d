// eid_card.h: the eID applet: one command in, one answer out, as the chip speaks on T=0.
#pragma once
#include <stdbool.h>

#include "bytes.h"
#include "eid_image.h"
#include "owned.h"
#include "result.h"

#define EID_ANSWER_MAXIMUM 258
struct eid_answer {
    uint8_t bytes[EID_ANSWER_MAXIMUM]; // data and status word
    size_t size;
};

struct eid_card;

// Takes the image over, also when it fails.
enum result eid_card_create(struct eid_image *image, struct eid_card **out);
void eid_card_destroy(struct eid_card *card);
DEFINE_OWNED(eid_card)

// Power on, or a warm reset: the applet is selected, no file, no right.
void eid_card_reset(struct eid_card *card);

// From now on the reader does what T=0 asks for after 61xx and 6Cxx, as many readers do: data comes
// at once, and a read past the end of a file is a short one.
void eid_card_resolve(struct eid_card *card, bool resolved);

void eid_card_command(struct eid_card *card, struct bytes command, struct eid_answer *answer);

const struct eid_image *eid_card_image(const struct eid_card *card);
// Does the PIN's right stand for the authentication key?
bool eid_card_verified(const struct eid_card *card);
