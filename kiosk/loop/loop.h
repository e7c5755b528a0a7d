// loop.h: the main thread's inbox and timers. It does not wait by itself: whoever owns the screen
// sleeps until loop_next_due() or until the wake hook is called, then lets the loop turn.
#pragma once
#include <stdint.h>

#include "owned.h"
#include "result.h"

struct loop;
struct message;

struct message_verbs {
    // The loop's thread. The message belongs to the callee from now on.
    void (*deliver)(struct message *message, uint64_t now);
    // Any thread: wipe and free without delivering; for messages left when the loop ends.
    void (*discard)(struct message *message);
};

// Embedded as the first member of whatever travels. Its owner is whoever may touch it: the poster
// before loop_post, the loop inside, the callee of `deliver` afterwards.
struct message {
    const struct message_verbs *verbs;
    struct message *next;
};

// Called after a message came into an empty inbox, on the poster's thread and outside the lock.
struct loop_wake {
    void (*call)(void *self);
    void *self;
};

// `wake.call` may be NULL for loops that are turned by loop_wait_and_turn alone.
enum result loop_create(struct loop_wake wake, struct loop **out);
// Discards what is in the inbox. No other thread may post any more; all timers must be disarmed.
void loop_destroy(struct loop *loop);
DEFINE_OWNED(loop)

// Any thread; never blocks for longer than the list is locked, never fails; ownership moves.
void loop_post(struct loop *loop, struct message *message);

// A reason to wake up, with a name for the report of reasons. Owned by its service, loop's thread
// only; zero-initialised but for name, fire and self.
struct loop_timer {
    const char *name;
    void (*fire)(void *self, uint64_t now);
    void *self;
    uint64_t due; // monotonic milliseconds; 0 while not armed
    uint64_t fired;
    struct loop_timer *next;
};
void loop_arm(struct loop *loop, struct loop_timer *timer, uint64_t due);
void loop_disarm(struct loop *loop, struct loop_timer *timer);

// When the loop has to turn next; UINT64_MAX when only a message can wake it.
#define LOOP_NEVER UINT64_MAX
uint64_t loop_next_due(const struct loop *loop);

// Delivers every message that is there and fires every timer that is due at `now`.
void loop_turn(struct loop *loop, uint64_t now);

// For programs without a screen: sleeps until a message, the next timer or `until`, then turns.
void loop_wait_and_turn(struct loop *loop, uint64_t until);
