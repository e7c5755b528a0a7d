// pagination.h: which rows of a table stand on which page, so that the seal fits under the last
// one.
#pragma once
#include <stddef.h>

#include "result.h"

#define PAGES_MAXIMUM 20

// Millimetres from the top of the page.
struct page_geometry {
    double first_top;     // top of the first row on page 1
    double following_top; // the same on every page after it
    double seal_limit;    // what ends the document ends at or above this
    double fill_limit;    // rows of a page that is not the last end at or above this
    double tail;          // height of all that stands under the last row
};

// Page p holds the rows from first[p] up to, not including, first[p + 1].
struct page_plan {
    size_t pages;
    size_t first[PAGES_MAXIMUM + 1];
};

// A row is never split; beside the seal stand at least three rows, or two when the table has five
// or fewer. RESULT_TOO_LARGE: a row is higher than a page, or there are too many pages.
enum result paginate(const double *row_heights, size_t rows, const struct page_geometry *geometry,
                     struct page_plan *plan);
