// The frame: wall, top bar, steps, counter; and what only the attract screen has.
#include "widget_kinds.h"

WIDGET_DRAW(wall)
{
    (void)mood;
    canvas_fill(canvas, widget->box, widget->ground);
}

WIDGET_DRAW(crest)
{
    bool dark = widget->ground == COLOUR_COUNTER;
    struct scene_look look = {dark ? COLOUR_COUNTER_KEY : COLOUR_COUNTER, COLOUR_SCENE_TINT,
                              COLOUR_SCENE_TINT, COLOUR_ON_COUNTER};

    (void)mood;
    canvas_scene(canvas, CREST_CREST, widget->box.x, widget->box.y, widget->box.w, look);
}

WIDGET_DRAW(city)
{
    struct text_look look = {.style = widget->style,
                             .align = widget->align,
                             .colour = widget->colour,
                             .ground = widget->ground};

    (void)mood;
    canvas_text_middle(canvas, widget->label, widget->box, &look);
}

WIDGET_DRAW(language)
{
    struct key_look key = {COLOUR_LINE, COLOUR_LINE, COLOUR_SHEET, COLOUR_PRESS, 16};
    struct text_look look = {.style = STYLE_CODE,
                             .align = ALIGN_CENTRE,
                             .colour = mood->pressed ? COLOUR_ON_PRESS : COLOUR_ACCENT,
                             .ground = mood->pressed ? COLOUR_PRESS : COLOUR_SHEET};
    SDL_Rect face = widget->box;
    int tick = canvas_px(canvas, 26);

    if (!widget->chosen) {
        face = key_body(canvas, widget->box, &key, mood->pressed);
        canvas_text_middle(canvas, widget->aside, face, &look);
        return;
    }
    canvas_rounded(canvas, face, canvas_px(canvas, 16), COLOUR_ACCENT);
    look.colour = COLOUR_ON_ACCENT;
    look.ground = COLOUR_ACCENT;
    face.h -= canvas_px(canvas, 28);
    canvas_text_middle(canvas, widget->aside, face, &look);
    canvas_icon(canvas, ICON_CHECK, face.x + (face.w - tick) / 2, face.y + canvas_px(canvas, 49),
                tick, (struct picture_look){COLOUR_ON_ACCENT, COLOUR_ACCENT});
}

// Words at the left, one bar a step at the right: done, now, ahead.
WIDGET_DRAW(steps)
{
    struct text_look look = {
        .style = STYLE_MIN_STRONG, .colour = COLOUR_INK, .ground = widget->ground};
    int words = canvas_text_width(canvas, widget->label, look.style) + canvas_px(canvas, 28);
    int gap = canvas_px(canvas, 12), high = canvas_px(canvas, 16), line = canvas_px(canvas, 3);
    int each = (widget->box.w - words - gap * (widget->total - 1)) / widget->total;
    SDL_Rect bar = {widget->box.x + words, widget->box.y + (widget->box.h - high) / 2, each, high};

    (void)mood;
    canvas_text_middle(canvas, widget->label, widget->box, &look);
    for (int step = 1; step <= widget->total; step++) {
        struct outline_box box = {bar, high / 2, line, line, COLOUR_LINE, widget->ground};

        if (step < widget->value)
            box.face = COLOUR_ACCENT;
        if (step == widget->value) {
            box.face = COLOUR_MARKER;
            box.outline = COLOUR_SCENE_INK;
        }
        canvas_outlined(canvas, &box);
        bar.x += each + gap;
    }
}

// Icon above the word in the tall frame, beside it in the wide one.
WIDGET_DRAW(frame_key)
{
    struct key_look key = {COLOUR_COUNTER_LINE, COLOUR_COUNTER_LINE, COLOUR_COUNTER_KEY,
                           COLOUR_COUNTER, 20};
    SDL_Rect face = key_body(canvas, widget->box, &key, mood->pressed);
    enum colour ground = mood->pressed ? COLOUR_COUNTER : COLOUR_COUNTER_KEY;
    struct text_look look = {.style = STYLE_MIN_STRONG,
                             .align = ALIGN_CENTRE,
                             .colour = COLOUR_ON_COUNTER,
                             .ground = ground};
    struct picture_look icon = {COLOUR_ON_COUNTER, ground};
    int size = canvas_px(canvas, 54), gap = canvas_px(canvas, 10);
    int line = typefaces_line(canvas->typefaces, look.style);

    if (face.h >= size + gap + line) {
        int top = face.y + (face.h - size - gap - line) / 2;

        canvas_icon(canvas, widget->picture, face.x + (face.w - size) / 2, top, size, icon);
        (void)canvas_text(canvas, widget->label, (SDL_Rect){face.x, top + size + gap, face.w, line},
                          &look);
        return;
    }
    gap = canvas_px(canvas, 16);
    look.align = ALIGN_LEFT;
    int words = canvas_text_width(canvas, widget->label, look.style);
    int left = face.x + (face.w - size - gap - words) / 2;

    canvas_icon(canvas, widget->picture, left, face.y + (face.h - size) / 2, size, icon);
    left += size + gap;
    canvas_text_middle(canvas, widget->label, (SDL_Rect){left, face.y, words + 2, face.h}, &look);
}

WIDGET_DRAW(main_key)
{
    struct key_look key = {COLOUR_MARKER, COLOUR_MARKER_EDGE, COLOUR_MARKER, COLOUR_MARKER_PRESS,
                           20};
    SDL_Rect face = key_body(canvas, widget->box, &key, mood->pressed);
    enum colour ground = mood->pressed ? COLOUR_MARKER_PRESS : COLOUR_MARKER;
    enum colour ink = mood->pressed ? COLOUR_ON_MARKER_PRESS : COLOUR_ON_MARKER;
    struct text_look look = {.style = STYLE_LABEL,
                             .fit = FIT_BALANCED,
                             .align = ALIGN_CENTRE,
                             .colour = ink,
                             .ground = ground};
    int size = canvas_px(canvas, 48), gap = canvas_px(canvas, 18), inset = canvas_px(canvas, 18);
    int room = face.w - 2 * inset - size - gap;
    int words = SDL_min(canvas_text_width(canvas, widget->label, look.style) + 2, room);
    int left = face.x + (face.w - words - gap - size) / 2;

    canvas_text_middle(canvas, widget->label, (SDL_Rect){left, face.y, words, face.h}, &look);
    canvas_icon(canvas, widget->picture, left + words + gap, face.y + (face.h - size) / 2, size,
                (struct picture_look){ink, ground});
}

// The tab on the lower edge of the screen that points at a slot of the terminal.
WIDGET_DRAW(pointer)
{
    SDL_Rect box = widget->box;
    int step = box.w / 3;

    (void)mood;
    canvas_rounded(canvas, (SDL_Rect){box.x, box.y, box.w, box.h * 2}, canvas_px(canvas, 17),
                   COLOUR_MARKER);
    for (int i = 0; i < 3; i++) {
        int middle = box.x + step / 2 + i * step, top = box.y + canvas_px(canvas, 8);
        int half = canvas_px(canvas, 16);

        for (int y = 0; y < half; y++)
            canvas_fill(canvas, (SDL_Rect){middle - half + y, top + y, 2 * (half - y), 1},
                        COLOUR_ON_MARKER);
    }
}

WIDGET_DRAW(panel)
{
    (void)mood;
    canvas_rounded(canvas, widget->box, canvas_px(canvas, widget->value), widget->colour);
}

// A row of the attract screen: French, icon, Dutch; equal halves around one spine.
WIDGET_DRAW(spine)
{
    SDL_Rect box = widget->box;
    int half = canvas_px(canvas, 42), gap = canvas_px(canvas, 22), icon = canvas_px(canvas, 54);
    int middle = box.x + box.w / 2;
    SDL_Rect chip = {middle - half, box.y, 2 * half, box.h};
    SDL_Rect left = {box.x, box.y, middle - half - gap - box.x, box.h};
    SDL_Rect right = {middle + half + gap, box.y, left.w, box.h};
    struct text_look look = {.style = STYLE_SPINE,
                             .align = ALIGN_RIGHT,
                             .colour = COLOUR_ON_COUNTER,
                             .ground = widget->ground};

    (void)mood;
    canvas_text_middle(canvas, widget->label, left, &look);
    canvas_rounded(canvas, chip, canvas_px(canvas, 16), COLOUR_SHEET);
    canvas_icon(canvas, widget->picture, middle - icon / 2, box.y + (box.h - icon) / 2, icon,
                (struct picture_look){COLOUR_INK, COLOUR_ICON_FILL});
    look.align = ALIGN_LEFT;
    canvas_text_middle(canvas, widget->detail, right, &look);
}
