// gallery.h: every screen with an example of what it may have to show, as pictures and dumps. For
// --dump-screens, for tests and for whoever translates or designs. The persons, references and
// addresses in it are invented.
#pragma once
#include <SDL2/SDL_surface.h>

#include "ui.h"

// What one example shows.
struct gallery_example {
    const char *name; // "PIN", "PREVIEW-page" …; static storage
    struct view view;
    uint64_t now;
    bool has_page;
};

int gallery_count(void);
void gallery_get(int index, enum language language, struct gallery_example *out);

// Five documents, one of them not possible; static storage.
const struct catalogue *gallery_catalogue(void);

// Names of a city, its counter and phone, for settings; static storage.
struct ui_site gallery_site(void);

// Draws an example; the surface becomes what ui_show makes of it.
enum result gallery_show(struct ui *ui, SDL_Surface *surface,
                         const struct gallery_example *example);

// Writes NAME.png and NAME.json for every screen, language and orientation (portrait 1080x1920,
// landscape 1920x1080) into DIRECTORY/ORIENTATION-LANGUAGE-THEME, and index.html that shows them
// all. RESULT_UNREACHABLE when a file cannot be written (errno tells why); blocks for some seconds.
struct gallery_wish {
    bool pictures;    // dumps only when false
    bool every_theme; // otherwise the one of the settings
    const char *only; // sets whose name begins so ("portrait-fr"); NULL: all
};
enum result gallery_dump_screens(const char *directory, const struct ui_settings *settings,
                                 const struct gallery_wish *wish);
