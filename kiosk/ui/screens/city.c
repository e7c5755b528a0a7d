// Between the terminal and the municipality: proving who is there, what it says no to, waiting.
#include "screens.h"

#define STILL_WORKING_MS 10000

static void still_working(struct screen *screen)
{
    uint64_t when = screen->view->since + STILL_WORKING_MS;

    screen_wake_at(screen, when);
    if (screen->frame->now >= when)
        (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CLOCK,
                            screen_text(screen, TEXT_STILLWORKING));
}

static void waiting(struct screen *screen, enum text_id title)
{
    screen_title(screen, screen_text(screen, title));
    screen_lead(screen, screen_text(screen, TEXT_READING_BODY));
    screen_scene(screen, SCENE_HOURGLASS);
    screen_busy(screen)->gap = 48;
    still_working(screen);
}

SCREEN(authenticating)
{
    waiting(screen, TEXT_AUTH_TITLE);
}

SCREEN(issuing)
{
    waiting(screen, TEXT_ISSUE_TITLE);
}

SCREEN(backend_down)
{
    widget_picture(screen_title(screen, screen_text(screen, TEXT_DOWN_TITLE)), ICON_NETWORK_DOWN);
    screen_lead(screen, screen_text(screen, TEXT_DOWN_BODY));
    screen_scene(screen, SCENE_HOURGLASS);
    screen_counter_notice(screen);
    if (screen->view->can_retry)
        screen_main(screen, screen_text(screen, TEXT_RETRY), ICON_NEXT);
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(register_refused)
{
    enum session_screen which = screen->view->screen;
    enum text_id title = which == SCREEN_UNKNOWN_RESIDENT ? TEXT_UNKNOWN_TITLE
                         : which == SCREEN_MINOR          ? TEXT_MINOR_TITLE
                                                          : TEXT_PERSON_TITLE;
    enum text_id body = which == SCREEN_UNKNOWN_RESIDENT ? TEXT_UNKNOWN_BODY
                        : which == SCREEN_MINOR          ? TEXT_MINOR_BODY
                                                         : TEXT_PERSON_BODY;

    screen_title(screen, screen_text(screen, title));
    screen_lead(screen, screen_text(screen, body));
    screen_scene(screen, SCENE_CARD_ASK);
    screen_counter_notice(screen);
    if (screen->view->card_in) {
        (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CARD_TAKE,
                            screen_text(screen, TEXT_CARD_TITLE));
        screen_pointer(screen, screen->site->card_slot);
    }
    screen->left = LEFT_STOP;
    screen->help = true;
}
