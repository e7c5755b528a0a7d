#include "public_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

// Text into HTML: the five letters that mean something there become references.
static void put_text(FILE *to, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", to);
            break;
        case '>':
            fputs("&gt;", to);
            break;
        case '&':
            fputs("&amp;", to);
            break;
        case '"':
            fputs("&quot;", to);
            break;
        case '\'':
            fputs("&#39;", to);
            break;
        default:
            fputc(*text, to);
        }
    }
}

// Markup of our own around a text.
static void put(FILE *to, const char *before, const char *text, const char *after)
{
    fputs(before, to);
    put_text(to, text);
    fputs(after, to);
}

static void put_language_links(FILE *to, const struct public_page *page)
{
    const char *more = strchr(page->address, '?') == NULL ? "?lang=" : "&lang=";

    put(to, "<nav aria-label=\"", public_words_in(page->language)->languages, "\"><ul>\n");
    for (enum public_language i = 0; i < PUBLIC_LANGUAGE_COUNT; i++) {
        const struct public_words *words = public_words_in(i);
        put(to, "<li><a href=\"", page->address, "");
        put(to, "", more, "");
        put(to, "", words->tag, "\"");
        put(to, " hreflang=\"", words->tag, "\"");
        put(to, " lang=\"", words->tag, "\"");
        fputs(i == page->language ? " aria-current=\"true\">" : ">", to);
        put(to, "", words->own_name, "</a></li>\n");
    }
    fputs("</ul></nav>\n", to);
}

static void put_head(FILE *to, const struct public_page *page, const char *title)
{
    const struct public_words *words = public_words_in(page->language);

    put(to, "<!DOCTYPE html>\n<html lang=\"", words->lang,
        "\">\n<head>\n<meta charset=\"utf-8\">\n");
    put(to, "<title>", title, " · ");
    put(to, "", page->municipality, "</title>\n");
    fputs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"robots\" content=\"noindex\">\n"
          "<link rel=\"icon\" href=\"/v/crest.svg\" type=\"image/svg+xml\">\n"
          "<link rel=\"stylesheet\" href=\"/v/style.css\">\n</head>\n<body>\n"
          "<header><div><img src=\"/v/crest.svg\" alt=\"\" width=\"48\" height=\"48\">\n",
          to);
    put(to, "<p>", page->municipality, "</p>\n");
    put_language_links(to, page);
    fputs("</div></header>\n<main>\n", to);
}

// Shape, colour and word say the same.
static void put_notice(FILE *to, const char *look, const char *heading, const char *text)
{
    const char *drawing = public_drawing_warning;

    if (str_equal(look, "genuine"))
        drawing = public_drawing_ok;
    else if (str_equal(look, "false"))
        drawing = public_drawing_error;
    put(to, "<div class=\"notice ", look, "\">\n<span aria-hidden=\"true\">");
    fputs(drawing, to);
    put(to, "</span>\n<div><h1>", heading, "</h1>\n");
    put(to, "<p>", text, "</p></div>\n</div>\n");
}

static const char *look_of(enum check_verdict verdict)
{
    switch (verdict) {
    case CHECK_GENUINE:
        return "genuine";
    case CHECK_NOT_HANDED_OVER:
    case CHECK_EXPIRED:
    case CHECK_NO_CODE:
    case CHECK_VERDICT_COUNT:
        return "doubtful";
    case CHECK_VOID:
    case CHECK_UNKNOWN:
        return "false";
    }
    return "doubtful";
}

static void put_row(FILE *to, const char *label, const char *value)
{
    put(to, "<dt>", label, "</dt>");
    put(to, "<dd>", value, "</dd>\n");
}

static enum result put_report(FILE *to, const struct public_page *page)
{
    const struct public_words *words = public_words_in(page->language);
    const struct check_report *report = page->report;
    char date[PUBLIC_DATE_SIZE];

    put_notice(to, look_of(report->verdict), words->verdicts[report->verdict].heading,
               words->verdicts[report->verdict].text);
    if (report->reference[0] == '\0')
        return RESULT_OK;
    TRY(public_date(report->issued_at, page->language, date));
    fputs("<dl class=\"paper\">\n", to);
    put_row(to, words->document, page->document);
    put_row(to, words->issued_on, date);
    put_row(to, words->reference, report->reference);
    put_row(to, words->issued_by, page->municipality);
    fputs("</dl>\n", to);
    put(to, "<p>", words->no_personal_data, "</p>\n");
    return RESULT_OK;
}

static enum result put_answer(FILE *to, const struct public_page *page)
{
    const struct public_words *words = public_words_in(page->language);

    switch (page->kind) {
    case PAGE_FORM:
        put(to, "<h1>", words->title, "</h1>\n");
        return RESULT_OK;
    case PAGE_REPORT:
        return put_report(to, page);
    case PAGE_TOO_MANY:
        put_notice(to, "doubtful", words->too_many.heading, words->too_many.text);
        return RESULT_OK;
    case PAGE_DOWN:
        put_notice(to, "doubtful", words->down.heading, words->down.text);
        return RESULT_OK;
    case PAGE_NOTHING:
        put_notice(to, "doubtful", words->nothing_here.heading, words->nothing_here.text);
        return RESULT_OK;
    }
    return RESULT_INVALID;
}

static void put_form(FILE *to, const struct public_page *page)
{
    const struct public_words *words = public_words_in(page->language);

    if (page->kind != PAGE_FORM)
        put(to, "<h2>", words->form_again, "</h2>\n");
    put(to, "<form class=\"paper\" action=\"/v\" method=\"get\">\n<label for=\"code\">",
        words->form_label, "</label>\n");
    fputs("<input id=\"code\" name=\"code\" required maxlength=\"40\" autocomplete=\"off\" "
          "autocapitalize=\"characters\" spellcheck=\"false\">\n",
          to);
    put(to, "<input type=\"hidden\" name=\"lang\" value=\"", words->tag, "\">\n");
    put(to, "<button>", words->form_button, "</button>\n</form>\n</main>\n</body>\n</html>\n");
}

static const char *title_of(const struct public_page *page)
{
    const struct public_words *words = public_words_in(page->language);

    return page->kind == PAGE_REPORT ? words->verdicts[page->report->verdict].heading
                                     : words->title;
}

enum result public_page_render(const struct public_page *page, char **html, size_t *size)
{
    char *text = NULL;
    FILE *to = open_memstream(&text, size);

    if (to == NULL)
        return RESULT_NO_MEMORY;
    put_head(to, page, title_of(page));
    enum result put_all = put_answer(to, page);
    put_form(to, page);
    if (fclose(to) != 0 || put_all != RESULT_OK) {
        free(text);
        return put_all != RESULT_OK ? put_all : RESULT_NO_MEMORY;
    }
    *html = text;
    return RESULT_OK;
}
