// options.h: the words behind a command: options with and without a value, and at most one file.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct option_rule {
    const char *name;   // "--reader"
    const char **value; // gets the word behind it; NULL: the option is a switch
    bool *given;        // for a switch
};

// False, and a sentence on standard error: an unknown option, a value missing or empty, an option
// twice, more than one word that is no option, or one where `word` is NULL. Values are borrowed.
bool options_read(int count, const char *const words[], const struct option_rule *rules,
                  size_t rule_count, const char **word);
