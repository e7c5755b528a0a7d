// markers.h: words that must not be found, in every form in which a program may hold them.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

#define MARKER_NAME_SIZE 32
#define MARKER_FORM_SIZE 12
#define MARKER_PATTERN_SIZE 512

// One marker in one form.
struct marker {
    char name[MARKER_NAME_SIZE];
    char form[MARKER_FORM_SIZE];
    bool any_case; // the pattern is in lower case
    uint8_t pattern[MARKER_PATTERN_SIZE];
    size_t size;
};

#define MARKERS_MAXIMUM 256
struct markers {
    size_t count;
    struct marker list[MARKERS_MAXIMUM];
};

// Adds every form of what a line says: "NAME text WORDS" (ASCII, at least 6 letters), "NAME digits
// DIGITS" (also two a byte, the way a PIN goes to a card), "NAME bytes HEX".
// RESULT_MALFORMED: none of these. RESULT_TOO_LARGE: too long, or too many.
enum result markers_add(struct markers *markers, const char *line);
