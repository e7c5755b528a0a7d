// reading.h: kioskctl, a card in the reader, and the authorities above it.
#pragma once
#include "call.h"
#include "card_bench.h"

struct scene {
    const struct caller *caller;
    struct card_bench *bench;
};

struct trust {
    char roots[TEST_PATH_SIZE], issuers[TEST_PATH_SIZE];
};
void trust_of(const struct scene *scene, struct trust *trust);

// pcscd notices a card a moment after it is put in: tries until there is one.
void run_with_card(const struct scene *scene, const char *const words[], struct call *call);

// `kioskctl card read` of the card under `name`, all of it, with the bench's own authorities.
void read_whole_card(const struct scene *scene, const char *name, struct call *call);

// The card under `name` as made, but for one bit of one file, is put in.
struct flip {
    const char *file;
    size_t at;          // the byte from the start
    const char *member; // in which it must show
};
void put_in_flipped(const struct scene *scene, const char *name, const struct flip *flip);

long apdu_count(const json_t *root);
