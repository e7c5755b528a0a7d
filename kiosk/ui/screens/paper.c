// The document: checking it, printing it, and what can go wrong on the way to paper.
#include "screens.h"

#define PARTS 3 // an enlarged page is shown in thirds

static void add_row(struct screen *screen, const char *id, enum text_id label, const char *value,
                    int ends)
{
    struct widget *row = screen_add(screen, WIDGET_ROW, screen->wide ? ZONE_SAY : ZONE_DO, id,
                                    screen_text(screen, label));

    SET_DETAIL(row, value);
    row->value = ends;
    row->gap = (ends & 1) != 0 ? 28 : -1;
}

static const struct catalogue_document *ordered_document(const struct view *view)
{
    return catalogue_document_for(view->catalogue, view->wish.subject, view->document);
}

static void add_summary(struct screen *screen)
{
    const struct view *view = screen->view;
    const struct catalogue_document *document = ordered_document(view);
    char amount[40];

    if (view->price_cents == 0 ||
        text_amount(view->price_cents, view->language, amount, sizeof amount) != RESULT_OK)
        screen_copy(amount, sizeof amount, screen_text(screen, TEXT_PRICE_FREE));
    if (document != NULL)
        add_row(screen, "summary-document", TEXT_SUM_DOC, document->name[view->language], 1);
    if (view->wish.subject > 0)
        add_row(screen, "summary-subject", TEXT_SUM_WHO, screen_text(screen, TEXT_SUM_CHILD), 0);
    if (document != NULL && view->wish.purpose > 0 && view->wish.purpose <= document->purpose_count)
        add_row(screen, "summary-purpose", TEXT_SUM_WHY,
                document->purposes[view->wish.purpose - 1].name[view->language], 0);
    add_row(screen, "summary-language", TEXT_SUM_LANG, text(TEXT_LANG_NAMES, view->paper), 0);
    add_row(screen, "summary-pages", TEXT_SUM_PAGES, screen_number(view->pages).text, 0);
    add_row(screen, "summary-price", TEXT_SUM_PRICE, amount, 2);
}

// The other language of the paper, where the document has one.
static void add_language_change(struct screen *screen)
{
    const struct view *view = screen->view;
    const struct catalogue_document *document = ordered_document(view);
    enum language other = view->paper == LANGUAGE_FR ? LANGUAGE_NL : LANGUAGE_FR;
    struct widget *button;

    if (document == NULL || !document->in_language[other])
        return;
    button = screen_button(screen, ZONE_FOOT, "change-language",
                           screen_text(screen, TEXT_PREVIEW_LANGUAGE), EVENT_PAPER_LANGUAGE_CHOSEN);
    button->act.value = (int)other;
    button->row = 1;
    widget_picture(button, ICON_LANGUAGE);
}

static void add_warning(struct screen *screen, enum zone zone)
{
    (void)screen_notice(screen, zone, TONE_WARNING, ICON_WARNING,
                        screen_text(screen, TEXT_PREVIEW_WRONG));
}

static void add_hidden_page(struct screen *screen)
{
    if (!screen->wide)
        screen_lead(screen, screen_text(screen, TEXT_PREVIEW_READY));
    add_summary(screen);
    screen_scene(screen, SCENE_CHOOSE)->gap = 40;
    if (!screen->view->page_failed) {
        struct widget *show =
            screen_button(screen, ZONE_FOOT, "show-page", screen_text(screen, TEXT_PREVIEW_SHOW),
                          EVENT_SHOW_PAGE);

        widget_picture(show, ICON_SEARCH);
        show->row = 1;
    }
    add_language_change(screen);
    add_warning(screen, screen->wide ? ZONE_SAY : ZONE_FOOT);
}

static struct widget *add_page_key(struct screen *screen, const char *id, enum text_id word,
                                   enum picture icon, enum session_event_kind event)
{
    struct widget *key = screen_button(screen, screen->wide ? ZONE_FOOT : ZONE_DO, id,
                                       screen_text(screen, word), event);

    widget_picture(key, icon);
    key->value = 1; // icon above the word
    key->height = 150;
    key->row = 1;
    return key;
}

static void add_shown_page(struct screen *screen)
{
    const struct view *view = screen->view;
    struct filled number =
        FILL(screen_text(screen, TEXT_PAGE), {"i", screen_number(view->page_shown).text},
             {"n", screen_number(view->pages).text});
    struct widget *page;

    if (screen->wide)
        add_summary(screen);
    page = screen_add(screen, WIDGET_PAGE, ZONE_DO, "page", number.text);
    SET_DETAIL(page, screen_text(screen, TEXT_WAIT));
    page->height = screen->wide ? 750 : 1000;
    page->shrinks = true;
    page->total = PARTS;
    page->value = view->page_zoomed ? screen->turned % PARTS + 1 : 0;
    page->chosen = view->page_drawn;
    if (view->page_zoomed) {
        add_page_key(screen, "zoom", TEXT_PREVIEW_UNZOOM, ICON_ZOOM_OUT, EVENT_ZOOM);
        add_page_key(screen, "more", TEXT_MORE, ICON_MORE, EVENT_ACTIVITY)->act.local = true;
    } else {
        add_page_key(screen, "zoom", TEXT_PREVIEW_ZOOM, ICON_ZOOM_IN, EVENT_ZOOM);
        if (view->pages > 1)
            add_page_key(screen, "next-page", TEXT_PREVIEW_NEXT, ICON_NEXT, EVENT_NEXT_PAGE);
    }
    add_page_key(screen, "hide-page", TEXT_PREVIEW_HIDE, ICON_CURTAIN, EVENT_HIDE_PAGE);
    add_warning(screen, screen->wide ? ZONE_SAY : ZONE_FOOT);
}

static void add_way_on(struct screen *screen)
{
    char amount[40];

    if (screen->view->price_cents == 0 ||
        text_amount(screen->view->price_cents, screen->view->language, amount, sizeof amount) !=
            RESULT_OK)
        screen_main(screen, screen_text(screen, TEXT_PREVIEW_PRINT), ICON_PRINTER);
    else
        screen_main(screen, FILL(screen_text(screen, TEXT_PREVIEW_PAY), {"amount", amount}).text,
                    ICON_EURO);
}

SCREEN(preview)
{
    screen_title(screen, screen_text(screen, TEXT_PREVIEW_TITLE));
    if (screen->view->page_shown > 0)
        add_shown_page(screen);
    else
        add_hidden_page(screen);
    add_way_on(screen);
    screen->left = LEFT_BACK;
    screen->help = true;
}

SCREEN(issue_failed)
{
    bool seal = screen->view->screen == SCREEN_SEAL_BAD;

    widget_picture(
        screen_title(screen, screen_text(screen, seal ? TEXT_SEAL_TITLE : TEXT_ISSUEFAIL_TITLE)),
        ICON_ERROR);
    screen_lead(screen, FILL(screen_text(screen, seal ? TEXT_SEAL_BODY : TEXT_ISSUEFAIL_BODY),
                             {"money", screen_text(screen, TEXT_MONEY_NONE)})
                            .text);
    screen_scene(screen, SCENE_CLOSED);
    screen_counter_notice(screen);
    if (screen->view->card_in) {
        (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CARD_TAKE,
                            screen_text(screen, TEXT_CARD_TITLE));
        screen_pointer(screen, screen->site->card_slot);
    }
    screen->left = LEFT_STOP;
    screen->help = true;
}

// ---- printing

static const char *where_paper(const struct screen *screen)
{
    return screen_where(screen, screen->site->paper_slot);
}

static void add_progress(struct screen *screen)
{
    const struct view *view = screen->view;
    struct widget *pages;

    if (view->pages < 1 || view->pages > 6)
        return;
    pages = screen_add(screen, WIDGET_PAGES, ZONE_SAY, "pages", NULL);
    pages->value = view->printed ? view->pages : SDL_max(view->sheets, 0);
    pages->total = view->pages;
    pages->gap = 28;
}

// Both answers are equal: nobody is nudged.
static void ask_another(struct screen *screen)
{
    struct widget *widget = screen_add(screen, WIDGET_PANEL, ZONE_FOOT, "question", NULL);

    widget->colour = COLOUR_SHEET;
    widget->value = 24;
    widget->members = 3;
    widget = screen_add(screen, WIDGET_TEXT, ZONE_FOOT, "another",
                        screen_text(screen, TEXT_ANOTHER_TITLE));
    widget->style = STYLE_QUESTION;
    widget->ground = COLOUR_SHEET;
    widget =
        screen_button(screen, ZONE_FOOT, "yes", screen_text(screen, TEXT_ANOTHER_YES), EVENT_YES);
    widget->row = 1;
    widget->ground = COLOUR_SHEET;
    widget = screen_button(screen, ZONE_FOOT, "no", screen_text(screen, TEXT_ANOTHER_NO), EVENT_NO);
    widget->row = 1;
    widget->ground = COLOUR_SHEET;
}

SCREEN(printing)
{
    const struct view *view = screen->view;
    int page = SDL_min(SDL_max(view->sheets, 0) + 1, SDL_max(view->pages, 1));
    struct filled title =
        FILL(screen_text(screen, TEXT_PRINT_TITLE), {"i", screen_number(page).text},
             {"n", screen_number(SDL_max(view->pages, 1)).text});

    screen_title(screen, view->printed ? screen_text(screen, TEXT_PRINT_DONE) : title.text);
    screen_lead(screen,
                FILL(screen_text(screen, TEXT_PRINT_WHERE), {"where", where_paper(screen)}).text);
    if (view->price_cents > 0)
        (void)screen_notice(screen, ZONE_SAY, TONE_DONE, ICON_CHECK,
                            screen_text(screen, TEXT_PAID));
    add_progress(screen);
    screen_scene(screen, view->printed ? SCENE_TAKE_PAPER : SCENE_PRINT_1);
    if (!view->choice_waits)
        ask_another(screen);
    screen_pointer(screen, screen->site->paper_slot);
    screen->help = true;
}

static void add_wait_or_stop(struct screen *screen)
{
    struct widget *button;

    if (screen->view->stopping) {
        (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_CLOCK,
                            screen_text(screen, TEXT_WAIT));
        return;
    }
    button = screen_button(
        screen, ZONE_FOOT, "no",
        screen_text(screen, screen->view->paid ? TEXT_STOPREFUND : TEXT_EMPTY_STOP), EVENT_NO);
    button->row = 1;
    button = screen_button(screen, ZONE_FOOT, "wait", screen_text(screen, TEXT_EMPTY_WAIT),
                           EVENT_CONTINUE);
    widget_picture(button, ICON_CLOCK);
    button->tone = TONE_PRIMARY;
    button->row = 1;
}

SCREEN(printer_empty)
{
    const struct view *view = screen->view;
    int sheets = SDL_max(view->sheets, 0);

    screen_title(screen, screen_text(screen, TEXT_EMPTY_TITLE));
    screen_lead(screen,
                FILL(text_form(TEXT_EMPTY_BODY, view->language, sheets),
                     {"i", screen_number(sheets).text}, {"n", screen_number(view->pages).text})
                    .text);
    screen_scene(screen, SCENE_PAPER_EMPTY);
    add_wait_or_stop(screen);
}

SCREEN(printer_trouble)
{
    screen_title(screen, screen_text(screen, TEXT_JAM_TITLE));
    screen_lead(screen, screen_text(screen, TEXT_JAM_BODY));
    screen_scene(screen, SCENE_PAPER_EMPTY);
    add_wait_or_stop(screen);
}

SCREEN(not_printed)
{
    widget_picture(screen_title(screen, screen_text(screen, TEXT_FREENOT_TITLE)), ICON_ERROR);
    screen_lead(screen, screen_text(screen, TEXT_FREENOT_BODY));
    screen_scene(screen, SCENE_PAPER_EMPTY);
    // Not the papers to take: a sheet that nobody can vouch for is none of those.
    if (screen->view->sheets != 0)
        (void)screen_notice(screen, ZONE_FOOT, TONE_WARNING, ICON_WARNING,
                            screen_text(screen, TEXT_DESTROY));
    screen_counter_notice(screen);
    screen->left = LEFT_STOP;
    screen->help = true;
}
