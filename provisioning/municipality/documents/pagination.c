#include "pagination.h"

// Rows beside the seal: a last page with one name on it looks like an addition.
static size_t least_on_last_page(size_t rows)
{
    return rows <= 5 ? 2 : 3;
}

static double height_of(const double *row_heights, size_t from, size_t to)
{
    double height = 0;

    for (size_t i = from; i < to; i++)
        height += row_heights[i];
    return height;
}

// How many rows from `from` on fit above the limit, leaving `keep` for a later page.
static size_t rows_that_fit(const double *row_heights, size_t from, size_t rows, size_t keep,
                            double room)
{
    size_t fit = 0;

    while (from + fit + keep < rows && row_heights[from + fit] <= room) {
        room -= row_heights[from + fit];
        fit++;
    }
    return fit;
}

enum result paginate(const double *row_heights, size_t rows, const struct page_geometry *geometry,
                     struct page_plan *plan)
{
    size_t keep = least_on_last_page(rows), at = 0;

    *plan = (struct page_plan){};
    for (size_t page = 0; page < PAGES_MAXIMUM; page++) {
        double top = page == 0 ? geometry->first_top : geometry->following_top;
        plan->first[page] = at;
        plan->pages = page + 1;
        if (top + height_of(row_heights, at, rows) + geometry->tail <= geometry->seal_limit) {
            plan->first[page + 1] = rows;
            return RESULT_OK;
        }
        size_t fit = rows_that_fit(row_heights, at, rows, keep, geometry->fill_limit - top);
        if (fit == 0) // few and very high rows: one page gets what it can
            fit = rows_that_fit(row_heights, at, rows, 1, geometry->fill_limit - top);
        if (fit == 0)
            return RESULT_TOO_LARGE;
        at += fit;
    }
    return RESULT_TOO_LARGE;
}
