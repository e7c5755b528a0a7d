// speech_sound.h: where speech is heard: a sound device, or a file for tests.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "owned.h"
#include "result.h"

struct speech_sound;

// `device` is an ALSA name, or NULL with `record` a descriptor that takes the samples at the pace
// at which they would be heard. Nothing is opened yet.
enum result speech_sound_create(const char *device, int record, unsigned int samples_a_second,
                                struct speech_sound **out);
void speech_sound_destroy(struct speech_sound *sound);
DEFINE_OWNED(speech_sound)

// Opens the device; false when it cannot be had, or is busy.
bool speech_sound_begin(struct speech_sound *sound);
// Blocks while the device has enough to say for 40 ms. False: the device is gone.
bool speech_sound_write(struct speech_sound *sound, const int16_t *samples, size_t count);
// Closes the device: `at_once` throws away what was not heard yet, otherwise it is said to its end.
void speech_sound_end(struct speech_sound *sound, bool at_once);
