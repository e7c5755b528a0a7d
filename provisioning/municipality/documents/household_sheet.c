#include "household_sheet.h"

#include "pagination.h"
#include "styles.h"

// Columns of the table: left edge and width; millimetres.
static const double columns[4][2] = {
    {SHEET_LABELS, 6}, {32, 40}, {SHEET_VALUES, 63}, {SHEET_THIRD, 49}};

#define HEAD_PADDING 2.75
#define ROW_PADDING 2.2
#define ROW_BASELINE 4.75
#define HEAD_BASELINE 4.4
#define HEAD_UNDER_RULE 7.0 // from a following page's rule to the table's head
#define CLOSING_HEIGHT 7.8
#define PURPOSE_DROP 8.5
#define SEAL_DROP 6.0
#define ROW_PITCH 6.25
#define PERSON_PITCH 7.0

// One person's texts, made once, measured, then set.
struct row {
    char *relation, *surname, *given_names, *birth, *place; // markup
    double height;
};

struct table {
    struct row rows[HOUSEHOLD_MAXIMUM];
    size_t count;
    double head_height;
};

static void table_clear(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = &table->rows[i];
        g_free(row->relation);
        g_free(row->surname);
        g_free(row->given_names);
        g_free(row->birth);
        g_free(row->place);
    }
}
#define owned_table __attribute__((cleanup(table_clear))) struct table

static char *given_names_of(const struct sheet *sheet, const struct text_style *style, double width,
                            const struct resident *person)
{
    g_autofree char *names = wording_name(person->given_names);

    if (names[0] == '\0') // a line left empty could be filled in
        return g_strdup(sheet->wording->no_given_name);
    return canvas_unbroken_words(sheet->canvas, style, width, names);
}

static char *surname_of(const struct sheet *sheet, const struct text_style *style, double width,
                        const struct resident *person)
{
    g_autofree char *capitals = wording_capitals(person->surname);

    return canvas_unbroken_words(sheet->canvas, style, width, capitals);
}

static void fill_row(const struct sheet *sheet, const struct resident *person, struct row *row)
{
    enum paper_language language = sheet->request->language;
    double width = columns[2][1];
    g_autofree char *place = wording_birth_place(person, language);

    row->relation =
        g_markup_escape_text(wording_relation(person->relation, person->sex, language), -1);
    row->surname = surname_of(sheet, &style_cell_bold, width, person);
    row->given_names = given_names_of(sheet, &style_cell, width, person);
    row->birth = wording_date(person->birth, language, true);
    row->place = g_markup_escape_text(place, -1);
}

static size_t lines(const struct sheet *sheet, const struct text_style *style, size_t column,
                    const char *markup)
{
    return canvas_line_count(sheet->canvas, style, columns[column][1], markup);
}

static double row_height(const struct sheet *sheet, const struct row *row)
{
    size_t relation = lines(sheet, &style_cell, 1, row->relation);
    size_t names = lines(sheet, &style_cell_bold, 2, row->surname) +
                   lines(sheet, &style_cell, 2, row->given_names);
    size_t birth =
        lines(sheet, &style_cell, 3, row->birth) + lines(sheet, &style_cell, 3, row->place);

    return ROW_PADDING + style_cell.leading * (double)MAX(relation, MAX(names, birth));
}

// Who died or moved out is no longer of the household.
static bool is_of_household(const struct resident *person)
{
    return person->standing == STANDING_RESIDENT || person->standing == STANDING_COUNTER;
}

static void fill_table(const struct sheet *sheet, struct table *table)
{
    const struct household *household = sheet->request->household;
    const char *heads[] = {sheet->wording->head_number, sheet->wording->head_relation,
                           sheet->wording->head_name, sheet->wording->head_birth};
    size_t head_lines = 1;

    for (size_t i = 0; i < household->count; i++) {
        if (!is_of_household(&household->persons[i]))
            continue;
        struct row *row = &table->rows[table->count++];
        fill_row(sheet, &household->persons[i], row);
        row->height = row_height(sheet, row);
    }
    for (size_t i = 0; i < 4; i++)
        head_lines = MAX(head_lines, lines(sheet, &style_head, i, heads[i]));
    table->head_height = HEAD_PADDING + style_head.leading * (double)head_lines;
}

static double cell(const struct sheet *sheet, const char *element, const struct text_style *style,
                   size_t column, double y, const char *markup)
{
    const double at[3] = {columns[column][0], y, columns[column][1]};

    if (element == NULL)
        return canvas_text(sheet->canvas, style, at[0], at[1], at[2], markup);
    return canvas_element(sheet->canvas, element, style, at, markup);
}

// The repeated head is not tagged: the table is one, across the pages.
static double draw_head(const struct sheet *sheet, const struct table *table, double top,
                        bool tagged)
{
    const char *heads[] = {sheet->wording->head_number, sheet->wording->head_relation,
                           sheet->wording->head_name, sheet->wording->head_birth};

    canvas_rule(sheet->canvas, top, SHEET_LABELS, SHEET_RIGHT, 1.0);
    if (tagged)
        canvas_begin(sheet->canvas, "TR");
    for (size_t i = 0; i < 4; i++)
        cell(sheet, tagged ? "TH" : NULL, &style_head, i, top + HEAD_BASELINE, heads[i]);
    if (tagged)
        canvas_end(sheet->canvas, "TR");
    canvas_rule(sheet->canvas, top + table->head_height, SHEET_LABELS, SHEET_RIGHT, 0.75);
    return top + table->head_height;
}

static void draw_two(const struct sheet *sheet, size_t column, double y,
                     const struct text_style *first_style, const char *const texts[2])
{
    canvas_begin(sheet->canvas, "TD");
    double last = cell(sheet, "P", first_style, column, y, texts[0]);
    cell(sheet, "P", &style_cell, column, last + style_cell.leading, texts[1]);
    canvas_end(sheet->canvas, "TD");
}

static void draw_row(const struct sheet *sheet, const struct row *row, size_t number, double top)
{
    struct canvas *canvas = sheet->canvas;
    double y = top + ROW_BASELINE;
    g_autofree char *figure = g_strdup_printf("%zu", number);

    canvas_begin(canvas, "TR");
    canvas_begin(canvas, "TD");
    cell(sheet, "P", &style_cell, 0, y, figure);
    canvas_end(canvas, "TD");
    canvas_begin(canvas, "TD");
    cell(sheet, "P", &style_cell, 1, y, row->relation);
    canvas_end(canvas, "TD");
    draw_two(sheet, 2, y, &style_cell_bold, (const char *const[]){row->surname, row->given_names});
    draw_two(sheet, 3, y, &style_cell, (const char *const[]){row->birth, row->place});
    canvas_end(canvas, "TR");
}

// Rows [from, to) from `top` on, thin rules between them; returns the bottom of the last.
static double draw_rows(const struct sheet *sheet, const struct table *table, size_t from,
                        size_t to, double top)
{
    for (size_t i = from; i < to; i++) {
        draw_row(sheet, &table->rows[i], i + 1, top);
        top += table->rows[i].height;
        canvas_rule(sheet->canvas, top, SHEET_LABELS, SHEET_RIGHT, i + 1 < to ? 0.5 : 1.0);
    }
    return top;
}

static char *person_markup(const struct sheet *sheet, const struct resident *subject)
{
    g_autofree char *surname = surname_of(sheet, &style_body_bold, SHEET_VALUE_WIDTH, subject);
    g_autofree char *given = given_names_of(sheet, &style_body, SHEET_VALUE_WIDTH, subject);

    return g_strdup_printf("<b>%s</b> %s", surname, given);
}

// Person, address, since: above a table on three rows. Returns the last baseline.
static double draw_short_person(const struct sheet *sheet, const struct resident *subject, double y)
{
    enum paper_language language = sheet->request->language;
    g_autofree char *street = NULL, *place = NULL;
    g_autofree char *since = wording_date(subject->here_since, language, true);

    wording_address(&sheet->request->household->address, language, &street, &place);
    g_autofree char *address = g_markup_printf_escaped("%s, %s", street, place);
    canvas_begin(sheet->canvas, "L");
    y = sheet_row(sheet, &style_body, y, sheet->wording->label_concerned, sheet->person_markup);
    y = sheet_row(sheet, &style_body, y + ROW_PITCH, sheet->wording->label_address, address);
    y = sheet_row(sheet, &style_body, y + ROW_PITCH, sheet->wording->label_since, since);
    canvas_end(sheet->canvas, "L");
    return y;
}

static double draw_closing(const struct sheet *sheet, const struct table *table, double y)
{
    g_autofree char *count = wording_count_of_persons((int)table->count, sheet->request->language);

    canvas_element(sheet->canvas, "P", &style_body,
                   (const double[3]){SHEET_VALUES, y + 5.3, SHEET_VALUE_WIDTH}, count);
    canvas_rule(sheet->canvas, y + CLOSING_HEIGHT, SHEET_LABELS, SHEET_RIGHT, 1.0);
    return y + CLOSING_HEIGHT;
}

static void draw_continued(const struct sheet *sheet, const struct table *table, size_t from,
                           size_t to, double y, int next_page)
{
    g_autofree char *text =
        wording_continued(from + 1, to, table->count, next_page, sheet->request->language);

    canvas_text(sheet->canvas, &style_body, SHEET_VALUES, y + 5.3, SHEET_VALUE_WIDTH, text);
}

// All pages of the table from the head on `top` of page 1; returns the bottom of the last row.
static double draw_pages(const struct sheet *sheet, const struct table *table,
                         const struct page_plan *plan, double top)
{
    double y = top;

    canvas_begin(sheet->canvas, "Table");
    for (size_t page = 0; page < plan->pages; page++) {
        size_t from = plan->first[page], to = plan->first[page + 1];
        if (page > 0)
            y = sheet_following_head(sheet) + HEAD_UNDER_RULE;
        y = draw_head(sheet, table, y, page == 0);
        y = draw_rows(sheet, table, from, to, y);
        if (page + 1 == plan->pages)
            break;
        draw_continued(sheet, table, from, to, y, (int)page + 2);
        sheet_footer(sheet, (int)page + 1);
        canvas_next_page(sheet->canvas);
    }
    canvas_end(sheet->canvas, "Table");
    return y;
}

static enum result draw_end(const struct sheet *sheet, double y, double *seal_bottom)
{
    y = sheet_purpose(sheet, y + PURPOSE_DROP);
    *seal_bottom = sheet_seal_block(sheet, y + SEAL_DROP);
    TRY(sheet_verification(sheet));
    sheet_footer(sheet, sheet->pages);
    return *seal_bottom <= SHEET_SEAL_LIMIT ? RESULT_OK : RESULT_REFUSED;
}

// Where the table's head begins on page 1, found by counting lines: nothing is drawn yet.
static double table_top(const struct sheet *sheet, double legal_bottom,
                        const struct resident *subject)
{
    enum paper_language language = sheet->request->language;
    g_autofree char *street = NULL, *place = NULL;
    g_autofree char *sentence =
        g_strdup_printf("%s%s", sheet->wording->opening, sheet->wording->fact_household_markup);

    (void)subject;
    wording_address(&sheet->request->household->address, language, &street, &place);
    g_autofree char *address = g_markup_printf_escaped("%s, %s", street, place);
    size_t extra =
        canvas_line_count(sheet->canvas, &style_body, SHEET_VALUE_WIDTH, sentence) +
        canvas_line_count(sheet->canvas, &style_body, SHEET_VALUE_WIDTH, sheet->person_markup) +
        canvas_line_count(sheet->canvas, &style_body, SHEET_VALUE_WIDTH, address) - 3;
    return legal_bottom + 9 + 9 + 2 * ROW_PITCH + (double)extra * style_body.leading + 5;
}

// Last baseline of the legal basis on page 1, by counting lines.
static double legal_bottom(const struct sheet *sheet)
{
    g_autofree char *title = g_markup_escape_text(sheet->request->title, -1);
    g_autofree char *legal = g_markup_escape_text(sheet->request->legal_basis, -1);
    const double measure = SHEET_RIGHT - SHEET_LABELS;

    return 60 +
           style_title.leading *
               (double)(canvas_line_count(sheet->canvas, &style_title, measure, title) - 1) +
           6.2 +
           style_small.leading *
               (double)(canvas_line_count(sheet->canvas, &style_small, measure, legal) - 1);
}

static enum result plan_pages(const struct sheet *sheet, const struct table *table,
                              const struct resident *subject, struct page_plan *plan)
{
    double heights[HOUSEHOLD_MAXIMUM];
    const struct page_geometry geometry = {
        .first_top = table_top(sheet, legal_bottom(sheet), subject) + table->head_height,
        .following_top = sheet_following_rule(sheet) + HEAD_UNDER_RULE + table->head_height,
        .seal_limit = SHEET_SEAL_LIMIT,
        .fill_limit = SHEET_FILL_LIMIT,
        .tail = CLOSING_HEIGHT + PURPOSE_DROP + SEAL_DROP + SHEET_SEAL_HEIGHT,
    };

    for (size_t i = 0; i < table->count; i++)
        heights[i] = table->rows[i].height;
    return paginate(heights, table->count, &geometry, plan);
}

static enum result draw_several(struct sheet *sheet, const struct table *table,
                                const struct resident *subject, double *seal_bottom)
{
    struct page_plan plan;

    if (plan_pages(sheet, table, subject, &plan) != RESULT_OK)
        return RESULT_REFUSED;
    sheet->pages = (int)plan.pages;
    double y = sheet_first_head(sheet);
    y = sheet_statement(sheet, y + 9, sheet->wording->fact_household_markup);
    y = draw_short_person(sheet, subject, y + 9);
    y = draw_pages(sheet, table, &plan, y + 5);
    y = draw_closing(sheet, table, y);
    return draw_end(sheet, y, seal_bottom);
}

static double draw_whole_person(const struct sheet *sheet, const struct resident *subject, double y)
{
    const struct wording *wording = sheet->wording;
    enum paper_language language = sheet->request->language;
    g_autofree char *street = NULL, *place = NULL;
    g_autofree char *surname = surname_of(sheet, &style_person, SHEET_VALUE_WIDTH, subject);
    g_autofree char *given = given_names_of(sheet, &style_person, SHEET_VALUE_WIDTH, subject);
    g_autofree char *birth = wording_date(subject->birth, language, true);
    g_autofree char *birth_place = wording_birth_place(subject, language);
    g_autofree char *birth_markup = g_markup_escape_text(birth_place, -1);
    g_autofree char *since = wording_date(subject->here_since, language, true);
    g_autofree char *one = wording_number(1, language);
    g_autofree char *count = g_strdup_printf("<b>1\u00A0(%s)</b>", one);

    wording_address(&sheet->request->household->address, language, &street, &place);
    g_autofree char *address = g_markup_printf_escaped("%s\n%s", street, place);
    const char *rows[][2] = {
        {wording->label_birth_date, birth},
        {wording->label_birth_place, birth_markup},
        {wording->label_address, address},
        {wording->label_since, since},
        {wording->label_relation, wording_relation(RELATION_REFERENCE, subject->sex, language)},
        {wording->label_persons, count},
    };

    canvas_begin(sheet->canvas, "L");
    y = sheet_row(sheet, &style_person, y, wording->label_surname, surname);
    y = sheet_row(sheet, &style_person, y + PERSON_PITCH, wording->label_given_names, given);
    y += PERSON_PITCH;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        y = sheet_row(sheet, &style_body, y, rows[i][0], rows[i][1]) + ROW_PITCH;
    canvas_end(sheet->canvas, "L");
    return y - ROW_PITCH;
}

static enum result draw_alone(struct sheet *sheet, const struct resident *subject,
                              double *seal_bottom)
{
    sheet->pages = 1;
    sheet->specimen_tag = sheet->wording->specimen_person;
    double y = sheet_first_head(sheet);
    y = sheet_statement(sheet, y + 9, sheet->wording->fact_alone_markup);
    y = draw_whole_person(sheet, subject, y + 11);
    return draw_end(sheet, y, seal_bottom);
}

enum result household_sheet_draw(struct sheet *sheet, const struct resident *subject,
                                 double *seal_bottom)
{
    owned_table table = {};
    g_autofree char *person = person_markup(sheet, subject);

    sheet->person_markup = person;
    sheet->specimen_tag = sheet->wording->specimen_persons;
    fill_table(sheet, &table);
    enum result drawn = table.count == 1 ? draw_alone(sheet, subject, seal_bottom)
                                         : draw_several(sheet, &table, subject, seal_bottom);
    sheet->person_markup = NULL;
    return drawn;
}
