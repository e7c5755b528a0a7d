#include "preview_draw.h"

#include <cairo.h>
#include <poppler.h>
#include <stdlib.h>

// libpoppler and cairo free by reference; each of these accepts NULL, as cleanup needs.
static void unref_object(void *held)
{
    g_clear_object((GObject **)held);
}

static void destroy_surface(cairo_surface_t **held)
{
    cairo_surface_destroy(*held);
}

static void destroy_context(cairo_t **held)
{
    cairo_destroy(*held);
}

// Rec. 601 luma in 16.16 fixed point: what the eye makes of the colours of crest and seal.
static uint8_t grey_of(uint32_t rgb)
{
    uint32_t red = rgb >> 16 & 0xFF, green = rgb >> 8 & 0xFF, blue = rgb & 0xFF;

    return (uint8_t)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
}

static enum result to_grey(cairo_surface_t *surface, const struct preview_header *header,
                           uint8_t **grey)
{
    size_t width = (size_t)header->width, height = (size_t)header->height;
    const uint8_t *rows = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    uint8_t *out = malloc(width * height);

    if (out == NULL)
        return RESULT_NO_MEMORY;
    for (size_t y = 0; y < height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(rows + y * stride);
        for (size_t x = 0; x < width; x++)
            out[y * width + x] = grey_of(row[x]);
    }
    *grey = out;
    return RESULT_OK;
}

static enum result draw(PopplerPage *page, double scale, const struct preview_header *header,
                        uint8_t **grey)
{
    __attribute__((cleanup(destroy_surface))) cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, header->width, header->height);
    __attribute__((cleanup(destroy_context))) cairo_t *context = cairo_create(surface);

    cairo_set_source_rgb(context, 1, 1, 1);
    cairo_paint(context);
    cairo_scale(context, scale, scale);
    poppler_page_render(page, context);
    if (cairo_status(context) != CAIRO_STATUS_SUCCESS)
        return RESULT_NO_MEMORY;
    cairo_surface_flush(surface);
    return to_grey(surface, header, grey);
}

enum result preview_draw(struct bytes pdf, int page, int width, struct preview_header *header,
                         uint8_t **grey)
{
    GBytes *whole = g_bytes_new_static(pdf.data, pdf.size);
    __attribute__((cleanup(unref_object))) PopplerDocument *document =
        poppler_document_new_from_bytes(whole, NULL, NULL);

    g_bytes_unref(whole);
    if (document == NULL)
        return RESULT_MALFORMED;
    int pages = poppler_document_get_n_pages(document);
    if (page < 1 || page > pages)
        return RESULT_NOT_FOUND;
    __attribute__((cleanup(unref_object))) PopplerPage *drawn =
        poppler_document_get_page(document, page - 1);
    if (drawn == NULL)
        return RESULT_MALFORMED;
    double points_wide = 0, points_high = 0;
    poppler_page_get_size(drawn, &points_wide, &points_high);
    if (!(points_wide >= 1) || !(points_high >= 1))
        return RESULT_MALFORMED;
    double scale = width / points_wide;
    if (points_high * scale >= PREVIEW_SIDE_MAXIMUM + 1)
        return RESULT_MALFORMED;
    *header = (struct preview_header){
        .width = width, .height = (int32_t)(points_high * scale), .page = page, .pages = pages};
    return header->height >= 1 ? draw(drawn, scale, header, grey) : RESULT_MALFORMED;
}
