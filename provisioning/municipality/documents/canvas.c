#include "canvas.h"

#include <cairo-pdf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo, *real; // `real` is the page's while pretending, else NULL
    PangoContext *context;
    GByteArray *pdf;
    bool glyph_missing, markup_broken;
};

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void describe(cairo_surface_t *surface, const struct canvas_about *about)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, about->author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, about->subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, about->created);
}

// Pango rounds glyph positions to whole points on such a surface unless told not to: uneven
// letters.
static PangoContext *context_for(PangoFontMap *fonts, cairo_t *cairo, const char *language_tag)
{
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(language_tag));
    cairo_font_options_destroy(options);
    pango_cairo_update_context(cairo, context);
    return context;
}

enum result canvas_create(PangoFontMap *fonts, const struct canvas_about *about,
                          struct canvas **out)
{
    struct canvas *canvas = calloc(1, sizeof *canvas);

    if (canvas == NULL)
        return RESULT_NO_MEMORY;
    canvas->pdf = g_byte_array_new();
    canvas->surface = cairo_pdf_surface_create_for_stream(append, canvas->pdf, 210 * MILLIMETRE,
                                                          297 * MILLIMETRE);
    // PDF 1.4 has no object streams, which keeps every reader and the seal's checker simple.
    cairo_pdf_surface_restrict_to_version(canvas->surface, CAIRO_PDF_VERSION_1_4);
    describe(canvas->surface, about);
    canvas->cairo = cairo_create(canvas->surface);
    canvas->context = context_for(fonts, canvas->cairo, about->language_tag);
    *out = canvas;
    return RESULT_OK;
}

void canvas_pretend(struct canvas *canvas, bool pretend)
{
    if (pretend == (canvas->real != NULL))
        return;
    if (!pretend) {
        cairo_destroy(canvas->cairo);
        canvas->cairo = canvas->real;
        canvas->real = NULL;
        return;
    }
    cairo_surface_t *nowhere = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    canvas->real = canvas->cairo;
    canvas->cairo = cairo_create(nowhere);
    cairo_surface_destroy(nowhere);
}

void canvas_destroy(struct canvas *canvas)
{
    if (canvas == NULL)
        return;
    canvas_pretend(canvas, false);
    g_clear_object(&canvas->context);
    cairo_destroy(canvas->cairo);
    cairo_surface_destroy(canvas->surface);
    g_byte_array_unref(canvas->pdf);
    free(canvas);
}

cairo_t *canvas_cairo(struct canvas *canvas)
{
    return canvas->cairo;
}

void canvas_begin(struct canvas *canvas, const char *element)
{
    cairo_tag_begin(canvas->cairo, element, NULL);
}

void canvas_end(struct canvas *canvas, const char *element)
{
    cairo_tag_end(canvas->cairo, element);
}

static PangoLayout *styled_layout(struct canvas *canvas, const struct text_style *style)
{
    PangoLayout *layout = pango_layout_new(canvas->context);
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family(font, style->family);
    pango_font_description_set_weight(font, style->weight);
    pango_font_description_set_absolute_size(font, style->points * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    return layout;
}

static PangoAttrList *style_attributes(PangoAttrList *attributes, const struct text_style *style)
{
    if (style->features != NULL)
        pango_attr_list_insert_before(attributes, pango_attr_font_features_new(style->features));
    if (style->spacing != 0)
        pango_attr_list_insert_before(
            attributes, pango_attr_letter_spacing_new((int)(style->spacing * PANGO_SCALE)));
    return attributes;
}

static PangoLayout *layout_of(struct canvas *canvas, const struct text_style *style, double width,
                              const char *markup)
{
    PangoLayout *layout = styled_layout(canvas, style);
    PangoAttrList *attributes = NULL;
    char *text = NULL;

    if (!pango_parse_markup(markup, -1, 0, &attributes, &text, NULL, NULL)) {
        canvas->markup_broken = true;
        return layout;
    }
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_attributes(layout, style_attributes(attributes, style));
    pango_attr_list_unref(attributes);
    g_free(text);
    if (width > 0) {
        pango_layout_set_width(layout, (int)(width * MILLIMETRE * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    if (pango_layout_get_unknown_glyphs_count(layout) > 0)
        canvas->glyph_missing = true;
    return layout;
}

// One line of a broken text as a layout of its own, ending in a real space unless it is the last:
// at a soft break the surface would write the vanished space as an empty nested element, where
// screen readers stop.
static PangoLayout *line_alone(struct canvas *canvas, const struct text_style *style,
                               PangoLayout *whole, int start, int length)
{
    const char *text = pango_layout_get_text(whole);
    int total = (int)strlen(text);
    PangoLayout *line = styled_layout(canvas, style);
    PangoAttrList *attributes = pango_attr_list_copy(pango_layout_get_attributes(whole));

    pango_attr_list_update(attributes, start + length, total - start - length, 0);
    pango_attr_list_update(attributes, 0, start, 0);
    pango_layout_set_single_paragraph_mode(line, TRUE);
    pango_layout_set_text(line, text + start, length);
    pango_layout_set_attributes(line, attributes);
    pango_attr_list_unref(attributes);
    return line;
}

static void show_line(struct canvas *canvas, PangoLayout *line, double x, double y)
{
    cairo_move_to(canvas->cairo, x * MILLIMETRE, y * MILLIMETRE);
    pango_cairo_show_layout_line(canvas->cairo, pango_layout_get_line_readonly(line, 0));
}

double canvas_text(struct canvas *canvas, const struct text_style *style, double x, double y,
                   double width, const char *markup)
{
    PangoLayout *whole = layout_of(canvas, style, width, markup);
    int lines = pango_layout_get_line_count(whole);

    for (int i = 0; i < lines; i++) {
        PangoLayoutLine *broken = pango_layout_get_line_readonly(whole, i);
        PangoLayout *line = line_alone(canvas, style, whole, broken->start_index, broken->length);
        show_line(canvas, line, x, y + i * style->leading);
        g_object_unref(line);
    }
    g_object_unref(whole);
    return y + (lines - 1) * style->leading;
}

double canvas_element(struct canvas *canvas, const char *element, const struct text_style *style,
                      const double at[3], const char *markup)
{
    canvas_begin(canvas, element);
    double last = canvas_text(canvas, style, at[0], at[1], at[2], markup);
    canvas_end(canvas, element);
    return last;
}

double canvas_text_width(struct canvas *canvas, const struct text_style *style, const char *markup)
{
    PangoLayout *layout = layout_of(canvas, style, 0, markup);
    PangoRectangle logical;

    pango_layout_get_extents(layout, NULL, &logical);
    g_object_unref(layout);
    return (double)logical.width / PANGO_SCALE / MILLIMETRE;
}

void canvas_text_right(struct canvas *canvas, const struct text_style *style, double x, double y,
                       const char *markup)
{
    canvas_text(canvas, style, x - canvas_text_width(canvas, style, markup), y, 0, markup);
}

size_t canvas_line_count(struct canvas *canvas, const struct text_style *style, double width,
                         const char *markup)
{
    PangoLayout *layout = layout_of(canvas, style, width, markup);
    int lines = pango_layout_get_line_count(layout);

    g_object_unref(layout);
    return (size_t)lines;
}

void canvas_text_path(struct canvas *canvas, const struct text_style *style, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    PangoLayout *layout = layout_of(canvas, style, 0, markup);

    pango_cairo_layout_line_path(canvas->cairo, pango_layout_get_line_readonly(layout, 0));
    g_object_unref(layout);
}

void canvas_rule(struct canvas *canvas, double y, double x_from, double x_to, double points)
{
    cairo_set_line_width(canvas->cairo, points);
    cairo_move_to(canvas->cairo, x_from * MILLIMETRE, y * MILLIMETRE);
    cairo_line_to(canvas->cairo, x_to * MILLIMETRE, y * MILLIMETRE);
    cairo_stroke(canvas->cairo);
}

void canvas_next_page(struct canvas *canvas)
{
    cairo_show_page(canvas->cairo);
}

enum result canvas_finish(struct canvas *canvas, uint8_t **pdf, size_t *size)
{
    cairo_surface_finish(canvas->surface);
    cairo_status_t status = cairo_surface_status(canvas->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_status(canvas->cairo);
    if (status != CAIRO_STATUS_SUCCESS) {
        log_error("documents", "the PDF cannot be written", status);
        return RESULT_FAILED;
    }
    if (canvas->glyph_missing || canvas->markup_broken) {
        log_error("documents", "a letter has no glyph, or a text is broken", canvas->markup_broken);
        return RESULT_REFUSED;
    }
    *size = canvas->pdf->len;
    *pdf = g_memdup2(canvas->pdf->data, canvas->pdf->len);
    return RESULT_OK;
}

char *canvas_unbroken_words(struct canvas *canvas, const struct text_style *style, double width,
                            const char *name)
{
    GString *markup = g_string_new(NULL);
    char **words = g_strsplit(name, " ", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        g_autofree char *word = g_markup_escape_text(words[i], -1);
        bool fits = canvas_text_width(canvas, style, word) <= width;
        g_string_append_printf(markup, fits ? "%s<span allow_breaks='false'>%s</span>" : "%s%s",
                               i == 0 ? "" : " ", word);
    }
    g_strfreev(words);
    return g_string_free(markup, FALSE);
}
