// wiping_memory.h: malloc's family with a wipe before each release, for libraries that copy secrets
// (jansson, libcurl, libcups, SDL_ttf). Any thread; the same results as the libc functions.
#pragma once
#include <stddef.h>

void *wiping_malloc(size_t size);
void *wiping_calloc(size_t count, size_t size);
void *wiping_realloc(void *memory, size_t size);
char *wiping_strdup(const char *text);
void wiping_free(void *memory);
