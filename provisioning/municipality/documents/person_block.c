#include "person_block.h"

#include "styles.h"

#define ROW_PITCH 6.25
#define PERSON_PITCH 7.0

char *person_given_names(const struct sheet *sheet, const struct text_style *style, double width,
                         const struct resident *person)
{
    g_autofree char *names = wording_name(person->given_names);

    if (names[0] == '\0') // a line left empty could be filled in
        return g_strdup(sheet->wording->no_given_name);
    return canvas_unbroken_words(sheet->canvas, style, width, names);
}

char *person_surname(const struct sheet *sheet, const struct text_style *style, double width,
                     const struct resident *person)
{
    g_autofree char *capitals = wording_capitals(person->surname);

    return canvas_unbroken_words(sheet->canvas, style, width, capitals);
}

char *person_names(const struct sheet *sheet, const struct resident *person)
{
    g_autofree char *surname = person_surname(sheet, &style_body_bold, SHEET_VALUE_WIDTH, person);
    g_autofree char *given = person_given_names(sheet, &style_body, SHEET_VALUE_WIDTH, person);

    return g_strdup_printf("<b>%s</b> %s", surname, given);
}

static char *address_markup(const struct sheet *sheet, bool one_line)
{
    g_autofree char *street = NULL, *place = NULL;

    wording_address(&sheet->request->household->address, sheet->request->language, &street, &place);
    return one_line ? g_markup_printf_escaped("%s, %s", street, place)
                    : g_markup_printf_escaped("%s\n%s", street, place);
}

// A row of a block being drawn: the first stands at y, the next one pitch lower.
static double add(const struct sheet *sheet, double y, const char *label, const char *markup)
{
    return sheet_row(sheet, &style_body, y, label, markup) + ROW_PITCH;
}

static double add_escaped(const struct sheet *sheet, double y, const char *label, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);

    return add(sheet, y, label, markup);
}

static bool wants(const struct sheet *sheet, certificate_fields bit)
{
    return (sheet->fields & bit) != 0;
}
#define WANTS(sheet, id) wants(sheet, CERTIFICATE_FIELD_BIT(id))

// The fields between birth and address, in the register's order.
static double add_civil_fields(const struct sheet *sheet, double y)
{
    const struct resident *subject = sheet->subject;
    const struct wording *wording = sheet->wording;
    enum paper_language language = sheet->request->language;
    g_autofree char *number = wording_national_number(subject->national_number);
    g_autofree char *nationality = wording_nationality(subject, language);

    if (WANTS(sheet, SEX))
        y = add(sheet, y, wording->label_sex, wording_sex(subject->sex, language));
    if (WANTS(sheet, NATIONAL_NUMBER))
        y = add_escaped(sheet, y, wording->label_national_number, number);
    if (WANTS(sheet, NATIONALITY))
        y = add_escaped(sheet, y, wording->label_nationality, nationality);
    if (WANTS(sheet, MARITAL_STATUS))
        y = add(sheet, y, wording->label_marital_status,
                wording_marital_status(subject->marital_status, subject->sex, language));
    return y;
}

static double add_since(const struct sheet *sheet, double y)
{
    enum paper_language language = sheet->request->language;
    struct partial_date date = sheet->subject->here_since;
    g_autofree char *since = wording_since_value(date, language, true);

    return add(sheet, y, wording_label_since(date, language), since);
}

double person_block_whole(const struct sheet *sheet, double y, const struct block_row *more,
                          size_t more_count)
{
    const struct resident *subject = sheet->subject;
    const struct wording *wording = sheet->wording;
    enum paper_language language = sheet->request->language;
    g_autofree char *surname = person_surname(sheet, &style_person, SHEET_VALUE_WIDTH, subject);
    g_autofree char *given = person_given_names(sheet, &style_person, SHEET_VALUE_WIDTH, subject);
    g_autofree char *birth = wording_date(subject->birth, language, true);
    g_autofree char *place = wording_birth_place(subject, language);
    g_autofree char *address = address_markup(sheet, false);

    canvas_begin(sheet->canvas, "L");
    y = sheet_row(sheet, &style_person, y, wording->label_surname, surname) + PERSON_PITCH;
    y = sheet_row(sheet, &style_person, y, wording->label_given_names, given) + PERSON_PITCH;
    y = add(sheet, y, wording->label_birth_date, birth);
    y = add_escaped(sheet, y, wording->label_birth_place, place);
    y = add_civil_fields(sheet, y);
    if (WANTS(sheet, ADDRESS))
        y = add(sheet, y, wording->label_address, address);
    if (WANTS(sheet, SINCE))
        y = add_since(sheet, y);
    for (size_t i = 0; i < more_count; i++)
        y = add(sheet, y, more[i].label, more[i].value_markup);
    canvas_end(sheet->canvas, "L");
    return y - ROW_PITCH;
}

double person_block_short(const struct sheet *sheet, double y)
{
    enum paper_language language = sheet->request->language;
    g_autofree char *date = wording_date(sheet->subject->birth, language, true);
    g_autofree char *place = wording_birth_place(sheet->subject, language);
    g_autofree char *escaped = g_markup_escape_text(place, -1);
    g_autofree char *birth = g_strdup_printf("%s, %s", date, escaped);
    g_autofree char *address = address_markup(sheet, true);

    canvas_begin(sheet->canvas, "L");
    y = add(sheet, y, sheet->wording->label_names, sheet->person_markup);
    y = add(sheet, y, sheet->wording->label_birth, birth);
    y = add_civil_fields(sheet, y);
    if (WANTS(sheet, ADDRESS))
        y = add(sheet, y, sheet->wording->label_address, address);
    if (WANTS(sheet, SINCE))
        y = add_since(sheet, y);
    canvas_end(sheet->canvas, "L");
    return y - ROW_PITCH;
}

double person_block_household(const struct sheet *sheet, double y)
{
    g_autofree char *address = address_markup(sheet, true);

    canvas_begin(sheet->canvas, "L");
    y = add(sheet, y, sheet->wording->label_concerned, sheet->person_markup);
    y = add(sheet, y, sheet->wording->label_address, address);
    y = add_since(sheet, y);
    canvas_end(sheet->canvas, "L");
    return y - ROW_PITCH;
}
