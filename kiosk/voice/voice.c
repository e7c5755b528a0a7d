#include "voice.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"

#define KEY_AUDIO SDLK_F2
#define KEY_REPEAT SDLK_F3

struct voice {
    struct speech speech;
    bool on;
    bool in_session;                        // a screen of a session was said
    struct ui_spoken last[UI_SPOKEN_PARTS]; // as they were said, or need not be said again
};

enum result voice_create(struct speech speech, struct voice **out)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return RESULT_NO_MEMORY;
    (*out)->speech = speech;
    return RESULT_OK;
}

// What was said may have been somebody's.
static void forget(struct voice *voice)
{
    explicit_bzero(voice->last, sizeof voice->last);
}

void voice_destroy(struct voice *voice)
{
    if (voice != NULL)
        forget(voice);
    free(voice);
}

static void fall_silent(struct voice *voice)
{
    if (voice->on)
        voice->speech.verbs->stop(voice->speech.self);
}

static void turn_off(struct voice *voice)
{
    fall_silent(voice);
    forget(voice);
    voice->on = false;
    voice->in_session = false;
}

bool voice_take(struct voice *voice, const SDL_Event *event)
{
    bool pressed = event->type == SDL_KEYDOWN && event->key.repeat == 0;

    if (voice->speech.verbs == NULL)
        return false;
    if (pressed && event->key.keysym.sym == KEY_AUDIO) {
        if (voice->on)
            turn_off(voice);
        else
            voice->on = true;
        return true;
    }
    if (pressed && event->key.keysym.sym == KEY_REPEAT) {
        forget(voice);
        return true;
    }
    if (pressed || event->type == SDL_MOUSEBUTTONDOWN || event->type == SDL_FINGERDOWN)
        fall_silent(voice);
    return false;
}

static bool is_new(const struct ui_spoken *now, const struct ui_spoken *before)
{
    return now->words[0] != '\0' &&
           (now->screen != before->screen || now->language != before->language ||
            strcmp(now->words, before->words) != 0);
}

static void say(struct voice *voice, const struct ui_spoken *spoken)
{
    if (voice->speech.verbs->say(voice->speech.self, spoken->language, spoken->words) != RESULT_OK)
        log_warning("voice", "a screen could not be said", (int)spoken->screen);
}

// The settings of one resident are not the next one's.
static void end_with_the_session(struct voice *voice, enum session_screen screen)
{
    bool idle =
        screen == SCREEN_ATTRACT || screen == SCREEN_STARTING || screen == SCREEN_OUT_OF_SERVICE;

    if (idle && voice->in_session)
        turn_off(voice);
    else
        voice->in_session = !idle;
}

// The first part that is new is said; what comes with it is taken as known.
static void say_news(struct voice *voice, const struct ui_spoken now[UI_SPOKEN_PARTS])
{
    int part = 0;

    while (part < UI_SPOKEN_PARTS && !is_new(&now[part], &voice->last[part]))
        part++;
    if (part < UI_SPOKEN_PARTS)
        say(voice, &now[part]);
    memcpy(voice->last, now, sizeof voice->last);
}

void voice_follow(struct voice *voice, const struct ui *ui)
{
    struct ui_spoken now[UI_SPOKEN_PARTS];

    if (!voice->on)
        return;
    for (int part = 0; part < UI_SPOKEN_PARTS; part++)
        if (ui_spoken(ui, (enum ui_spoken_part)part, &now[part]) != RESULT_OK)
            log_warning("voice", "a screen has too many words", (int)now[part].screen);
    end_with_the_session(voice, now[UI_SPOKEN_SCREEN].screen);
    if (voice->on)
        say_news(voice, now);
    explicit_bzero(now, sizeof now);
}
