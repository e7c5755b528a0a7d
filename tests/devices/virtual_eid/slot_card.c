#include "slot_card.h"

#include "other_card.h"

#include <stdlib.h>

struct slot_card {
    struct eid_card *eid; // one of the two
    struct other_card *other;
};

static enum result read_folder(const char *folder, struct slot_card *card)
{
    struct eid_image *image = NULL;
    enum result result = other_card_create(folder, &card->other);

    if (result != RESULT_NOT_FOUND)
        return result;
    TRY(eid_image_create(folder, &image));
    return eid_card_create(image, &card->eid);
}

enum result slot_card_create(const char *folder, struct slot_card **out)
{
    owned(slot_card) card = calloc(1, sizeof *card);

    if (card == NULL)
        return RESULT_NO_MEMORY;
    TRY(read_folder(folder, card));
    *out = take(card);
    return RESULT_OK;
}

void slot_card_destroy(struct slot_card *card)
{
    if (card == NULL)
        return;
    eid_card_destroy(card->eid);
    other_card_destroy(card->other);
    free(card);
}

void slot_card_reset(struct slot_card *card)
{
    if (card->eid != NULL)
        eid_card_reset(card->eid);
    else
        other_card_reset(card->other);
}

void slot_card_resolve(struct slot_card *card, bool resolved)
{
    if (card->eid != NULL)
        eid_card_resolve(card->eid, resolved);
}

struct bytes slot_card_answer_to_reset(const struct slot_card *card)
{
    return card->eid != NULL ? eid_image_answer_to_reset(eid_card_image(card->eid))
                             : other_card_answer_to_reset(card->other);
}

void slot_card_command(struct slot_card *card, struct bytes command, struct eid_answer *answer)
{
    if (card->eid != NULL)
        eid_card_command(card->eid, command, answer);
    else
        other_card_command(card->other, command, answer);
}

const struct eid_card *slot_card_eid(const struct slot_card *card)
{
    return card->eid;
}
