// ui.h: the screens. It draws a view of the session on any 32-bit surface, only where something
// changed, and turns fingers and keys into actions. It knows no device, no window and no clock.
// All functions belong to the thread that created the ui; none blocks.
#pragma once
#include <SDL2/SDL_surface.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalogue.h"
#include "language.h"
#include "owned.h"
#include "result.h"
#include "session.h"
#include "view.h"

enum ui_theme { UI_THEME_STANDARD, UI_THEME_HIGH_DARK, UI_THEME_HIGH_LIGHT, UI_THEME_LOW_GLARE };
#define UI_THEME_COUNT 4
const char *ui_theme_name(enum ui_theme theme); // "standard" …; static storage

enum ui_side { UI_SIDE_LEFT, UI_SIDE_RIGHT };

// What is true of this place; the texts must live as long as the ui.
struct ui_site {
    const char *municipality[LANGUAGE_COUNT]; // "Ville de Bruxelles"
    const char *counter[LANGUAGE_COUNT];      // name, place and hours of the nearest counter
    const char *phone;
    enum ui_side card_slot, paper_slot, receipt_slot, pay_slot; // seen from the front
};

struct ui_settings {
    struct ui_site site;
    const char *font_directory; // holds Inter-*.otf and InterDisplay-Bold.otf; NULL: Debian's
    double pixels_per_unit;     // one unit is 0.254 mm of the panel; 0, or more than
                                // fits: whatever fills the surface
    enum ui_theme theme;
    bool hide_pressed_pin_keys; // no key of the keypad shows that it is pressed
};

struct ui;

// RESULT_NOT_FOUND when a font file is missing (the log says which), RESULT_NO_MEMORY.
enum result ui_create(const struct ui_settings *settings, struct ui **out);
void ui_destroy(struct ui *ui);
DEFINE_OWNED(ui)

// A page of the verified document as the preview helper drew it: 8-bit grey, rows without gaps.
// Borrowed during the call only; the ui keeps no copy.
struct ui_page {
    const uint8_t *grey;
    int width, height;
};

// What the screen is to show now. Everything is borrowed during the call only.
struct ui_frame {
    const struct view *view;
    uint64_t now;                  // monotonic milliseconds, the clock of view->countdown_until
    const struct ui_page *page;    // NULL when there is none
    const char *code;              // what the code to pay by says; NULL or "" without one
    const struct catalogue *offer; // what is on offer here, for the attract screen; NULL: unknown
};

// The rectangles that changed; for SDL_UpdateWindowSurfaceRects.
#define UI_DAMAGE_MAXIMUM 24
struct ui_damage {
    SDL_Rect list[UI_DAMAGE_MAXIMUM];
    int count;
};

// Draws what differs from the call before. The surface must be XRGB8888 or ARGB8888
// (RESULT_INVALID otherwise) and still hold what was drawn on it, unless ui_forget was called.
enum result ui_show(struct ui *ui, SDL_Surface *surface, const struct ui_frame *frame,
                    struct ui_damage *damage);

// The surface was lost or another one will be given: the next ui_show draws everything.
void ui_forget(struct ui *ui);

// Monotonic time of the next ui_show that is needed without any event (a countdown second, a busy
// step); 0 when nothing moves and the thread may sleep.
uint64_t ui_next_wake(const struct ui *ui);

enum ui_action_kind {
    UI_ACTION_NONE,      // nothing was meant
    UI_ACTION_EVENT,     // for the session: event.kind and its payload; now and fresh are zero
    UI_ACTION_PIN_DIGIT, // for the PIN service, never for the session
    UI_ACTION_PIN_ERASE, // all digits
    UI_ACTION_PIN_OK,
};

struct ui_action {
    enum ui_action_kind kind;
    int digit;
    struct session_event event;
};

// One pointer, finger or mouse, in pixels of the surface. A press only shows the key pressed; the
// release inside the same key acts. Both need a ui_show afterwards.
void ui_press(struct ui *ui, int x, int y);
void ui_release(struct ui *ui, int x, int y, struct ui_action *action);

// Keys of the relief keypad, a numeric keypad or a keyboard. The first makes the focus ring appear,
// a touch removes it. While the on-screen keypad is shown and no ring, CHOOSE is its OK.
enum ui_key { UI_KEY_NEXT, UI_KEY_PREVIOUS, UI_KEY_CHOOSE, UI_KEY_BACK, UI_KEY_HELP, UI_KEY_ERASE };
void ui_key(struct ui *ui, enum ui_key key, struct ui_action *action);
// 0 to 9; an action only while the on-screen keypad is shown.
void ui_digit(struct ui *ui, int digit, struct ui_action *action);

// The screen shown last as one line of JSON without a line break: name, language, size, theme and
// every widget with id, role, label, speech, box, ink of its glyphs, colours and place in the focus
// order. RESULT_TOO_LARGE, and an empty string, when it does not fit (64 kB always do).
#define UI_DUMP_SIZE 65536
enum result ui_dump(struct ui *ui, char *out, size_t capacity);

// What a voice says, in the order in which it is worth saying: title, sentences and notices of the
// screen; how many digits were typed, never which; the widget that has the focus, a language in its
// own. No words where there is nothing to say. RESULT_TOO_LARGE: as much as fits.
enum ui_spoken_part { UI_SPOKEN_SCREEN, UI_SPOKEN_ENTRY, UI_SPOKEN_FOCUS };
#define UI_SPOKEN_PARTS 3
#define UI_SPOKEN_SIZE 3000
struct ui_spoken {
    enum language language;
    enum session_screen screen;
    char words[UI_SPOKEN_SIZE];
};
enum result ui_spoken(const struct ui *ui, enum ui_spoken_part part, struct ui_spoken *out);
