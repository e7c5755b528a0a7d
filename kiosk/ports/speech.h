// speech.h: a voice for who cannot see the screen. It is heard in a headset only, so it may say
// what the screen shows; it is never given a digit of a PIN.
#pragma once
#include "language.h"
#include "result.h"

struct speech_verbs {
    // Ends what is being said and says this (UTF-8, one utterance). Never blocks longer than a
    // start of the voice takes. RESULT_UNREACHABLE: no voice or no sound can be had now.
    enum result (*say)(void *self, enum language language, const char *text);
    // Silence, at once.
    void (*stop)(void *self);
};

struct speech {
    const struct speech_verbs *verbs; // NULL: no voice is fitted
    void *self;
};
