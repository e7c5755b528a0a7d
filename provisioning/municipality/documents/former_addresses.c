#include "former_addresses.h"

#include <string.h>

#include "styles.h"

#define MUNICIPALITY_WIDTH 49.0

static void add_line(const struct sheet *sheet, struct table *table, struct partial_date from,
                     struct partial_date until, const char *const place[2])
{
    enum paper_language language = sheet->request->language;
    struct table_row *row = &table->rows[table->count++];

    table_add_line(&row->cells[0], &style_cell, wording_numeric_date(from, language));
    table_add_line(&row->cells[1], &style_cell, wording_numeric_date(until, language));
    table_add_line(&row->cells[2], &style_cell, g_markup_escape_text(place[0], -1));
    table_add_line(&row->cells[3], &style_cell,
                   canvas_unbroken_words(sheet->canvas, &style_cell, MUNICIPALITY_WIDTH, place[1]));
}

static bool is_whole(struct partial_date date)
{
    return date.year != 0 && date.month != 0 && date.day != 0;
}

static GDate day_of(struct partial_date date, int days_later)
{
    GDate day;

    g_date_clear(&day, 1);
    g_date_set_dmy(&day, (GDateDay)date.day, (GDateMonth)date.month, (GDateYear)date.year);
    if (days_later < 0)
        g_date_subtract_days(&day, (guint)-days_later);
    else
        g_date_add_days(&day, (guint)days_later);
    return day;
}

static struct partial_date date_of(const GDate *day)
{
    return (struct partial_date){g_date_get_year(day), (int)g_date_get_month(day),
                                 g_date_get_day(day)};
}

// A stay ends on the day before the next one begins, also where the register has the day of moving
// for both; only whole dates can tell.
static struct partial_date last_day(struct partial_date until, struct partial_date next_from)
{
    if (!is_whole(until) || !is_whole(next_from))
        return until;
    GDate last = day_of(until, 0), before_next = day_of(next_from, -1);
    return g_date_compare(&last, &before_next) > 0 ? date_of(&before_next) : until;
}

// The days between the end of a stay and the beginning of the next one.
static bool add_gap(const struct sheet *sheet, struct table *table, struct partial_date until,
                    struct partial_date next_from)
{
    if (!is_whole(until) || !is_whole(next_from))
        return false;
    GDate first = day_of(until, 1), last = day_of(next_from, -1);
    if (g_date_compare(&first, &last) > 0)
        return false;
    const char *const words[2] = {sheet->wording->gap_address, sheet->wording->gap_municipality};
    add_line(sheet, table, date_of(&first), date_of(&last), words);
    return true;
}

// In the municipality of the present address, whose registers these are.
static bool is_here(const struct sheet *sheet, const struct stay *stay)
{
    return strcmp(stay->address.municipality[PAPER_FRENCH],
                  sheet->request->household->address.municipality[PAPER_FRENCH]) == 0;
}

bool former_addresses(const struct sheet *sheet, struct table *table)
{
    const struct address_history *history = sheet->request->history;
    const struct wording *wording = sheet->wording;
    struct partial_date next_from = sheet->subject->here_since;
    bool with_gap = false;

    *table = (struct table){
        .what = TABLE_OF_ADDRESSES,
        .columns = {{SHEET_LABELS, 22},
                    {49.5, 22},
                    {SHEET_VALUES, 64},
                    {SHEET_THIRD, MUNICIPALITY_WIDTH}},
        .heads = {wording->head_from, wording->head_until, wording->head_address,
                  wording->head_municipality},
    };
    bool whole = (sheet->fields & CERTIFICATE_FIELD_BIT(HISTORY)) != 0;
    table_create(table, history == NULL ? 0 : 2 * history->count);
    for (size_t i = 0; history != NULL && i < history->count; i++) {
        const struct stay *stay = &history->stays[i];
        g_autofree char *street = NULL, *place = NULL;
        wording_address(&stay->address, sheet->request->language, &street, &place);
        if (whole)
            with_gap = add_gap(sheet, table, stay->until, next_from) || with_gap;
        if (whole || is_here(sheet, stay))
            add_line(sheet, table, stay->from, last_day(stay->until, next_from),
                     (const char *const[2]){street, place});
        next_from = stay->from;
    }
    return with_gap;
}
