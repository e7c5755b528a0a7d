// fleet.h: the terminals of this municipality, by the common names of their certificates.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "owned.h"
#include "result.h"

#define TERMINAL_NAME_SIZE 64

struct fleet;

// A file with one name a line; empty lines and lines that begin with # are skipped.
// RESULT_NOT_FOUND; RESULT_MALFORMED: a name is too long, or there is none; *line tells where.
enum result fleet_create(const char *path, int *line, struct fleet **out);
void fleet_destroy(struct fleet *fleet);
DEFINE_OWNED(fleet)

bool fleet_knows(const struct fleet *fleet, const char *name);
