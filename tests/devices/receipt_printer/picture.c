#include "picture.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

// 80 mm at 8 dots a millimetre; the print head reaches all but the margins.
#define PAPER_WIDTH 640
#define MARGIN ((PAPER_WIDTH - PAPER_DOTS) / 2)
#define TOP 29
#define BOTTOM 31
#define FONT "JetBrains Mono"
#define FONT_SIZE 20.0 // its characters are 12 dots wide then
#define BASELINE 19
#define SYMBOL_ABOVE 1
#define SYMBOL_BELOW 3
#define TOOTH 12

static int piece_height(const struct piece *piece, const QRcode *symbol)
{
    int height = 1;

    switch (piece->kind) {
    case PIECE_SPACE:
        return piece->dots;
    case PIECE_SYMBOL:
        return SYMBOL_ABOVE + symbol->width * piece->dots + SYMBOL_BELOW;
    case PIECE_LINE:
        for (size_t i = 0; i < piece->count; i++)
            height = piece->cells[i].height > height ? piece->cells[i].height : height;
        return height * CELL_HEIGHT + LINE_GAP;
    }
    return 0;
}

// Such printers take one mode for the whole text: the one for capitals and digits when that is
// enough.
static QRcode *encode(const struct piece *piece)
{
    static const char capitals_and_digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    const char *text = piece->symbol;

    if (piece->kind != PIECE_SYMBOL)
        return NULL;
    if (text[strspn(text, capitals_and_digits)] == '\0')
        return QRcode_encodeString(text, 0, (QRecLevel)piece->level, QR_MODE_8, 1);
    return QRcode_encodeString8bit(text, 0, (QRecLevel)piece->level);
}

static int aligned(enum alignment alignment, int width)
{
    if (alignment == ALIGN_LEFT)
        return MARGIN;
    int rest = PAPER_DOTS - width;
    return MARGIN + (alignment == ALIGN_CENTRE ? rest / 2 : rest);
}

static void draw_cell(cairo_t *to, const struct cell *cell, int x, int y, int line_height)
{
    cairo_text_extents_t extents;

    cairo_save(to);
    // Emphasised dots are printed twice: heavier than a bold face.
    cairo_select_font_face(to, cell->bold ? FONT " ExtraBold" : FONT, CAIRO_FONT_SLANT_NORMAL,
                           cell->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(to, FONT_SIZE);
    cairo_translate(to, x, y + (line_height - cell->height) * CELL_HEIGHT);
    cairo_scale(to, cell->width, cell->height);
    cairo_text_extents(to, cell->text, &extents);
    cairo_move_to(to, (CELL_WIDTH - extents.x_advance) / 2, BASELINE);
    cairo_show_text(to, cell->text);
    cairo_restore(to);
}

static void draw_line(cairo_t *to, const struct piece *line, int y)
{
    int width = 0, height = 1;

    for (size_t i = 0; i < line->count; i++) {
        width += line->cells[i].width * CELL_WIDTH;
        height = line->cells[i].height > height ? line->cells[i].height : height;
    }
    int x = aligned(line->alignment, width);
    for (size_t i = 0; i < line->count; i++) {
        draw_cell(to, &line->cells[i], x, y, height);
        x += line->cells[i].width * CELL_WIDTH;
    }
}

static void draw_symbol(cairo_t *to, const struct piece *piece, const QRcode *symbol, int y)
{
    int left = aligned(piece->alignment, symbol->width * piece->dots);
    for (int i = 0; i < symbol->width * symbol->width; i++) {
        if ((symbol->data[i] & 1) != 0)
            cairo_rectangle(to, left + i % symbol->width * piece->dots,
                            y + SYMBOL_ABOVE + i / symbol->width * piece->dots, piece->dots,
                            piece->dots);
    }
    cairo_fill(to);
}

// Draws from the top, or only measures when `to` is NULL; returns how far it came, -1 when there is
// a symbol that cannot be.
static int draw(cairo_t *to, const struct paper *paper)
{
    int y = TOP;

    for (size_t i = 0; i < paper->count; i++) {
        const struct piece *piece = &paper->pieces[i];
        QRcode *symbol = encode(piece);
        if (piece->kind == PIECE_SYMBOL && symbol == NULL)
            return -1;
        if (to != NULL && piece->kind == PIECE_LINE)
            draw_line(to, piece, y);
        if (to != NULL && piece->kind == PIECE_SYMBOL)
            draw_symbol(to, piece, symbol, y);
        y += piece_height(piece, symbol);
        QRcode_free(symbol);
    }
    return y;
}

// Where the knife, or a hand, separated it.
static void draw_edge(cairo_t *to, int y)
{
    cairo_set_source_rgb(to, 0.4, 0.4, 0.4);
    cairo_set_line_width(to, 1.5);
    cairo_move_to(to, 0, y);
    for (int x = TOOTH / 2, up = 1; x <= PAPER_WIDTH; x += TOOTH / 2, up = !up)
        cairo_line_to(to, x, up ? y - TOOTH / 2 : y);
    cairo_stroke(to);
}

static void draw_paper(cairo_t *to, const struct paper *paper, int height)
{
    cairo_set_source_rgb(to, 1, 1, 1);
    cairo_paint(to);
    cairo_set_source_rgb(to, 0, 0, 0);
    (void)draw(to, paper);
    draw_edge(to, height - 3);
}

enum result picture_write(const struct paper *paper, const char *path)
{
    int drawn = draw(NULL, paper);

    if (drawn < 0)
        return RESULT_MALFORMED;
    int height = drawn + BOTTOM;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, PAPER_WIDTH, height);
    cairo_t *to = cairo_create(surface);
    draw_paper(to, paper, height);
    cairo_status_t status = cairo_surface_write_to_png(surface, path);
    cairo_destroy(to);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        fprintf(stderr, "receipt-printer: cannot write %s: %s\n", path,
                cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS ? RESULT_OK : RESULT_FAILED;
}

void picture_finish(void)
{
    cairo_debug_reset_static_data();
    FcFini();
}
