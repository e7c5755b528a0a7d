// speech_voice.h: espeak-ng with the four voices of the terminal. One thread; there is one voice in
// a program.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

// Takes the next samples; false ends the sentence.
struct speech_listener {
    bool (*hear)(void *self, const int16_t *samples, size_t count);
    void *self;
};

// Reads the voices' common data. RESULT_NOT_FOUND: it is not installed.
enum result speech_voice_begin(unsigned int *samples_a_second);

// Where the voices' files are; static storage.
const char *speech_voice_folder(void);

struct speech_wish {
    const char *language; // "fr" …
    int words_a_minute, volume;
    const char *text;
};

// Blocks until it is said or the listener ends it. RESULT_INVALID: there is no such voice.
enum result speech_voice_say(const struct speech_wish *wish,
                             const struct speech_listener *listener);
