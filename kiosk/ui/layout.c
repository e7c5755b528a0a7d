// Where the widgets of a screen stand. Title and sentence at the top, notices and their buttons
// directly above the counter, what is to be done between them; side by side on a wide panel.
#include "screen.h"

#define SAY_GAP 24
#define DO_GAP 20
#define BLOCK_GAP 32 // between what is said and what is to be done
#define COLUMN 952   // units a text column is wide at most on a tall panel
#define SAY_WIDTH 700
#define COLUMNS_GAP 72
#define FOOT_SPACE 40 // above the counter
#define PANEL_INSET 40

struct area {
    int x, y, width, height;
};

// The widgets of a zone, in order.
struct zone_list {
    int index[SCREEN_WIDGETS];
    int count;
};

static struct zone_list widgets_of(const struct screen *screen, enum zone zone)
{
    struct zone_list list = {};

    for (int i = 0; i < screen->count; i++) {
        if (screen->list[i].zone == zone)
            list.index[list.count++] = i;
    }
    return list;
}

static int gap_above(const struct screen *screen, const struct widget *widget, int usual)
{
    if (widget->gap < 0)
        return 0;
    return screen_px(screen, widget->gap > 0 ? widget->gap : usual);
}

// How many of the widgets from `from` on stand side by side.
static int row_length(const struct screen *screen, const struct zone_list *list, int from)
{
    int row = screen->list[list->index[from]].row, length = 1;

    while (row > 0 && from + length < list->count &&
           screen->list[list->index[from + length]].row == row)
        length++;
    return length;
}

static int place_row(struct screen *screen, const struct zone_list *list, int from, int length,
                     struct area area)
{
    int gap = screen_px(screen, DO_GAP), height = 0;
    int each = (area.width - (length - 1) * gap) / length;

    for (int i = 0; i < length; i++) {
        int wanted = widget_measure(screen->canvas, &screen->list[list->index[from + i]], each);

        height = SDL_max(height, wanted);
    }
    for (int i = 0; i < length; i++)
        screen->list[list->index[from + i]].box =
            (SDL_Rect){area.x + i * (each + gap), area.y, each, height};
    return height;
}

static int place_stack(struct screen *screen, const struct zone_list *list, struct area area,
                       int gap);

// The panel and the widgets that stand on it; returns its height.
static int place_panel(struct screen *screen, const struct zone_list *list, int from,
                       struct area area)
{
    struct widget *panel = &screen->list[list->index[from]];
    int inset = screen_px(screen, panel->total > 0 ? panel->total : PANEL_INSET);
    struct area inner = {area.x + inset, area.y + inset, area.width - 2 * inset, 0};
    struct zone_list members = {};
    int height;

    for (int i = 1; i <= panel->members; i++)
        members.index[members.count++] = list->index[from + i];
    height = place_stack(screen, &members, inner, 28) + 2 * inset;
    panel->box = (SDL_Rect){area.x, area.y, area.width, height};
    return height;
}

// One under the other from area.y down; returns the height used.
static int place_stack(struct screen *screen, const struct zone_list *list, struct area area,
                       int gap)
{
    int top = area.y;

    for (int i = 0; i < list->count;) {
        const struct widget *widget = &screen->list[list->index[i]];
        int length = 1;

        if (i > 0)
            area.y += gap_above(screen, widget, gap);
        if (widget->kind == WIDGET_PANEL) {
            length = 1 + widget->members;
            area.y += place_panel(screen, list, i, area);
        } else {
            length = row_length(screen, list, i);
            area.y += place_row(screen, list, i, length, area);
        }
        i += length;
    }
    return area.y - top;
}

static void move_down(struct screen *screen, const struct zone_list *list, int by)
{
    for (int i = 0; i < list->count; i++)
        screen->list[list->index[i]].box.y += by;
}

// Takes `by` pixels off the widgets that may be smaller, a row at a time, and closes up.
static void shrink(struct screen *screen, const struct zone_list *list, int by)
{
    int growing = 0, moved = 0;

    for (int i = 0; i < list->count; i += row_length(screen, list, i))
        growing += screen->list[list->index[i]].shrinks;
    if (growing == 0)
        return;
    for (int i = 0; i < list->count;) {
        int length = row_length(screen, list, i), less = 0;

        for (int j = i; j < i + length; j++) {
            struct widget *widget = &screen->list[list->index[j]];

            less = widget->shrinks ? by / growing : 0;
            widget->box.y -= moved;
            widget->box.h -= less;
        }
        moved += less;
        i += length;
    }
}

// What is left stands half above and half below the first widget that floats and all after it.
static void place_do(struct screen *screen, const struct zone_list *list, struct area area)
{
    int left = area.height - place_stack(screen, list, area, DO_GAP);
    bool floating = false;

    if (left < 0) {
        shrink(screen, list, -left);
        return;
    }
    for (int i = 0; i < list->count; i++) {
        struct widget *widget = &screen->list[list->index[i]];

        floating = floating || widget->floats;
        widget->box.y += floating ? left / 2 : 0;
    }
}

static void place_tall(struct screen *screen, struct area area)
{
    struct zone_list say = widgets_of(screen, ZONE_SAY), work = widgets_of(screen, ZONE_DO);
    struct zone_list foot = widgets_of(screen, ZONE_FOOT);
    int said = place_stack(screen, &say, area, SAY_GAP);
    int footed = place_stack(screen, &foot, area, DO_GAP);
    int block = said > 0 ? screen_px(screen, BLOCK_GAP) : 0;

    move_down(screen, &foot, area.height - footed);
    area.y += said + block;
    area.height -= said + block + footed + (footed > 0 ? screen_px(screen, BLOCK_GAP) : 0);
    place_do(screen, &work, area);
}

static void place_wide(struct screen *screen, struct area area)
{
    struct zone_list say = widgets_of(screen, ZONE_SAY), work = widgets_of(screen, ZONE_DO);
    struct zone_list foot = widgets_of(screen, ZONE_FOOT);
    int say_width = screen_px(screen, SAY_WIDTH), gap = screen_px(screen, COLUMNS_GAP);
    struct area left = {area.x, area.y, say_width, area.height};
    struct area right = {area.x + say_width + gap, area.y, area.width - say_width - gap,
                         area.height};
    int block = screen_px(screen, BLOCK_GAP);
    int said = place_stack(screen, &say, left, SAY_GAP);
    int footed = place_stack(screen, &foot, left, DO_GAP);

    if (said + footed + block > area.height) {
        // Too much for one column: the foot goes under what is to be done.
        footed = place_stack(screen, &foot, right, DO_GAP);
        right.height -= footed + block;
    }
    move_down(screen, &foot, area.height - footed);
    place_do(screen, &work, right);
}

static void place_card(struct screen *screen)
{
    struct zone_list work = widgets_of(screen, ZONE_DO);
    int margin = screen_px(screen, screen_measures(screen)->margin);
    int width =
        SDL_min(screen->width - 2 * margin, screen_px(screen, screen->wide ? 1120 : COLUMN));
    struct area area = {(screen->width - width) / 2, 0, width, 0};
    int used = place_stack(screen, &work, area, DO_GAP);
    int counter = screen_px(screen, screen_measures(screen)->counter);

    move_down(screen, &work, (screen->height - counter / 2 - used) / 2);
}

void layout_screen(struct screen *screen)
{
    const struct frame_measures *frame = screen_measures(screen);
    int margin = screen_px(screen, frame->margin);
    int top = screen_px(screen, frame->content_top);
    struct area area = {margin, top, screen->width - 2 * margin, 0};

    if (screen->arrangement == ARRANGE_GIVEN)
        return;
    if (screen->arrangement == ARRANGE_CARD) {
        place_card(screen);
        return;
    }
    if (screen->view->steps == 0 && !screen->wide)
        area.y = screen_px(screen, 180);
    if (!screen->wide && area.width > screen_px(screen, COLUMN)) {
        area.width = screen_px(screen, COLUMN);
        area.x = (screen->width - area.width) / 2;
    }
    area.height = screen->height - screen_px(screen, frame->counter) - area.y -
                  screen_px(screen, screen->wide ? 30 : FOOT_SPACE);
    if (screen->wide && screen->arrangement == ARRANGE_COLUMNS)
        place_wide(screen, area);
    else
        place_tall(screen, area);
}
