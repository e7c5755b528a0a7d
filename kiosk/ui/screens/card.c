// The card: insert it, reading it, and why it cannot be used.
#include "screens.h"

#define HINT_MS 4000 // after this, words say that it takes a little longer

SCREEN(insert)
{
    screen_title(screen, screen_text(screen, TEXT_INSERT_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_INSERT_BODY));
    screen_scene(screen, SCENE_INSERT_1);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_LOCK,
                        screen_text(screen, TEXT_INSERT_PRIVACY));
    screen_pointer(screen, screen->site->card_slot);
    screen->left = LEFT_BACK;
    screen->help = true;
}

SCREEN(reading)
{
    static const enum text_id stages[] = {TEXT_READ_1, TEXT_READ_2, TEXT_READ_3};
    uint64_t hint = screen->view->since + HINT_MS;

    screen_title(screen, screen_text(screen, TEXT_READING_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_READING_BODY));
    screen_scene(screen, SCENE_READING);
    for (int i = 0; i < 3; i++) {
        struct widget *stage = screen_add(screen, WIDGET_STAGE, screen->wide ? ZONE_SAY : ZONE_DO,
                                          "stage", screen_text(screen, stages[i]));

        stage->value = i;
        stage->gap = i == 0 ? 36 : 22;
    }
    screen_wake_at(screen, hint);
    if (screen->frame->now >= hint)
        (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CLOCK,
                            screen_text(screen, TEXT_STILLWORKING));
}

// "Take your card back", where there is one, and the tab that points at it.
static void take_it_back(struct screen *screen)
{
    if (!screen->view->card_in)
        return;
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CARD_TAKE,
                        screen_text(screen, TEXT_CARD_TITLE));
    screen_pointer(screen, screen->site->card_slot);
}

SCREEN(card_mute)
{
    bool third = screen->view->third_mute;

    screen_title(screen, screen_text(screen, third ? TEXT_MUTE3_TITLE : TEXT_MUTE_TITLE));
    screen_lead(screen, screen_text(screen, third ? TEXT_MUTE3_BODY : TEXT_MUTE_BODY));
    screen_scene(screen, third ? SCENE_CARD_ASK : SCENE_INSERT_1);
    if (third)
        screen_counter_notice(screen);
    take_it_back(screen);
    screen->left = LEFT_STOP;
    screen->help = true;
}

struct refusal {
    enum text_id title, body;
    enum picture scene;
    bool counter; // people at the counter can help
};

static const struct refusal *refusal_of(enum session_screen screen)
{
    static const struct refusal bank = {TEXT_BANK_TITLE, TEXT_BANK_BODY, SCENE_CARD_ASK, false};
    static const struct refusal other = {TEXT_OTHER_TITLE, TEXT_OTHER_BODY, SCENE_CARD_ASK, false};
    static const struct refusal foreign = {TEXT_FOREIGN_TITLE, TEXT_FOREIGN_BODY, SCENE_CARD_ASK,
                                           true};
    static const struct refusal kids = {TEXT_KIDS_TITLE, TEXT_KIDS_BODY, SCENE_CARD_ASK, true};
    static const struct refusal blocked = {TEXT_CARDBLOCKED_TITLE, TEXT_CARDBLOCKED_BODY,
                                           SCENE_CARD_STOP, true};
    static const struct refusal unverified = {TEXT_UNVERIFIED_TITLE, TEXT_UNVERIFIED_BODY,
                                              SCENE_CARD_ASK, true};
    static const struct refusal inactive = {TEXT_INACTIVE_TITLE, TEXT_INACTIVE_BODY, SCENE_CARD_ASK,
                                            true};

    if (screen == SCREEN_CARD_BANK)
        return &bank;
    if (screen == SCREEN_CARD_FOREIGN)
        return &foreign;
    if (screen == SCREEN_CARD_KIDS)
        return &kids;
    if (screen == SCREEN_CARD_BLOCKED)
        return &blocked;
    if (screen == SCREEN_CARD_NOT_VERIFIABLE)
        return &unverified;
    if (screen == SCREEN_CARD_NOT_ACTIVATED)
        return &inactive;
    return &other;
}

SCREEN(card_refused)
{
    const struct refusal *refusal = refusal_of(screen->view->screen);

    screen_title(screen, screen_text(screen, refusal->title));
    screen_lead(screen,
                FILL(screen_text(screen, refusal->body), {"phone", screen->site->phone}).text);
    screen_scene(screen, refusal->scene);
    if (refusal->counter)
        screen_counter_notice(screen);
    take_it_back(screen);
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(card_expired)
{
    char date[64];

    if (text_date(screen->view->card_valid_until_day, screen->view->language, date, sizeof date) !=
        RESULT_OK)
        date[0] = '\0';
    screen_title(screen, screen_text(screen, TEXT_EXPIRED_TITLE));
    screen_lead(screen, FILL(screen_text(screen, TEXT_EXPIRED_BODY), {"date", date},
                             {"phone", screen->site->phone})
                            .text);
    screen_scene(screen, SCENE_CARD_EXPIRED);
    screen_counter_notice(screen);
    take_it_back(screen);
    screen->left = LEFT_STOP;
    screen->help = true;
}
