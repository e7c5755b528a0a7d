// whole_file.h: a file in memory that leaves no trace.
#pragma once
#include <stddef.h>

#include "result.h"
#include "secret.h"

// Makes *out, owned by the caller. RESULT_NOT_FOUND: cannot be opened; RESULT_TOO_LARGE: more than
// `maximum` bytes; RESULT_FAILED: cannot be read. Blocks on the file.
enum result whole_file_read(const char *path, size_t maximum, struct secret **out);

// Writes a file that only its owner may read, new or instead of what was there.
enum result whole_file_write(const char *path, struct bytes content);
