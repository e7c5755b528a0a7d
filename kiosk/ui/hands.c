// Fingers and keys: what was pressed and what it means.
#include "ui_state.h"

#include <string.h>

static int widget_at(const struct screen *screen, int x, int y)
{
    const SDL_Point point = {x, y};

    for (int i = screen->count - 1; i >= 0; i--) {
        if (widget_can_act(&screen->list[i]) && SDL_PointInRect(&point, &screen->list[i].box))
            return i;
    }
    return NO_WIDGET;
}

static void say_event(struct ui_action *action, enum session_event_kind kind)
{
    action->kind = UI_ACTION_EVENT;
    action->event.kind = kind;
}

static bool chooses_by_index(enum session_event_kind kind)
{
    return kind == EVENT_SUBJECT_CHOSEN || kind == EVENT_DOCUMENT_CHOSEN ||
           kind == EVENT_PURPOSE_CHOSEN || kind == EVENT_OPTION_CHOSEN;
}

static void act_of(struct ui *ui, const struct widget *widget, struct ui_action *action)
{
    action->kind = widget->act.kind;
    if (widget->act.kind == UI_ACTION_PIN_DIGIT)
        action->digit = widget->act.value;
    if (widget->act.kind != UI_ACTION_EVENT)
        return;
    action->event.kind = widget->act.event;
    if (widget->act.local)
        ui->turned++;
    else if (chooses_by_index(widget->act.event))
        action->event.index = (size_t)widget->act.value;
    else
        action->event.language = (enum language)widget->act.value;
}

void ui_press(struct ui *ui, int x, int y)
{
    ui->focus_visible = false;
    ui->focus = NO_WIDGET;
    ui->pressed = widget_at(&ui->before, x, y);
}

void ui_release(struct ui *ui, int x, int y, struct ui_action *action)
{
    int pressed = ui->pressed;

    memset(action, 0, sizeof *action);
    ui->pressed = NO_WIDGET;
    if (pressed != NO_WIDGET && widget_at(&ui->before, x, y) == pressed) {
        act_of(ui, &ui->before.list[pressed], action);
        return;
    }
    say_event(action, ui->last_screen == SCREEN_ATTRACT && pressed == NO_WIDGET ? EVENT_TOUCHED
                                                                                : EVENT_ACTIVITY);
}

struct focus_order focus_order_of(const struct screen *screen)
{
    static const enum zone zones[] = {ZONE_SAY, ZONE_DO, ZONE_FOOT, ZONE_FRAME};
    struct focus_order order = {};

    for (size_t zone = 0; zone < sizeof zones / sizeof zones[0]; zone++) {
        for (int i = 0; i < screen->count; i++) {
            if (screen->list[i].zone == zones[zone] && widget_can_focus(&screen->list[i]))
                order.index[order.count++] = i;
        }
    }
    return order;
}

static void move_focus(struct ui *ui, int by)
{
    struct focus_order order = focus_order_of(&ui->before);
    int at = 0;

    if (order.count == 0)
        return;
    while (at < order.count && order.index[at] != ui->focus)
        at++;
    if (!ui->focus_visible || at == order.count)
        at = 0;
    else
        at = (at + by + order.count) % order.count;
    ui->focus_visible = true;
    ui->focus = order.index[at];
}

// Of what can be pressed now; NO_WIDGET: not there, or asleep.
static int find_by_id(const struct ui *ui, const char *id)
{
    for (int i = 0; i < ui->before.count; i++) {
        const struct widget *widget = &ui->before.list[i];

        if (strcmp(widget->id, id) == 0 && widget_can_act(widget))
            return i;
    }
    return NO_WIDGET;
}

static bool choose_by_id(struct ui *ui, const char *id, struct ui_action *action)
{
    int found = find_by_id(ui, id);

    if (found != NO_WIDGET)
        act_of(ui, &ui->before.list[found], action);
    return found != NO_WIDGET;
}

// Whoever types at a keypad, and moves no ring about, means its OK.
static void choose(struct ui *ui, struct ui_action *action)
{
    if (!ui->focus_visible) {
        if (!choose_by_id(ui, "key-ok", action))
            move_focus(ui, 0);
    } else if (ui->focus != NO_WIDGET && widget_can_act(&ui->before.list[ui->focus])) {
        act_of(ui, &ui->before.list[ui->focus], action);
    }
}

void ui_key(struct ui *ui, enum ui_key key, struct ui_action *action)
{
    memset(action, 0, sizeof *action);
    say_event(action, EVENT_ACTIVITY);
    switch (key) {
    case UI_KEY_NEXT:
        move_focus(ui, 1);
        return;
    case UI_KEY_PREVIOUS:
        move_focus(ui, -1);
        return;
    case UI_KEY_CHOOSE:
        choose(ui, action);
        return;
    case UI_KEY_BACK:
        (void)choose_by_id(ui, "back", action);
        (void)choose_by_id(ui, "stop", action);
        return;
    case UI_KEY_HELP:
        (void)choose_by_id(ui, "help", action);
        return;
    case UI_KEY_ERASE:
        (void)choose_by_id(ui, "key-erase", action);
        return;
    }
}

void ui_digit(struct ui *ui, int digit, struct ui_action *action)
{
    char id[] = "key-0";

    memset(action, 0, sizeof *action);
    say_event(action, EVENT_ACTIVITY);
    if (digit < 0 || digit > 9)
        return;
    id[4] = (char)('0' + digit);
    // A ring that stood elsewhere comes along: what follows the digits is OK.
    if (choose_by_id(ui, id, action) && ui->focus_visible)
        ui->focus = find_by_id(ui, "key-ok");
}
