// screen-words cut DUMP.json SCREEN.png SHEET.pgm: pastes what the dump says has letters, for OCR.
// screen-words check DUMP.json READ.txt: is every label that was pasted to be read in the text?
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cuttings.h"
#include "feed.h"
#include "likeness.h"
#include "str.h"

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = calloc(1, 1 << 20);

    if (file == NULL || text == NULL) {
        perror(path);
        exit(2);
    }
    size_t size = fread(text, 1, (1 << 20) - 1, file);
    text[size] = '\0';
    fclose(file);
    return text;
}

static struct feed_screen *read_dump(const char *path)
{
    struct feed_screen *screen = NULL;
    char *line = read_file(path);

    if (feed_parse(line, &screen) != RESULT_OK) {
        fprintf(stderr, "%s: not a dump of a screen\n", path);
        exit(2);
    }
    free(line);
    return screen;
}

// Titles, texts and whatever can be pressed. A single sign (a digit of the keypad) is no word, and
// a widget without ink has no letters.
static bool is_to_be_read(const struct feed_item *item)
{
    return item->ink.width > 0 && strlen(item->label) >= 3;
}

static int cut(const char *dump, const char *picture, const char *sheet)
{
    owned(feed_screen) screen = read_dump(dump);
    owned(cuttings) cuttings = NULL;

    if (cuttings_create(picture, &cuttings) != RESULT_OK) {
        fprintf(stderr, "%s: not a picture\n", picture);
        return 2;
    }
    for (size_t i = 0; i < screen->count; i++) {
        struct box ink = screen->items[i].ink;
        const struct box around = {ink.x - 6, ink.y - 6, ink.width + 12, ink.height + 12};
        if (is_to_be_read(&screen->items[i]) && cuttings_add(cuttings, around) != RESULT_OK)
            return 2;
    }
    enum result written = cuttings_write(cuttings, sheet);
    return written == RESULT_OK ? 0 : 2;
}

// A text at the side of others may stand in two lines, with words of its neighbours read in
// between.
static bool is_read_in_lines(const char *text, const char *read)
{
    char *lines = strdup(text);
    bool found = likeness_accepts(text, read);

    for (char *end = lines; !found && end != NULL && (end = strchr(end, ' ')) != NULL; end++) {
        *end = '\0';
        found = likeness_accepts(lines, read) && likeness_accepts(end + 1, read);
        *end = ' ';
    }
    free(lines);
    return found;
}

// A widget's label names its texts one after the other, with " – " between; each stands on its own.
static bool is_read(const char *label, const char *read)
{
    static const char between[] = " – ";
    char *part = strdup(label);
    bool all = part != NULL;

    for (char *at = part, *end; all && at != NULL; at = end) {
        end = strstr(at, between);
        if (end != NULL) {
            *end = '\0';
            end += sizeof between - 1;
        }
        all = is_read_in_lines(at, read);
    }
    free(part);
    return all;
}

static int check(const char *dump, const char *text)
{
    owned(feed_screen) screen = read_dump(dump);
    char *read = read_file(text);
    int missing = 0, found = 0;

    for (size_t i = 0; i < screen->count; i++) {
        const struct feed_item *item = &screen->items[i];
        if (!is_to_be_read(item))
            continue;
        if (is_read(item->label, read)) {
            found++;
        } else {
            printf("%s: cannot be read: %s \"%s\"\n", dump, item->id, item->label);
            missing++;
        }
    }
    free(read);
    return missing == 0 && found > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 5 && str_equal(argv[1], "cut"))
        return cut(argv[2], argv[3], argv[4]);
    if (argc == 4 && str_equal(argv[1], "check"))
        return check(argv[2], argv[3]);
    fprintf(stderr, "usage: screen-words cut DUMP PICTURE SHEET | check DUMP TEXT\n");
    return 2;
}
