// Screens that belong to the house: help, still there?, starting, out of service.
#include "screens.h"

SCREEN(help)
{
    static const struct {
        enum picture icon;
        enum text_id text;
    } facts[] = {{ICON_CARD_INSERT_1, TEXT_INSERT_BODY},
                 {ICON_PIN_PAD, TEXT_PIN_WHICH},
                 {ICON_LOCK, TEXT_INSERT_PRIVACY},
                 {ICON_SEARCH, TEXT_PAPER_CHECK}};

    screen_title(screen, screen_text(screen, TEXT_HELP_TITLE));
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        struct widget *notice = screen_notice(screen, ZONE_DO, TONE_FACT, facts[i].icon,
                                              screen_text(screen, facts[i].text));

        notice->style = screen->wide ? STYLE_TEXT : STYLE_LEAD;
    }
    screen_lead(screen, screen_text(screen, TEXT_ATTRACT_NEED));
    screen_counter_notice(screen);
    screen->left = LEFT_BACK;
}

// Full-screen wall: it covers everything personal.
SCREEN(still_there)
{
    const struct view *view = screen->view;
    uint64_t now = screen->frame->now;
    uint64_t left = view->countdown_until > now ? view->countdown_until - now : 0;
    int seconds = (int)((left + 999) / 1000);
    struct filled words = FILL(text_form(TEXT_THERE_BODY, view->language, seconds),
                               {"s", screen_number(seconds).text});
    struct widget *widget;

    screen->wall = COLOUR_COUNTER;
    screen->arrangement = ARRANGE_CARD;
    screen->no_languages = true;
    if (left > 0)
        screen_wake_at(screen, now + (left - 1) % 1000 + 1);
    widget = screen_add(screen, WIDGET_PANEL, ZONE_DO, "card", NULL);
    widget->colour = COLOUR_GROUND;
    widget->value = 28; // radius
    widget->total = 56; // inset
    widget->members = 4;
    widget =
        screen_add(screen, WIDGET_RING, ZONE_DO, "title", screen_text(screen, TEXT_THERE_TITLE));
    widget->style = STYLE_TITLE;
    widget->ground = COLOUR_GROUND;
    widget->value = seconds;
    widget->total = 60;
    widget = screen_add(screen, WIDGET_TEXT, ZONE_DO, "text", words.text);
    widget->style = STYLE_LEAD;
    widget->ground = COLOUR_GROUND;
    widget = screen_button(screen, ZONE_DO, "yes", screen_text(screen, TEXT_THERE_YES), EVENT_YES);
    widget->tone = TONE_PRIMARY;
    widget->height = 160;
    widget->row = screen->wide ? 1 : 0;
    widget = screen_button(screen, ZONE_DO, "no", screen_text(screen, TEXT_THERE_NO), EVENT_NO);
    widget_picture(widget, ICON_DOOR);
    widget->row = screen->wide ? 1 : 0;
    widget->gap = 24;
}

// Both languages of the city, equal, unless the person has chosen German or English.
static void both_languages(struct screen *screen, enum text_id title, enum text_id body)
{
    const struct text_slot phone = {"phone", screen->site->phone};
    enum language chosen = screen->view->language;
    enum language first = LANGUAGE_FR, last = LANGUAGE_NL;

    if (chosen == LANGUAGE_DE || chosen == LANGUAGE_EN)
        first = last = chosen;
    for (int part = 0; part < 2; part++) {
        for (enum language language = first; language <= last; language++) {
            struct filled words = screen_fill(text(part == 0 ? title : body, language), &phone, 1);
            struct widget *widget = screen_add(screen, part == 0 ? WIDGET_TITLE : WIDGET_TEXT,
                                               ZONE_SAY, part == 0 ? "title" : "text", words.text);

            widget->row = part + 1;
            widget->style = part == 0                       ? STYLE_HALF_TITLE
                            : screen->wide && first != last ? STYLE_TEXT
                                                            : STYLE_STATE;
        }
        if (body == title)
            return;
    }
}

SCREEN(starting)
{
    both_languages(screen, TEXT_STARTING, TEXT_STARTING);
    screen_scene(screen, SCENE_HOURGLASS);
    screen->no_languages = true;
}

static enum text_id trouble_words(enum view_trouble trouble)
{
    switch (trouble) {
    case TROUBLE_READER:
        return TEXT_TROUBLE_READER;
    case TROUBLE_PRINTER_OFFLINE:
        return TEXT_TROUBLE_OFFLINE;
    case TROUBLE_PRINTER_EMPTY:
        return TEXT_TROUBLE_EMPTY;
    case TROUBLE_PRINTER:
        return TEXT_TROUBLE_PRINTER;
    case TROUBLE_BACKEND:
        return TEXT_TROUBLE_SERVICE;
    case TROUBLE_JOURNAL:
    case TROUBLE_NONE:
        break;
    }
    return TEXT_TROUBLE_JOURNAL;
}

SCREEN(out_of_service)
{
    struct widget *widget;

    both_languages(screen, TEXT_OOS_TITLE, TEXT_OOS_BODY);
    screen_scene(screen, SCENE_CLOSED);
    screen_counter_notice(screen);
    if (screen->view->card_in) {
        (void)screen_notice(screen, ZONE_FOOT, TONE_WARNING, ICON_CARD_TAKE,
                            screen_text(screen, TEXT_CARD_TITLE));
        screen_pointer(screen, screen->site->card_slot);
    }
    if (screen->view->trouble == TROUBLE_NONE)
        return;
    widget = screen_add(screen, WIDGET_TEXT, ZONE_FOOT, "reason",
                        FILL(screen_text(screen, TEXT_OOS_REASON),
                             {"what", screen_text(screen, trouble_words(screen->view->trouble))})
                            .text);
    widget->style = STYLE_MIN;
    widget->colour = COLOUR_SOFT;
}
