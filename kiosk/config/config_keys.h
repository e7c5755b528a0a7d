// config_keys.h: the table of all keys; parser, documented file and tests follow from it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"

enum config_type {
    CONFIG_TYPE_TEXT,      // least and most: its length in characters (bytes of UTF-8)
    CONFIG_TYPE_NUMBER,    // least and most: its value
    CONFIG_TYPE_SIDE,      // left or right
    CONFIG_TYPE_SWITCH,    // yes or no
    CONFIG_TYPE_FILE,      // absolute path of a file that can be read
    CONFIG_TYPE_DIRECTORY, // absolute path of a directory that can be read
    CONFIG_TYPE_NEW_FILE,  // absolute path of a file to be made in a directory that exists
    CONFIG_TYPE_HTTPS,     // https://HOST[:PORT][/PATH]
    CONFIG_TYPE_IPP,       // ipp://HOST[:PORT]/PATH or ipps://…
    CONFIG_TYPE_DEVICE,    // tcp:HOST:PORT, or the absolute path of a device
};

struct config_key {
    const char *section;
    const char *key;
    enum config_type type;
    bool may_be_empty;
    bool must_be_stated; // the default is only an example
    const char *fallback;
    int64_t least, most;
    const char *unit; // NULL when the value has none
    const char *help; // one or more lines, for the documented file
    size_t offset;    // of the value in struct config
};

// Static storage, in the order of the documented file; a section's keys stand together.
const struct config_key *config_keys(size_t *count);

// What a good value looks like: "a whole number from 200 to 600000 (milliseconds)".
enum result config_key_expectation(const struct config_key *key, char *out, size_t capacity);

// Checks `text` and puts it at its place; RESULT_MALFORMED for a value that does not fit the key.
enum result config_key_store(const struct config_key *key, const char *text, struct config *out);

// Is the file or directory that a value names there? RESULT_OK for keys of other types.
enum result config_key_check_file(const struct config_key *key, const struct config *config);

// Writes the documented default file; RESULT_TOO_LARGE when it does not fit.
enum result config_document(char *out, size_t capacity);
