// The PIN: the keypad, a wrong code, the last try. The digits never come here, only their number.
#include "screens.h"

#define TRIES 3 // a Belgian card locks its PIN after three wrong codes

static void add_keypad(struct screen *screen)
{
    static const char ids[][10] = {"key-1", "key-2", "key-3", "key-4",     "key-5", "key-6",
                                   "key-7", "key-8", "key-9", "key-erase", "key-0", "key-ok"};
    bool asleep = screen->view->screen == SCREEN_PIN_CHECKING;

    for (int i = 0; i < 12; i++) {
        char digit[2] = {(char)(i == 10 ? '0' : '1' + i), '\0'};
        struct widget *key = screen_add(screen, WIDGET_DIGIT, ZONE_DO, ids[i], digit);

        key->row = 2 + i / 3;
        key->height = screen->wide ? 136 : 132;
        key->disabled = asleep;
        key->act.kind = UI_ACTION_PIN_DIGIT;
        key->act.value = i == 10 ? 0 : i + 1;
        if (i == 0)
            key->gap = 28;
        if (i == 9) {
            SET_LABEL(key, screen_text(screen, TEXT_KEY_ERASE));
            widget_picture(key, ICON_ERASE);
            key->act.kind = UI_ACTION_PIN_ERASE;
        }
        if (i == 11) {
            SET_LABEL(key, screen_text(screen, TEXT_KEY_OK));
            key->tone = TONE_PRIMARY;
            key->act.kind = UI_ACTION_PIN_OK;
        }
    }
}

static struct widget *add_forgot(struct screen *screen)
{
    struct widget *button = screen_button(screen, ZONE_FOOT, "forgot",
                                          screen_text(screen, TEXT_PIN_FORGOT), EVENT_PIN_FORGOT);

    widget_picture(button, ICON_HELP);
    return button;
}

SCREEN(pin)
{
    const struct view *view = screen->view;
    bool checking = view->screen == SCREEN_PIN_CHECKING;
    enum zone facts = screen->wide ? ZONE_SAY : ZONE_FOOT;
    struct filled count = FILL(text_form(TEXT_PIN_COUNT, view->language, view->pin_digits),
                               {"n", screen_number(view->pin_digits).text});
    struct widget *widget;

    screen_title(screen, screen_text(screen, TEXT_PIN_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_PIN_BODY));
    widget = screen_add(screen, WIDGET_DOTS, ZONE_DO, "pin",
                        checking ? screen_text(screen, TEXT_PIN_CHECKING) : count.text);
    widget->value = view->pin_digits;
    widget->total = checking;
    add_keypad(screen);
    (void)screen_notice(screen, facts, TONE_FACT, ICON_CARD, screen_text(screen, TEXT_PIN_WHICH));
    (void)screen_notice(screen, facts, TONE_FACT, ICON_INFO, screen_text(screen, TEXT_PIN_THREE));
    add_forgot(screen)->disabled = checking;
    screen->left = LEFT_STOP;
    screen->help = true;
    screen->asleep = checking;
}

// No dots: a reader that takes the PIN does not tell how many digits it has.
SCREEN(pin_on_pad)
{
    enum zone facts = screen->wide ? ZONE_SAY : ZONE_FOOT;

    screen_title(screen, screen_text(screen, TEXT_PIN_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_PAD_BODY));
    screen_scene(screen, SCENE_PINPAD);
    if (screen->view->pin_short)
        (void)screen_notice(screen, ZONE_FOOT, TONE_WARNING, ICON_WARNING,
                            screen_text(screen, TEXT_PAD_SHORT));
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_LOCK,
                        screen_text(screen, TEXT_PAD_PRIVATE));
    (void)screen_notice(screen, facts, TONE_FACT, ICON_CARD, screen_text(screen, TEXT_PIN_WHICH));
    (void)screen_notice(screen, facts, TONE_FACT, ICON_INFO, screen_text(screen, TEXT_PIN_THREE));
    add_forgot(screen);
    screen_pointer(screen, screen->site->card_slot);
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(pin_forgotten)
{
    screen_title(screen, screen_text(screen, TEXT_PINFORGOT_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_FORGOT_BODY));
    screen_scene(screen, SCENE_PINPAD);
    screen_counter_notice(screen);
    screen->left = LEFT_BACK;
    screen->help = true;
}

static void add_tries(struct screen *screen, int left)
{
    struct widget *tries = screen_add(screen, WIDGET_TRIES, ZONE_SAY, "tries", NULL);

    tries->total = TRIES;
    tries->value = left;
    tries->gap = 32;
}

static struct widget *add_statement(struct screen *screen, const char *words)
{
    struct widget *widget = screen_add(screen, WIDGET_TEXT, ZONE_SAY, "text", words);

    widget->style = STYLE_QUESTION;
    return widget;
}

SCREEN(pin_wrong)
{
    const struct view *view = screen->view;

    widget_picture(screen_title(screen, screen_text(screen, TEXT_WRONG_TITLE)), ICON_ERROR);
    if (view->tries_left >= 0) {
        add_statement(screen, FILL(text_form(TEXT_WRONG_BODY, view->language, view->tries_left),
                                   {"n", screen_number(view->tries_left).text})
                                  .text);
        add_tries(screen, view->tries_left);
    }
    screen_scene(screen, SCENE_PINPAD);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CARD,
                        screen_text(screen, TEXT_PIN_WHICH));
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_INFO,
                        screen_text(screen, TEXT_PIN_THREE));
    add_forgot(screen);
    screen_main(screen, screen_text(screen, TEXT_RETRY), ICON_NEXT);
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(pin_last_try)
{
    struct widget *button;

    widget_picture(screen_title(screen, screen_text(screen, TEXT_LAST_TITLE)), ICON_WARNING);
    screen_lead(screen, screen_text(screen, TEXT_LAST_BODY));
    add_tries(screen, 1);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CARD,
                        screen_text(screen, TEXT_PIN_WHICH));
    add_forgot(screen);
    button = screen_button(screen, ZONE_FOOT, "no", screen_text(screen, TEXT_LAST_NO), EVENT_NO);
    widget_picture(button, ICON_DOOR);
    screen_scene(screen, SCENE_PINPAD);
    screen_main(screen, screen_text(screen, TEXT_LAST_YES), ICON_NEXT);
    screen->help = true;
}

SCREEN(pin_blocked)
{
    screen_title(screen, screen_text(screen, TEXT_PINBLOCKED_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_PINBLOCKED_BODY));
    screen_scene(screen, SCENE_CARD_STOP);
    screen_counter_notice(screen);
    if (screen->view->card_in) {
        (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CARD_TAKE,
                            screen_text(screen, TEXT_CARD_TITLE));
        screen_pointer(screen, screen->site->card_slot);
    }
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(pin_cancelled)
{
    screen_title(screen, screen_text(screen, TEXT_PINCANCEL_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_PINCANCEL_BODY));
    screen_scene(screen, SCENE_PINPAD);
    screen_main(screen, screen_text(screen, TEXT_CONTINUE), ICON_NEXT);
    screen->left = LEFT_STOP;
    screen->help = true;
}
