// The frame around every screen: its keys stand in the same place on all of them, in every
// language.
#include "screen.h"

static const struct frame_measures tall = {
    .margin = 64,
    .top = 140,
    .step_top = 150,
    .content_top = 232,
    .counter = 224,
    .key_top = 24,
    .key_height = 148,
    .back_width = 168,
    .help_width = 130,
    .access_width = 256,
    .main_width = 338,
};
static const struct frame_measures wide = {
    .margin = 64,
    .top = 116,
    .step_top = 33,
    .content_top = 140,
    .counter = 160,
    .key_top = 16,
    .key_height = 100,
    .back_width = 220,
    .help_width = 180,
    .access_width = 340,
    .main_width = 460,
};

#define GAP 20

const struct frame_measures *screen_measures(const struct screen *screen)
{
    return screen->wide ? &wide : &tall;
}

void frame_begin(struct screen *screen)
{
    int counter = screen_px(screen, screen_measures(screen)->counter);
    struct widget *wall = screen_add(screen, WIDGET_WALL, ZONE_FRAME, "wall", NULL);

    wall->box = (SDL_Rect){0, 0, screen->width, screen->height};
    wall = screen_add(screen, WIDGET_WALL, ZONE_FRAME, "counter", NULL);
    wall->ground = COLOUR_COUNTER;
    wall->box = (SDL_Rect){0, screen->height - counter, screen->width, counter};
}

static void add_crest_and_city(struct screen *screen)
{
    const struct frame_measures *frame = screen_measures(screen);
    int size = screen_px(screen, screen->wide ? 66 : 76), top = screen_px(screen, frame->top);
    int left = screen_px(screen, frame->margin), gap = screen_px(screen, 22);
    struct widget *crest = screen_add(screen, WIDGET_CREST, ZONE_FRAME, "crest", NULL);
    struct widget *city = screen_add(screen, WIDGET_CITY, ZONE_FRAME, "city",
                                     screen->site->municipality[screen->view->language]);

    crest->box = (SDL_Rect){left, (top - size) / 2, size, size};
    city->style = STYLE_CITY;
    city->colour = screen->wall == COLOUR_COUNTER      ? COLOUR_ON_COUNTER
                   : screen->wall == COLOUR_ALARM_WALL ? COLOUR_ON_ALARM
                                                       : COLOUR_INK;
    left += size + gap;
    city->box =
        (SDL_Rect){left, 0, canvas_text_width(screen->canvas, city->label, city->style) + 2, top};
}

static void add_languages(struct screen *screen)
{
    static const char *const codes[LANGUAGE_COUNT] = {"FR", "NL", "DE", "EN"};
    static const char *const ids[LANGUAGE_COUNT] = {"language-fr", "language-nl", "language-de",
                                                    "language-en"};
    const struct frame_measures *frame = screen_measures(screen);
    int size = screen_px(screen, 84), step = size + screen_px(screen, GAP);
    int left =
        screen->width - screen_px(screen, frame->margin) - size - (LANGUAGE_COUNT - 1) * step;

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct widget *key = screen_add(screen, WIDGET_LANGUAGE, ZONE_FRAME, ids[language],
                                        text(TEXT_LANG_NAMES, (enum language)language));

        SET_ASIDE(key, codes[language]);
        key->chosen = screen->view->language == (enum language)language;
        key->act.kind = UI_ACTION_EVENT;
        key->act.event = EVENT_LANGUAGE_CHOSEN;
        key->act.value = language;
        key->box = (SDL_Rect){left + language * step, (screen_px(screen, frame->top) - size) / 2,
                              size, size};
    }
}

static void add_steps(struct screen *screen)
{
    const struct frame_measures *frame = screen_measures(screen);
    struct filled words =
        FILL(screen_text(screen, TEXT_STEP), {"i", screen_number(screen->view->step).text},
             {"n", screen_number(screen->view->steps).text});
    struct widget *steps = screen_add(screen, WIDGET_STEPS, ZONE_FRAME, "steps", words.text);
    int margin = screen_px(screen, screen->wide ? 560 : frame->margin);

    steps->value = screen->view->step;
    steps->total = screen->view->steps;
    steps->box = (SDL_Rect){margin, screen_px(screen, frame->step_top), screen->width - 2 * margin,
                            screen_px(screen, screen->wide ? 50 : 56)};
}

static void place_counter_key(const struct screen *screen, struct widget *key, int left, int width)
{
    const struct frame_measures *frame = screen_measures(screen);
    int top =
        screen->height - screen_px(screen, frame->counter) + screen_px(screen, frame->key_top);

    key->ground = COLOUR_COUNTER;
    key->box = (SDL_Rect){screen_px(screen, left), top, screen_px(screen, width),
                          screen_px(screen, frame->key_height)};
}

static void add_frame_key(struct screen *screen, const char *id, enum text_id word,
                          enum picture icon, enum session_event_kind event, int left, int width)
{
    struct widget *key =
        screen_add(screen, WIDGET_FRAME_KEY, ZONE_FRAME, id, screen_text(screen, word));

    widget_picture(key, icon);
    key->act.kind = UI_ACTION_EVENT;
    key->act.event = event;
    place_counter_key(screen, key, left, width);
}

// A slot without a function stays empty; the others do not close up. The third is the place of the
// accessibility panel.
static void add_counter_keys(struct screen *screen)
{
    const struct frame_measures *frame = screen_measures(screen);
    int left = frame->margin;

    if (screen->left == LEFT_BACK)
        add_frame_key(screen, "back", TEXT_BACK, ICON_BACK, EVENT_BACK, left, frame->back_width);
    if (screen->left == LEFT_STOP)
        add_frame_key(screen, "stop", TEXT_STOP, ICON_STOP, EVENT_STOP, left, frame->back_width);
    left += frame->back_width + GAP;
    if (screen->help)
        add_frame_key(screen, "help", TEXT_HELP, ICON_HELP, EVENT_HELP, left, frame->help_width);
}

static void place_main(struct screen *screen)
{
    const struct frame_measures *frame = screen_measures(screen);

    for (int i = 0; i < screen->count; i++) {
        struct widget *widget = &screen->list[i];

        if (widget->kind != WIDGET_MAIN_KEY)
            continue;
        place_counter_key(screen, widget, 0, frame->main_width);
        widget->box.x = screen->width - screen_px(screen, frame->margin) - widget->box.w;
    }
}

static void add_pointer(struct screen *screen)
{
    int width = screen_px(screen, 330), height = screen_px(screen, 34);
    int margin = screen_px(screen, screen_measures(screen)->margin);
    struct widget *pointer = screen_add(screen, WIDGET_POINTER, ZONE_FRAME, "pointer", NULL);

    pointer->box =
        (SDL_Rect){screen->pointer == UI_SIDE_LEFT ? margin : screen->width - margin - width,
                   screen->height - height, width, height};
}

void frame_finish(struct screen *screen)
{
    screen->list[0].ground = screen->wall;
    if (screen->arrangement != ARRANGE_GIVEN)
        add_crest_and_city(screen);
    if (screen->arrangement != ARRANGE_GIVEN && screen->view->steps > 0)
        add_steps(screen);
    add_counter_keys(screen);
    place_main(screen);
    if (!screen->no_languages)
        add_languages(screen);
    if (screen->has_pointer)
        add_pointer(screen);
    for (int i = 0; screen->asleep && i < screen->count; i++)
        screen->list[i].disabled = true;
}
