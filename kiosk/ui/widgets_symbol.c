// A QR code (ISO/IEC 18004) to photograph: black on white in every theme, for telephones know no
// other. What it says is the widget's detail; no word of it is read or spoken.
#include <qrencode.h>
#include <string.h>

#include "widget_kinds.h"

#define QUIET 4 // modules of white around it, as the standard wants
#define SIDE_MAXIMUM 85
#define USUAL_HEIGHT 440

WIDGET_MEASURE(symbol)
{
    return SDL_min(canvas_px(canvas, widget->height != 0 ? widget->height : USUAL_HEIGHT), width);
}

// Each module is a square of whole pixels, the symbol in the middle of its box.
static void draw_modules(struct canvas *canvas, const QRcode *code, SDL_Rect box)
{
    uint8_t grey[SIDE_MAXIMUM * SIDE_MAXIMUM];
    int side = code->width + 2 * QUIET, room = SDL_min(box.w, box.h);
    struct grey_page page = {grey, side, side};

    if (side > SIDE_MAXIMUM || room < side)
        return;
    memset(grey, 0xFF, sizeof grey);
    for (int i = 0; i < code->width * code->width; i++) {
        int x = i % code->width + QUIET, y = i / code->width + QUIET;

        if ((code->data[i] & 1) != 0)
            grey[y * side + x] = 0;
    }
    room -= room % side;
    canvas_page(canvas, &page,
                (SDL_Rect){box.x + (box.w - room) / 2, box.y + (box.h - room) / 2, room, room});
}

WIDGET_DRAW(symbol)
{
    QRcode *code = QRcode_encodeString8bit(widget->detail, 0, QR_ECLEVEL_M);

    (void)mood;
    if (code == NULL)
        return;
    draw_modules(canvas, code, widget->box);
    QRcode_free(code);
}
