// table.h: a ruled table of a certificate, over as many pages as it needs: heads repeated, rows
// never split, room kept for what ends the document.
#pragma once
#include "sheet.h"

#define TABLE_COLUMNS 4
#define TABLE_CELL_LINES 4

// Texts one under the other, each an element of its own; owned by the cell.
struct table_cell {
    size_t count;
    struct {
        const struct text_style *style;
        char *markup;
    } lines[TABLE_CELL_LINES];
};

struct table_row {
    struct table_cell cells[TABLE_COLUMNS];
    double height;
};

struct table {
    enum table_rows what;
    double columns[TABLE_COLUMNS][2]; // left edge and width; millimetres
    const char *heads[TABLE_COLUMNS];
    size_t count;
    struct table_row *rows;
};

// Room for `most` rows; never fails (GLib ends the program when there is no memory).
void table_create(struct table *table, size_t most);
void table_clear(struct table *table);
#define owned_table __attribute__((cleanup(table_clear))) struct table

// Adds a line to a cell, which takes the text over.
void table_add_line(struct table_cell *cell, const struct text_style *style, char *markup);

// Which rows stand on which page when the head begins at `top` of page 1. RESULT_TOO_LARGE: they
// cannot be laid out.
enum result table_plan(const struct sheet *sheet, struct table *table, double top,
                       struct page_plan *plan);

// Draws it with its closing line; returns the bottom of the closing line on the last page.
double table_draw(const struct sheet *sheet, const struct table *table,
                  const struct page_plan *plan, double top, const char *closing_markup);
