// speech_helper.h: the speech port, carried out by the helper program eguichet-speech, which is
// started with the first word and lives until this is destroyed.
#pragma once
#include "owned.h"
#include "result.h"
#include "speech.h"

struct speech_helper;

struct speech_helper_settings {
    const char *program; // absolute path
    const char *device;  // the headset's name in ALSA; "" writes to `record`
    const char *record;  // a file for what would be heard; "" with a device
    int words_a_minute;  // 0: the usual 125
    int volume;          // 1 to 100; 0: 80
};

// Copies everything; nothing is started yet. RESULT_INVALID: the path is not absolute or not
// executable, or neither device nor file is named. RESULT_NO_MEMORY.
enum result speech_helper_create(const struct speech_helper_settings *settings,
                                 struct speech_helper **out);

// Silence; waits at most 1 s for the helper's end.
void speech_helper_destroy(struct speech_helper *helper);
DEFINE_OWNED(speech_helper)

// The port; lives as long as the helper. One thread at a time.
struct speech speech_helper_port(struct speech_helper *helper);
