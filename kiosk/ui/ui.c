#include "ui.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "str.h"
#include "ui_state.h"

#define DEBIAN_FONTS "/usr/share/fonts/opentype/inter"

const char *ui_theme_name(enum ui_theme theme)
{
    static const char *const names[UI_THEME_COUNT] = {"standard", "high-dark", "high-light",
                                                      "low-glare"};

    return names[theme];
}

// A telephone number must not break at its spaces.
static enum result bind_phone(const char *phone, char *out, size_t capacity)
{
    size_t used = 0;

    for (; *phone != '\0'; phone++) {
        const char *piece = *phone == ' ' ? "\u00a0" : (const char[]){*phone, '\0'};
        size_t length = strlen(piece);

        if (used + length >= capacity)
            return RESULT_TOO_LARGE;
        memcpy(out + used, piece, length);
        used += length;
    }
    out[used] = '\0';
    return RESULT_OK;
}

enum result ui_create(const struct ui_settings *settings, struct ui **out)
{
    owned(ui) ui = calloc(1, sizeof *ui);

    if (ui == NULL)
        return RESULT_NO_MEMORY;
    ui->settings = *settings;
    TRY(bind_phone(settings->site.phone, ui->phone, sizeof ui->phone));
    ui->settings.site.phone = ui->phone;
    if (ui->settings.font_directory == NULL)
        ui->settings.font_directory = DEBIAN_FONTS;
    TRY(stencils_create(&ui->stencils));
    ui->canvas.scale = settings->pixels_per_unit > 0 ? settings->pixels_per_unit : 1;
    TRY(typefaces_create(ui->settings.font_directory, ui->canvas.scale, &ui->typefaces));
    ui->pressed = ui->pressed_before = ui->focus = ui->focus_before = NO_WIDGET;
    *out = take(ui);
    return RESULT_OK;
}

void ui_destroy(struct ui *ui)
{
    if (ui == NULL)
        return;
    typefaces_destroy(ui->typefaces);
    stencils_destroy(ui->stencils);
    free(ui);
}

void ui_forget(struct ui *ui)
{
    ui->shown = false;
}

// The reference panels are 1080 x 1920 and 1920 x 1080 units; a frame larger than the panel would
// be cut off, so a small panel gets smaller units than it should.
static double scale_for(const struct ui *ui, const SDL_Surface *surface)
{
    double across = surface->w, down = surface->h, wanted = ui->settings.pixels_per_unit;
    double filling =
        across > down ? SDL_min(across / 1920, down / 1080) : SDL_min(across / 1080, down / 1920);

    return wanted > 0 && wanted < filling ? wanted : filling;
}

static enum result prepare_canvas(struct ui *ui, SDL_Surface *surface)
{
    double scale = scale_for(ui, surface);

    if (surface->format->format != SDL_PIXELFORMAT_XRGB8888 &&
        surface->format->format != SDL_PIXELFORMAT_ARGB8888)
        return RESULT_INVALID;
    if (scale < ui->canvas.scale || scale > ui->canvas.scale || ui->typefaces == NULL) {
        typefaces_destroy(ui->typefaces);
        ui->typefaces = NULL;
        TRY(typefaces_create(ui->settings.font_directory, scale, &ui->typefaces));
        ui->shown = false;
    }
    if (ui->now.width != surface->w || ui->now.height != surface->h)
        ui->shown = false;
    ui->canvas = (struct canvas){
        .surface = surface,
        .clip = {0, 0, surface->w, surface->h},
        .scale = scale,
        .theme = &theme_tables[ui->settings.theme],
        .typefaces = ui->typefaces,
        .stencils = ui->stencils,
    };
    return RESULT_OK;
}

static void make_screen(struct ui *ui, const struct ui_frame *frame)
{
    struct screen *screen = &ui->now;

    memset(screen, 0, sizeof *screen);
    screen->frame = frame;
    screen->view = frame->view;
    screen->site = &ui->settings.site;
    screen->canvas = &ui->canvas;
    screen->width = ui->canvas.surface->w;
    screen->height = ui->canvas.surface->h;
    screen->wide = screen->width > screen->height;
    screen->turned = ui->turned;
    screens_make(screen);
}

static bool alike(const struct screen *a, const struct screen *b)
{
    if (a->count != b->count || a->wall != b->wall)
        return false;
    for (int i = 0; i < a->count; i++) {
        if (a->list[i].kind != b->list[i].kind || a->list[i].ground != b->list[i].ground ||
            !str_equal(a->list[i].id, b->list[i].id))
            return false;
    }
    return true;
}

static void add_damage(struct ui_damage *damage, SDL_Rect box, const SDL_Rect *whole)
{
    SDL_Rect part;

    if (!SDL_IntersectRect(&box, whole, &part))
        return;
    for (int i = 0; i < damage->count; i++) {
        if (SDL_HasIntersection(&damage->list[i], &part)) {
            SDL_UnionRect(&damage->list[i], &part, &damage->list[i]);
            return;
        }
    }
    if (damage->count < UI_DAMAGE_MAXIMUM)
        damage->list[damage->count++] = part;
    else
        damage->list[0] = *whole;
}

static void find_damage(struct ui *ui, struct ui_damage *damage)
{
    const SDL_Rect whole = {0, 0, ui->now.width, ui->now.height};

    damage->count = 0;
    if (!ui->shown || !alike(&ui->now, &ui->before)) {
        damage->list[damage->count++] = whole;
        return;
    }
    for (int i = 0; i < ui->now.count; i++) {
        const struct widget *now = &ui->now.list[i], *before = &ui->before.list[i];
        bool mood = (i == ui->pressed) != (i == ui->pressed_before) ||
                    (i == ui->focus) != (i == ui->focus_before);

        if (!mood && memcmp(now, before, sizeof *now) == 0)
            continue;
        add_damage(damage, widget_reach(&ui->canvas, now), &whole);
        add_damage(damage, widget_reach(&ui->canvas, before), &whole);
    }
}

static void paint(struct ui *ui, const struct ui_frame *frame, SDL_Rect part)
{
    const struct view *view = frame->view;

    ui->canvas.clip = part;
    for (int i = 0; i < ui->now.count; i++) {
        const struct widget *widget = &ui->now.list[i];
        bool secret = widget->kind == WIDGET_DIGIT && ui->settings.hide_pressed_pin_keys;
        struct mood mood = {
            .pressed = i == ui->pressed && !secret,
            .focused = i == ui->focus && ui->focus_visible,
            .page = view->page_shown > 0 && view->page_drawn ? frame->page : NULL,
        };
        SDL_Rect reach = widget_reach(&ui->canvas, widget);

        if (SDL_HasIntersection(&reach, &part))
            widget_draw(&ui->canvas, widget, &mood);
    }
}

static void settle_focus(struct ui *ui)
{
    struct focus_order order = focus_order_of(&ui->now);

    if (ui->focus_visible && ui->focus == NO_WIDGET && order.count > 0)
        ui->focus = order.index[0];
}

enum result ui_show(struct ui *ui, SDL_Surface *surface, const struct ui_frame *frame,
                    struct ui_damage *damage)
{
    TRY(prepare_canvas(ui, surface));
    if (!ui->shown || ui->last_screen != frame->view->screen)
        ui->turned = 0;
    if (ui->last_screen != frame->view->screen)
        typefaces_forget_widths(ui->typefaces); // nothing stays of what another screen said
    ui->last_screen = frame->view->screen;
    ui->language = frame->view->language;
    make_screen(ui, frame);
    if (!alike(&ui->now, &ui->before))
        ui->pressed = ui->focus = NO_WIDGET;
    settle_focus(ui);
    find_damage(ui, damage);
    for (int i = 0; i < damage->count; i++)
        paint(ui, frame, damage->list[i]);
    (void)SDL_SetClipRect(surface, NULL);
    ui->before = ui->now;
    ui->before.frame = NULL; // borrowed, and over
    ui->before.view = NULL;
    ui->pressed_before = ui->pressed;
    ui->focus_before = ui->focus;
    ui->shown = true;
    return RESULT_OK;
}

uint64_t ui_next_wake(const struct ui *ui)
{
    return ui->shown ? ui->before.wake : 0;
}
