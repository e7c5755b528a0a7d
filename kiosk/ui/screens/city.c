// Between the terminal and the municipality: proving who is there, the list of documents, the
// language of the paper.
#include "screens.h"

#define STILL_WORKING_MS 10000
#define DOCUMENTS_A_PAGE 5

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

// ---- the list

static void say_why_not(struct screen *screen, struct widget *tile,
                        const struct catalogue_document *document)
{
    const char *reason = document->reason[screen->view->language];

    if (reason == NULL || *reason == '\0')
        reason = screen_text(screen, TEXT_NA_COUNTER);
    SET_DETAIL(tile, FILL(screen_text(screen, TEXT_NA), {"reason", reason}).text);
    tile->disabled = true;
}

static void say_price(struct screen *screen, struct widget *tile, int64_t cents)
{
    char amount[40];

    if (cents == 0 ||
        text_amount(cents, screen->view->language, amount, sizeof amount) != RESULT_OK)
        SET_ASIDE(tile, screen_text(screen, TEXT_PRICE_FREE));
    else
        SET_ASIDE(tile, amount);
}

static void add_document(struct screen *screen, size_t index)
{
    const struct catalogue_document *document = &screen->view->catalogue->documents[index];
    enum language language = screen->view->language;
    struct widget *tile =
        screen_add(screen, WIDGET_TILE, ZONE_DO, "document", document->name[language]);
    struct filled id = FILL("document-{kind}", {"kind", document->kind});

    screen_copy(tile->id, sizeof tile->id, id.text);
    widget_picture(tile, picture_icon(document->icon));
    tile->height = screen->wide ? 133 : 208;
    tile->shrinks = true;
    tile->act.kind = UI_ACTION_EVENT;
    tile->act.event = EVENT_DOCUMENT_CHOSEN;
    tile->act.value = (int)index;
    if (view_may_choose(document)) {
        SET_DETAIL(tile, document->explanation[language]);
        say_price(screen, tile, document->price_cents);
    } else {
        say_why_not(screen, tile, document);
    }
}

static void add_more(struct screen *screen)
{
    struct widget *more =
        screen_button(screen, ZONE_DO, "more", screen_text(screen, TEXT_MORE), EVENT_ACTIVITY);

    widget_picture(more, ICON_MORE);
    more->tone = TONE_WALL;
    more->height = screen->wide ? 100 : 124;
    more->act.local = true;
}

SCREEN(list)
{
    const struct catalogue *catalogue = screen->view->catalogue;
    size_t count = catalogue == NULL ? 0 : catalogue->count;
    size_t page = DOCUMENTS_A_PAGE, first = 0;

    screen_title(screen, screen_text(screen, TEXT_LIST_TITLE));
    if (count > page) {
        page = DOCUMENTS_A_PAGE - 1; // one place is for "more"
        first = (size_t)screen->turned % ((count + page - 1) / page) * page;
    }
    for (size_t i = first; i < count && i < first + page; i++)
        add_document(screen, i);
    if (count > page)
        add_more(screen);
    if (screen->wide || count <= 2) {
        struct widget *scene = screen_scene(screen, SCENE_CHOOSE);

        scene->zone = screen->wide ? ZONE_SAY : ZONE_DO;
        scene->height = screen->wide ? 500 : 620;
        scene->gap = screen->wide ? 40 : 80;
    }
    screen->left = LEFT_STOP;
    screen->help = true;
}

SCREEN(document_language)
{
    static const struct {
        enum language language;
        const char *id, *code;
    } ways[] = {{LANGUAGE_FR, "paper-fr", "FR"}, {LANGUAGE_NL, "paper-nl", "NL"}};
    bool dutch_first = screen->view->language == LANGUAGE_NL;

    screen_title(screen, screen_text(screen, TEXT_DOCLANG_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_DOCLANG_BODY));
    for (int i = 0; i < 2; i++) {
        int which = dutch_first ? 1 - i : i;
        struct widget *way = screen_add(screen, WIDGET_WAY, ZONE_DO, ways[which].id,
                                        text(TEXT_LANG_NAMES, ways[which].language));

        SET_ASIDE(way, ways[which].code);
        way->row = 1;
        way->height = screen->wide ? 700 : 860;
        way->floats = true;
        way->shrinks = true;
        way->act.kind = UI_ACTION_EVENT;
        way->act.event = EVENT_PAPER_LANGUAGE_CHOSEN;
        way->act.value = (int)ways[which].language;
    }
    screen->left = LEFT_BACK;
    screen->help = true;
}
