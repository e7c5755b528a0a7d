// Widgets to touch: keys, tiles, the keypad and the field of PIN dots.
#include "widget_kinds.h"

SDL_Rect key_body(struct canvas *canvas, SDL_Rect box, const struct key_look *look, bool pressed)
{
    int line = canvas_px(canvas, 3), edge = canvas_px(canvas, 9), sink = edge - line;
    struct outline_box whole = {
        box, canvas_px(canvas, look->radius), line, edge, look->outline, look->face};

    if (pressed) {
        whole.box.y += sink;
        whole.box.h -= sink;
        whole.edge = line;
        whole.face = look->pressed_face;
    } else if (look->edge != look->outline) {
        canvas_rounded(canvas, box, whole.radius, look->edge);
        whole.box.h -= sink;
        whole.edge = line;
    }
    canvas_outlined(canvas, &whole);
    box = whole.box;
    return (SDL_Rect){box.x + line, box.y + line, box.w - 2 * line, box.h - line - whole.edge};
}

// The look of a key in the content, and the colours of what stands on it.
struct key_colours {
    enum colour face, ink, fill;
};

static SDL_Rect content_key(struct canvas *canvas, const struct widget *widget, bool pressed,
                            struct key_colours *colours)
{
    struct key_look look = {COLOUR_LINE, COLOUR_LINE, COLOUR_SHEET, COLOUR_PRESS, 20};

    if (widget->tone == TONE_PRIMARY)
        look = (struct key_look){COLOUR_SCENE_INK, COLOUR_SCENE_INK, COLOUR_MARKER,
                                 COLOUR_MARKER_PRESS, 20};
    if (widget->tone == TONE_WALL)
        look.face = widget->ground;
    colours->face = pressed ? look.pressed_face : look.face;
    colours->ink = pressed ? COLOUR_ON_PRESS : COLOUR_INK;
    colours->fill = COLOUR_ICON_FILL;
    if (widget->tone == TONE_PRIMARY) {
        colours->ink = pressed ? COLOUR_ON_MARKER_PRESS : COLOUR_ON_MARKER;
        colours->fill = colours->face;
    }
    return key_body(canvas, widget->box, &look, pressed);
}

// ---- button: icon left of the word, or, where it is square (value 1), above it

#define BUTTON_ICON 52
#define BUTTON_GAP 28
#define BUTTON_INSET 24

static struct text_look button_look(const struct widget *widget, const struct key_colours *colours)
{
    return (struct text_look){.style = widget->value == 1      ? STYLE_MIN_STRONG
                                       : widget->height >= 160 ? STYLE_WORD
                                                               : STYLE_LABEL,
                              .fit = FIT_BALANCED,
                              .align = ALIGN_CENTRE,
                              .colour = colours->ink,
                              .ground = colours->face};
}

static int button_room(struct canvas *canvas, const struct widget *widget, int width)
{
    int icon = widget->has_picture && widget->value != 1 ? BUTTON_ICON + BUTTON_GAP : 0;

    return width - canvas_px(canvas, 2 * BUTTON_INSET + icon);
}

WIDGET_MEASURE(button)
{
    struct text_look look = button_look(widget, &(struct key_colours){});
    int words =
        canvas_text_height(canvas, widget->label, button_room(canvas, widget, width), &look);
    int least = canvas_px(canvas, widget->height != 0 ? widget->height : 124);

    if (widget->value == 1)
        words += canvas_px(canvas, 64 + 10);
    return SDL_max(least, words + canvas_px(canvas, 44));
}

WIDGET_DRAW(button)
{
    struct key_colours colours;
    SDL_Rect face = content_key(canvas, widget, mood->pressed, &colours);
    struct text_look look = button_look(widget, &colours);
    struct picture_look icon = {colours.ink, colours.fill};
    int room = button_room(canvas, widget, widget->box.w);
    int size = canvas_px(canvas, widget->value == 1 ? 64 : BUTTON_ICON);
    int words, left;

    if (widget->value == 1) {
        int high = canvas_text_height(canvas, widget->label, room, &look),
            gap = canvas_px(canvas, 10);
        int top = face.y + (face.h - size - gap - high) / 2;

        canvas_icon(canvas, widget->picture, face.x + (face.w - size) / 2, top, size, icon);
        (void)canvas_text(canvas, widget->label,
                          (SDL_Rect){face.x + (face.w - room) / 2, top + size + gap, room, high},
                          &look);
        return;
    }
    words = SDL_min(canvas_text_width(canvas, widget->label, look.style) + 2, room);
    left = face.x + (face.w - words) / 2;
    if (widget->has_picture) {
        left = face.x + (face.w - words - size - canvas_px(canvas, BUTTON_GAP)) / 2;
        canvas_icon(canvas, widget->picture, left, face.y + (face.h - size) / 2, size, icon);
        left += size + canvas_px(canvas, BUTTON_GAP);
    }
    canvas_text_middle(canvas, widget->label, (SDL_Rect){left, face.y, words, face.h}, &look);
}

// ---- keypad: digits, erase with its icon, OK in marigold

WIDGET_MEASURE(digit)
{
    (void)width;
    return canvas_px(canvas, widget->height);
}

WIDGET_DRAW(digit)
{
    struct key_colours colours;
    SDL_Rect face = content_key(canvas, widget, mood->pressed, &colours);
    struct text_look look = {
        .style = STYLE_DIGIT, .align = ALIGN_CENTRE, .colour = colours.ink, .ground = colours.face};
    int size = canvas_px(canvas, 54), gap = canvas_px(canvas, 14), words;

    if (!widget->has_picture) {
        canvas_text_middle(canvas, widget->label, face, &look);
        return;
    }
    look.style = STYLE_LABEL;
    look.align = ALIGN_LEFT;
    words = canvas_text_width(canvas, widget->label, look.style);
    face.x += (face.w - size - gap - words) / 2;
    canvas_icon(canvas, widget->picture, face.x, face.y + (face.h - size) / 2, size,
                (struct picture_look){colours.ink, colours.fill});
    face.x += size + gap;
    face.w = words + 2;
    canvas_text_middle(canvas, widget->label, face, &look);
}

// ---- tile: icon box, name, explanation, price; or why it is not possible. Without an icon it is a
// row of a list; of those, total 1 can be wanted or not and has a box for it, others have a check
// once they were chosen.

#define TILE_LEFT 24
#define TILE_RIGHT 30
#define TILE_GAP 28
#define TILE_PRICE 162

struct tile_parts {
    int icon_box, words_left, words_width, name, detail;
};

static enum style tile_name(const struct widget *widget)
{
    return widget->has_picture ? STYLE_NAME : STYLE_LABEL;
}

static int tile_icon_box(struct canvas *canvas, const struct widget *widget)
{
    if (widget->has_picture)
        return canvas_px(canvas, widget->height < 150 ? 92 : 116);
    return widget->total == 1 || widget->chosen ? canvas_px(canvas, 64) : 0;
}

static struct tile_parts tile_measure(struct canvas *canvas, const struct widget *widget, int width)
{
    struct text_look name = {.style = tile_name(widget)}, detail = {.style = STYLE_TEXT};
    struct tile_parts parts = {.icon_box = tile_icon_box(canvas, widget)};
    int reason = widget->disabled ? canvas_px(canvas, 40 + 12) : 0;

    if (widget->disabled)
        detail.style = STYLE_TEXT_STRONG;
    parts.words_left =
        canvas_px(canvas, 3 + TILE_LEFT + (parts.icon_box > 0 ? TILE_GAP : 10)) + parts.icon_box;
    parts.words_width = width - parts.words_left - canvas_px(canvas, 3 + TILE_RIGHT);
    if (widget->aside[0] != '\0')
        parts.words_width -= canvas_px(canvas, TILE_PRICE + TILE_GAP);
    parts.name = canvas_text_height(canvas, widget->label, parts.words_width, &name);
    if (widget->detail[0] != '\0')
        parts.detail =
            canvas_text_height(canvas, widget->detail, parts.words_width - reason, &detail);
    return parts;
}

WIDGET_MEASURE(tile)
{
    struct tile_parts parts = tile_measure(canvas, widget, width);

    return SDL_max(canvas_px(canvas, widget->height),
                   parts.name + parts.detail + canvas_px(canvas, 50));
}

static void draw_reason(struct canvas *canvas, const struct widget *widget, SDL_Rect words)
{
    struct text_look look = {
        .style = STYLE_TEXT_STRONG, .colour = COLOUR_INK, .ground = COLOUR_SUNK};
    int size = canvas_px(canvas, 40), line = typefaces_line(canvas->typefaces, look.style);

    canvas_icon(canvas, ICON_INFO, words.x, words.y + (line - size) / 2, size,
                (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
    words.x += size + canvas_px(canvas, 12);
    words.w -= size + canvas_px(canvas, 12);
    (void)canvas_text(canvas, widget->detail, words, &look);
}

static SDL_Rect tile_face(struct canvas *canvas, const struct widget *widget,
                          const struct mood *mood, struct key_colours *colours)
{
    SDL_Rect box = widget->box;

    if (!widget->disabled)
        return content_key(canvas, widget, mood->pressed, colours);
    *colours = (struct key_colours){COLOUR_SUNK, COLOUR_INK, COLOUR_ICON_FILL};
    canvas_rounded(canvas, box, canvas_px(canvas, 20), COLOUR_SUNK);
    canvas_dashed(canvas, box, canvas_px(canvas, 20), canvas_px(canvas, 3), COLOUR_HAIR);
    return box;
}

// Chosen: a full box with a check, so that it is not told by colour alone.
static void draw_choice_box(struct canvas *canvas, const struct widget *widget, SDL_Rect box)
{
    int line = canvas_px(canvas, 4), icon = canvas_px(canvas, 48);
    struct outline_box outline = {box,  canvas_px(canvas, 14), line,
                                  line, COLOUR_LINE,           COLOUR_SHEET};

    if (widget->chosen)
        outline.face = COLOUR_ACCENT;
    canvas_outlined(canvas, &outline);
    if (widget->chosen)
        canvas_icon(canvas, ICON_CHECK, box.x + (box.w - icon) / 2, box.y + (box.h - icon) / 2,
                    icon, (struct picture_look){COLOUR_ON_ACCENT, COLOUR_ACCENT});
}

static void draw_tile_sign(struct canvas *canvas, const struct widget *widget, SDL_Rect box,
                           bool pressed)
{
    int icon = canvas_px(canvas, widget->height < 150 ? 64 : 80);

    if (!widget->has_picture) {
        if (box.w > 0)
            draw_choice_box(canvas, widget, box);
        return;
    }
    if (!widget->disabled)
        canvas_rounded(canvas, box, canvas_px(canvas, 18), pressed ? COLOUR_SHEET : COLOUR_TINT);
    canvas_icon(canvas, widget->picture, box.x + (box.w - icon) / 2, box.y + (box.h - icon) / 2,
                icon, (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
}

WIDGET_DRAW(tile)
{
    struct tile_parts parts = tile_measure(canvas, widget, widget->box.w);
    struct key_colours colours;
    SDL_Rect face = tile_face(canvas, widget, mood, &colours);
    struct text_look look = {
        .style = tile_name(widget), .colour = colours.ink, .ground = colours.face};
    int gap = parts.detail > 0 ? canvas_px(canvas, 6) : 0;
    SDL_Rect box = {widget->box.x + canvas_px(canvas, 3 + TILE_LEFT),
                    face.y + (face.h - parts.icon_box) / 2, parts.icon_box, parts.icon_box};
    SDL_Rect words = {widget->box.x + parts.words_left,
                      face.y + (face.h - parts.name - gap - parts.detail) / 2, parts.words_width,
                      parts.name};

    draw_tile_sign(canvas, widget, box, mood->pressed);
    (void)canvas_text(canvas, widget->label, words, &look);
    words.y += parts.name + gap;
    words.h = parts.detail;
    if (widget->disabled) {
        draw_reason(canvas, widget, words);
        return;
    }
    look.style = STYLE_TEXT;
    look.colour = mood->pressed ? colours.ink : COLOUR_SOFT;
    (void)canvas_text(canvas, widget->detail, words, &look);
    look = (struct text_look){.style = STYLE_PRICE,
                              .align = ALIGN_RIGHT,
                              .colour = mood->pressed ? colours.ink : COLOUR_ACCENT,
                              .ground = colours.face};
    face.x = words.x + words.w + canvas_px(canvas, TILE_GAP);
    face.w = canvas_px(canvas, TILE_PRICE);
    if (widget->aside[0] != '\0')
        canvas_text_middle(canvas, widget->aside, face, &look);
}

// ---- choice: a big word, a line under it, an arrow; or, in marigold, both in the middle

WIDGET_MEASURE(choice)
{
    (void)width;
    return canvas_px(canvas, widget->height);
}

WIDGET_DRAW(choice)
{
    bool primary = widget->tone == TONE_PRIMARY;
    struct key_colours colours;
    SDL_Rect face = content_key(canvas, widget, mood->pressed, &colours);
    struct text_look word = {.style = primary ? STYLE_LANGUAGE : STYLE_CHOICE,
                             .align = primary ? ALIGN_CENTRE : ALIGN_LEFT,
                             .colour = colours.ink,
                             .ground = colours.face};
    struct text_look line = word;
    int inset = canvas_px(canvas, primary ? 12 : 48), icon = canvas_px(canvas, 64);
    int gap = canvas_px(canvas, 6), high, low;
    SDL_Rect words = {face.x + inset, face.y, face.w - 2 * inset, face.h};

    line.style = primary ? STYLE_TOUCH : STYLE_TEXT;
    if (!primary) {
        words.w -= icon + inset;
        line.colour = mood->pressed ? colours.ink : COLOUR_SOFT;
        canvas_icon(canvas, ICON_NEXT, face.x + face.w - inset - icon, face.y + (face.h - icon) / 2,
                    icon, (struct picture_look){colours.ink, colours.fill});
    }
    high = canvas_text_height(canvas, widget->label, words.w, &word);
    low = canvas_text_height(canvas, widget->detail, words.w, &line);
    words.y += (face.h - high - gap - low) / 2;
    (void)canvas_text(canvas, widget->label, words, &word);
    words.y += high + gap;
    (void)canvas_text(canvas, widget->detail, words, &line);
}

// ---- way: one of two equal ones: a sheet of paper with a code on it, and the word

static void draw_sheet(struct canvas *canvas, SDL_Rect box, const char *code)
{
    struct outline_box sheet = {box,
                                canvas_px(canvas, 8),
                                canvas_px(canvas, 6),
                                canvas_px(canvas, 6),
                                COLOUR_SCENE_INK,
                                COLOUR_SCENE_SHEET};
    struct text_look look = {
        .style = STYLE_WORD, .colour = COLOUR_SCENE_INK, .ground = COLOUR_SCENE_SHEET};
    int margin = box.w * 16 / 100, bar = box.h * 3 / 100, seal = box.w * 25 / 100;

    canvas_outlined(canvas, &sheet);
    (void)canvas_text(canvas, code,
                      (SDL_Rect){box.x + margin, box.y + box.h * 12 / 100, box.w - margin, box.h},
                      &look);
    for (int i = 0; i < 3; i++) {
        int wide = (box.w - 2 * margin) * (i == 2 ? 6 : 10) / 10;

        canvas_rounded(canvas,
                       (SDL_Rect){box.x + margin, box.y + box.h * (36 + 12 * i) / 100, wide, bar},
                       bar / 2, COLOUR_SCENE_ACCENT);
    }
    sheet.box =
        (SDL_Rect){box.x + box.w - margin - seal, box.y + box.h - margin - seal, seal, seal};
    sheet.radius = seal / 2;
    sheet.face = COLOUR_SCENE_FILL;
    canvas_outlined(canvas, &sheet);
}

WIDGET_MEASURE(way)
{
    (void)width;
    return canvas_px(canvas, widget->height);
}

WIDGET_DRAW(way)
{
    struct key_colours colours;
    SDL_Rect face = content_key(canvas, widget, mood->pressed, &colours);
    struct text_look look = {
        .style = STYLE_WORD, .align = ALIGN_CENTRE, .colour = colours.ink, .ground = colours.face};
    int gap = canvas_px(canvas, 44), line = typefaces_line(canvas->typefaces, look.style);
    int most = canvas_px(canvas, widget->has_picture ? 200 : 420);
    int high = SDL_min(face.h * 62 / 100, most), wide = high * 4 / 5;
    int top = face.y + (face.h - high - gap - line) / 2;

    if (widget->has_picture)
        canvas_icon(canvas, widget->picture, face.x + (face.w - high) / 2, top, high,
                    (struct picture_look){colours.ink, colours.fill});
    else
        draw_sheet(canvas, (SDL_Rect){face.x + (face.w - wide) / 2, top, wide, high},
                   widget->aside);
    (void)canvas_text(canvas, widget->label, (SDL_Rect){face.x, top + high + gap, face.w, line},
                      &look);
}

// ---- PIN dots: four places at first, up to twelve; total 1: being checked

WIDGET_MEASURE(dots)
{
    (void)widget;
    (void)width;
    return canvas_px(canvas, 84);
}

WIDGET_DRAW(dots)
{
    int line = canvas_px(canvas, 3), size = canvas_px(canvas, 34), inset = canvas_px(canvas, 34);
    struct outline_box field = {widget->box, canvas_px(canvas, 18), line,
                                line,        COLOUR_LINE,           COLOUR_SHEET};
    struct text_look look = {.style = STYLE_MIN_STRONG,
                             .align = ALIGN_RIGHT,
                             .colour = COLOUR_INK,
                             .ground = COLOUR_SHEET};
    SDL_Rect dot = {widget->box.x + inset, widget->box.y + (widget->box.h - size) / 2, size, size};
    SDL_Rect words = widget->box;
    int places = SDL_max(widget->value, 4);

    (void)mood;
    canvas_outlined(canvas, &field);
    for (int i = 0; i < places; i++) {
        struct outline_box circle = {
            dot, size / 2, canvas_px(canvas, 4), canvas_px(canvas, 4), COLOUR_HAIR, COLOUR_SHEET};

        if (i < widget->value) {
            circle.outline = COLOUR_ACCENT;
            circle.face = widget->total == 1 ? COLOUR_TINT : COLOUR_ACCENT;
        }
        canvas_outlined(canvas, &circle);
        dot.x += size + canvas_px(canvas, places > 8 ? 12 : 22);
    }
    words.w -= inset;
    canvas_text_middle(canvas, widget->label, words, &look);
}
