// issuing_alone.h: what an issued document needs at the least: drawn and sealed, of a household
// that is in memory already, and then thrown away.
#pragma once
#include "city_bench.h"

struct issuing_alone;

// NULL: something could not be read.
struct issuing_alone *issuing_alone_create(const struct city_bench *bench);
void issuing_alone_destroy(struct issuing_alone *issuing_alone);

// The household certificate of amina-benali in French. False: it could not be made.
bool issuing_alone_make(struct issuing_alone *issuing_alone);
