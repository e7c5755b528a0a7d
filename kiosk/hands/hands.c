#include "hands.h"

static bool point(struct hands *hands, bool down, int x, int y, struct ui_action *action)
{
    hands->down = down;
    if (down)
        ui_press(hands->ui, x, y);
    else
        ui_release(hands->ui, x, y, action);
    return !down;
}

static bool take_finger(struct hands *hands, const SDL_TouchFingerEvent *finger,
                        struct ui_action *action)
{
    bool down = finger->type == SDL_FINGERDOWN;

    if (down ? hands->down : !hands->down || finger->fingerId != hands->finger)
        return false; // a second finger means nothing
    hands->finger = finger->fingerId;
    return point(hands, down, (int)(finger->x * (float)hands->width),
                 (int)(finger->y * (float)hands->height), action);
}

static int digit_of(SDL_Keycode key)
{
    if (key >= SDLK_0 && key <= SDLK_9)
        return key - SDLK_0;
    if (key >= SDLK_KP_1 && key <= SDLK_KP_9)
        return key - SDLK_KP_1 + 1;
    return key == SDLK_KP_0 ? 0 : -1;
}

static void take_key(struct hands *hands, const SDL_Keysym *key, struct ui_action *action)
{
    static const struct {
        SDL_Keycode key;
        enum ui_key means;
    } keys[] = {
        {SDLK_RETURN, UI_KEY_CHOOSE},
        {SDLK_KP_ENTER, UI_KEY_CHOOSE},
        {SDLK_ESCAPE, UI_KEY_BACK},
        {SDLK_BACKSPACE, UI_KEY_ERASE},
        {SDLK_F1, UI_KEY_HELP},
        {SDLK_DELETE, UI_KEY_ERASE},
        {SDLK_KP_BACKSPACE, UI_KEY_ERASE},
        {SDLK_CANCEL, UI_KEY_BACK},
    };

    if (digit_of(key->sym) >= 0)
        ui_digit(hands->ui, digit_of(key->sym), action);
    else if (key->sym == SDLK_TAB)
        ui_key(hands->ui, (key->mod & KMOD_SHIFT) != 0 ? UI_KEY_PREVIOUS : UI_KEY_NEXT, action);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].key == key->sym)
            ui_key(hands->ui, keys[i].means, action);
}

bool hands_take(struct hands *hands, const SDL_Event *event, bool *acted, struct ui_action *action)
{
    *acted = false;
    *action = (struct ui_action){};
    switch (event->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
        *acted = take_finger(hands, &event->tfinger, action);
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        *acted = event->button.button == SDL_BUTTON_LEFT &&
                 point(hands, event->type == SDL_MOUSEBUTTONDOWN, event->button.x, event->button.y,
                       action);
        return true;
    case SDL_KEYDOWN:
        *acted = event->key.repeat == 0;
        if (*acted)
            take_key(hands, &event->key.keysym, action);
        return true;
    default:
        return false;
    }
}
