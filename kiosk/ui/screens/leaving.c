// Leaving: the card first, then the paper, the receipt, goodbye.
#include "screens.h"

SCREEN(take_card)
{
    screen_title(screen, screen_text(screen, TEXT_CARD_TITLE));
    if (screen->view->papers > 0 || screen->view->printing)
        screen_lead(screen, screen_text(screen, TEXT_CARD_BODY));
    screen_scene(screen, SCENE_TAKE_CARD);
    screen_pointer(screen, screen->site->card_slot);
}

// Seen from the next room: the wall itself is marigold, and nothing blinks.
SCREEN(card_left)
{
    struct widget *title;

    screen->wall = COLOUR_ALARM_WALL;
    title = screen_title(screen, screen_text(screen, TEXT_ALARM_TITLE));
    title->style = STYLE_PARTING;
    title->colour = COLOUR_ON_ALARM;
    screen_scene(screen, SCENE_TAKE_CARD);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_COUNTER,
                        screen_text(screen, TEXT_ALARM_FOUND));
    screen_pointer(screen, screen->site->card_slot);
}

SCREEN(take_paper)
{
    const struct view *view = screen->view;
    struct filled words = FILL(text_form(TEXT_PAPER_BODY, view->language, view->papers),
                               {"n", screen_number(view->papers).text},
                               {"where", screen_where(screen, screen->site->paper_slot)});

    screen_title(screen, screen_text(screen, TEXT_PAPER_TITLE));
    screen_lead(screen, words.text);
    screen_scene(screen, SCENE_TAKE_PAPER);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_SEARCH,
                        screen_text(screen, TEXT_PAPER_CHECK));
    if (!view->coming) // a key that does nothing yet is not shown
        screen_main(screen, screen_text(screen, TEXT_PAPER_HAVE), ICON_CHECK);
    screen_pointer(screen, screen->site->paper_slot);
}

SCREEN(receipt)
{
    static const struct {
        const char *id;
        enum text_id word;
        enum picture icon;
        enum session_event_kind event;
    } ways[] = {{"yes", TEXT_YES, ICON_RECEIPT, EVENT_YES}, {"no", TEXT_NO, ICON_CANCEL, EVENT_NO}};

    screen_title(screen, screen_text(screen, TEXT_RECEIPT_TITLE));
    for (int i = 0; i < 2; i++) {
        struct widget *way =
            screen_add(screen, WIDGET_WAY, ZONE_DO, ways[i].id, screen_text(screen, ways[i].word));

        widget_picture(way, ways[i].icon);
        way->row = 1;
        way->height = screen->wide ? 560 : 680;
        way->floats = true;
        way->shrinks = true;
        way->act.kind = UI_ACTION_EVENT;
        way->act.event = ways[i].event;
    }
}

SCREEN(receipt_printing)
{
    const char *where = screen_where(screen, screen->site->receipt_slot);

    screen_title(screen, screen_text(screen, TEXT_RECEIPTTAKE_TITLE));
    screen_lead(screen, FILL(screen_text(screen, TEXT_RECEIPT_TAKE), {"where", where}).text);
    screen_scene(screen, SCENE_PRINT_2);
    screen_main(screen, screen_text(screen, TEXT_PAPER_HAVE), ICON_CHECK);
    screen_pointer(screen, screen->site->receipt_slot);
}

SCREEN(receipt_none)
{
    struct widget *reference;

    screen_title(screen, screen_text(screen, TEXT_RECEIPTNONE_TITLE));
    screen_lead(
        screen,
        FILL(screen_text(screen, TEXT_RECEIPT_NONE), {"ref", screen->view->reference}).text);
    reference = screen_add(screen, WIDGET_PANEL, ZONE_DO, "sheet", NULL);
    reference->colour = COLOUR_SHEET;
    reference->value = 24;
    reference->members = 2;
    reference->floats = true;
    reference = screen_add(screen, WIDGET_TITLE, ZONE_DO, "reference", screen->view->reference);
    reference->style = STYLE_TITLE;
    reference->align = ALIGN_CENTRE;
    reference->ground = COLOUR_SHEET;
    screen_symbol(screen, "symbol", screen->view->reference)->gap = 40;
    screen_main(screen, screen_text(screen, TEXT_CONTINUE), ICON_CHECK);
}

SCREEN(end)
{
    struct widget *title = screen_title(screen, screen_text(screen, TEXT_END_TITLE));

    title->style = STYLE_PARTING;
    title->align = ALIGN_CENTRE;
    screen->arrangement = ARRANGE_SINGLE;
    screen_scene(screen, SCENE_GOODBYE);
    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_LOCK,
                        screen_text(screen, TEXT_TIMEDOUT_TITLE));
}

SCREEN(card_early)
{
    screen_title(screen, screen_text(screen, TEXT_EARLY_TITLE));
    screen_lead(screen, FILL(screen_text(screen, TEXT_EARLY_BODY),
                             {"money", screen_text(screen, TEXT_MONEY_NONE)})
                            .text);
    screen_scene(screen, SCENE_GOODBYE);
    screen_main(screen, screen_text(screen, TEXT_CONTINUE), ICON_CHECK);
}

SCREEN(timed_out)
{
    screen_title(screen, screen_text(screen, TEXT_TIMEDOUT_TITLE));
    screen_scene(screen, SCENE_GOODBYE);
    if (screen->view->card_in) {
        (void)screen_notice(screen, ZONE_FOOT, TONE_WARNING, ICON_CARD_TAKE,
                            screen_text(screen, TEXT_CARD_TITLE));
        screen_pointer(screen, screen->site->card_slot);
    }
}
