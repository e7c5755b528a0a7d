#include "secret.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct secret {
    uint8_t *memory;
    size_t size;
    size_t capacity;
    size_t mapped;
};

enum result secret_create(size_t capacity, struct secret **out)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    *out = NULL;
    if (capacity == 0 || capacity > SIZE_MAX - page)
        return RESULT_INVALID;
    size_t mapped = (capacity + page - 1) / page * page;
    struct secret *secret = malloc(sizeof *secret);
    if (secret == NULL)
        return RESULT_NO_MEMORY;
    void *memory = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        free(secret);
        return RESULT_NO_MEMORY;
    }
    if (mlock(memory, mapped) != 0 || madvise(memory, mapped, MADV_DONTDUMP) != 0 ||
        madvise(memory, mapped, MADV_WIPEONFORK) != 0) {
        munmap(memory, mapped);
        free(secret);
        return RESULT_NO_MEMORY;
    }
    *secret = (struct secret){.memory = memory, .capacity = capacity, .mapped = mapped};
    *out = secret;
    return RESULT_OK;
}

void secret_destroy(struct secret *secret)
{
    if (secret == NULL)
        return;
    // The whole mapping, not only the size in use: a library may have written past what it
    // reported.
    explicit_bzero(secret->memory, secret->mapped);
    munmap(secret->memory, secret->mapped);
    free(secret);
}

enum result secret_append(struct secret *secret, struct bytes more)
{
    if (more.size > secret->capacity - secret->size)
        return RESULT_TOO_LARGE;
    if (more.size > 0)
        memcpy(secret->memory + secret->size, more.data, more.size);
    secret->size += more.size;
    return RESULT_OK;
}

void secret_drop_last(struct secret *secret)
{
    if (secret->size == 0)
        return;
    secret->size--;
    explicit_bzero(secret->memory + secret->size, 1);
}

void secret_wipe(struct secret *secret)
{
    explicit_bzero(secret->memory, secret->mapped);
    secret->size = 0;
}

struct bytes secret_bytes(const struct secret *secret)
{
    return (struct bytes){.data = secret->memory, .size = secret->size};
}

size_t secret_capacity(const struct secret *secret)
{
    return secret->capacity;
}

uint8_t *secret_writable(struct secret *secret)
{
    return secret->memory;
}

enum result secret_set_size(struct secret *secret, size_t size)
{
    if (size > secret->capacity) {
        secret_wipe(secret);
        return RESULT_TOO_LARGE;
    }
    secret->size = size;
    return RESULT_OK;
}
