// canvas.h: A4 pages with text set line by line at its own baselines, in millimetres from the top
// left.
#pragma once
#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

#include "result.h"

#define MILLIMETRE (72.0 / 25.4)

struct text_style {
    const char *family;
    PangoWeight weight;
    double points;
    double leading; // millimetres from baseline to baseline
    const char *features;
    double spacing; // points between letters
};

struct canvas;

struct canvas_about {
    const char *title, *author, *subject, *language_tag;
    const char *created; // ISO 8601
};

enum result canvas_create(PangoFontMap *fonts, const struct canvas_about *about,
                          struct canvas **out);
void canvas_destroy(struct canvas *canvas); // NULL is fine

cairo_t *canvas_cairo(struct canvas *canvas);

// A structure element of the tagged PDF; pairs must nest.
void canvas_begin(struct canvas *canvas, const char *element);
void canvas_end(struct canvas *canvas, const char *element);

// Sets Pango markup from (x, y) on, y being the first baseline; breaks lines at `width` (0: never).
// Returns the last baseline.
double canvas_text(struct canvas *canvas, const struct text_style *style, double x, double y,
                   double width, const char *markup);

// The same inside a structure element of its own.
double canvas_element(struct canvas *canvas, const char *element, const struct text_style *style,
                      const double at[3], const char *markup); // at: x, y, width

// One line that ends at x.
void canvas_text_right(struct canvas *canvas, const struct text_style *style, double x, double y,
                       const char *markup);

size_t canvas_line_count(struct canvas *canvas, const struct text_style *style, double width,
                         const char *markup);
double canvas_text_width(struct canvas *canvas, const struct text_style *style, const char *markup);

// One line's outline as a path with its baseline's start at the origin of the present transform.
void canvas_text_path(struct canvas *canvas, const struct text_style *style, const char *text);

// While pretending, nothing is drawn, but every function tells where it would have ended: the pages
// can be planned by the very code that draws them.
void canvas_pretend(struct canvas *canvas, bool pretend);

void canvas_rule(struct canvas *canvas, double y, double x_from, double x_to, double points);
void canvas_next_page(struct canvas *canvas);

// Ends the document; *pdf is the caller's, to be freed with g_free. RESULT_REFUSED: a letter had no
// glyph or a text was broken markup.
enum result canvas_finish(struct canvas *canvas, uint8_t **pdf, size_t *size);

// Each word of a name as one that does not break, unless it is wider than the column; escaped.
// The caller frees it with g_free.
char *canvas_unbroken_words(struct canvas *canvas, const struct text_style *style, double width,
                            const char *name);
