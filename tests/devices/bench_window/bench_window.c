// bench-window: buttons for what hands do at the demo's devices, beside the kiosk's window.
#include <SDL2/SDL.h>
#include <SDL2/SDL_ttf.h>
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>

#include "devices.h"
#include "str.h"

#define WIDTH 360
#define ROW 64
#define GAP 12
#define TRAY "/media?size1=iso_a4_210x297mm&type1=stationery&level1="
#define REST "&size3=iso_dl_110x220mm&type3=envelope&level3=-2"

struct bench {
    const char *card_control, *card, *font;
    const char *pin_pad;  // the socket of the reader's keys; NULL: it has none
    const char *resident; // whose PIN is typed there: a file
    int64_t printer_port, city_process;
    char said[160]; // what the last button did
};

struct button {
    SDL_Keycode key;
    const char *label;
    enum result (*act)(const struct bench *bench);
};

static enum result insert_card(const struct bench *bench)
{
    char command[4096];

    TRY(str_format(command, sizeof command, "insert %s", bench->card));
    return device_command(bench->card_control, command);
}

static enum result remove_card(const struct bench *bench)
{
    return device_command(bench->card_control, "remove");
}

// The reader takes it only while it asks.
static enum result type_pin(const struct bench *bench)
{
    json_t *person = bench->resident != NULL ? json_load_file(bench->resident, 0, NULL) : NULL;
    const char *pin = json_string_value(json_object_get(person, "pin"));
    char line[32];
    enum result result =
        pin != NULL ? str_format(line, sizeof line, "pin %s", pin) : RESULT_NOT_FOUND;

    json_decref(person);
    if (result != RESULT_OK || bench->pin_pad == NULL)
        return RESULT_NOT_FOUND;
    return device_command(bench->pin_pad, line);
}

static enum result cancel_pin(const struct bench *bench)
{
    return bench->pin_pad != NULL ? device_command(bench->pin_pad, "cancel") : RESULT_NOT_FOUND;
}

static enum result empty_tray(const struct bench *bench)
{
    return device_form((int)bench->printer_port, TRAY "0" REST);
}

static enum result fill_tray(const struct bench *bench)
{
    return device_form((int)bench->printer_port, TRAY "250" REST);
}

static enum result stop_city(const struct bench *bench)
{
    return kill((pid_t)bench->city_process, SIGTERM) == 0 ? RESULT_OK : RESULT_UNREACHABLE;
}

static const struct button buttons[] = {
    {SDLK_i, "i   Put the card in", insert_card},
    {SDLK_r, "r   Pull the card", remove_card},
    {SDLK_t, "t   Type the PIN at the reader", type_pin},
    {SDLK_c, "c   Cancel at the reader", cancel_pin},
    {SDLK_e, "e   Empty the paper tray", empty_tray},
    {SDLK_f, "f   Fill the paper tray", fill_tray},
    {SDLK_m, "m   Stop the municipality", stop_city},
};
#define BUTTONS (int)(sizeof buttons / sizeof *buttons)
#define HEIGHT (GAP + (BUTTONS + 1) * (ROW + GAP))

static SDL_Rect place(int row)
{
    return (SDL_Rect){GAP, GAP + row * (ROW + GAP), WIDTH - 2 * GAP, ROW};
}

static void draw_text(SDL_Surface *surface, TTF_Font *font, const char *text, SDL_Rect where)
{
    const SDL_Color ink = {0x15, 0x18, 0x1E, 0xFF};
    SDL_Surface *words = TTF_RenderUTF8_Blended(font, text, ink);

    if (words == NULL)
        return;
    where.x += 16;
    where.y += (where.h - words->h) / 2;
    SDL_BlitSurface(words, NULL, surface, &where);
    SDL_FreeSurface(words);
}

static void draw(SDL_Window *window, TTF_Font *font, const struct bench *bench)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window);

    if (surface == NULL)
        return;
    SDL_FillRect(surface, NULL, SDL_MapRGB(surface->format, 0xEC, 0xEE, 0xF1));
    for (int i = 0; i < BUTTONS; i++) {
        SDL_Rect where = place(i);
        SDL_FillRect(surface, &where, SDL_MapRGB(surface->format, 0xFF, 0xFF, 0xFF));
        draw_text(surface, font, buttons[i].label, where);
    }
    draw_text(surface, font, bench->said, place(BUTTONS));
    SDL_UpdateWindowSurface(window);
}

static void act(struct bench *bench, const struct button *button)
{
    enum result result = button->act(bench);

    snprintf(bench->said, sizeof bench->said, "%s: %s", button->label + 4, result_text(result));
}

static const struct button *button_of(const SDL_Event *event)
{
    for (int i = 0; i < BUTTONS; i++) {
        SDL_Rect where = place(i);
        SDL_Point touch = {event->button.x, event->button.y};
        if (event->type == SDL_KEYDOWN && event->key.keysym.sym == buttons[i].key)
            return &buttons[i];
        if (event->type == SDL_MOUSEBUTTONUP && SDL_PointInRect(&touch, &where))
            return &buttons[i];
    }
    return NULL;
}

static void run(SDL_Window *window, TTF_Font *font, struct bench *bench)
{
    SDL_Event event;

    draw(window, font, bench);
    while (SDL_WaitEvent(&event) && event.type != SDL_QUIT) {
        const struct button *button = button_of(&event);
        if (button != NULL)
            act(bench, button);
        if (button != NULL || event.type == SDL_WINDOWEVENT)
            draw(window, font, bench);
    }
}

static int open_window(struct bench *bench)
{
    SDL_Window *window = NULL;
    TTF_Font *font = NULL;

    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) == 0 && TTF_Init() == 0) {
        window = SDL_CreateWindow("e-guichet: bench", 0, 0, WIDTH, HEIGHT, 0);
        font = TTF_OpenFont(bench->font, 20);
    }
    bool opened = window != NULL && font != NULL;
    if (opened)
        run(window, font, bench);
    else
        fprintf(stderr, "bench-window: %s\n", SDL_GetError());
    if (font != NULL)
        TTF_CloseFont(font);
    if (window != NULL)
        SDL_DestroyWindow(window);
    TTF_Quit();
    SDL_Quit();
    return opened ? 0 : 1;
}

// What a window may use of the screen, and how wide this program's own is.
static int tell_sizes(void)
{
    SDL_Rect usable;

    if (SDL_Init(SDL_INIT_VIDEO) != 0 || SDL_GetDisplayUsableBounds(0, &usable) != 0) {
        fprintf(stderr, "bench-window: %s\n", SDL_GetError());
        return 1;
    }
    printf("%d %d %d\n", usable.w, usable.h, WIDTH);
    SDL_Quit();
    return 0;
}

static int usage(void)
{
    fprintf(stderr, "usage: bench-window --sizes\n"
                    "       bench-window --card-control SOCKET --card FOLDER --font FILE.otf\n"
                    "                    --printer-port PORT --city-process NUMBER\n"
                    "                    [--pin-pad SOCKET --resident FILE.json]\n");
    return 2;
}

int main(int argc, char **argv)
{
    static const struct option names[] = {
        {"card-control", required_argument, NULL, 's'},
        {"card", required_argument, NULL, 'c'},
        {"font", required_argument, NULL, 'f'},
        {"printer-port", required_argument, NULL, 'p'},
        {"city-process", required_argument, NULL, 'm'},
        {"pin-pad", required_argument, NULL, 'k'},
        {"resident", required_argument, NULL, 'r'},
        {},
    };
    struct bench bench = {};
    enum result numbers = RESULT_OK;
    int name;

    if (argc == 2 && str_equal(argv[1], "--sizes"))
        return tell_sizes();
    while ((name = getopt_long(argc, argv, "", names, NULL)) != -1) {
        if (name == 's')
            bench.card_control = optarg;
        else if (name == 'c')
            bench.card = optarg;
        else if (name == 'f')
            bench.font = optarg;
        else if (name == 'k')
            bench.pin_pad = optarg;
        else if (name == 'r')
            bench.resident = optarg;
        else if (name == 'p')
            numbers = str_to_int(optarg, 1, 65535, &bench.printer_port);
        else if (name == 'm')
            numbers = str_to_int(optarg, 2, INT32_MAX, &bench.city_process);
        if (name == '?' || numbers != RESULT_OK)
            return usage();
    }
    if (bench.card_control == NULL || bench.card == NULL || bench.font == NULL)
        return usage();
    return open_window(&bench);
}
