// sheet.h: what every certificate has around its content: heads, reference block, title, seal
// block, verification block, footer. Each kind of document puts its own content between them.
#pragma once
#include <stdbool.h>

#include "canvas.h"
#include "certificate.h"
#include "pagination.h"
#include "wording.h"

// Left edges of the columns, the right edge, and fixed heights; millimetres.
#define SHEET_LABELS 25.0
#define SHEET_VALUES 75.0
#define SHEET_THIRD 141.0
#define SHEET_FOURTH 168.0
#define SHEET_RIGHT 190.0
#define SHEET_VALUE_WIDTH (SHEET_RIGHT - SHEET_VALUES)
#define SHEET_SEAL_LIMIT 241.0
#define SHEET_FILL_LIMIT 262.0

struct sheet {
    struct canvas *canvas;
    const struct certificate_request *request;
    const struct wording *wording;
    const struct resident *subject;
    certificate_fields fields; // of the content, and what its layout always has
    struct certificate_moment issued;
    const char *specimen_tag;  // person or persons
    const char *person_markup; // for the head of following pages
    int pages;
};

// Page 1 down to the legal basis; returns its last baseline.
double sheet_first_head(const struct sheet *sheet);

// A following page's head; returns the y of its closing rule.
double sheet_following_head(const struct sheet *sheet);

// Where that rule will be: known before the pages are.
double sheet_following_rule(const struct sheet *sheet);

// The one sentence that certifies; returns its last baseline.
double sheet_statement(const struct sheet *sheet, double y, const char *fact_markup);

// A label and its value, as an item of the list that the caller has open; returns the last
// baseline.
double sheet_row(const struct sheet *sheet, const struct text_style *style, double y,
                 const char *label, const char *value_markup);

// All that ends a document under `y`: purpose, seal block, verification, footer; tells the seal
// block's bottom. RESULT_REFUSED: there is no room for the seal. RESULT_FAILED: the code's symbol
// does not fit.
enum result sheet_end(const struct sheet *sheet, double y, double *seal_bottom);

// The height of that, from `y` to the seal block's bottom.
double sheet_end_height(const struct sheet *sheet);

// Untagged, on every page, drawn last.
void sheet_footer(const struct sheet *sheet, int page);
