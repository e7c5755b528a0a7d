#include "certificate.h"

#include <glib.h>
#include <limits.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "household_sheet.h"
#include "log.h"
#include "person_block.h"
#include "person_sheet.h"
#include "str.h"
#include "styles.h"

struct certificate_studio {
    PangoFontMap *fonts;
    pthread_mutex_t one_at_a_time; // a font map belongs to one thread at a time
};

// Is there a face of that very family, or would fontconfig offer something else instead?
static bool has_family(PangoFontMap *fonts, const char *names)
{
    char **wanted = g_strsplit(names, ",", -1);
    bool found = false;

    for (size_t i = 0; wanted[i] != NULL; i++)
        found = found || pango_font_map_get_family(fonts, wanted[i]) != NULL;
    g_strfreev(wanted);
    return found;
}

static enum result load_fonts(const char *fonts_file, PangoFontMap **out)
{
    FcConfig *config = FcConfigCreate();

    if (!FcConfigParseAndLoad(config, (const FcChar8 *)fonts_file, FcTrue) ||
        !FcConfigBuildFonts(config)) {
        FcConfigDestroy(config);
        return RESULT_MALFORMED;
    }
    // Also the process's own configuration: else a thread of pango loads the desktop's fonts.
    FcConfigSetCurrent(config);
    *out = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(*out), config);
    FcConfigDestroy(config); // the font map holds its own reference
    return has_family(*out, CHARIS) && has_family(*out, INTER) ? RESULT_OK : RESULT_REFUSED;
}

enum result certificate_studio_create(const char *fonts_file, struct certificate_studio **out)
{
    char whole_name[PATH_MAX]; // fontconfig looks for others in its own folder

    if (realpath(fonts_file, whole_name) == NULL || access(whole_name, R_OK) != 0)
        return RESULT_NOT_FOUND;
    owned(certificate_studio) studio = calloc(1, sizeof *studio);
    if (studio == NULL)
        return RESULT_NO_MEMORY;
    pthread_mutex_init(&studio->one_at_a_time, NULL);
    TRY(load_fonts(whole_name, &studio->fonts));
    *out = take(studio);
    return RESULT_OK;
}

void certificate_studio_destroy(struct certificate_studio *certificate_studio)
{
    if (certificate_studio == NULL)
        return;
    g_clear_object(&certificate_studio->fonts);
    pthread_mutex_destroy(&certificate_studio->one_at_a_time);
    free(certificate_studio);
}

enum result certificate_moment_of(int64_t unix_seconds, struct certificate_moment *out)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Brussels");

    if (zone == NULL) {
        log_error("documents", "the time zone of the city is not known here (tzdata)", 0);
        return RESULT_FAILED;
    }
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(unix_seconds);
    if (utc == NULL)
        return RESULT_FAILED;
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
    *out = (struct certificate_moment){
        .day = {g_date_time_get_year(local), g_date_time_get_month(local),
                g_date_time_get_day_of_month(local)},
        .hour = g_date_time_get_hour(local),
        .minute = g_date_time_get_minute(local),
    };
    return RESULT_OK;
}

static void release_canvas(struct canvas **canvas)
{
    canvas_destroy(*canvas);
}

static char *creation_date(int64_t unix_seconds)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(unix_seconds);

    return utc == NULL ? g_strdup("") : g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
}

static enum result draw_content(struct sheet *sheet, double *seal_bottom)
{
    g_autofree char *person = person_names(sheet, sheet->subject);
    const struct certificate_template *content = &sheet->request->content;
    bool household = content->layout == CERTIFICATE_OF_HOUSEHOLD;

    sheet->person_markup = person;
    sheet->fields = content->fields;
    if (household) // where they live, and since when
        sheet->fields |= CERTIFICATE_FIELD_BIT(ADDRESS) | CERTIFICATE_FIELD_BIT(SINCE);
    enum result drawn = household ? household_sheet_draw(sheet, seal_bottom)
                                  : person_sheet_draw(sheet, seal_bottom);
    sheet->person_markup = NULL;
    return drawn;
}

static enum result draw(PangoFontMap *fonts, const struct certificate_request *request,
                        const struct resident *subject, struct certificate *to)
{
    const struct wording *wording = wording_of(request->language);
    __attribute__((cleanup(release_canvas))) struct canvas *canvas = NULL;
    struct sheet sheet = {.request = request, .wording = wording, .subject = subject};
    // The title shows in windows and logs: never a person's name.
    g_autofree char *title = g_strdup_printf("%s – %s", request->title, request->reference);
    g_autofree char *created = creation_date(request->issued_at);
    const struct canvas_about about = {
        .title = title,
        .author = request->specimen ? wording->document_author : wording->authority,
        .subject = request->specimen ? "SPECIMEN" : "",
        .language_tag = wording->language_tag,
        .created = created,
    };

    TRY(certificate_moment_of(request->issued_at, &sheet.issued));
    TRY(canvas_create(fonts, &about, &canvas));
    sheet.canvas = canvas;
    canvas_begin(canvas, "Document");
    TRY(draw_content(&sheet, &to->seal_bottom));
    canvas_end(canvas, "Document");
    to->pages = sheet.pages;
    to->language_tag = wording->language_tag;
    to->figure_texts[0] = wording->crest_text;
    to->figure_texts[1] = wording->seal_text;
    to->figure_texts[2] = wording->qr_text;
    return canvas_finish(canvas, &to->pdf, &to->size);
}

void certificate_destroy(struct certificate *certificate)
{
    if (certificate == NULL)
        return;
    if (certificate->pdf != NULL)
        explicit_bzero(certificate->pdf, certificate->size);
    g_free(certificate->pdf);
    free(certificate);
}

enum result certificate_draw(struct certificate_studio *studio,
                             const struct certificate_request *request, struct certificate **out)
{
    const struct resident *subject = NULL;
    owned(certificate) certificate = calloc(1, sizeof *certificate);

    if (certificate == NULL)
        return RESULT_NO_MEMORY;
    TRY(household_find(request->household, request->subject, &subject));
    pthread_mutex_lock(&studio->one_at_a_time);
    enum result drawn = draw(studio->fonts, request, subject, certificate);
    pthread_mutex_unlock(&studio->one_at_a_time);
    if (drawn != RESULT_OK)
        return drawn;
    *out = take(certificate);
    return RESULT_OK;
}
