// catalogue_answer.h: the municipality's offer as it comes over the wire.
#pragma once
#include <jansson.h>

#include "catalogue.h"

#define CHILDREN_MAXIMUM 32

// `children` is the array of the proof's answer, or NULL. RESULT_MALFORMED: it breaks the API.
enum result catalogue_answer_read(const json_t *object, const json_t *children,
                                  struct catalogue **out);
