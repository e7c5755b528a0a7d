// widget_kinds.h: the measuring and drawing of each kind, for the table in widget.c alone.
#pragma once
#include "widget.h"

#define WIDGET_MEASURE(name)                                                                       \
    int measure_##name(struct canvas *canvas, const struct widget *widget, int width)
#define WIDGET_DRAW(name)                                                                          \
    void draw_##name(struct canvas *canvas, const struct widget *widget, const struct mood *mood)

// widgets_frame.c
WIDGET_DRAW(wall);
WIDGET_DRAW(crest);
WIDGET_DRAW(city);
WIDGET_DRAW(language);
WIDGET_DRAW(steps);
WIDGET_DRAW(frame_key);
WIDGET_DRAW(main_key);
WIDGET_DRAW(pointer);
WIDGET_DRAW(panel);
WIDGET_DRAW(spine);

// widgets_text.c
WIDGET_MEASURE(text);
WIDGET_DRAW(text);
WIDGET_MEASURE(title);
WIDGET_DRAW(title);
WIDGET_MEASURE(notice);
WIDGET_DRAW(notice);
WIDGET_MEASURE(row);
WIDGET_DRAW(row);
WIDGET_MEASURE(stage);
WIDGET_DRAW(stage);

// widgets_sign.c
WIDGET_MEASURE(scene);
WIDGET_DRAW(scene);
WIDGET_MEASURE(tries);
WIDGET_DRAW(tries);
WIDGET_MEASURE(ring);
WIDGET_DRAW(ring);
WIDGET_MEASURE(busy);
WIDGET_DRAW(busy);
WIDGET_MEASURE(pages);
WIDGET_DRAW(pages);
WIDGET_MEASURE(page);
WIDGET_DRAW(page);
WIDGET_MEASURE(symbol);
WIDGET_DRAW(symbol);

// widgets_key.c
WIDGET_MEASURE(button);
WIDGET_DRAW(button);
WIDGET_MEASURE(digit);
WIDGET_DRAW(digit);
WIDGET_MEASURE(tile);
WIDGET_DRAW(tile);
WIDGET_MEASURE(choice);
WIDGET_DRAW(choice);
WIDGET_MEASURE(way);
WIDGET_DRAW(way);
WIDGET_MEASURE(dots);
WIDGET_DRAW(dots);

// A key of the visual language: outline 3, edge 9, radius 20; pressed, it goes in by 6. Returns the
// box in which its content stands.
struct key_look {
    enum colour outline, edge, face, pressed_face;
    int radius; // units
};
SDL_Rect key_body(struct canvas *canvas, SDL_Rect box, const struct key_look *look, bool pressed);
