// speech_sandbox.h: what the speech helper can reach after its start: voices, the sound system's
// settings and the sound device.
#pragma once
#include "result.h"

// Cannot be undone. `voices` is a folder to read. RESULT_FAILED: the system refused; do not go on.
enum result speech_sandbox_enter(const char *voices);
