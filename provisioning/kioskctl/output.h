// output.h: one answer, told once and written in the way that was asked for: a JSON object for
// tools, or lines with labels for people. `name` is the member's, `label` the words for it.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "bytes.h"

struct output {
    FILE *file; // borrowed
    bool json;
    bool comma; // a member stands before this one
};

void output_begin(struct output *output);
void output_end(struct output *output);

// A group of members: an object within the object. Groups hold no groups in words.
void output_open(struct output *output, const char *name, const char *label);
void output_close(struct output *output);

// Text that came from outside: bytes that are no UTF-8 are written as U+FFFD, control characters
// are escaped (JSON) or left out (words). For people an empty text gets no line.
void output_text(struct output *output, const char *name, const char *label, struct bytes text);
// The program's own; NULL: null, and no line.
void output_word(struct output *output, const char *name, const char *label, const char *word);
void output_number(struct output *output, const char *name, const char *label, uint64_t number);
void output_milliseconds(struct output *output, const char *name, const char *label,
                         uint64_t nanoseconds);
void output_truth(struct output *output, const char *name, const char *label, bool truth);
