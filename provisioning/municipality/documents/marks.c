#include "marks.h"

#include <math.h>
#include <qrencode.h>

#include "styles.h"

static void rounded_corner(cairo_t *cairo, double cx, double cy, double radius, int quarter)
{
    cairo_arc(cairo, cx, cy, radius, quarter * G_PI_2, (quarter + 1) * G_PI_2);
}

static void rounded_rectangle(cairo_t *cairo, const double box[4], double radius)
{
    double x = box[0], y = box[1], right = box[0] + box[2], bottom = box[1] + box[3];

    cairo_new_sub_path(cairo);
    rounded_corner(cairo, right - radius, bottom - radius, radius, 0);
    rounded_corner(cairo, x + radius, bottom - radius, radius, 1);
    rounded_corner(cairo, x + radius, y + radius, radius, 2);
    rounded_corner(cairo, right - radius, y + radius, radius, 3);
    cairo_close_path(cairo);
}

// A window with a round arch: straight to the foot, the arch half as high as the window is wide.
static void window(cairo_t *cairo, double x)
{
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + 12, 30, 12, G_PI, 2 * G_PI);
    cairo_line_to(cairo, x + 24, 68);
    cairo_line_to(cairo, x, 68);
    cairo_close_path(cairo);
}

void marks_crest(struct canvas *canvas, double x, double y, double side)
{
    cairo_t *cairo = canvas_cairo(canvas);
    double unit = side * MILLIMETRE / 96; // the emblem is drawn on a field of 96 by 96

    cairo_save(cairo);
    cairo_translate(cairo, x * MILLIMETRE, y * MILLIMETRE);
    cairo_scale(cairo, unit, unit);
    rounded_rectangle(cairo, (const double[4]){0, 0, 96, 96}, 20);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    window(cairo, 20);
    window(cairo, 52);
    rounded_rectangle(cairo, (const double[4]){14, 73, 68, 7}, 3.5);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

static void circle(cairo_t *cairo, double x, double y, double diameter, double points)
{
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x * MILLIMETRE, y * MILLIMETRE, diameter / 2 * MILLIMETRE, 0, 2 * G_PI);
    if (points > 0) {
        cairo_set_line_width(cairo, points);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
}

// Sets a text around a circle, its middle at the top (or, reading from below, at the bottom),
// letter by letter as outlines.
static void ring_text(struct canvas *canvas, const double centre[2], double radius,
                      const char *text, bool above)
{
    cairo_t *cairo = canvas_cairo(canvas);
    double turn = above ? 1 : -1, along = 0;

    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        char letter[8] = {};
        g_utf8_strncpy(letter, at, 1);
        along -= canvas_text_width(canvas, &style_seal_ring, letter) / 2;
    }
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        char letter[8] = {};
        g_utf8_strncpy(letter, at, 1);
        double advance = canvas_text_width(canvas, &style_seal_ring, letter);
        cairo_save(cairo);
        cairo_translate(cairo, centre[0] * MILLIMETRE, centre[1] * MILLIMETRE);
        cairo_rotate(cairo, turn * (along + advance / 2) / radius);
        cairo_translate(cairo, -advance / 2 * MILLIMETRE, -turn * radius * MILLIMETRE);
        cairo_move_to(cairo, 0, 0);
        canvas_text_path(canvas, &style_seal_ring, letter);
        cairo_fill(cairo);
        cairo_restore(cairo);
        along += advance;
    }
}

void marks_seal(struct canvas *canvas, double x, double y, const struct wording *wording,
                bool specimen)
{
    cairo_t *cairo = canvas_cairo(canvas);
    const double centre[2] = {x + MARKS_SEAL_DIAMETER / 2, y + MARKS_SEAL_DIAMETER / 2};
    const double crest = 8.8;

    cairo_set_source_rgb(cairo, 1, 1, 1); // the diagonal mark never crosses the seal
    circle(cairo, centre[0], centre[1], MARKS_SEAL_DIAMETER + 2, 0);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    circle(cairo, centre[0], centre[1], 28, 1.2);
    circle(cairo, centre[0], centre[1], 26.2, 0.6);
    circle(cairo, centre[0], centre[1], 17.6, 0.6);
    marks_crest(canvas, centre[0] - crest / 2, centre[1] - crest / 2, crest);
    ring_text(canvas, centre, 10.2, specimen ? wording->seal_ring_above : wording->authority, true);
    if (specimen)
        ring_text(canvas, centre, 11.7, wording->seal_ring_below, false);
}

void marks_diagonal(struct canvas *canvas, const char *word)
{
    cairo_t *cairo = canvas_cairo(canvas);
    double width = canvas_text_width(canvas, &style_diagonal, word) * MILLIMETRE;
    const double cap_height = 0.727 * style_diagonal.points; // Inter's capitals

    cairo_save(cairo);
    cairo_set_source_rgb(cairo, 0.8, 0.8, 0.8);
    cairo_translate(cairo, 105 * MILLIMETRE, 150 * MILLIMETRE);
    cairo_rotate(cairo, -38 * G_PI / 180);
    cairo_move_to(cairo, -width / 2, cap_height / 2);
    canvas_text_path(canvas, &style_diagonal, word);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

void marks_tag(struct canvas *canvas, double top, const char *text)
{
    cairo_t *cairo = canvas_cairo(canvas);
    const double right = 190, height = 6, side = 2.3;
    double width = canvas_text_width(canvas, &style_tag, text) + 2 * side;

    cairo_set_line_width(cairo, 0.75);
    cairo_rectangle(cairo, (right - width) * MILLIMETRE, top * MILLIMETRE, width * MILLIMETRE,
                    height * MILLIMETRE);
    cairo_stroke(cairo);
    canvas_text(canvas, &style_tag, right - width + side, top + 4.05, 0, text);
}

// The widest symbol that the place at the foot holds, and a dot of a printer with 300 dpi.
#define QR_SIDE 25.2
#define PRINTER_DOT (25.4 / 300)

enum result marks_qr(struct canvas *canvas, double x, double y, const char *text)
{
    cairo_t *cairo = canvas_cairo(canvas);
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

    if (code == NULL)
        return RESULT_FAILED;
    // A module is a whole number of dots, so that no line of it comes out wider than another.
    double module = floor(QR_SIDE / code->width / PRINTER_DOT) * PRINTER_DOT;
    cairo_save(cairo);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
    for (int row = 0; row < code->width; row++) {
        for (int from = 0, to; from < code->width; from = to + 1) {
            for (to = from; to < code->width && code->data[row * code->width + to] & 1; to++)
                ;
            if (to > from) // neighbours in one rectangle: no hairline between them
                cairo_rectangle(cairo, (x + from * module) * MILLIMETRE,
                                (y + row * module) * MILLIMETRE, (to - from) * module * MILLIMETRE,
                                module * MILLIMETRE);
        }
    }
    cairo_fill(cairo);
    cairo_restore(cairo);
    enum result fits = module >= 0.5 ? RESULT_OK : RESULT_FAILED;
    QRcode_free(code);
    return fits;
}
