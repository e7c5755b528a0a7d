// Every block of the heap is overwritten when it is given back, whoever gives it back: OpenSSL,
// libcups, pango and libc itself copy a resident's data and have no hook for this. glibc lets a
// program bring its own malloc family (manual, "Replacing malloc"); here only the two functions
// that give memory back are ours, in front of glibc's.
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void __libc_free(void *block); // glibc's own, under the name it keeps for programs like this

void free(void *block)
{
    if (block == NULL)
        return;
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

static void *move(void *block, size_t before, size_t size)
{
    void *moved = malloc(size);

    if (moved == NULL)
        return NULL;
    memcpy(moved, block, before < size ? before : size);
    free(block);
    return moved;
}

// glibc's would leave the old copy behind when the block moves, and the tail when it shrinks.
void *realloc(void *block, size_t size)
{
    if (block == NULL)
        return malloc(size);
    if (size == 0) {
        free(block);
        return NULL;
    }
    size_t before = malloc_usable_size(block);
    if (size > before || size < before / 2)
        return move(block, before, size);
    explicit_bzero((char *)block + size, before - size);
    return block;
}
