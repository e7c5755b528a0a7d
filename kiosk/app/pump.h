// pump.h: the window, and the loop that sleeps until a hand, a message, a timer or the system wakes
// it. The main thread owns all of it.
#pragma once
#include "config.h"
#include "loop.h"
#include "owned.h"
#include "services.h"
#include "voice.h"

struct pump;

// Opens the window (`width` 0: the whole screen of the configuration, without a frame) and shows
// `session` as the first picture. The configuration must outlive it. RESULT_UNREACHABLE: no
// display.
enum result pump_create(const struct config *config, int width, int height,
                        const struct session *session, struct pump **out);
void pump_destroy(struct pump *pump);
DEFINE_OWNED(pump)

// Any thread: the loop's wake hook.
struct loop_wake pump_wake(struct pump *pump);

// Runs until the system asks to end (SIGTERM, SIGINT) or the window is closed.
void pump_run(struct pump *pump, struct loop *loop, struct services *services, struct voice *voice);
