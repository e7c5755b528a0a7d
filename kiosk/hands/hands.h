// hands.h: fingers, mouse and keys, as SDL tells them, become actions of the ui. Finger and mouse
// share one way; SDL's making of one from the other must be switched off.
#pragma once
#include <SDL2/SDL_events.h>
#include <stdbool.h>

#include "ui.h"

struct hands {
    struct ui *ui;     // borrowed
    int width, height; // of the surface in pixels
    bool down;         // one pointer at a time
    SDL_FingerID finger;
};

// False: the event was none of the hands'. True: the screen has to be shown anew, and `acted` says
// whether `action` holds something (UI_ACTION_NONE then means: somebody is there, no more).
bool hands_take(struct hands *hands, const SDL_Event *event, bool *acted, struct ui_action *action);
