// marks.h: what is drawn and not written: crest, picture of a seal, specimen marks, QR code.
#pragma once
#include "canvas.h"
#include "wording.h"

// A square with its top left corner there; black, its windows and sill white.
void marks_crest(struct canvas *canvas, double x, double y, double side);

// The picture of a seal, diameter 28, with its top left corner there.
#define MARKS_SEAL_DIAMETER 28.0
void marks_seal(struct canvas *canvas, double x, double y, const struct wording *wording,
                bool specimen);

// The grey word across the page, as outlines, so that it scatters no letters through extracted
// text.
void marks_diagonal(struct canvas *canvas, const char *word);

// The framed tag that ends at x 190; `top` is its upper edge.
void marks_tag(struct canvas *canvas, double top, const char *text);

// The code's symbol with its top left corner there; its side is a whole number of printer dots.
// RESULT_FAILED: the text does not fit a symbol of that size.
enum result marks_qr(struct canvas *canvas, double x, double y, const char *text);
