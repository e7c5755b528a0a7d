// picture.h: keeps what was seen as a PNG file.
#pragma once
#include "hand.h"
#include "result.h"

// Writes the file whole or not at all (a name beside it first). RESULT_FAILED: cannot be written.
enum result picture_write(const struct look *look, const char *path);
