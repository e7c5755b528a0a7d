// screens-gallery DIRECTORY [FIRST-THEME LAST-THEME]: every screen as pictures and dumps.
#include <stdio.h>
#include <stdlib.h>

#include "gallery.h"

int main(int count, char **arguments)
{
    struct ui_settings settings = { .site = gallery_site() };
    struct gallery_wish wish = { .pictures = true };
    enum result result;

    if (count != 2 && count != 4) {
        (void)fprintf(stderr, "usage: screens-gallery DIRECTORY [FIRST-THEME LAST-THEME]\n");
        return 2;
    }
    if (count == 4) {
        wish.first = (enum ui_theme)(arguments[2][0] - '0');
        wish.last = (enum ui_theme)(arguments[3][0] - '0');
    }
    result = gallery_dump_screens(arguments[1], &settings, &wish);
    if (result != RESULT_OK)
        (void)fprintf(stderr, "screens-gallery: %s: %s\n", arguments[1], result_text(result));
    return result == RESULT_OK ? 0 : 1;
}
