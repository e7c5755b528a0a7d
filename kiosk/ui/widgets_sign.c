// Widgets that show a state as a picture: scenes, tries, countdown, progress, the page.
#include "widget_kinds.h"

#include "str.h"

// A scene is drawn as large as its box allows, in the middle.
static int scene_width(const struct widget *widget)
{
    int wide = widget->box.w, most = widget->box.h * 720 / 560;

    return SDL_min(wide, most);
}

WIDGET_MEASURE(scene)
{
    int most = canvas_px(canvas, widget->height != 0 ? widget->height : 740);

    return SDL_min(most, width * 560 / 720);
}

WIDGET_DRAW(scene)
{
    int wide = scene_width(widget), high = picture_height(widget->picture, wide);
    struct scene_look look = {COLOUR_SCENE_ACCENT, COLOUR_SCENE_TINT, COLOUR_SCENE_ACCENT,
                              COLOUR_SCENE_SHEET};

    (void)mood;
    if (widget->ground == COLOUR_ALARM_WALL)
        look.tint = COLOUR_WARNING_SOFT;
    if (widget->ground == COLOUR_COUNTER)
        look.sill = COLOUR_MARKER; // the accent would vanish in the wall
    canvas_scene(canvas, widget->picture, widget->box.x + (widget->box.w - wide) / 2,
                 widget->box.y + (widget->box.h - high) / 2, wide, look);
}

WIDGET_MEASURE(tries)
{
    (void)widget;
    (void)width;
    return canvas_px(canvas, 140);
}

// Used tries are dashed with a cross, those left show the keypad.
WIDGET_DRAW(tries)
{
    int size = canvas_px(canvas, 140), icon = canvas_px(canvas, 80), line = canvas_px(canvas, 5);
    SDL_Rect circle = {widget->box.x, widget->box.y, size, size};

    (void)mood;
    for (int i = 0; i < widget->total; i++) {
        bool used = i < widget->total - widget->value;
        struct outline_box whole = {circle, size / 2, line, line, COLOUR_LINE, COLOUR_SHEET};

        if (used)
            canvas_dashed_circle(canvas, circle, line, COLOUR_LINE);
        else
            canvas_outlined(canvas, &whole);
        canvas_icon(canvas, used ? ICON_CANCEL : ICON_PIN_PAD, circle.x + (size - icon) / 2,
                    circle.y + (size - icon) / 2, icon,
                    (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
        circle.x += size + canvas_px(canvas, 22);
    }
}

// ---- countdown: the ring and, beside it, the words

#define RING_SIZE 150
#define RING_GAP 40
#define RING_URGENT 20 // seconds from which it is marigold

static struct text_look ring_look(const struct widget *widget)
{
    return (struct text_look){.style = widget->style,
                              .fit = FIT_BALANCED,
                              .colour = COLOUR_INK,
                              .ground = widget->ground};
}

WIDGET_MEASURE(ring)
{
    struct text_look look = ring_look(widget);
    int words = canvas_text_height(canvas, widget->label,
                                   width - canvas_px(canvas, RING_SIZE + RING_GAP), &look);

    return SDL_max(words, canvas_px(canvas, RING_SIZE));
}

// Digits that change in place stand in cells as wide as the widest digit.
static void draw_number(struct canvas *canvas, int number, SDL_Rect box,
                        const struct text_look *look)
{
    char digits[12], one[2] = "";
    int cell = canvas_text_width(canvas, "0", look->style), count = 0;

    if (str_format(digits, sizeof digits, "%d", number) != RESULT_OK)
        return;
    while (digits[count] != '\0')
        count++;
    box.x += (box.w - count * cell) / 2;
    for (int i = 0; i < count; i++) {
        one[0] = digits[i];
        canvas_text_middle(canvas, one, (SDL_Rect){box.x + i * cell, box.y, cell, box.h}, look);
    }
}

WIDGET_DRAW(ring)
{
    bool urgent = widget->value <= RING_URGENT;
    int size = canvas_px(canvas, RING_SIZE), left = canvas_px(canvas, RING_SIZE + RING_GAP);
    struct ring ring = {
        .box = {widget->box.x, widget->box.y + (widget->box.h - size) / 2, size, size},
        .band_width = canvas_px(canvas, 16),
        .part = widget->value,
        .whole = widget->total,
        .face = urgent ? COLOUR_MARKER : COLOUR_SHEET,
        .band = urgent ? COLOUR_SCENE_INK : COLOUR_ACCENT,
        .track = COLOUR_TRACK,
    };
    struct text_look number = {.style = STYLE_NUMBER,
                               .align = ALIGN_CENTRE,
                               .colour = urgent ? COLOUR_ON_MARKER : COLOUR_INK,
                               .ground = ring.face};
    struct text_look look = ring_look(widget);
    SDL_Rect words = {widget->box.x + left, widget->box.y, widget->box.w - left, widget->box.h};

    (void)mood;
    canvas_ring(canvas, &ring);
    draw_number(canvas, widget->value, ring.box, &number);
    canvas_text_middle(canvas, widget->label, words, &look);
}

// ---- busy: three dots, one filled; it moves one place a second

WIDGET_MEASURE(busy)
{
    (void)widget;
    (void)width;
    return canvas_px(canvas, 40);
}

WIDGET_DRAW(busy)
{
    int size = canvas_px(canvas, 36), gap = canvas_px(canvas, 28), line = canvas_px(canvas, 5);
    SDL_Rect dot = {widget->box.x + (widget->box.w - 3 * size - 2 * gap) / 2, widget->box.y, size,
                    size};

    (void)mood;
    for (int i = 0; i < 3; i++) {
        struct outline_box circle = {
            dot,  size / 2,    line,
            line, COLOUR_LINE, i == widget->value ? COLOUR_ACCENT : widget->ground};

        canvas_outlined(canvas, &circle);
        dot.x += size + gap;
    }
}

// ---- pages of the job: out, coming, ahead

WIDGET_MEASURE(pages)
{
    (void)widget;
    (void)width;
    return canvas_px(canvas, 28);
}

WIDGET_DRAW(pages)
{
    int gap = canvas_px(canvas, 14), line = canvas_px(canvas, 3);
    int each = (widget->box.w - gap * (widget->total - 1)) / widget->total;
    SDL_Rect bar = {widget->box.x, widget->box.y, each, widget->box.h};

    (void)mood;
    for (int i = 0; i < widget->total; i++) {
        struct outline_box box = {bar, widget->box.h / 2, line, line, COLOUR_LINE, widget->ground};

        if (i < widget->value)
            box.face = COLOUR_ACCENT;
        if (i == widget->value) {
            box.face = COLOUR_MARKER;
            box.outline = COLOUR_SCENE_INK;
        }
        canvas_outlined(canvas, &box);
        bar.x += each + gap;
    }
}

// ---- page: a tray with the page on it; value: third that is shown enlarged, from 1, or 0 for all

WIDGET_MEASURE(page)
{
    (void)width;
    return canvas_px(canvas, widget->height);
}

// The page in the tray: whole, or as wide as the tray with a part of its height.
static void draw_paper(struct canvas *canvas, const struct widget *widget,
                       const struct ui_page *page, SDL_Rect room)
{
    struct grey_page grey = {page->grey, page->width, page->height};
    int edge = canvas_px(canvas, 8), line = canvas_px(canvas, 2);
    SDL_Rect paper = room, clip = canvas->clip;

    if (widget->value == 0) {
        paper.w = SDL_min(room.w, (room.h - edge) * page->width / page->height);
        paper.h = paper.w * page->height / page->width;
        paper.x += (room.w - paper.w) / 2;
        paper.y += (room.h - paper.h - edge) / 2;
        canvas_fill(
            canvas,
            (SDL_Rect){paper.x - line, paper.y - line, paper.w + 2 * line, paper.h + line + edge},
            COLOUR_HAIR);
    } else {
        paper.h = paper.w * page->height / page->width;
        paper.y -=
            SDL_max(paper.h - room.h, 0) * (widget->value - 1) / SDL_max(widget->total - 1, 1);
    }
    if (SDL_IntersectRect(&clip, &room, &canvas->clip))
        canvas_page(canvas, &grey, paper);
    canvas->clip = clip;
}

WIDGET_DRAW(page)
{
    int inset = canvas_px(canvas, 28);
    SDL_Rect box = widget->box;
    SDL_Rect room = {box.x + inset, box.y + inset, box.w - 2 * inset, box.h - 2 * inset};
    struct text_look look = {
        .style = STYLE_LEAD, .align = ALIGN_CENTRE, .colour = COLOUR_INK, .ground = COLOUR_SUNK};

    canvas_rounded(canvas, box, canvas_px(canvas, 20), COLOUR_SUNK);
    if (mood->page != NULL && mood->page->width > 0 && mood->page->height > 0)
        draw_paper(canvas, widget, mood->page, room);
    else
        canvas_text_middle(canvas, widget->detail, room, &look);
}
