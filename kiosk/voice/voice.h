// voice.h: says the screen to who cannot see it. Belongs to the thread of the ui; never blocks
// longer than the port speech.h does.
#pragma once
#include <SDL2/SDL_events.h>
#include <stdbool.h>

#include "owned.h"
#include "result.h"
#include "speech.h"
#include "ui.h"

struct voice;

// `speech` lives longer; without verbs the voice is never heard. RESULT_NO_MEMORY.
enum result voice_create(struct speech speech, struct voice **out);
void voice_destroy(struct voice *voice);
DEFINE_OWNED(voice)

// A touch or a key ends what is being said; the audio and repeat keys mean something here. True:
// the event was for the voice alone.
bool voice_take(struct voice *voice, const SDL_Event *event);

// After each drawing: says what is new.
void voice_follow(struct voice *voice, const struct ui *ui);
