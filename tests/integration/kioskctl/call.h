// call.h: kioskctl run once, its answer in memory. What fails here ends the test with a message.
#pragma once
#include <jansson.h>
#include <stdbool.h>

#include "processes.h"

struct caller {
    char program[TEST_PATH_SIZE];
    char folder[TEST_PATH_SIZE]; // of the test
};

#define CALL_OUTPUT_SIZE 16384
struct call {
    int status;
    char output[CALL_OUTPUT_SIZE]; // standard output
    char errors[CALL_OUTPUT_SIZE];
};

// `words`: those behind "kioskctl", NULL at the end.
void call_run(const struct caller *caller, const char *const words[], struct call *call);

void write_bytes(const char *path, const void *content, size_t size);

// The answer as JSON; the caller lets go of it with json_decref.
json_t *call_json(const struct call *call);
// The text at "verification.photo_hash"; "" when there is no text.
const char *json_at(const json_t *root, const char *group, const char *name);
