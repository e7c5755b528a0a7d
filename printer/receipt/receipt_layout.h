// receipt_layout.h: lines of fixed width from texts: wrapped words, labels with values, items with
// prices. Private to the room.
#pragma once
#include "escpos_code_page.h"
#include "escpos_writer.h"

#define LAYOUT_LABEL_COLUMNS 15
#define LAYOUT_PARAGRAPH_COLUMNS 42 // also on wider paper: shorter lines are read more easily

struct layout {
    struct escpos_writer writer;
    size_t columns;
};

static const struct escpos_style layout_plain = {.align = ESCPOS_LEFT};
static const struct escpos_style layout_bold = {.align = ESCPOS_LEFT, .bold = true};
static const struct escpos_style layout_centred = {.align = ESCPOS_CENTRE};
static const struct escpos_style layout_centred_bold = {.align = ESCPOS_CENTRE, .bold = true};
static const struct escpos_style layout_large = {
    .align = ESCPOS_LEFT, .bold = true, .doubled = true};
static const struct escpos_style layout_title = {
    .align = ESCPOS_CENTRE, .bold = true, .doubled = true};

// A slot of a text, by its name, and what goes in.
struct layout_slot {
    const char *name;
    const char *value;
};

// Copies `text` with its slots filled, still UTF-8. A list of slots ends with a NULL name, NULL is
// an empty list; a slot that is not in it stays empty. What does not fit is cut.
void layout_fill(char out[ESCPOS_TEXT_MAXIMUM], const char *text, const struct layout_slot *slots);

// Wrapped by words at `columns` columns of single width, half of them when doubled; a longer word
// is cut into lines.
void layout_wrapped(struct layout *layout, struct escpos_style style,
                    const struct escpos_text *text, size_t columns);
void layout_paragraph(struct layout *layout, struct escpos_style style,
                      const struct escpos_text *text);
void layout_rule(struct layout *layout);

// The label padded to its columns, the value wrapped in the rest.
void layout_value(struct layout *layout, struct escpos_style style, const char *label,
                  const struct escpos_text *value);

// Text wrapped at the left, the amount at the right of its first line.
void layout_amount(struct layout *layout, struct escpos_style style, const struct escpos_text *text,
                   const struct escpos_text *amount);
