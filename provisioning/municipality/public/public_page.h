// public_page.h: the checking page as HTML: no script, nothing personal, nothing that a visitor
// sent but a code of the right form.
#pragma once
#include <stddef.h>

#include "public_check.h"
#include "public_words.h"
#include "result.h"

// What else the page loads: the style sheet, and drawings of the kiosk.
extern const char public_style[];
extern const char public_drawing_crest[], public_drawing_ok[], public_drawing_warning[];
extern const char public_drawing_error[];

enum public_page_kind { PAGE_FORM, PAGE_REPORT, PAGE_TOO_MANY, PAGE_DOWN, PAGE_NOTHING };

struct public_page {
    enum public_page_kind kind;
    enum public_language language;
    const char
        *address; // of this page, for the links to the other languages: letters, digits, / - ? = &
    const char *municipality, *document; // in that language; the document only for a report
    const struct check_report *report;   // only for PAGE_REPORT
};

// The caller frees *html with free.
enum result public_page_render(const struct public_page *page, char **html, size_t *size);
