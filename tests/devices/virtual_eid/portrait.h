// portrait.h: a picture of nobody for the photo file of a made-up card.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define PORTRAIT_MAXIMUM 4096

// A baseline JPEG, 140 x 200, 8-bit grey: a head and shoulders in flat blocks, a little different
// for each `seed`. Returns its size.
size_t portrait_make(uint8_t seed, uint8_t out[PORTRAIT_MAXIMUM]);
