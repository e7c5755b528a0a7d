#include "sheet.h"

#include "marks.h"
#include "str.h"
#include "styles.h"

#define ROW_PITCH 6.25
#define PURPOSE_DROP 8.5
#define SEAL_DROP 6.0
#define SEAL_HEIGHT 28.0

// One element in a column.
static double put(const struct sheet *sheet, const char *element, const struct text_style *style,
                  double x, double y, const char *markup)
{
    return canvas_element(sheet->canvas, element, style, (const double[3]){x, y, SHEET_RIGHT - x},
                          markup);
}

static void labelled(const struct sheet *sheet, double x, const char *label,
                     const struct text_style *style, const char *value)
{
    canvas_begin(sheet->canvas, "LI");
    canvas_element(sheet->canvas, "Lbl", &style_block_label, (const double[3]){x, 39.5, 0}, label);
    canvas_element(sheet->canvas, "LBody", style, (const double[3]){x, 44.2, 0}, value);
    canvas_end(sheet->canvas, "LI");
}

static void reference_block(const struct sheet *sheet)
{
    const struct certificate_request *request = sheet->request;
    enum paper_language language = request->language;
    g_autofree char *issued =
        wording_moment(sheet->issued.day, sheet->issued.hour, sheet->issued.minute, language);
    g_autofree char *fee = wording_fee(request->price_cents, language);
    g_autofree char *words = wording_number(sheet->pages, language);
    g_autofree char *pages = g_strdup_printf("%d\u00A0(%s)", sheet->pages, words);

    canvas_begin(sheet->canvas, "L");
    labelled(sheet, SHEET_LABELS, sheet->wording->label_reference, &style_reference,
             request->reference);
    labelled(sheet, SHEET_VALUES, sheet->wording->label_issued, &style_block_value, issued);
    labelled(sheet, SHEET_THIRD, sheet->wording->label_fee, &style_block_value, fee);
    labelled(sheet, SHEET_FOURTH, sheet->wording->label_pages, &style_block_value, pages);
    canvas_end(sheet->canvas, "L");
}

static void authority(const struct sheet *sheet)
{
    canvas_begin(sheet->canvas, "Figure");
    marks_crest(sheet->canvas, SHEET_LABELS, 13, 18);
    canvas_end(sheet->canvas, "Figure");
    put(sheet, "P", &style_authority, SHEET_VALUES, 18.4, sheet->wording->authority);
    put(sheet, "P", &style_department, SHEET_VALUES, 24.6, sheet->wording->department);
    put(sheet, "P", &style_department, SHEET_VALUES, 28.6, sheet->wording->counter);
}

static void specimen_tag(const struct sheet *sheet, double top)
{
    if (sheet->request->specimen)
        marks_tag(sheet->canvas, top, sheet->specimen_tag);
}

// Of the template, or that former addresses follow; NULL: none.
static char *subtitle_of(const struct sheet *sheet)
{
    const struct certificate_template *content = &sheet->request->content;
    enum paper_language language = sheet->request->language;

    if (content->subtitle[language] != NULL)
        return wording_fill(content->subtitle[language], sheet->subject, sheet->issued.day,
                            language, true);
    if ((sheet->fields & CERTIFICATE_FIELD_BIT(HISTORY)) != 0)
        return g_strdup(sheet->wording->subtitle_history);
    bool here = (sheet->fields & CERTIFICATE_FIELD_BIT(HISTORY_HERE)) != 0;
    return here ? g_strdup(sheet->wording->subtitle_history_here) : NULL;
}

double sheet_first_head(const struct sheet *sheet)
{
    struct canvas *canvas = sheet->canvas;
    g_autofree char *title = g_markup_escape_text(sheet->request->title, -1);
    g_autofree char *subtitle = subtitle_of(sheet);
    g_autofree char *legal = g_markup_escape_text(sheet->request->legal_basis, -1);

    if (sheet->request->specimen)
        marks_diagonal(canvas, sheet->wording->specimen_word);
    authority(sheet);
    canvas_begin(canvas, "P");
    specimen_tag(sheet, 13);
    canvas_end(canvas, "P");
    canvas_rule(canvas, 35, SHEET_LABELS, SHEET_RIGHT, 1.5);
    reference_block(sheet);
    canvas_rule(canvas, 47.5, SHEET_LABELS, SHEET_RIGHT, 0.75);
    double y = put(sheet, "H1", &style_title, SHEET_LABELS, 60, title);
    if (subtitle != NULL)
        y = put(sheet, "P", &style_subtitle, SHEET_LABELS, y + 6, subtitle);
    return put(sheet, "P", &style_small, SHEET_LABELS, y + 6.2, legal);
}

// Baseline of the name on following pages, and what the rule keeps below its last line.
#define FOLLOWING_NAME 26.6
#define FOLLOWING_RULE 4.4

double sheet_following_rule(const struct sheet *sheet)
{
    size_t lines =
        canvas_line_count(sheet->canvas, &style_body, SHEET_VALUE_WIDTH, sheet->person_markup);

    return FOLLOWING_NAME + (double)(lines - 1) * style_body.leading + FOLLOWING_RULE;
}

double sheet_following_head(const struct sheet *sheet)
{
    struct canvas *canvas = sheet->canvas;
    g_autofree char *title = g_markup_escape_text(sheet->request->title, -1);
    double rule = sheet_following_rule(sheet);

    if (sheet->request->specimen)
        marks_diagonal(canvas, sheet->wording->specimen_word);
    marks_crest(canvas, SHEET_LABELS, 12, 9);
    canvas_text(canvas, &style_reference_small, SHEET_LABELS, FOLLOWING_NAME, 0,
                sheet->request->reference);
    canvas_text(canvas, &style_authority_small, SHEET_VALUES, 15.6, 0, sheet->wording->authority);
    canvas_text(canvas, &style_body, SHEET_VALUES, 21.4, 0, title);
    canvas_text(canvas, &style_body, SHEET_VALUES, FOLLOWING_NAME, SHEET_VALUE_WIDTH,
                sheet->person_markup);
    specimen_tag(sheet, 11);
    canvas_rule(canvas, rule, SHEET_LABELS, SHEET_RIGHT, 1.5);
    return rule;
}

double sheet_statement(const struct sheet *sheet, double y, const char *fact_markup)
{
    g_autofree char *sentence = g_strdup_printf("%s%s", sheet->wording->opening, fact_markup);

    return put(sheet, "P", &style_body, SHEET_VALUES, y, sentence);
}

double sheet_row(const struct sheet *sheet, const struct text_style *style, double y,
                 const char *label, const char *value_markup)
{
    canvas_begin(sheet->canvas, "LI");
    canvas_element(sheet->canvas, "Lbl", &style_label,
                   (const double[3]){SHEET_LABELS, y, SHEET_VALUES - SHEET_LABELS - 2}, label);
    double last = put(sheet, "LBody", style, SHEET_VALUES, y, value_markup);
    canvas_end(sheet->canvas, "LI");
    return last;
}

// What for, and who asked when it was not the person concerned.
static double draw_purpose(const struct sheet *sheet, double y)
{
    const char *purpose = sheet->request->purpose;
    g_autofree char *markup =
        g_markup_escape_text(purpose == NULL ? sheet->wording->any_purpose : purpose, -1);

    canvas_begin(sheet->canvas, "L");
    if (sheet->request->asked_by_parent)
        y = sheet_row(sheet, &style_body, y, sheet->wording->label_asked_by,
                      sheet->wording->asked_by_parent) +
            ROW_PITCH;
    double last = sheet_row(sheet, &style_body, y, sheet->wording->label_purpose, markup);
    canvas_end(sheet->canvas, "L");
    return last;
}

// Seal, place and date, signatory, note, from `top` on; returns the bottom.
static double draw_seal_block(const struct sheet *sheet, double top)
{
    const struct wording *wording = sheet->wording;
    g_autofree char *place =
        wording_place_and_date(sheet->issued.day, sheet->request->language, true);
    g_autofree char *signatory = g_markup_printf_escaped("<b>%s</b>%s", sheet->request->signatory,
                                                         wording->signatory_suffix);

    canvas_begin(sheet->canvas, "Figure");
    marks_seal(sheet->canvas, SHEET_LABELS, top, wording, sheet->request->specimen);
    canvas_end(sheet->canvas, "Figure");
    put(sheet, "P", &style_body, SHEET_VALUES, top + 4.5, place);
    put(sheet, "P", &style_body, SHEET_VALUES, top + 11, wording->capacity);
    put(sheet, "P", &style_body, SHEET_VALUES, top + 16, signatory);
    put(sheet, "P", &style_small, SHEET_VALUES, top + 22, wording->seal_note_markup);
    return top + SEAL_HEIGHT;
}

static enum result draw_verification(const struct sheet *sheet)
{
    const struct certificate_request *request = sheet->request;
    const struct wording *wording = sheet->wording;
    g_autofree char *address = g_strdup_printf("https://%s/v/%s?r=%s", request->checking_address,
                                               request->code, request->reference);
    g_autofree char *how =
        g_markup_printf_escaped("%s<span weight='600'>%s/v</span>%s", wording->verify_before,
                                request->checking_address, wording->verify_after);
    g_autofree char *code =
        g_markup_printf_escaped("<span allow_breaks='false'>%s</span>", request->code);

    canvas_rule(sheet->canvas, SHEET_SEAL_LIMIT, SHEET_LABELS, SHEET_RIGHT, 0.75);
    canvas_begin(sheet->canvas, "Figure");
    enum result drawn = marks_qr(sheet->canvas, SHEET_LABELS, 245.4, address);
    canvas_end(sheet->canvas, "Figure");
    put(sheet, "H2", &style_verify_head, SHEET_VALUES, 248.2, wording->verify_heading);
    put(sheet, "P", &style_label, SHEET_VALUES, 253.4, how);
    put(sheet, "P", &style_code, SHEET_VALUES, 261.2, code);
    put(sheet, "P", &style_label, SHEET_VALUES, 267, wording->verify_warning);
    return drawn;
}

void sheet_footer(const struct sheet *sheet, int page)
{
    const struct certificate_request *request = sheet->request;
    struct canvas *canvas = sheet->canvas;
    double code_at =
        SHEET_VALUES + 1.6 + canvas_text_width(canvas, &style_small, sheet->wording->label_code);
    g_autofree char *number =
        g_strdup_printf("%s\u00A0%d/%d", sheet->wording->label_page, page, sheet->pages);

    canvas_rule(canvas, 275, SHEET_LABELS, SHEET_RIGHT, 0.75);
    canvas_text(canvas, &style_small_bold, SHEET_LABELS, 279.6, 0, request->reference);
    canvas_text(canvas, &style_small, SHEET_VALUES, 279.6, 0, sheet->wording->label_code);
    canvas_text(canvas, &style_small_code, code_at, 279.6, 0, request->code);
    canvas_text_right(canvas, &style_small_bold, SHEET_RIGHT, 279.6, number);
    if (request->specimen)
        canvas_text(canvas, &style_small, SHEET_LABELS, 283.6, 0,
                    sheet->wording->specimen_sentence);
}

double sheet_end_height(const struct sheet *sheet)
{
    return PURPOSE_DROP + (sheet->request->asked_by_parent ? ROW_PITCH : 0) + SEAL_DROP +
           SEAL_HEIGHT;
}

enum result sheet_end(const struct sheet *sheet, double y, double *seal_bottom)
{
    y = draw_purpose(sheet, y + PURPOSE_DROP);
    *seal_bottom = draw_seal_block(sheet, y + SEAL_DROP);
    TRY(draw_verification(sheet));
    sheet_footer(sheet, sheet->pages);
    return *seal_bottom <= SHEET_SEAL_LIMIT ? RESULT_OK : RESULT_REFUSED;
}
