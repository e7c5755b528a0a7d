#include "wiping_memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void *wiping_malloc(size_t size)
{
    return malloc(size);
}

void *wiping_calloc(size_t count, size_t size)
{
    return calloc(count, size);
}

void wiping_free(void *memory)
{
    if (memory == NULL)
        return;
    explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

// realloc would leave the old copy in the heap when it moves, so the move is made here.
void *wiping_realloc(void *memory, size_t size)
{
    if (memory == NULL)
        return malloc(size);
    size_t before = malloc_usable_size(memory);
    void *moved = malloc(size > 0 ? size : 1);
    if (moved == NULL)
        return NULL;
    memcpy(moved, memory, before < size ? before : size);
    wiping_free(memory);
    return moved;
}

char *wiping_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);

    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}
