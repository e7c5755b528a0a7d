// secret.h on the heap and in exactly the size asked for: AddressSanitizer sees a single byte too
// many there, and not in locked pages; and a run costs no system call.
#include "secret.h"

#include <stdlib.h>
#include <string.h>

struct secret {
    size_t size, capacity;
    uint8_t memory[];
};

enum result secret_create(size_t capacity, struct secret **out)
{
    *out = capacity > 0 ? calloc(1, sizeof **out + capacity) : NULL;
    if (*out == NULL)
        return capacity > 0 ? RESULT_NO_MEMORY : RESULT_INVALID;
    (*out)->capacity = capacity;
    return RESULT_OK;
}

// Each on its own all the same, for AddressSanitizer's sake.
enum result secret_room_create(size_t capacity, struct secret_room **out)
{
    (void)capacity;
    *out = NULL;
    return RESULT_OK;
}

void secret_room_destroy(struct secret_room *room)
{
    (void)room;
}

enum result secret_create_in(struct secret_room *room, size_t capacity, struct secret **out)
{
    (void)room;
    return secret_create(capacity, out);
}

void secret_trim(struct secret *secret)
{
    secret->capacity = secret->size;
}

void secret_destroy(struct secret *secret)
{
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
    if (secret->size > 0)
        secret->memory[--secret->size] = 0;
}

void secret_wipe(struct secret *secret)
{
    memset(secret->memory, 0, secret->capacity);
    secret->size = 0;
}

struct bytes secret_bytes(const struct secret *secret)
{
    return (struct bytes){secret->memory, secret->size};
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
