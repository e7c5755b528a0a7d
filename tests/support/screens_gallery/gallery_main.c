// screens-gallery DIRECTORY [SET]: every screen as pictures and dumps; SET is the beginning of
// ORIENTATION-LANGUAGE-THEME, for instance portrait-fr.
#include <stdio.h>
#include <stdlib.h>

#include "gallery.h"

int main(int count, char **arguments)
{
    struct ui_settings settings = {.site = gallery_site()};
    struct gallery_wish wish = {.pictures = true};
    enum result result;

    if (count != 2 && count != 3) {
        (void)fprintf(stderr, "usage: screens-gallery DIRECTORY [SET]\n");
        return 2;
    }
    wish.only = count == 3 ? arguments[2] : NULL;
    wish.every_theme = true;
    result = gallery_dump_screens(arguments[1], &settings, &wish);
    if (result != RESULT_OK)
        (void)fprintf(stderr, "screens-gallery: %s: %s\n", arguments[1], result_text(result));
    return result == RESULT_OK ? 0 : 1;
}
