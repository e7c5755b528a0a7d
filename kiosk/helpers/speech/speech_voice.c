#include "speech_voice.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

#define CHUNK_MS 20 // between two moments at which a sentence can be ended

static const struct {
    const char *language, *voice;
} voices[] = {{"fr", "fr-be"}, {"nl", "nl"}, {"de", "de"}, {"en", "en"}};

enum result speech_voice_begin(unsigned int *samples_a_second)
{
    int rate =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, CHUNK_MS, NULL, espeakINITIALIZE_DONT_EXIT);

    if (rate <= 0)
        return RESULT_NOT_FOUND;
    *samples_a_second = (unsigned int)rate;
    return RESULT_OK;
}

const char *speech_voice_folder(void)
{
    const char *folder = NULL;

    (void)espeak_Info(&folder);
    return folder;
}

// espeak-ng hands its samples, with what we gave it for the sentence; anything but 0 ends it.
static int deliver(short *samples, int count, espeak_EVENT *events)
{
    const struct speech_listener *listener = events->user_data;

    if (samples == NULL || count == 0 || listener == NULL)
        return 0;
    return listener->hear(listener->self, samples, (size_t)count) ? 0 : 1;
}

static const char *voice_of(const char *language)
{
    for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++)
        if (strcmp(voices[i].language, language) == 0)
            return voices[i].voice;
    return NULL;
}

enum result speech_voice_say(const struct speech_wish *wish, const struct speech_listener *listener)
{
    const char *voice = voice_of(wish->language);

    if (voice == NULL || espeak_SetVoiceByName(voice) != EE_OK)
        return RESULT_INVALID;
    espeak_SetSynthCallback(deliver);
    espeak_SetParameter(espeakRATE, wish->words_a_minute, 0);
    espeak_SetParameter(espeakVOLUME, wish->volume, 0);
    return espeak_Synth(wish->text, strlen(wish->text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8,
                        NULL, (void *)listener) == EE_OK
               ? RESULT_OK
               : RESULT_FAILED;
}
