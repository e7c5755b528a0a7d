// subjects.h: whose documents a resident may ask for: their own, and those of their minor children
// who live with them.
#pragma once
#include "population_register.h"
#include "str.h"

// The API's word for a subject: "self", or one for a child that means nothing outside its session.
#define SUBJECT_SIZE 24

// Does the register link this child, a minor and a resident, to this parent?
bool subject_is_child(const struct resident *parent, const struct resident *child,
                      struct partial_date today);

// RESULT_FAILED: the digest cannot be made.
enum result subject_word(const char *session, const struct resident *child, char out[SUBJECT_SIZE]);

// Whom a word means. RESULT_NOT_FOUND: nobody whom the requester may ask for.
struct subject_question {
    const struct household *household;
    const char *requester, *session, *word;
    struct partial_date today;
};
enum result subject_find(const struct subject_question *question, const struct resident **out);
