// The questions about a document, one a screen: for whom, which, what for, what else, in which
// language. Of a long list five stand on a screen.
#include "screens.h"

#define A_PAGE 5

// ---- pages of a list

static size_t page_begin(const struct screen *screen, size_t count, size_t page)
{
    size_t pages = (count + page - 1) / page;

    return pages == 0 ? 0 : (size_t)screen->turned % pages * page;
}

static struct widget *add_wall_key(struct screen *screen, const char *id, enum text_id words,
                                   enum session_event_kind event)
{
    struct widget *key = screen_button(screen, screen->wide ? ZONE_FOOT : ZONE_DO, id,
                                       screen_text(screen, words), event);

    key->tone = TONE_WALL;
    key->height = screen->wide ? 100 : 116;
    return key;
}

// Where there is more than a page.
static void add_more(struct screen *screen, size_t count)
{
    if (count <= A_PAGE)
        return;
    struct widget *more = add_wall_key(screen, "more", TEXT_MORE, EVENT_ACTIVITY);
    widget_picture(more, ICON_MORE);
    more->gap = screen->wide ? 0 : 36;
    more->act.local = true;
}

static struct widget *add_tile(struct screen *screen, const char *name,
                               enum session_event_kind event, size_t index)
{
    struct widget *tile = screen_add(screen, WIDGET_TILE, ZONE_DO, "tile", name);

    tile->shrinks = true;
    tile->act.kind = UI_ACTION_EVENT;
    tile->act.event = event;
    tile->act.value = (int)index;
    return tile;
}

static void name_by_number(struct widget *tile, const char *pattern, size_t index)
{
    struct filled id = FILL(pattern, {"i", screen_number((int64_t)index).text});

    screen_copy(tile->id, sizeof tile->id, id.text);
}

// ---- for whom

static void add_subject(struct screen *screen, size_t subject)
{
    const struct catalogue *catalogue = screen->view->catalogue;
    struct widget *tile;

    if (subject == 0) {
        tile = add_tile(screen, screen_text(screen, TEXT_SUBJECT_ME), EVENT_SUBJECT_CHOSEN, 0);
        widget_picture(tile, ICON_CARD);
    } else {
        struct filled name = FILL(screen_text(screen, TEXT_SUBJECT_CHILD),
                                  {"name", catalogue->children[subject - 1].name});
        tile = add_tile(screen, name.text, EVENT_SUBJECT_CHOSEN, subject);
        widget_picture(tile, ICON_CHILD);
    }
    name_by_number(tile, "subject-{i}", subject);
    tile->height = screen->wide ? 133 : 208;
}

SCREEN(subject)
{
    const struct catalogue *catalogue = screen->view->catalogue;
    size_t count = catalogue == NULL ? 0 : catalogue->child_count + 1;
    size_t first = page_begin(screen, count, A_PAGE);

    screen_title(screen, screen_text(screen, TEXT_SUBJECT_TITLE));
    for (size_t i = first; i < count && i < first + A_PAGE; i++)
        add_subject(screen, i);
    add_more(screen, count);
    screen->left = LEFT_STOP;
    screen->help = true;
}

// ---- which document

static void say_why_not(struct screen *screen, struct widget *tile, const char *reason)
{
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

// A free document that costs something for a purpose says so before it is chosen.
static void say_prices(struct screen *screen, struct widget *tile,
                       const struct catalogue_document *document)
{
    char amount[40];
    int64_t costs = 0;

    for (size_t i = 0; i < document->purpose_count; i++)
        if (document->purposes[i].eligible && document->purposes[i].price_cents > costs)
            costs = document->purposes[i].price_cents;
    if (document->price_cents == 0 && costs > 0 &&
        text_amount(costs, screen->view->language, amount, sizeof amount) == RESULT_OK)
        SET_ASIDE(tile, FILL(screen_text(screen, TEXT_PRICE_EITHER), {"amount", amount}).text);
    else
        say_price(screen, tile, document->price_cents);
}

static void add_document(struct screen *screen, const struct catalogue_document *document,
                         size_t index)
{
    enum language language = screen->view->language;
    struct widget *tile = add_tile(screen, document->name[language], EVENT_DOCUMENT_CHOSEN, index);
    struct filled id = FILL("document-{kind}", {"kind", document->kind});

    screen_copy(tile->id, sizeof tile->id, id.text);
    widget_picture(tile, picture_icon(document->icon));
    tile->height = screen->wide ? 133 : 208;
    if (view_may_choose(document)) {
        SET_DETAIL(tile, document->explanation[language]);
        say_prices(screen, tile, document);
    } else {
        say_why_not(screen, tile, document->reason[language]);
    }
}

// What no terminal prints stands there with the way to get it.
static void add_elsewhere(struct screen *screen, const struct catalogue_elsewhere *elsewhere)
{
    enum language language = screen->view->language;
    struct widget *tile = add_tile(screen, elsewhere->name[language], EVENT_ACTIVITY, 0);
    struct filled id = FILL("elsewhere-{kind}", {"kind", elsewhere->kind});

    screen_copy(tile->id, sizeof tile->id, id.text);
    widget_picture(tile, ICON_DOCUMENT);
    SET_DETAIL(tile, elsewhere->where[language]);
    tile->height = screen->wide ? 133 : 208;
    tile->disabled = true;
}

SCREEN(list)
{
    const struct catalogue *catalogue = screen->view->catalogue;
    size_t subject = screen->view->wish.subject;
    size_t printed = catalogue_count_for(catalogue, subject);
    size_t count = printed + (catalogue == NULL ? 0 : catalogue->elsewhere_count);
    // Reasons and ways to a counter may need two lines: then five tiles are too many side by side.
    size_t page = screen->wide && count > A_PAGE ? A_PAGE - 1 : A_PAGE;
    size_t first = page_begin(screen, count, page);

    screen_title(screen, screen_text(screen, TEXT_LIST_TITLE));
    for (size_t i = first; i < count && i < first + page; i++) {
        if (i < printed)
            add_document(screen, catalogue_document_for(catalogue, subject, i), i);
        else
            add_elsewhere(screen, &catalogue->elsewhere[i - printed]);
    }
    add_more(screen, count);
    if (screen->wide || count <= 2) {
        struct widget *scene = screen_scene(screen, SCENE_CHOOSE);

        scene->zone = screen->wide ? ZONE_SAY : ZONE_DO;
        scene->height = screen->wide ? 380 : 620;
        scene->gap = screen->wide ? 40 : 80;
    }
    screen->left = catalogue != NULL && catalogue->child_count > 0 ? LEFT_BACK : LEFT_STOP;
    screen->help = true;
}

// ---- what for

static void add_purpose(struct screen *screen, const struct catalogue_purpose *purpose,
                        size_t index)
{
    enum language language = screen->view->language;
    struct widget *tile = add_tile(screen, purpose->name[language], EVENT_PURPOSE_CHOSEN, index);
    struct filled id = FILL("purpose-{id}", {"id", purpose->id});

    screen_copy(tile->id, sizeof tile->id, id.text);
    tile->height = 116;
    tile->chosen = screen->view->wish.purpose == index + 1;
    if (purpose->eligible)
        say_price(screen, tile, purpose->price_cents);
    else
        say_why_not(screen, tile, purpose->reason[language]);
}

static const struct catalogue_document *chosen_document(const struct screen *screen)
{
    const struct view *view = screen->view;

    return catalogue_document_for(view->catalogue, view->wish.subject, view->document);
}

SCREEN(purpose)
{
    const struct catalogue_document *document = chosen_document(screen);
    size_t count = document == NULL ? 0 : document->purpose_count;
    size_t first = page_begin(screen, count, A_PAGE);

    screen_title(screen, screen_text(screen, TEXT_PURPOSE_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_PURPOSE_WHY));
    for (size_t i = first; i < count && i < first + A_PAGE; i++)
        add_purpose(screen, &document->purposes[i], i);
    add_more(screen, count);
    struct widget *skip = add_wall_key(screen, "purpose-not-told", TEXT_PURPOSE_SKIP, EVENT_NO);
    skip->gap = screen->wide || count > A_PAGE ? 0 : 36;
    screen->left = LEFT_BACK;
    screen->help = true;
}

SCREEN(abroad)
{
    const struct catalogue_document *document = chosen_document(screen);
    size_t purpose = screen->view->wish.purpose;
    enum language language = screen->view->language;

    screen_title(screen, screen_text(screen, TEXT_ABROAD_TITLE));
    if (document != NULL && purpose > 0 && purpose <= document->purpose_count) {
        const struct catalogue_purpose *chosen = &document->purposes[purpose - 1];
        screen_lead(screen, chosen->name[language]);
        (void)screen_notice(screen, ZONE_SAY, TONE_FACT, ICON_INFO, chosen->information[language]);
    }
    screen_scene(screen, SCENE_CHOOSE);
    screen_main(screen, screen_text(screen, TEXT_CONTINUE), ICON_NEXT);
    screen->left = LEFT_BACK;
    screen->help = true;
}

// ---- what else it says

static void add_option(struct screen *screen, const struct catalogue_option *option, size_t index)
{
    enum language language = screen->view->language;
    bool wanted = (screen->view->wish.options & UINT32_C(1) << index) != 0;
    struct widget *tile = add_tile(screen, option->question[language], EVENT_OPTION_CHOSEN, index);
    struct filled id = FILL("option-{id}", {"id", option->id});

    screen_copy(tile->id, sizeof tile->id, id.text);
    SET_DETAIL(tile, wanted ? option->yes[language] : option->no[language]);
    tile->height = screen->wide ? 133 : 160;
    tile->total = 1;
    tile->chosen = wanted;
}

SCREEN(options)
{
    const struct catalogue_document *document = chosen_document(screen);
    size_t count = document == NULL ? 0 : document->option_count;
    size_t first = page_begin(screen, count, A_PAGE);

    screen_title(screen, screen_text(screen, TEXT_OPTIONS_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_OPTIONS_BODY));
    for (size_t i = first; i < count && i < first + A_PAGE; i++)
        add_option(screen, &document->options[i], i);
    add_more(screen, count);
    screen_main(screen, screen_text(screen, TEXT_CONTINUE), ICON_NEXT);
    screen->left = LEFT_BACK;
    screen->help = true;
}

// ---- in which language

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
