// cuttings.h: parts of a screenshot, pasted one below the other, dark on light, for an optical
// reader.
#pragma once
#include <stdint.h>

#include "feed.h"
#include "owned.h"
#include "result.h"

struct cuttings;

// Opens the picture (PNG). RESULT_NOT_FOUND or RESULT_MALFORMED.
enum result cuttings_create(const char *picture, struct cuttings **out);
void cuttings_destroy(struct cuttings *cuttings);
DEFINE_OWNED(cuttings)

// Pastes a part. Only what lies in the picture is taken: a box that leaves it loses its letters.
enum result cuttings_add(struct cuttings *cuttings, struct box part);

// Writes what was pasted as a grey picture (PGM). RESULT_NOT_FOUND when nothing was.
enum result cuttings_write(const struct cuttings *cuttings, const char *path);
