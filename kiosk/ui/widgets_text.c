// Widgets to read: titles, sentences, notices, rows of a table, stages of a wait.
#include "widget_kinds.h"

static struct text_look look_of(const struct widget *widget, enum fit fit)
{
    return (struct text_look){.style = widget->style,
                              .fit = fit,
                              .align = widget->align,
                              .colour = widget->colour,
                              .ground = widget->ground};
}

// Sixty characters a line at most: about 28 times the size.
static int reading_width(struct canvas *canvas, const struct widget *widget, int width)
{
    return SDL_min(width, 24 * typefaces_line(canvas->typefaces, widget->style));
}

WIDGET_MEASURE(text)
{
    struct text_look look = look_of(widget, FIT_PLAIN);

    return canvas_text_height(canvas, widget->label, reading_width(canvas, widget, width), &look);
}

WIDGET_DRAW(text)
{
    struct text_look look = look_of(widget, FIT_PLAIN);
    SDL_Rect box = widget->box;

    (void)mood;
    box.w = reading_width(canvas, widget, box.w);
    if (widget->align == ALIGN_CENTRE)
        box.x += (widget->box.w - box.w) / 2;
    (void)canvas_text(canvas, widget->label, box, &look);
}

static int title_inset(const struct canvas *canvas, const struct widget *widget)
{
    return widget->has_picture ? canvas_px(canvas, 64 + 28) : 0;
}

WIDGET_MEASURE(title)
{
    struct text_look look = look_of(widget, FIT_BALANCED);

    width -= title_inset(canvas, widget);
    // Titles have narrow lines: the last one's descenders need a little more.
    return canvas_text_height(canvas, widget->label, width, &look) + canvas_px(canvas, 6);
}

WIDGET_DRAW(title)
{
    struct text_look look = look_of(widget, FIT_BALANCED);
    SDL_Rect box = widget->box;
    int inset = title_inset(canvas, widget), icon = canvas_px(canvas, 64);

    (void)mood;
    if (widget->has_picture) {
        int line = typefaces_line(canvas->typefaces, widget->style);

        canvas_icon(canvas, widget->picture, box.x, box.y + (line - icon) / 2, icon,
                    (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
    }
    box.x += inset;
    box.w -= inset;
    (void)canvas_text(canvas, widget->label, box, &look);
}

// ---- notice: a bar at the left says its kind, an icon and words; never touchable, so no edge

#define NOTICE_BAR 14
#define NOTICE_INSET 28
#define NOTICE_ICON 64
#define NOTICE_GAP 24

static enum colour notice_ground(enum tone tone)
{
    switch (tone) {
    case TONE_WARNING:
        return COLOUR_WARNING_SOFT;
    case TONE_ERROR:
        return COLOUR_DANGER_SOFT;
    case TONE_DONE:
        return COLOUR_SUCCESS_SOFT;
    case TONE_PLAIN:
    case TONE_PRIMARY:
    case TONE_WALL:
    case TONE_FACT:
        break;
    }
    return COLOUR_SHEET;
}

static enum colour notice_bar(enum tone tone)
{
    switch (tone) {
    case TONE_WARNING:
        return COLOUR_WARNING;
    case TONE_ERROR:
        return COLOUR_DANGER;
    case TONE_DONE:
        return COLOUR_SUCCESS;
    case TONE_PLAIN:
    case TONE_PRIMARY:
    case TONE_WALL:
    case TONE_FACT:
        break;
    }
    return COLOUR_ACCENT;
}

static struct text_look notice_look(const struct widget *widget)
{
    return (struct text_look){
        .style = widget->style, .colour = COLOUR_INK, .ground = notice_ground(widget->tone)};
}

static int notice_left(const struct canvas *canvas)
{
    return canvas_px(canvas, NOTICE_BAR + NOTICE_INSET + NOTICE_ICON + NOTICE_GAP);
}

WIDGET_MEASURE(notice)
{
    struct text_look look = notice_look(widget);
    int words =
        canvas_text_height(canvas, widget->label,
                           width - notice_left(canvas) - canvas_px(canvas, NOTICE_INSET), &look);

    return SDL_max(words, canvas_px(canvas, NOTICE_ICON)) + canvas_px(canvas, 48);
}

WIDGET_DRAW(notice)
{
    SDL_Rect box = widget->box, face = box, words = box;
    int bar = canvas_px(canvas, NOTICE_BAR), radius = canvas_px(canvas, 18);
    int icon = canvas_px(canvas, NOTICE_ICON), left = notice_left(canvas);
    struct text_look look = notice_look(widget);

    (void)mood;
    canvas_left_part(canvas, box, bar + radius, radius, notice_bar(widget->tone));
    face.x += bar;
    face.w -= bar;
    canvas_rounded(canvas, face, radius, notice_ground(widget->tone));
    canvas_icon(canvas, widget->picture, box.x + bar + canvas_px(canvas, NOTICE_INSET),
                box.y + (box.h - icon) / 2, icon,
                (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
    words.x += left;
    words.w -= left + canvas_px(canvas, NOTICE_INSET);
    canvas_text_middle(canvas, widget->label, words, &look);
}

// ---- row of a table: label and value; value 1: the first, 2: the last, 3: the only one

#define ROW_LABEL 190
#define ROW_INSET 32

WIDGET_MEASURE(row)
{
    struct text_look look = {.style = STYLE_VALUE};
    int inset = canvas_px(canvas, 2 * ROW_INSET + ROW_LABEL);

    return canvas_text_height(canvas, widget->detail, width - inset, &look) + canvas_px(canvas, 32);
}

WIDGET_DRAW(row)
{
    bool first = (widget->value & 1) != 0, last = (widget->value & 2) != 0;
    SDL_Rect box = widget->box, sheet = box;
    int inset = canvas_px(canvas, ROW_INSET), radius = canvas_px(canvas, 18);
    struct text_look look = {.style = STYLE_TEXT, .colour = COLOUR_SOFT, .ground = COLOUR_SHEET};

    (void)mood;
    // Rounded only where the table ends: the rest of the corners lies under the neighbours.
    if (!first) {
        sheet.y -= radius;
        sheet.h += radius;
    }
    if (!last)
        sheet.h += radius;
    SDL_Rect clip = canvas->clip;

    if (SDL_IntersectRect(&clip, &box, &canvas->clip))
        canvas_rounded(canvas, sheet, radius, COLOUR_SHEET);
    canvas->clip = clip;
    if (!last)
        canvas_fill(canvas,
                    (SDL_Rect){box.x + inset, box.y + box.h - canvas_px(canvas, 2),
                               box.w - 2 * inset, canvas_px(canvas, 2)},
                    COLOUR_SUNK);
    box.x += inset;
    box.w -= 2 * inset;
    canvas_text_middle(canvas, widget->label, box, &look);
    box.x += canvas_px(canvas, ROW_LABEL);
    box.w -= canvas_px(canvas, ROW_LABEL);
    look = (struct text_look){.style = STYLE_VALUE, .colour = COLOUR_INK, .ground = COLOUR_SHEET};
    canvas_text_middle(canvas, widget->detail, box, &look);
}

// ---- stage of a wait: done (value 0), now (1), ahead (2)

WIDGET_MEASURE(stage)
{
    (void)widget;
    (void)width;
    return canvas_px(canvas, 64);
}

WIDGET_DRAW(stage)
{
    int inset = widget->zone == ZONE_DO ? canvas_px(canvas, 110) : 0;
    SDL_Rect box = {widget->box.x + inset, widget->box.y, widget->box.w - inset, widget->box.h};
    SDL_Rect words = box;
    int size = canvas_px(canvas, 64), line = canvas_px(canvas, 5);
    struct text_look look = {.style = widget->value == 1 ? STYLE_STATE_NOW : STYLE_STATE,
                             .colour = COLOUR_INK,
                             .ground = widget->ground};
    SDL_Rect mark = {box.x, box.y, size, size};

    (void)mood;
    if (widget->value == 2)
        canvas_dashed_circle(canvas, mark, line, COLOUR_HAIR);
    else
        canvas_icon(canvas, widget->value == 0 ? ICON_OK : ICON_CLOCK, mark.x, mark.y, size,
                    (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
    words.x += size + canvas_px(canvas, 26);
    words.w -= size + canvas_px(canvas, 26);
    canvas_text_middle(canvas, widget->label, words, &look);
}
