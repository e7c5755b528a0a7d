#include "secret.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Locked pages, and how many hold on to them: the room's owner and each secret in it.
struct secret_room {
    uint8_t *memory;
    size_t mapped;
    size_t used, most; // now, and at any time
    atomic_size_t holders;
};

struct secret {
    uint8_t *memory;
    size_t size;
    size_t capacity;
    struct secret_room *room;
};

static uint8_t *map_locked(size_t mapped)
{
    void *memory = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        return NULL;
    if (mlock(memory, mapped) == 0 && madvise(memory, mapped, MADV_DONTDUMP) == 0 &&
        madvise(memory, mapped, MADV_WIPEONFORK) == 0)
        return memory;
    munmap(memory, mapped);
    return NULL;
}

enum result secret_room_create(size_t capacity, struct secret_room **out)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    *out = NULL;
    if (capacity == 0 || capacity > SIZE_MAX - page)
        return RESULT_INVALID;
    struct secret_room *room = calloc(1, sizeof *room);
    if (room == NULL)
        return RESULT_NO_MEMORY;
    room->mapped = (capacity + page - 1) / page * page;
    room->memory = map_locked(room->mapped);
    if (room->memory == NULL) {
        free(room);
        return RESULT_NO_MEMORY;
    }
    atomic_init(&room->holders, 1);
    *out = room;
    return RESULT_OK;
}

void secret_room_destroy(struct secret_room *room)
{
    if (room == NULL || atomic_fetch_sub(&room->holders, 1) != 1)
        return;
    // Whole pages, not only what was in use: a library may have written past what it reported.
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    explicit_bzero(room->memory, (room->most + page - 1) / page * page);
    munmap(room->memory, room->mapped);
    free(room);
}

static enum result take_place(struct secret_room *room, size_t capacity, struct secret **out)
{
    struct secret *secret = malloc(sizeof *secret);

    if (secret == NULL)
        return RESULT_NO_MEMORY;
    *secret =
        (struct secret){.memory = room->memory + room->used, .capacity = capacity, .room = room};
    room->used += capacity;
    if (room->most < room->used)
        room->most = room->used;
    atomic_fetch_add(&room->holders, 1);
    *out = secret;
    return RESULT_OK;
}

enum result secret_create(size_t capacity, struct secret **out)
{
    owned(secret_room) room = NULL; // of its own: it goes with the secret

    *out = NULL;
    TRY(secret_room_create(capacity, &room));
    return take_place(room, capacity, out);
}

enum result secret_create_in(struct secret_room *room, size_t capacity, struct secret **out)
{
    if (room == NULL || capacity == 0 || capacity > room->mapped - room->used)
        return secret_create(capacity, out);
    *out = NULL;
    return take_place(room, capacity, out);
}

void secret_trim(struct secret *secret)
{
    struct secret_room *room = secret->room;

    if (secret->memory + secret->capacity == room->memory + room->used)
        room->used -= secret->capacity - secret->size;
    secret->capacity = secret->size;
}

void secret_destroy(struct secret *secret)
{
    if (secret == NULL)
        return;
    secret_wipe(secret);
    secret_room_destroy(secret->room);
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
    explicit_bzero(secret->memory, secret->capacity);
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
    if (size < secret->size)
        explicit_bzero(secret->memory + size, secret->size - size);
    secret->size = size;
    return RESULT_OK;
}
