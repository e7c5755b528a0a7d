// ending.h: SIGTERM and SIGINT as a call on a thread of their own, so that no handler ever runs in
// the middle of anything. Every other thread must block them, from before the first was made.
#pragma once
#include "owned.h"
#include "result.h"

struct ending;

// `call` is made once, on the waiting thread, at the first of the two signals.
enum result ending_create(void (*call)(void *self), void *self, struct ending **out);
// Joins the thread; without a signal, `call` is made now.
void ending_destroy(struct ending *ending);
DEFINE_OWNED(ending)
