#include "household_sheet.h"

#include "person_block.h"
#include "styles.h"
#include "table.h"

#define NAME_WIDTH 63.0

// What was asked for besides: nationality and marital status on one line, the number on the next;
// lines of the name's column, never columns of their own.
static void add_options(const struct sheet *sheet, const struct resident *person,
                        struct table_cell *cell)
{
    certificate_fields fields = sheet->fields;
    enum paper_language language = sheet->request->language;
    bool nationality = (fields & CERTIFICATE_FIELD_BIT(NATIONALITY)) != 0;
    bool status = (fields & CERTIFICATE_FIELD_BIT(MARITAL_STATUS)) != 0;
    g_autofree char *number = wording_national_number(person->national_number);
    g_autofree char *named = wording_nationality(person, language);

    if (nationality || status)
        table_add_line(
            cell, &style_cell,
            g_markup_printf_escaped(
                "%s%s%s", nationality ? named : "", nationality && status ? " · " : "",
                status ? wording_marital_status(person->marital_status, person->sex, language)
                       : ""));
    if ((fields & CERTIFICATE_FIELD_BIT(NATIONAL_NUMBER)) != 0)
        table_add_line(cell, &style_cell, g_markup_escape_text(number, -1));
}

static void add_person(const struct sheet *sheet, const struct resident *person,
                       struct table *table)
{
    enum paper_language language = sheet->request->language;
    struct table_row *row = &table->rows[table->count++];
    g_autofree char *place = wording_birth_place(person, language);

    table_add_line(&row->cells[0], &style_cell, g_strdup_printf("%zu", table->count));
    table_add_line(
        &row->cells[1], &style_cell,
        g_markup_escape_text(wording_relation(person->relation, person->sex, language), -1));
    table_add_line(&row->cells[2], &style_cell_bold,
                   person_surname(sheet, &style_cell_bold, NAME_WIDTH, person));
    table_add_line(&row->cells[2], &style_cell,
                   person_given_names(sheet, &style_cell, NAME_WIDTH, person));
    add_options(sheet, person, &row->cells[2]);
    table_add_line(&row->cells[3], &style_cell, wording_date(person->birth, language, true));
    table_add_line(&row->cells[3], &style_cell, g_markup_escape_text(place, -1));
}

// Who died or moved out is no longer of the household.
static bool is_of_household(const struct resident *person)
{
    return person->standing == STANDING_RESIDENT || person->standing == STANDING_COUNTER;
}

static void fill_table(const struct sheet *sheet, struct table *table)
{
    const struct household *household = sheet->request->household;
    const struct wording *wording = sheet->wording;

    *table = (struct table){
        .what = TABLE_OF_PERSONS,
        .columns = {{SHEET_LABELS, 6}, {32, 40}, {SHEET_VALUES, NAME_WIDTH}, {SHEET_THIRD, 49}},
        .heads = {wording->head_number, wording->head_relation, wording->head_name,
                  wording->head_birth},
    };
    table_create(table, household->count);
    for (size_t i = 0; i < household->count; i++)
        if (is_of_household(&household->persons[i]))
            add_person(sheet, &household->persons[i], table);
}

// Page 1 down to where the table begins.
static double draw_top(const struct sheet *sheet)
{
    double y = sheet_first_head(sheet);

    y = sheet_statement(sheet, y + 9, sheet->wording->fact_household_markup);
    return person_block_household(sheet, y + 9) + 5;
}

static enum result draw_several(struct sheet *sheet, struct table *table, double *seal_bottom)
{
    g_autofree char *closing =
        wording_count_of_persons((int)table->count, sheet->request->language);
    struct page_plan plan;

    canvas_pretend(sheet->canvas, true);
    double top = draw_top(sheet);
    canvas_pretend(sheet->canvas, false);
    if (table_plan(sheet, table, top, &plan) != RESULT_OK)
        return RESULT_REFUSED;
    sheet->pages = (int)plan.pages;
    top = draw_top(sheet);
    return sheet_end(sheet, table_draw(sheet, table, &plan, top, closing), seal_bottom);
}

static enum result draw_alone(struct sheet *sheet, double *seal_bottom)
{
    enum paper_language language = sheet->request->language;
    g_autofree char *one = wording_number(1, language);
    g_autofree char *count = g_strdup_printf("<b>1\u00A0(%s)</b>", one);
    const struct block_row more[] = {
        {sheet->wording->label_relation,
         wording_relation(RELATION_REFERENCE, sheet->subject->sex, language)},
        {sheet->wording->label_persons, count},
    };

    sheet->pages = 1;
    sheet->specimen_tag = sheet->wording->specimen_person;
    double y = sheet_first_head(sheet);
    y = sheet_statement(sheet, y + 9, sheet->wording->fact_alone_markup);
    return sheet_end(sheet, person_block_whole(sheet, y + 11, more, 2), seal_bottom);
}

enum result household_sheet_draw(struct sheet *sheet, double *seal_bottom)
{
    owned_table table = {};

    sheet->specimen_tag = sheet->wording->specimen_persons;
    fill_table(sheet, &table);
    return table.count == 1 ? draw_alone(sheet, seal_bottom)
                            : draw_several(sheet, &table, seal_bottom);
}
