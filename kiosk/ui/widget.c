#include "widget.h"

#include "widget_kinds.h"

// The frame's boxes are given, so its kinds need no measure.
static int measure_nothing(struct canvas *canvas, const struct widget *widget, int width)
{
    (void)width;
    return canvas_px(canvas, widget->height);
}

static const struct {
    const char *role;
    bool focus;
} classes[] = {
#define X(id, role, focus) [WIDGET_##id] = {role, focus},
    WIDGET_LIST(X)
#undef X
};

static const struct {
    int (*measure)(struct canvas *canvas, const struct widget *widget, int width);
    void (*draw)(struct canvas *canvas, const struct widget *widget, const struct mood *mood);
} verbs[] = {
    [WIDGET_WALL] = {measure_nothing, draw_wall},
    [WIDGET_CREST] = {measure_nothing, draw_crest},
    [WIDGET_CITY] = {measure_nothing, draw_city},
    [WIDGET_LANGUAGE] = {measure_nothing, draw_language},
    [WIDGET_STEPS] = {measure_nothing, draw_steps},
    [WIDGET_FRAME_KEY] = {measure_nothing, draw_frame_key},
    [WIDGET_MAIN_KEY] = {measure_nothing, draw_main_key},
    [WIDGET_POINTER] = {measure_nothing, draw_pointer},
    [WIDGET_TITLE] = {measure_title, draw_title},
    [WIDGET_TEXT] = {measure_text, draw_text},
    [WIDGET_NOTICE] = {measure_notice, draw_notice},
    [WIDGET_ROW] = {measure_row, draw_row},
    [WIDGET_STAGE] = {measure_stage, draw_stage},
    [WIDGET_SCENE] = {measure_scene, draw_scene},
    [WIDGET_TRIES] = {measure_tries, draw_tries},
    [WIDGET_RING] = {measure_ring, draw_ring},
    [WIDGET_BUSY] = {measure_busy, draw_busy},
    [WIDGET_PAGES] = {measure_pages, draw_pages},
    [WIDGET_PAGE] = {measure_page, draw_page},
    [WIDGET_SYMBOL] = {measure_symbol, draw_symbol},
    [WIDGET_PANEL] = {measure_nothing, draw_panel},
    [WIDGET_SPINE] = {measure_nothing, draw_spine},
    [WIDGET_BUTTON] = {measure_button, draw_button},
    [WIDGET_DIGIT] = {measure_digit, draw_digit},
    [WIDGET_TILE] = {measure_tile, draw_tile},
    [WIDGET_CHOICE] = {measure_choice, draw_choice},
    [WIDGET_WAY] = {measure_way, draw_way},
    [WIDGET_DOTS] = {measure_dots, draw_dots},
};

const char *widget_role(enum widget_kind kind)
{
    return classes[kind].role;
}

bool widget_can_focus(const struct widget *widget)
{
    return classes[widget->kind].focus && widget->label[0] != '\0';
}

bool widget_can_act(const struct widget *widget)
{
    return widget->act.kind != UI_ACTION_NONE && !widget->disabled;
}

int widget_measure(struct canvas *canvas, const struct widget *widget, int width)
{
    return verbs[widget->kind].measure(canvas, widget, width);
}

SDL_Rect widget_reach(const struct canvas *canvas, const struct widget *widget)
{
    int ring = canvas_px(canvas, 15);

    return (SDL_Rect){widget->box.x - ring, widget->box.y - ring, widget->box.w + 2 * ring,
                      widget->box.h + 2 * ring};
}

// Marker, ink and ground, from outside in (visual language, section 3.5).
static void draw_focus(struct canvas *canvas, const struct widget *widget)
{
    static const struct {
        int reach;
        enum colour colour;
    } bands[] = {{15, COLOUR_MARKER}, {10, COLOUR_INK}};
    SDL_Rect box = widget->box;

    for (int i = 0; i < 3; i++) {
        int reach = canvas_px(canvas, i < 2 ? bands[i].reach : 5);
        SDL_Rect around = {box.x - reach, box.y - reach, box.w + 2 * reach, box.h + 2 * reach};

        canvas_rounded(canvas, around, canvas_px(canvas, 20) + reach,
                       i < 2 ? bands[i].colour : widget->ground);
    }
}

void widget_draw(struct canvas *canvas, const struct widget *widget, const struct mood *mood)
{
    if (mood->focused)
        draw_focus(canvas, widget);
    verbs[widget->kind].draw(canvas, widget, mood);
}
