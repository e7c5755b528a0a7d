// The attract screen: French and Dutch as two equal halves around one spine of icons, and the four
// languages as one equal choice. The halves change sides every 30 s.
#include "screens.h"

#define SWAP_MS 30000
#define SPINE_ROWS 5

struct halves {
    enum language left, right;
};

struct geometry { // units
    int hero_x, hero_y, hero_width;
    int text_x, text_width; // of title and spine
    int title_y, spine_y, row_step, row_height, chip;
    int band_y, need_y, keys_y, key_height, key_columns, key_gap;
    int crest, crest_y;
};

static const struct geometry tall = {
    .hero_x = 232,
    .hero_y = 136,
    .hero_width = 616,
    .text_x = 64,
    .text_width = 952,
    .title_y = 636,
    .spine_y = 782,
    .row_step = 80,
    .row_height = 70,
    .band_y = 1214,
    .need_y = 1242,
    .keys_y = 1346,
    .key_height = 152,
    .key_columns = 2,
    .key_gap = 20,
    .crest = 92,
    .crest_y = 36,
};
static const struct geometry wide = {
    .hero_x = 64,
    .hero_y = 128,
    .hero_width = 640,
    .text_x = 720,
    .text_width = 1136,
    .title_y = 118,
    .spine_y = 246,
    .row_step = 74,
    .row_height = 66,
    .band_y = 626,
    .need_y = 648,
    .keys_y = 711,
    .key_height = 152,
    .key_columns = 4,
    .key_gap = 24,
    .crest = 76,
    .crest_y = 20,
};

static int units_wide(const struct screen *screen)
{
    return (int)(screen->width / screen->canvas->scale);
}

// On a panel with more units than the reference the picture and the texts keep to the middle.
static struct geometry geometry_of(const struct screen *screen)
{
    struct geometry at = screen->wide ? wide : tall;
    int shift = (units_wide(screen) - (screen->wide ? 1920 : 1080)) / 2;

    at.hero_x += shift;
    at.text_x += shift;
    return at;
}

static SDL_Rect box_of(const struct screen *screen, int x, int y, int width, int height)
{
    return (SDL_Rect){screen_px(screen, x), screen_px(screen, y), screen_px(screen, width),
                      screen_px(screen, height)};
}

static void add_names(struct screen *screen, struct halves halves)
{
    const struct geometry at = geometry_of(screen);
    int margin = 64, width = units_wide(screen), left = margin + at.crest + 26;
    struct widget *crest = screen_add(screen, WIDGET_CREST, ZONE_FRAME, "crest", NULL);

    crest->ground = COLOUR_COUNTER;
    crest->box = box_of(screen, margin, at.crest_y, at.crest, at.crest);
    for (int side = 0; side < 2; side++) {
        struct widget *name =
            screen_add(screen, WIDGET_CITY, ZONE_FRAME, side == 0 ? "city" : "city-second",
                       screen->site->municipality[side == 0 ? halves.left : halves.right]);

        name->style = STYLE_CITY_LARGE;
        name->colour = COLOUR_ON_COUNTER;
        name->ground = COLOUR_COUNTER;
        name->align = side == 0 ? ALIGN_LEFT : ALIGN_RIGHT;
        name->box = side == 0 ? box_of(screen, left, at.crest_y, width / 2 - left, at.crest)
                              : box_of(screen, width / 2, at.crest_y, width / 2 - margin, at.crest);
    }
}

static void add_titles(struct screen *screen, struct halves halves)
{
    const struct geometry at = geometry_of(screen);
    int half = (at.text_width - 56) / 2;

    for (int side = 0; side < 2; side++) {
        enum language language = side == 0 ? halves.left : halves.right;
        struct widget *title =
            screen_add(screen, WIDGET_TITLE, ZONE_FRAME, side == 0 ? "title" : "title-second",
                       text(TEXT_ATTRACT_TITLE, language));

        title->style = STYLE_HERO;
        title->colour = COLOUR_ON_COUNTER;
        title->ground = COLOUR_COUNTER;
        title->align = side == 0 ? ALIGN_RIGHT : ALIGN_LEFT;
        title->box = box_of(screen, at.text_x + side * (half + 56), at.title_y, half, 122);
    }
}

static void add_spine_row(struct screen *screen, int row, int rows, const char *id,
                          enum picture icon, const char *left, const char *right)
{
    const struct geometry at = geometry_of(screen);
    // Few rows stand in the middle of the place of five.
    int top = at.spine_y + (SPINE_ROWS - rows) * at.row_step / 2;
    struct widget *spine = screen_add(screen, WIDGET_SPINE, ZONE_FRAME, id, left);

    SET_DETAIL(spine, right);
    widget_picture(spine, icon);
    spine->ground = COLOUR_COUNTER;
    spine->box = box_of(screen, at.text_x, top + row * at.row_step, at.text_width, at.row_height);
}

// What is on offer; where the municipality has not said, what a person needs here.
static void add_spine(struct screen *screen, struct halves halves)
{
    static const struct {
        enum text_id text;
        enum picture icon;
        const char *id;
    } needs[] = {{TEXT_NEED_CARD, ICON_CARD, "need-card"},
                 {TEXT_NEED_PIN, ICON_PIN_PAD, "need-pin"},
                 {TEXT_NEED_PAPER, ICON_PAPER_OUT, "need-paper"}};
    const struct catalogue *offer = screen->frame->offer;
    int rows = offer == NULL ? 0 : (int)SDL_min(offer->count, (size_t)SPINE_ROWS);

    if (rows == 0) {
        for (int i = 0; i < 3; i++)
            add_spine_row(screen, i, 3, needs[i].id, needs[i].icon,
                          text(needs[i].text, halves.left), text(needs[i].text, halves.right));
        return;
    }
    for (size_t i = 0; i < (size_t)rows; i++) {
        const struct catalogue_document *document = &offer->documents[i];

        add_spine_row(screen, (int)i, rows, "offer", picture_icon(document->icon),
                      document->name[halves.left], document->name[halves.right]);
    }
}

static void add_needs(struct screen *screen, struct halves halves)
{
    const struct geometry at = geometry_of(screen);
    int margin = 64, gap = 28, width = units_wide(screen) - 2 * margin;
    int half = (width - gap) / 2;

    for (int side = 0; side < 2; side++) {
        enum language language = side == 0 ? halves.left : halves.right;
        struct widget *need =
            screen_add(screen, WIDGET_TEXT, ZONE_FRAME, side == 0 ? "need" : "need-second",
                       text(TEXT_ATTRACT_NEED, language));

        need->style = STYLE_NEED;
        need->ground = COLOUR_GROUND;
        need->box =
            box_of(screen, margin + side * (half + gap), at.need_y, half, screen->wide ? 40 : 80);
    }
}

static void add_keys(struct screen *screen)
{
    static const char *const ids[] = {"language-fr", "language-nl", "language-de", "language-en"};
    const struct geometry at = geometry_of(screen);
    int margin = 64, width = units_wide(screen) - 2 * margin;
    int each = (width - (at.key_columns - 1) * at.key_gap) / at.key_columns;

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        int column = language % at.key_columns, row = language / at.key_columns;
        struct widget *key = screen_add(screen, WIDGET_CHOICE, ZONE_FRAME, ids[language],
                                        text(TEXT_LANG_NAMES, (enum language)language));

        SET_DETAIL(key, text(TEXT_ATTRACT_TOUCH, (enum language)language));
        key->tone = TONE_PRIMARY;
        key->ground = COLOUR_GROUND;
        key->act.kind = UI_ACTION_EVENT;
        key->act.event = EVENT_LANGUAGE_CHOSEN;
        key->act.value = language;
        key->box = box_of(screen, margin + column * (each + at.key_gap),
                          at.keys_y + row * (at.key_height + at.key_gap), each, at.key_height);
    }
}

SCREEN(attract)
{
    const struct geometry at = geometry_of(screen);
    uint64_t shown =
        screen->frame->now > screen->view->since ? screen->frame->now - screen->view->since : 0;
    bool swapped = shown / SWAP_MS % 2 == 1;
    struct halves halves = {swapped ? LANGUAGE_NL : LANGUAGE_FR,
                            swapped ? LANGUAGE_FR : LANGUAGE_NL};
    int counter =
        (int)((double)screen->height / screen->canvas->scale) - screen_measures(screen)->counter;
    struct widget *widget;

    screen->wall = COLOUR_COUNTER;
    screen->arrangement = ARRANGE_GIVEN;
    screen->no_languages = true;
    screen->help = true;
    screen_wake_at(screen, screen->view->since + (shown / SWAP_MS + 1) * SWAP_MS);
    widget = screen_add(screen, WIDGET_WALL, ZONE_FRAME, "band", NULL);
    widget->ground = COLOUR_GROUND;
    widget->box = box_of(screen, 0, at.band_y, 0, counter - at.band_y);
    widget->box.w = screen->width;
    add_names(screen, halves);
    widget = screen_add(screen, WIDGET_SCENE, ZONE_FRAME, "scene", NULL);
    widget->ground = COLOUR_COUNTER;
    widget->picture = SCENE_WELCOME;
    widget->box = box_of(screen, at.hero_x, at.hero_y, at.hero_width, at.hero_width * 560 / 720);
    add_titles(screen, halves);
    add_spine(screen, halves);
    add_needs(screen, halves);
    add_keys(screen);
}

SCREEN(language)
{
    static const char *const ids[] = {"choose-fr", "choose-nl", "choose-de", "choose-en"};

    screen_title(screen, text(TEXT_LANG_TITLE, LANGUAGE_FR));
    screen_title(screen, text(TEXT_LANG_TITLE, LANGUAGE_NL))->colour = COLOUR_ACCENT;
    screen->left = LEFT_BACK;
    screen->help = true;
    screen->no_languages = true;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct widget *key = screen_add(screen, WIDGET_CHOICE, ZONE_DO, ids[language],
                                        text(TEXT_LANG_NAMES, (enum language)language));

        SET_DETAIL(key, text(TEXT_LANG_TITLE, (enum language)language));
        key->height = screen->wide ? 172 : 208;
        key->act.kind = UI_ACTION_EVENT;
        key->act.event = EVENT_LANGUAGE_CHOSEN;
        key->act.value = language;
    }
}
