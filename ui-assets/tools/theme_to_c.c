// theme-to-c SOURCE FILE.theme...: themes as const tables. It recomputes the contrast of every pair
// that the screens use (WCAG 2 formula) and refuses a theme below 7:1 for text or 4.5:1 for
// outlines and icons, so that a municipality's dress cannot make the terminal unreadable.
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"
#include "theme_tokens.h"

static const char *const tokens[] = {
#define X(id, name) name,
    THEME_TOKEN_LIST(X)
#undef X
};
#define TOKENS (sizeof tokens / sizeof tokens[0])

static const struct {
    const char *front, *back;
    double least;
} pairs[] = {
#define X(front, back, least) {front, back, least},
    THEME_PAIR_LIST(X)
#undef X
};

struct theme_file {
    const char *path;
    uint32_t colours[TOKENS];
    bool given[TOKENS];
};

static int token_number(const char *name)
{
    for (size_t i = 0; i < TOKENS; i++) {
        if (str_equal(tokens[i], name))
            return (int)i;
    }
    return -1;
}

// WCAG 2.1, definition of relative luminance.
static double luminance(uint32_t colour)
{
    double channel[3];

    for (int i = 0; i < 3; i++) {
        double value = ((colour >> (16 - 8 * i)) & 0xFF) / 255.0;

        channel[i] = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * channel[0] + 0.7152 * channel[1] + 0.0722 * channel[2];
}

static double contrast(uint32_t one, uint32_t other)
{
    double a = luminance(one), b = luminance(other);

    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static bool read_line(struct theme_file *theme, int number, char *line)
{
    char name[40];
    unsigned colour;
    int token, used = 0;

    if (line[strspn(line, " \t\r\n")] == '\0' || line[0] == ';')
        return true;
    if (sscanf(line, "%39s = #%6x %n", name, &colour, &used) != 2 || line[used] != '\0') {
        (void)fprintf(stderr, "%s:%d: expected: token = #RRGGBB\n", theme->path, number);
        return false;
    }
    token = token_number(name);
    if (token < 0 || theme->given[token]) {
        (void)fprintf(stderr, "%s:%d: %s: %s token\n", theme->path, number, name,
                      token < 0 ? "unknown" : "repeated");
        return false;
    }
    theme->given[token] = true;
    theme->colours[token] = colour;
    return true;
}

static bool read_theme(struct theme_file *theme)
{
    char line[200];
    FILE *file = fopen(theme->path, "r");
    bool good = file != NULL;

    if (file == NULL) {
        perror(theme->path);
        return false;
    }
    for (int number = 1; good && fgets(line, sizeof line, file) != NULL; number++)
        good = read_line(theme, number, line);
    for (size_t i = 0; good && i < TOKENS; i++) {
        good = theme->given[i];
        if (!good)
            (void)fprintf(stderr, "%s: token %s is missing\n", theme->path, tokens[i]);
    }
    (void)fclose(file);
    return good;
}

static bool check_pairs(const struct theme_file *theme)
{
    bool good = true;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        int front = token_number(pairs[i].front), back = token_number(pairs[i].back);
        double ratio = contrast(theme->colours[front], theme->colours[back]);

        if (ratio < pairs[i].least) {
            (void)fprintf(stderr, "%s: %s on %s has %.1f:1, at least %.1f:1 is needed\n",
                          theme->path, pairs[i].front, pairs[i].back, ratio, pairs[i].least);
            good = false;
        }
    }
    return good;
}

int main(int count, char **arguments)
{
    FILE *out = count > 2 ? fopen(arguments[1], "w") : NULL;
    bool good = true;

    if (out == NULL) {
        (void)fprintf(stderr, "usage: theme-to-c SOURCE FILE.theme...\n");
        return 2;
    }
    (void)fprintf(out, "// Made from ui-assets/themes by theme-to-c; edit the theme files.\n"
                       "#include \"theme.h\"\n\n"
                       "const struct theme theme_tables[] = {\n");
    for (int i = 2; good && i < count; i++) {
        struct theme_file theme = {.path = arguments[i]};

        good = read_theme(&theme) && check_pairs(&theme);
        (void)fprintf(out, "    { {\n");
        for (size_t token = 0; token < TOKENS; token++)
            (void)fprintf(out, "        0x%06X, // %s\n", theme.colours[token], tokens[token]);
        (void)fprintf(out, "    } },\n");
    }
    (void)fprintf(out, "};\n");
    good = fclose(out) == 0 && good;
    if (!good)
        (void)remove(arguments[1]);
    return good ? 0 : 1;
}
