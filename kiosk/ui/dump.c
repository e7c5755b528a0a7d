// The screen as one line of JSON: for the scripted resident, for tests and for whoever looks why a
// text is where it is.
#include <string.h>

#include "str.h"
#include "ui_state.h"

struct writer {
    char *out;
    size_t capacity, used;
    bool full;
};

static void put(struct writer *writer, const char *text)
{
    size_t length = strlen(text);

    if (length >= writer->capacity - writer->used) {
        writer->full = true;
        return;
    }
    memcpy(writer->out + writer->used, text, length + 1);
    writer->used += length;
}

static void put_number(struct writer *writer, const char *name, long long number)
{
    char text[64];

    if (str_format(text, sizeof text, ",\"%s\":%lld", name, number) == RESULT_OK)
        put(writer, text);
}

// RFC 8259, section 7: quotes, backslashes and control characters are escaped.
static void put_escaped(struct writer *writer, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        char piece[8] = {*text, '\0'};

        if (byte == '"' || byte == '\\')
            (void)str_format(piece, sizeof piece, "\\%c", byte);
        else if (byte < 0x20)
            (void)str_format(piece, sizeof piece, "\\u%04x", byte);
        put(writer, piece);
    }
}

static void put_text(struct writer *writer, const char *name, const char *text)
{
    put(writer, ",\"");
    put(writer, name);
    put(writer, "\":\"");
    put_escaped(writer, text);
    put(writer, "\"");
}

static void put_box(struct writer *writer, const char *name, SDL_Rect box)
{
    char text[96];

    if (str_format(text, sizeof text, ",\"%s\":[%d,%d,%d,%d]", name, box.x, box.y, box.w, box.h) ==
        RESULT_OK)
        put(writer, text);
}

static void put_colour(struct writer *writer, const char *name, uint32_t colour)
{
    char text[48];

    if (str_format(text, sizeof text, ",\"%s\":\"#%06X\"", name, (unsigned)colour) == RESULT_OK)
        put(writer, text);
}

// What can be read on it, in the order of reading.
static void put_label(struct writer *writer, const struct widget *widget)
{
    const char *parts[] = {widget->label, widget->detail, widget->aside};
    bool first = true;

    put(writer, ",\"label\":\"");
    for (size_t i = 0; i < 3; i++) {
        bool hidden = widget->kind == WIDGET_LANGUAGE ? i != 2
                      : widget->kind == WIDGET_PAGE   ? widget->chosen || i != 1
                      : widget->kind == WIDGET_SYMBOL ? true // only telephones can read it
                      : widget->kind == WIDGET_TILE   ? i == 2 && widget->disabled
                                                      : false;

        if (hidden || parts[i][0] == '\0')
            continue;
        if (!first)
            put(writer, " – ");
        put_escaped(writer, parts[i]);
        first = false;
    }
    put(writer, "\"");
}

static void put_speech(struct writer *writer, const struct ui *ui, const struct widget *widget)
{
    put(writer, ",\"speech\":\"");
    put_escaped(writer, widget->label);
    if (widget->detail[0] != '\0' && widget->kind != WIDGET_SYMBOL &&
        !(widget->kind == WIDGET_PAGE && widget->chosen)) {
        put(writer, ". ");
        put_escaped(writer, widget->detail);
    }
    if (widget->kind == WIDGET_TILE && widget->aside[0] != '\0' && !widget->disabled) {
        put(writer, ". ");
        put_escaped(writer, widget->aside);
    }
    if (widget->kind == WIDGET_LANGUAGE && widget->chosen) {
        put(writer, ", ");
        put_escaped(writer, text(TEXT_CURRENT, ui->language));
    }
    put(writer, "\"");
}

static int focus_number(const struct focus_order *order, int index)
{
    for (int i = 0; i < order->count; i++) {
        if (order->index[i] == index)
            return i;
    }
    return -1;
}

static void put_widget(struct writer *writer, struct ui *ui, int index, int focus)
{
    const struct widget *widget = &ui->before.list[index];
    const struct theme *theme = ui->canvas.theme;
    struct ink_record record;
    struct mood mood = {};
    SDL_Rect ink = {};
    bool whole = true;

    ui_record_ink(ui, widget, &mood, &record);
    for (int i = 0; i < record.count; i++) {
        if (i == 0)
            ink = record.list[i].box;
        SDL_UnionRect(&ink, &record.list[i].box, &ink);
        whole = whole && record.list[i].whole;
    }
    put(writer, "{\"id\":\"");
    put_escaped(writer, widget->id);
    put(writer, "\"");
    put_text(writer, "role", widget_role(widget->kind));
    put_label(writer, widget);
    put_speech(writer, ui, widget);
    put_box(writer, "box", widget->box);
    if (record.count > 0) {
        put_box(writer, "ink", ink);
        put_colour(writer, "colour", theme->colours[record.list[0].colour]);
        put_colour(writer, "ground", theme->colours[record.list[0].ground]);
    }
    if (focus >= 0)
        put_number(writer, "focus", focus);
    put(writer, widget->disabled ? ",\"enabled\":false" : ",\"enabled\":true");
    put(writer, widget->chosen ? ",\"chosen\":true" : "");
    put(writer, whole ? "}" : ",\"cut\":true}");
}

void ui_record_ink(struct ui *ui, const struct widget *widget, const struct mood *mood,
                   struct ink_record *record)
{
    struct canvas canvas = ui->canvas;

    record->count = 0;
    canvas.surface = NULL;
    canvas.record = record;
    canvas.clip = (SDL_Rect){0, 0, ui->before.width, ui->before.height};
    widget_draw(&canvas, widget, mood);
}

enum result ui_dump(struct ui *ui, char *out, size_t capacity)
{
    struct writer writer = {.out = out, .capacity = capacity};
    struct focus_order order = focus_order_of(&ui->before);
    bool first = true;

    if (capacity == 0 || !ui->shown)
        return capacity == 0 ? RESULT_TOO_LARGE : RESULT_INVALID;
    put(&writer, "{\"screen\":\"");
    put(&writer, session_screen_name(ui->last_screen));
    put(&writer, "\"");
    put_text(&writer, "language", language_code(ui->language));
    put_number(&writer, "width", ui->before.width);
    put_number(&writer, "height", ui->before.height);
    put_text(&writer, "theme", ui_theme_name(ui->settings.theme));
    put(&writer, ",\"items\":[");
    for (int i = 0; i < ui->before.count; i++) {
        if (strcmp(widget_role(ui->before.list[i].kind), "decoration") == 0)
            continue;
        put(&writer, first ? "" : ",");
        put_widget(&writer, ui, i, focus_number(&order, i));
        first = false;
    }
    put(&writer, "]}");
    if (writer.full)
        out[0] = '\0';
    return writer.full ? RESULT_TOO_LARGE : RESULT_OK;
}
