// picture.h: keeps what was seen as a PNG file.
#pragma once
#include <stdbool.h>

#include "hand.h"
#include "result.h"

// Writes the file whole or not at all (a name beside it first). RESULT_FAILED: cannot be written.
enum result picture_write(const struct look *look, const char *path);

// The same by a copy of the process; afterwards: were all of them written?
enum result picture_keep(const struct look *look, const char *path);
bool pictures_kept(void);
