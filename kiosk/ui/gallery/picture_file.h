// picture_file.h: a surface as a PNG file, and back.
#pragma once
#include <SDL2/SDL_surface.h>
#include <stdbool.h>

#include "result.h"

// `indexed`: 8 bits a pixel with a palette of at most 256 colours, the rarer ones replaced by their
// nearest; otherwise 24 bits. The surface must be XRGB8888. RESULT_UNREACHABLE when the file cannot
// be written.
enum result picture_file_write(const char *path, const SDL_Surface *surface, bool indexed);

// Replaces the rarer colours as an indexed file would, so that the two can be compared.
enum result picture_file_reduce(SDL_Surface *surface);

// A new XRGB8888 surface; RESULT_NOT_FOUND when there is no such file, RESULT_MALFORMED.
enum result picture_file_read(const char *path, SDL_Surface **out);
