// What a voice says of a screen: the words that stand on it, in the order in which keys reach them.
#include "ui_state.h"

#include <string.h>

struct speech_text {
    char *out;
    size_t capacity, size;
    bool whole;
};

static void add(struct speech_text *speech, const char *words)
{
    size_t length = strlen(words);

    if (words[0] == '\0')
        return;
    if (speech->size + length + 3 > speech->capacity) {
        speech->whole = false;
        return;
    }
    if (speech->size > 0) {
        bool ended = strchr(".!?:", speech->out[speech->size - 1]) != NULL;
        memcpy(speech->out + speech->size, ended ? " " : ". ", ended ? 1 : 2);
        speech->size += ended ? 1 : 2;
    }
    memcpy(speech->out + speech->size, words, length + 1);
    speech->size += length;
}

// The digits of a PIN are dots on the screen and no words at all here.
static void add_widget(struct speech_text *speech, const struct ui *ui, const struct widget *widget)
{
    add(speech, widget->label);
    if (widget->kind != WIDGET_PAGE || !widget->chosen)
        add(speech, widget->detail);
    if (widget->kind == WIDGET_TILE)
        add(speech, widget->aside);
    if (widget->kind == WIDGET_TILE && widget->chosen && widget->total == 0)
        add(speech, text(TEXT_CHOSEN, ui->language));
    if (widget->kind == WIDGET_LANGUAGE && widget->chosen)
        add(speech, text(TEXT_CURRENT, ui->language));
}

static bool is_to_read(const struct widget *widget)
{
    return widget->kind == WIDGET_TITLE || widget->kind == WIDGET_TEXT ||
           widget->kind == WIDGET_NOTICE || widget->kind == WIDGET_ROW ||
           widget->kind == WIDGET_STAGE;
}

// A choice of languages stands in its own.
static enum language language_of(const struct ui *ui, const struct widget *widget)
{
    bool names_one =
        widget->act.kind == UI_ACTION_EVENT && widget->act.event == EVENT_LANGUAGE_CHOSEN;

    return names_one ? (enum language)widget->act.value : ui->language;
}

// What attract shows stands there in two languages at once.
static void add_screen(struct speech_text *speech, const struct ui *ui)
{
    if (ui->last_screen == SCREEN_ATTRACT) {
        add(speech, text(TEXT_ATTRACT_SPOKEN, ui->language));
        return;
    }
    for (int i = 0; i < ui->before.count; i++) {
        const struct widget *widget = &ui->before.list[i];

        if (is_to_read(widget) && widget->zone != ZONE_FRAME)
            add_widget(speech, ui, widget);
    }
}

static void add_entry(struct speech_text *speech, const struct ui *ui)
{
    for (int i = 0; i < ui->before.count; i++)
        if (ui->before.list[i].kind == WIDGET_DOTS)
            add_widget(speech, ui, &ui->before.list[i]);
}

enum result ui_spoken(const struct ui *ui, enum ui_spoken_part part, struct ui_spoken *out)
{
    struct speech_text speech = {.out = out->words, .capacity = sizeof out->words, .whole = true};
    bool focused = ui->focus_visible && ui->focus != NO_WIDGET;

    memset(out, 0, sizeof *out);
    out->language = ui->language;
    out->screen = ui->last_screen;
    switch (part) {
    case UI_SPOKEN_SCREEN:
        add_screen(&speech, ui);
        break;
    case UI_SPOKEN_ENTRY:
        add_entry(&speech, ui);
        break;
    case UI_SPOKEN_FOCUS:
        if (focused)
            out->language = language_of(ui, &ui->before.list[ui->focus]);
        if (focused)
            add_widget(&speech, ui, &ui->before.list[ui->focus]);
        break;
    }
    return speech.whole ? RESULT_OK : RESULT_TOO_LARGE;
}
