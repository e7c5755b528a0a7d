#include "options.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "str.h"

#define DEFAULT_CONFIG "/etc/eguichet-kiosk/eguichet-kiosk.ini"

static enum result refuse(const char *what, const char *expected)
{
    fprintf(stderr, "eguichet-kiosk: %s. Expected: %s.\n%s", what, expected, OPTIONS_USAGE);
    return RESULT_INVALID;
}

static bool read_size(const char *text, int *width, int *height)
{
    char first[8];
    const char *cross = strchr(text, 'x');
    int64_t wide = 0, high = 0;

    if (cross == NULL ||
        str_format(first, sizeof first, "%.*s", (int)(cross - text), text) != RESULT_OK ||
        str_to_int(first, 300, 7680, &wide) != RESULT_OK ||
        str_to_int(cross + 1, 300, 7680, &high) != RESULT_OK)
        return false;
    *width = (int)wide;
    *height = (int)high;
    return true;
}

static enum result read_value(const char *name, const char *value, struct options *out)
{
    if (str_equal(name, "--config")) {
        out->config = value;
    } else if (str_equal(name, "--dump-screens")) {
        out->dump_screens = value;
    } else if (str_equal(name, "--window")) {
        if (!read_size(value, &out->width, &out->height))
            return refuse("the size of the window is wrong",
                          "--window WIDTHxHEIGHT, each from 300 to 7680, such as 1080x1920");
    } else if (str_equal(name, "--profile")) {
        // Hall and library differ in nothing yet; a resident's own computer is not served yet.
        if (!str_equal(value, "hall") && !str_equal(value, "library"))
            return refuse("this profile is not known or not available yet", "hall or library");
    } else {
        return refuse("an option is not known", "one of those below");
    }
    return RESULT_OK;
}

enum result options_read(int count, char **words, struct options *out)
{
    *out = (struct options){.config = DEFAULT_CONFIG};
    for (int i = 1; i < count; i++) {
        if (str_equal(words[i], "--check")) {
            out->check = true;
            continue;
        }
        if (!str_starts_with(words[i], "--"))
            return refuse("a word is no option", "options only, each begins with --");
        if (i + 1 == count || words[i + 1][0] == '\0')
            return refuse("the last option is not known or lacks its value", "--OPTION VALUE");
        TRY(read_value(words[i], words[i + 1], out));
        i++;
    }
    return RESULT_OK;
}
