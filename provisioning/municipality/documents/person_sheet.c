#include "person_sheet.h"

#include "former_addresses.h"
#include "person_block.h"
#include "styles.h"
#include "table.h"

static double draw_statement(const struct sheet *sheet, double y)
{
    enum paper_language language = sheet->request->language;
    g_autofree char *fact = wording_fill(sheet->request->content.fact[language], sheet->subject,
                                         sheet->issued.day, language, true);
    g_autofree char *markup = g_strdup_printf("%s<b>%s</b>.", sheet->wording->before_fact, fact);

    return sheet_statement(sheet, y, markup);
}

static enum result draw_plain(struct sheet *sheet, const struct block_row *more, size_t more_count,
                              double *seal_bottom)
{
    sheet->pages = 1;
    double y = draw_statement(sheet, sheet_first_head(sheet) + 9);
    return sheet_end(sheet, person_block_whole(sheet, y + 11, more, more_count), seal_bottom);
}

// Who never moved: said, so that no table can be thought to have been lost.
static enum result draw_without_history(struct sheet *sheet, double *seal_bottom)
{
    const struct block_row none = {sheet->wording->head_address, sheet->wording->no_address};

    return draw_plain(sheet, &none, 1, seal_bottom);
}

// Page 1 down to where the table begins.
static double draw_top(const struct sheet *sheet)
{
    double y = draw_statement(sheet, sheet_first_head(sheet) + 9);

    return person_block_short(sheet, y + 9) + 5;
}

static enum result draw_with_history(struct sheet *sheet, double *seal_bottom)
{
    owned_table table = {};
    struct page_plan plan;
    bool with_gap = former_addresses(sheet, &table);

    if (table.count == 0)
        return draw_without_history(sheet, seal_bottom);
    g_autofree char *closing =
        wording_count_of_addresses((int)table.count, with_gap, sheet->request->language);
    canvas_pretend(sheet->canvas, true);
    double top = draw_top(sheet);
    canvas_pretend(sheet->canvas, false);
    if (table_plan(sheet, &table, top, &plan) != RESULT_OK)
        return RESULT_REFUSED;
    sheet->pages = (int)plan.pages;
    top = draw_top(sheet);
    return sheet_end(sheet, table_draw(sheet, &table, &plan, top, closing), seal_bottom);
}

enum result person_sheet_draw(struct sheet *sheet, double *seal_bottom)
{
    bool history = (sheet->fields & CERTIFICATE_HISTORIES) != 0;

    sheet->specimen_tag = sheet->wording->specimen_person;
    return history ? draw_with_history(sheet, seal_bottom)
                   : draw_plain(sheet, NULL, 0, seal_bottom);
}
