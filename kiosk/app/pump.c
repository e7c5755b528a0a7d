#include "pump.h"

#include <SDL2/SDL.h>
#include <limits.h>
#include <stdlib.h>

#include "clock.h"
#include "ending.h"
#include "hands.h"
#include "log.h"
#include "place.h"
#include "screen_feed.h"
#include "ui.h"
#include "view.h"
#include "window.h"

struct pump {
    SDL_Window *window;
    struct ui *ui;
    struct screen_feed *feed;
    struct voice *voice;
    uint32_t wake_event;
    struct ending *ending;
};

static void wake(void *self)
{
    const struct pump *pump = self;
    SDL_Event event = {.type = pump->wake_event};

    SDL_PushEvent(&event);
}

struct loop_wake pump_wake(struct pump *pump)
{
    return (struct loop_wake){.call = wake, .self = pump};
}

static void ask_to_end(void *self)
{
    SDL_Event event = {.type = SDL_QUIT};

    (void)self;
    SDL_PushEvent(&event);
}

static enum result open_window(struct pump *pump, const struct config *config, int width,
                               int height)
{
    bool whole_screen = width == 0;
    const struct window_wish wish = {
        .width = whole_screen ? (int)config->screen.width : width,
        .height = whole_screen ? (int)config->screen.height : height,
        .whole_screen = whole_screen,
    };

    TRY(window_open(&wish, &pump->window));
    pump->wake_event = SDL_RegisterEvents(1);
    return RESULT_OK;
}

static void show(struct pump *pump, const struct session *session, struct services *services)
{
    const struct page_picture *page = services != NULL ? services_page(services) : NULL;
    struct ui_page drawn = {};
    struct ui_damage damage = {};
    struct view view;
    SDL_Surface *surface = SDL_GetWindowSurface(pump->window);

    session_view(session, &view);
    if (page != NULL)
        drawn = (struct ui_page){secret_bytes(page->pixels).data, page->width, page->height};
    const struct ui_frame frame = {.view = &view,
                                   .now = clock_monotonic_ms(),
                                   .page = page != NULL ? &drawn : NULL,
                                   .code = services != NULL ? services_code(services) : NULL,
                                   .offer = services != NULL ? services_offer(services) : NULL};
    enum result result =
        surface != NULL ? ui_show(pump->ui, surface, &frame, &damage) : RESULT_FAILED;
    if (result != RESULT_OK) {
        log_error("screen", "a screen could not be drawn", result);
        return;
    }
    if (damage.count > 0)
        SDL_UpdateWindowSurfaceRects(pump->window, damage.list, damage.count);
    screen_feed_write(pump->feed, pump->ui);
    if (pump->voice != NULL)
        voice_follow(pump->voice, pump->ui);
}

enum result pump_create(const struct config *config, int width, int height,
                        const struct session *session, struct pump **out)
{
    owned(pump) pump = calloc(1, sizeof *pump);
    const struct ui_settings settings = place_look(config, width == 0);

    *out = NULL;
    if (pump == NULL)
        return RESULT_NO_MEMORY;
    TRY(open_window(pump, config, width, height));
    TRY(ui_create(&settings, &pump->ui));
    pump->feed = screen_feed_open();
    show(pump, session, NULL);
    TRY(ending_create(ask_to_end, NULL, &pump->ending));
    *out = take(pump);
    return RESULT_OK;
}

void pump_destroy(struct pump *pump)
{
    if (pump == NULL)
        return;
    ending_destroy(pump->ending);
    screen_feed_destroy(pump->feed);
    ui_destroy(pump->ui);
    SDL_DestroyWindow(pump->window);
    SDL_Quit();
    free(pump);
}

// Milliseconds until something is due; -1: only an event can wake us.
static int patience(const struct pump *pump, const struct loop *loop)
{
    uint64_t now = clock_monotonic_ms(), due = loop_next_due(loop);
    uint64_t drawing = ui_next_wake(pump->ui);

    if (drawing != 0 && drawing < due)
        due = drawing;
    if (due == LOOP_NEVER)
        return -1;
    return due <= now ? 0 : due - now > INT_MAX ? INT_MAX : (int)(due - now);
}

static void act(struct services *services, const struct ui_action *action)
{
    const struct session_event activity = {.kind = EVENT_ACTIVITY};

    switch (action->kind) {
    case UI_ACTION_NONE:
        services_tell(services, &activity);
        break;
    case UI_ACTION_EVENT:
        services_tell(services, &action->event);
        break;
    case UI_ACTION_PIN_DIGIT:
        services_pin_digit(services, action->digit);
        break;
    case UI_ACTION_PIN_ERASE:
        services_pin_erase(services);
        break;
    case UI_ACTION_PIN_OK:
        services_pin_confirm(services);
        break;
    }
}

// False: the program is asked to end.
static bool take_event(struct pump *pump, struct hands *hands, struct services *services,
                       const SDL_Event *event)
{
    struct ui_action action;
    bool acted = false;

    if (event->type == SDL_QUIT)
        return false;
    if (event->type == SDL_WINDOWEVENT && (event->window.event == SDL_WINDOWEVENT_EXPOSED ||
                                           event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED))
        ui_forget(pump->ui);
    if (!voice_take(pump->voice, event) && !hands_take(hands, event, &acted, &action))
        return true;
    if (acted)
        act(services, &action);
    show(pump, services_session(services), services); // each touch acts on what is shown
    return true;
}

void pump_run(struct pump *pump, struct loop *loop, struct services *services, struct voice *voice)
{
    struct hands hands = {.ui = pump->ui};
    SDL_Event event;

    pump->voice = voice;
    SDL_GetWindowSize(pump->window, &hands.width, &hands.height);
    for (bool runs = true; runs;) {
        loop_turn(loop, clock_monotonic_ms());
        show(pump, services_session(services), services);
        if (SDL_WaitEventTimeout(&event, patience(pump, loop)) == 0)
            continue;
        do
            runs = take_event(pump, &hands, services, &event);
        while (runs && SDL_PollEvent(&event) != 0);
    }
}
