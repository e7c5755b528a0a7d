// picture.h: a piece of paper as a PNG, a dot a pixel.
#pragma once
#include "paper.h"
#include "result.h"

enum result picture_write(const struct paper *paper, const char *path);

// Gives back what the font library keeps for later pictures; at the end of the program.
void picture_finish(void);
