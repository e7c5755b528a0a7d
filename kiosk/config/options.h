// options.h: what the program is called with.
#pragma once
#include <stdbool.h>

#include "result.h"

struct options {
    const char *config;
    const char *dump_screens; // a directory; NULL: run
    int width, height;        // of a window; 0: the whole screen
    bool check;
};

#define OPTIONS_USAGE                                                                              \
    "usage: eguichet-kiosk [--config FILE] [--window WIDTHxHEIGHT] [--profile hall|library]\n"     \
    "                      [--check] [--dump-screens DIR]\n"

// RESULT_INVALID: something is wrong, and standard error says what is expected.
enum result options_read(int count, char **words, struct options *out);
