#include "speech_sound.h"

#include <alsa/asoundlib.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define AHEAD_US 40000 // so much is in the device: an interrupted sentence is over at once

struct speech_sound {
    const char *device;
    int record;
    unsigned int samples_a_second;
    snd_pcm_t *open;
    struct timespec heard; // when what was recorded would have been heard
};

enum result speech_sound_create(const char *device, int record, unsigned int samples_a_second,
                                struct speech_sound **out)
{
    struct speech_sound *sound = calloc(1, sizeof *sound);

    *out = sound;
    if (sound == NULL)
        return RESULT_NO_MEMORY;
    sound->device = device;
    sound->record = record;
    sound->samples_a_second = samples_a_second;
    return RESULT_OK;
}

void speech_sound_destroy(struct speech_sound *sound)
{
    if (sound != NULL)
        speech_sound_end(sound, true);
    free(sound);
}

bool speech_sound_begin(struct speech_sound *sound)
{
    if (sound->device == NULL)
        return clock_gettime(CLOCK_MONOTONIC, &sound->heard) == 0;
    if (snd_pcm_open(&sound->open, sound->device, SND_PCM_STREAM_PLAYBACK, 0) < 0)
        return false;
    if (snd_pcm_set_params(sound->open, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1,
                           sound->samples_a_second, 1, AHEAD_US) >= 0)
        return true;
    speech_sound_end(sound, true);
    return false;
}

// The file takes samples no faster than ears do.
static bool record(struct speech_sound *sound, const int16_t *samples, size_t count)
{
    const uint8_t *at = (const uint8_t *)samples;
    long nanoseconds =
        sound->heard.tv_nsec + (long)(count * 1000000000ull / sound->samples_a_second);

    for (size_t left = count * sizeof *samples; left > 0;) {
        ssize_t done = write(sound->record, at, left);
        if (done <= 0)
            return false;
        at += done;
        left -= (size_t)done;
    }
    sound->heard.tv_sec += nanoseconds / 1000000000;
    sound->heard.tv_nsec = nanoseconds % 1000000000;
    return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &sound->heard, NULL) == 0;
}

bool speech_sound_write(struct speech_sound *sound, const int16_t *samples, size_t count)
{
    if (sound->device == NULL)
        return record(sound, samples, count);
    while (count > 0) {
        snd_pcm_sframes_t done = snd_pcm_writei(sound->open, samples, count);

        if (done < 0)
            done = snd_pcm_recover(sound->open, (int)done, 1);
        if (done < 0)
            return false;
        samples += done;
        count -= (size_t)done;
    }
    return true;
}

void speech_sound_end(struct speech_sound *sound, bool at_once)
{
    if (sound->open == NULL)
        return;
    if (at_once)
        snd_pcm_drop(sound->open);
    else
        snd_pcm_drain(sound->open);
    snd_pcm_close(sound->open);
    sound->open = NULL;
}
