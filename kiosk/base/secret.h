// secret.h: a buffer for what must leave no trace: PIN, card files, documents.
// Fixed capacity from birth, locked in memory, left out of core dumps and forks, wiped when
// emptied.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "owned.h"
#include "result.h"

struct secret;

// A new empty secret of at most `capacity` bytes; the caller owns it. RESULT_NO_MEMORY when the
// memory cannot be had or cannot be locked (RLIMIT_MEMLOCK): an unlocked secret is never handed
// out.
enum result secret_create(size_t capacity, struct secret **out);

// One locked mapping for several secrets that are made one after another, by one thread, and whose
// sizes are not known before: pages that are touched for the first time are dear.
struct secret_room;
enum result secret_room_create(size_t capacity, struct secret_room **out);
// Its secrets stay; the memory goes, wiped, with the last of them. NULL is fine.
void secret_room_destroy(struct secret_room *room);
DEFINE_OWNED(secret_room)

// As secret_create, in the room as long as there is place, else in memory of its own. `room` may be
// NULL.
enum result secret_create_in(struct secret_room *room, size_t capacity, struct secret **out);

// Nothing more will be added: the capacity becomes the size, and the room has the rest again if no
// other secret was made in it meanwhile.
void secret_trim(struct secret *secret);

// Wipes and frees; NULL is fine. Whoever holds the only reference may call it, on any thread.
void secret_destroy(struct secret *secret);
DEFINE_OWNED(secret)

// Appends a copy; RESULT_TOO_LARGE, and nothing appended, when it would not fit.
enum result secret_append(struct secret *secret, struct bytes more);

// Drops the last byte, wiped; nothing happens when empty.
void secret_drop_last(struct secret *secret);

// Overwrites everything and leaves the secret empty and usable.
void secret_wipe(struct secret *secret);

// The content; valid until the secret is next changed.
struct bytes secret_bytes(const struct secret *secret);
size_t secret_capacity(const struct secret *secret);

// For calls that fill a buffer themselves: the whole capacity as writable memory, then the size
// that was filled (at most the capacity; a larger size is RESULT_TOO_LARGE and wipes).
uint8_t *secret_writable(struct secret *secret);
enum result secret_set_size(struct secret *secret, size_t size);
