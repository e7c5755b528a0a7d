// Stories, and where they begin.
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static bool is_plain(enum session_effect_kind kind)
{
    return kind == EFFECT_ARM_TIMER || kind == EFFECT_DISARM_TIMER || kind == EFFECT_SOUND;
}

static void told(const struct play *play, char text[PLAY_EFFECTS_SIZE])
{
    struct play without = *play;

    without.effects.count = 0;
    for (size_t i = 0; i < play->effects.count; i++)
        if (!is_plain(play->effects.list[i].kind))
            without.effects.list[without.effects.count++] = play->effects.list[i];
    play_effects(&without, text);
}

void perform(struct play *play, const struct scene *scenes, size_t count)
{
    char text[PLAY_EFFECTS_SIZE];

    for (size_t i = 0; i < count; i++) {
        if (!play_line(play, scenes[i].line))
            fail_msg("scene %zu cannot be played", i);
        told(play, text);
        if (play->session.screen != scenes[i].screen)
            fail_msg("scene %zu, %s: screen %s instead of %s (effects %s)", i, scenes[i].line,
                     session_screen_name(play->session.screen),
                     session_screen_name(scenes[i].screen), text);
        if (scenes[i].effects != NULL && strcmp(text, scenes[i].effects) != 0)
            fail_msg("scene %zu, %s: effects \"%s\" instead of \"%s\"", i, scenes[i].line, text,
                     scenes[i].effects);
    }
}

struct play open_terminal(void)
{
    static const struct scene scenes[] = {
        {"STARTED", SCREEN_STARTING, ""},       {"READER_READY", SCREEN_STARTING, ""},
        {"JOURNAL_READY", SCREEN_STARTING, ""}, {"RECEIPT_CHANGED 1", SCREEN_STARTING, ""},
        {"BACKEND_READY", SCREEN_STARTING, ""}, {"PRINTER_CHANGED READY", SCREEN_ATTRACT, ""},
    };
    struct play play = play_begin();

    PERFORM(&play, scenes);
    return play;
}

struct play at_list(void)
{
    static const struct scene scenes[] = {
        {"LANGUAGE_CHOSEN fr", SCREEN_INSERT, ""},
        {"CARD_IN", SCREEN_READING, "JOURNAL_SESSION READ_CARD"},
        {"CARD_READ GOOD 3", SCREEN_PIN, ""},
        {"PIN_DIGITS 4", SCREEN_PIN, ""},
        {"PIN_CONFIRMED", SCREEN_PIN_CHECKING, "VERIFY_PIN"},
        {"PIN_ACCEPTED", SCREEN_AUTHENTICATING, "CLEAR_PIN OPEN_BACKEND_SESSION"},
        {"CHALLENGED", SCREEN_AUTHENTICATING, "SIGN_CHALLENGE"},
        {"SIGNED", SCREEN_AUTHENTICATING, "PROVE"},
        {"PROVED", SCREEN_LIST, "LOG_OFF_CARD"},
    };
    struct play play = open_terminal();

    PERFORM(&play, scenes);
    return play;
}

struct play at_preview(void)
{
    static const struct scene scenes[] = {
        {"DOCUMENT_CHOSEN 0", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_ISSUING, "ORDER_DOCUMENT"},
        {"ORDERED 2", SCREEN_ISSUING, "FETCH_DOCUMENT"},
        {"SEALED", SCREEN_ISSUING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PREVIEW, ""},
    };
    struct play play = at_list();

    PERFORM(&play, scenes);
    return play;
}

struct play at_printing(void)
{
    static const struct scene scenes[] = {
        {"CONTINUE", SCREEN_PRINTING, "JOURNAL_ORDER"},
        {"JOURNALED", SCREEN_PRINTING, "PRINT"},
        {"PRINT_ACCEPTED", SCREEN_PRINTING, "DROP_DOCUMENT"},
    };
    struct play play = at_preview();

    PERFORM(&play, scenes);
    return play;
}
