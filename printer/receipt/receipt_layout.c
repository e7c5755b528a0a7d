#include "receipt_layout.h"

#include <string.h>

#include "str.h"

#define LINE_MAXIMUM 64

static struct bytes view_of(const struct escpos_text *text)
{
    return (struct bytes){text->bytes, text->size};
}

static void append(char to[ESCPOS_TEXT_MAXIMUM], size_t *used, const char *from, size_t size)
{
    if (size >= ESCPOS_TEXT_MAXIMUM - *used)
        size = ESCPOS_TEXT_MAXIMUM - *used - 1;
    memcpy(to + *used, from, size);
    *used += size;
    to[*used] = '\0';
}

static const char *slot_value(const struct layout_slot *slots, const char *name, size_t size)
{
    for (; slots != NULL && slots->name != NULL; slots++) {
        if (strlen(slots->name) == size && memcmp(slots->name, name, size) == 0)
            return slots->value;
    }
    return "";
}

void layout_fill(char out[ESCPOS_TEXT_MAXIMUM], const char *text, const struct layout_slot *slots)
{
    size_t used = 0;

    out[0] = '\0';
    while (*text != '\0') {
        size_t plain = strcspn(text, "{");
        append(out, &used, text, plain);
        text += plain;
        size_t size = strcspn(text, "}");
        if (*text == '\0' || text[size] == '\0')
            return;
        const char *value = slot_value(slots, text + 1, size - 1);
        append(out, &used, value, strlen(value));
        text += size + 1;
    }
}

// How much of `rest` goes onto a line: up to the last space that fits.
static size_t line_size(struct bytes rest, size_t columns)
{
    size_t size = rest.size < columns + 1 ? rest.size : columns + 1;

    if (rest.size <= columns)
        return rest.size;
    while (size > 0 && rest.data[size - 1] != ' ')
        size--;
    return size > 1 ? size - 1 : columns;
}

// Takes the next line, and the space behind it, off the front.
static struct bytes next_line(struct bytes *rest, size_t columns)
{
    struct bytes line = {rest->data, line_size(*rest, columns)};
    size_t used = line.size;

    if (used < rest->size && rest->data[used] == ' ')
        used++;
    *rest = (struct bytes){rest->data + used, rest->size - used};
    return line;
}

void layout_wrapped(struct layout *layout, struct escpos_style style,
                    const struct escpos_text *text, size_t columns)
{
    struct bytes rest = view_of(text);

    while (rest.size > 0)
        escpos_line(&layout->writer, style,
                    next_line(&rest, style.doubled ? columns / 2 : columns));
}

void layout_paragraph(struct layout *layout, struct escpos_style style,
                      const struct escpos_text *text)
{
    layout_wrapped(layout, style, text, LAYOUT_PARAGRAPH_COLUMNS);
}

void layout_rule(struct layout *layout)
{
    uint8_t hyphens[LINE_MAXIMUM];

    memset(hyphens, '-', sizeof hyphens);
    escpos_line(&layout->writer, layout_plain, (struct bytes){hyphens, layout->columns});
}

// A line of spaces with texts laid over it.
struct line {
    uint8_t bytes[LINE_MAXIMUM];
    size_t size;
};

static void lay(struct line *line, size_t at, struct bytes text)
{
    if (at + text.size > sizeof line->bytes)
        return;
    memcpy(line->bytes + at, text.data, text.size);
    if (at + text.size > line->size)
        line->size = at + text.size;
}

static struct line empty_line(void)
{
    struct line line = {.size = 0};

    memset(line.bytes, ' ', sizeof line.bytes);
    return line;
}

void layout_value(struct layout *layout, struct escpos_style style, const char *label,
                  const struct escpos_text *value)
{
    struct escpos_text encoded;
    struct bytes rest = view_of(value);
    struct line line = empty_line();

    (void)escpos_text_encode(label, &encoded);
    lay(&line, 0, view_of(&encoded));
    do {
        lay(&line, LAYOUT_LABEL_COLUMNS, next_line(&rest, layout->columns - LAYOUT_LABEL_COLUMNS));
        escpos_line(&layout->writer, style, (struct bytes){line.bytes, line.size});
        line = empty_line();
    } while (rest.size > 0);
}

void layout_amount(struct layout *layout, struct escpos_style style, const struct escpos_text *text,
                   const struct escpos_text *amount)
{
    size_t columns = style.doubled ? layout->columns / 2 : layout->columns;
    struct bytes rest = view_of(text);
    struct line line = empty_line();

    lay(&line, columns - amount->size, view_of(amount));
    do {
        lay(&line, 0, next_line(&rest, columns - amount->size - 2));
        escpos_line(&layout->writer, style, (struct bytes){line.bytes, line.size});
        line = empty_line();
    } while (rest.size > 0);
}
