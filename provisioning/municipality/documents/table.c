#include "table.h"

#include "styles.h"

#define HEAD_PADDING 2.75
#define ROW_PADDING 2.2
#define ROW_BASELINE 4.75
#define HEAD_BASELINE 4.4
#define HEAD_UNDER_RULE 7.0 // from a following page's rule to the table's head
#define CLOSING_BASELINE 5.3
#define CLOSING_HEIGHT 7.8

void table_create(struct table *table, size_t most)
{
    table->count = 0;
    table->rows = g_new0(struct table_row, most);
}

void table_clear(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t column = 0; column < TABLE_COLUMNS; column++)
            for (size_t line = 0; line < table->rows[i].cells[column].count; line++)
                g_free(table->rows[i].cells[column].lines[line].markup);
    g_free(table->rows);
}

void table_add_line(struct table_cell *cell, const struct text_style *style, char *markup)
{
    g_assert(cell->count < TABLE_CELL_LINES);
    cell->lines[cell->count].style = style;
    cell->lines[cell->count].markup = markup;
    cell->count++;
}

static double row_height(const struct sheet *sheet, const struct table *table,
                         const struct table_row *row)
{
    size_t most = 0;

    for (size_t column = 0; column < TABLE_COLUMNS; column++) {
        const struct table_cell *cell = &row->cells[column];
        size_t lines = 0;
        for (size_t i = 0; i < cell->count; i++)
            lines += canvas_line_count(sheet->canvas, cell->lines[i].style,
                                       table->columns[column][1], cell->lines[i].markup);
        most = MAX(most, lines);
    }
    return ROW_PADDING + style_cell.leading * (double)most;
}

static double head_height(const struct sheet *sheet, const struct table *table)
{
    size_t most = 1;

    for (size_t column = 0; column < TABLE_COLUMNS; column++)
        most = MAX(most, canvas_line_count(sheet->canvas, &style_head, table->columns[column][1],
                                           table->heads[column]));
    return HEAD_PADDING + style_head.leading * (double)most;
}

enum result table_plan(const struct sheet *sheet, struct table *table, double top,
                       struct page_plan *plan)
{
    double head = head_height(sheet, table);
    const struct page_geometry geometry = {
        .first_top = top + head,
        .following_top = sheet_following_rule(sheet) + HEAD_UNDER_RULE + head,
        .seal_limit = SHEET_SEAL_LIMIT,
        .fill_limit = SHEET_FILL_LIMIT,
        .tail = CLOSING_HEIGHT + sheet_end_height(sheet),
    };
    g_autofree double *heights = g_new0(double, table->count);

    for (size_t i = 0; i < table->count; i++)
        heights[i] = table->rows[i].height = row_height(sheet, table, &table->rows[i]);
    return paginate(heights, table->count, &geometry, plan);
}

// The repeated head is not tagged: the table is one, across the pages.
static double draw_head(const struct sheet *sheet, const struct table *table, double top,
                        bool tagged)
{
    double bottom = top + head_height(sheet, table);

    canvas_rule(sheet->canvas, top, SHEET_LABELS, SHEET_RIGHT, 1.0);
    if (tagged)
        canvas_begin(sheet->canvas, "TR");
    for (size_t i = 0; i < TABLE_COLUMNS; i++) {
        const double at[3] = {table->columns[i][0], top + HEAD_BASELINE, table->columns[i][1]};
        if (tagged)
            canvas_element(sheet->canvas, "TH", &style_head, at, table->heads[i]);
        else
            canvas_text(sheet->canvas, &style_head, at[0], at[1], at[2], table->heads[i]);
    }
    if (tagged)
        canvas_end(sheet->canvas, "TR");
    canvas_rule(sheet->canvas, bottom, SHEET_LABELS, SHEET_RIGHT, 0.75);
    return bottom;
}

static void draw_row(const struct sheet *sheet, const struct table *table,
                     const struct table_row *row, double top)
{
    canvas_begin(sheet->canvas, "TR");
    for (size_t column = 0; column < TABLE_COLUMNS; column++) {
        const struct table_cell *cell = &row->cells[column];
        double y = top + ROW_BASELINE;
        canvas_begin(sheet->canvas, "TD");
        for (size_t i = 0; i < cell->count; i++) {
            const double at[3] = {table->columns[column][0], y, table->columns[column][1]};
            y = canvas_element(sheet->canvas, "P", cell->lines[i].style, at,
                               cell->lines[i].markup) +
                style_cell.leading;
        }
        canvas_end(sheet->canvas, "TD");
    }
    canvas_end(sheet->canvas, "TR");
}

// Rows [from, to) from `top` on, thin rules between them; returns the bottom of the last.
static double draw_rows(const struct sheet *sheet, const struct table *table, size_t from,
                        size_t to, double top)
{
    for (size_t i = from; i < to; i++) {
        draw_row(sheet, table, &table->rows[i], top);
        top += table->rows[i].height;
        canvas_rule(sheet->canvas, top, SHEET_LABELS, SHEET_RIGHT, i + 1 < to ? 0.5 : 1.0);
    }
    return top;
}

// "Personnes 1 à 9 sur 12. Suite à la page 2.", then the footer and a new page.
static void end_page(const struct sheet *sheet, const struct table *table,
                     const struct page_plan *plan, size_t page, double y)
{
    const struct rows_shown shown = {table->what, plan->first[page] + 1, plan->first[page + 1],
                                     table->count};
    g_autofree char *text = wording_continued(&shown, (int)page + 2, sheet->request->language);

    canvas_text(sheet->canvas, &style_body, SHEET_VALUES, y + CLOSING_BASELINE, SHEET_VALUE_WIDTH,
                text);
    sheet_footer(sheet, (int)page + 1);
    canvas_next_page(sheet->canvas);
}

double table_draw(const struct sheet *sheet, const struct table *table,
                  const struct page_plan *plan, double top, const char *closing_markup)
{
    double y = top;

    canvas_begin(sheet->canvas, "Table");
    for (size_t page = 0; page < plan->pages; page++) {
        if (page > 0)
            y = sheet_following_head(sheet) + HEAD_UNDER_RULE;
        y = draw_head(sheet, table, y, page == 0);
        y = draw_rows(sheet, table, plan->first[page], plan->first[page + 1], y);
        if (page + 1 < plan->pages)
            end_page(sheet, table, plan, page, y);
    }
    canvas_end(sheet->canvas, "Table");
    canvas_element(sheet->canvas, "P", &style_body,
                   (const double[3]){SHEET_VALUES, y + CLOSING_BASELINE, SHEET_VALUE_WIDTH},
                   closing_markup);
    canvas_rule(sheet->canvas, y + CLOSING_HEIGHT, SHEET_LABELS, SHEET_RIGHT, 1.0);
    return y + CLOSING_HEIGHT;
}
