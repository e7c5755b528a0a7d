// plain_card_loop.h: the seven files of a card, read by a loop that knows beforehand how long they
// are wherever a driver can know it, and checks nothing.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct plain_file {
    unsigned char path[6];
    size_t size; // 0: the loop reads 256 bytes at a time until the card says how many are left
};

// On a connected card: asks GET CARD DATA and reads the files. False: it failed. *exchanges: how
// many commands went to the card.
bool plain_card_loop(long card, const struct plain_file *files, size_t count,
                     unsigned int *exchanges);
