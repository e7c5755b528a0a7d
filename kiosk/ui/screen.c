#include "screen.h"

#include <math.h>
#include <string.h>

#include "str.h"

int screen_px(const struct screen *screen, int units)
{
    return canvas_px(screen->canvas, units);
}

struct widget *screen_add(struct screen *screen, enum widget_kind kind, enum zone zone,
                          const char *id, const char *label)
{
    struct widget *widget;

    if (screen->count < SCREEN_WIDGETS)
        screen->count++;
    widget = &screen->list[screen->count - 1];
    memset(widget, 0, sizeof *widget);
    widget->kind = kind;
    widget->zone = zone;
    widget->ground = screen->wall;
    widget->colour = COLOUR_INK;
    screen_copy(widget->id, sizeof widget->id, id);
    if (label != NULL)
        SET_LABEL(widget, label);
    return widget;
}

void screen_copy(char *out, size_t capacity, const char *text)
{
    static const char ellipsis[] = "…";
    size_t length = strlen(text);

    if (length < capacity) {
        memcpy(out, text, length + 1);
        return;
    }
    length = capacity - sizeof ellipsis;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--; // never in the middle of a letter
    memcpy(out, text, length);
    memcpy(out + length, ellipsis, sizeof ellipsis);
}

const char *screen_text(const struct screen *screen, enum text_id id)
{
    return text(id, screen->view->language);
}

struct filled screen_fill(const char *pattern, const struct text_slot *slots, size_t count)
{
    struct filled filled;

    if (text_fill(pattern, slots, count, filled.text, sizeof filled.text) != RESULT_OK)
        screen_copy(filled.text, sizeof filled.text, pattern);
    return filled;
}

struct filled screen_number(int64_t number)
{
    struct filled filled;

    if (str_format(filled.text, sizeof filled.text, "%lld", (long long)number) != RESULT_OK)
        filled.text[0] = '\0';
    return filled;
}

const char *screen_where(const struct screen *screen, enum ui_side side)
{
    return screen_text(screen, side == UI_SIDE_LEFT ? TEXT_WHERE_LEFT : TEXT_WHERE_RIGHT);
}

struct widget *screen_title(struct screen *screen, const char *text)
{
    struct widget *widget = screen_add(screen, WIDGET_TITLE, ZONE_SAY, "title", text);

    widget->style = screen->wide ? STYLE_TITLE_WIDE : STYLE_TITLE;
    return widget;
}

struct widget *screen_lead(struct screen *screen, const char *text)
{
    struct widget *widget = screen_add(screen, WIDGET_TEXT, ZONE_SAY, "text", text);

    widget->style = STYLE_LEAD;
    return widget;
}

void widget_picture(struct widget *widget, enum picture picture)
{
    widget->picture = picture;
    widget->has_picture = true;
}

struct widget *screen_notice(struct screen *screen, enum zone zone, enum tone tone,
                             enum picture icon, const char *text)
{
    struct widget *widget = screen_add(screen, WIDGET_NOTICE, zone, "notice", text);

    widget->tone = tone;
    widget->style = STYLE_TEXT;
    widget_picture(widget, icon);
    return widget;
}

struct widget *screen_button(struct screen *screen, enum zone zone, const char *id,
                             const char *text, enum session_event_kind event)
{
    struct widget *widget = screen_add(screen, WIDGET_BUTTON, zone, id, text);

    widget->act.kind = UI_ACTION_EVENT;
    widget->act.event = event;
    return widget;
}

struct widget *screen_scene(struct screen *screen, enum picture scene)
{
    struct widget *widget = screen_add(screen, WIDGET_SCENE, ZONE_DO, "scene", NULL);

    widget->picture = scene;
    widget->floats = true;
    widget->shrinks = true;
    return widget;
}

struct widget *screen_symbol(struct screen *screen, const char *id, const char *content)
{
    struct widget *widget = screen_add(screen, WIDGET_SYMBOL, ZONE_DO, id, NULL);

    SET_DETAIL(widget, content);
    widget->ground = COLOUR_SHEET;
    widget->shrinks = true;
    return widget;
}

void screen_wake_at(struct screen *screen, uint64_t when)
{
    if (when > screen->frame->now && (screen->wake == 0 || when < screen->wake))
        screen->wake = when;
}

struct widget *screen_busy(struct screen *screen)
{
    uint64_t since = screen->view->since, now = screen->frame->now;
    uint64_t seconds = now > since ? (now - since) / 1000 : 0;
    struct widget *widget = screen_add(screen, WIDGET_BUSY, ZONE_DO, "busy", NULL);

    widget->value = (int)(seconds % 3);
    screen_wake_at(screen, since + (seconds + 1) * 1000);
    return widget;
}

void screen_counter_notice(struct screen *screen)
{
    enum language language = screen->view->language;
    struct filled words =
        FILL(text(TEXT_COUNTER, language), {"counter", screen->site->counter[language]},
             {"phone", screen->site->phone});

    (void)screen_notice(screen, ZONE_FOOT, TONE_FACT, ICON_COUNTER, words.text);
}

void screen_main(struct screen *screen, const char *text, enum picture icon)
{
    struct widget *widget = screen_add(screen, WIDGET_MAIN_KEY, ZONE_FRAME, "main", text);

    widget_picture(widget, icon);
    widget->ground = COLOUR_COUNTER;
    widget->act.kind = UI_ACTION_EVENT;
    widget->act.event = EVENT_CONTINUE;
}

void screen_pointer(struct screen *screen, enum ui_side side)
{
    screen->has_pointer = true;
    screen->pointer = side;
}
