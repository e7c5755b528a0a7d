// svg-to-c HEADER SOURCE KIND=FILE.svg...: pictures as const tables, so that nothing is parsed on
// the terminal. It accepts the subset of the visual language (section 3.7) and nothing else: paths
// of absolute M L C Z, literal colours, round caps and joins. Anything else stops the build with
// the file and the reason.
#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

#define UNITS 32 // a coordinate is stored in 1/32 of a grid unit

struct writer {
    FILE *header;
    FILE *source;
    int numbers; // written to the stream so far
    int shapes;
};

static bool complain(const char *file, const char *what)
{
    (void)fprintf(stderr, "svg-to-c: %s: %s\n", file, what);
    return false;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;

    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long size = ftell(file);

        rewind(file);
        text = size >= 0 ? calloc(1, (size_t)size + 1) : NULL;
        if (text != NULL && fread(text, 1, (size_t)size, file) != (size_t)size) {
            free(text);
            text = NULL;
        }
    }
    (void)fclose(file);
    return text;
}

// The value of name="value" inside the tag [tag, end); false when it is not there.
static bool attribute(const char *tag, const char *end, const char *name, char *out,
                      size_t capacity)
{
    char key[32];
    const char *at;
    size_t length;

    if (str_format(key, sizeof key, " %s=\"", name) != RESULT_OK)
        return false;
    at = strstr(tag, key);
    if (at == NULL || at >= end)
        return false;
    at += strlen(key);
    length = strcspn(at, "\"");
    if (length >= capacity)
        return false;
    memcpy(out, at, length);
    out[length] = '\0';
    return true;
}

static const char *ink_of(const char *colour)
{
    static const struct {
        const char *literal, *ink;
    } inks[] = {
        {"", "PICTURE_NONE"},          {"none", "PICTURE_NONE"},      {"#000000", "PICTURE_INK"},
        {"#FFFFFF", "PICTURE_SHEET"},  {"#0B2E59", "PICTURE_ACCENT"}, {"#DDE7F3", "PICTURE_TINT"},
        {"#FFC233", "PICTURE_MARKER"},
    };

    for (size_t i = 0; i < sizeof inks / sizeof inks[0]; i++) {
        if (str_equal(inks[i].literal, colour))
            return inks[i].ink;
    }
    return NULL;
}

// One step of a path: its letter and its numbers, appended to the stream.
static bool write_step(struct writer *writer, const char **at, const char *file)
{
    static const char letters[] = "MLCZ";
    static const int operands[] = {2, 2, 6, 0};
    const char *letter = **at == '\0' ? NULL : strchr(letters, **at);

    if (letter == NULL)
        return complain(file, "a path may hold only absolute M, L, C and Z");
    (*at)++;
    (void)fprintf(writer->source, "%d,", (int)(letter - letters));
    for (int i = 0; i < operands[letter - letters]; i++) {
        char *end;
        double value = strtod(*at, &end);

        if (end == *at || !(fabs(value) * UNITS < 32000))
            return complain(file, "a coordinate is missing or out of range");
        (void)fprintf(writer->source, "%ld,", lround(value * UNITS));
        *at = end;
    }
    writer->numbers += 1 + operands[letter - letters];
    while (isspace((unsigned char)**at))
        (*at)++;
    return true;
}

static bool write_path(struct writer *writer, const char *tag, const char *end, const char *file,
                       FILE *shapes)
{
    char data[8192], fill[16] = "", stroke[16] = "", width[16] = "0";
    const char *at = data;
    int first = writer->numbers;

    if (!attribute(tag, end, "d", data, sizeof data) ||
        !attribute(tag, end, "fill", fill, sizeof fill))
        return complain(file, "a path needs d (under 8 kB) and fill");
    if (attribute(tag, end, "stroke", stroke, sizeof stroke) &&
        !attribute(tag, end, "stroke-width", width, sizeof width))
        return complain(file, "a stroke needs stroke-width");
    if (ink_of(fill) == NULL || ink_of(stroke) == NULL)
        return complain(file, "colours may only be #000000 #FFFFFF #0B2E59 #DDE7F3 #FFC233");
    while (*at != '\0') {
        if (!write_step(writer, &at, file))
            return false;
    }
    (void)fprintf(shapes, "    { %s, %s, %ld, %d, %d },\n", ink_of(fill), ink_of(stroke),
                  lround(strtod(width, NULL) * UNITS), first, writer->numbers - first);
    writer->shapes++;
    return true;
}

static bool write_picture(struct writer *writer, const char *text, const char *name,
                          const char *file, FILE *shapes, FILE *pictures)
{
    int width, height, first = writer->shapes;
    const char *tag = strstr(text, "viewBox=\"0 0 ");

    if (tag == NULL || sscanf(tag, "viewBox=\"0 0 %d %d\"", &width, &height) != 2)
        return complain(file, "needs viewBox=\"0 0 WIDTH HEIGHT\"");
    for (tag = strchr(text, '<'); tag != NULL; tag = strchr(tag + 1, '<')) {
        const char *end = strchr(tag, '>');

        if (end == NULL)
            return complain(file, "a tag does not end");
        if (str_starts_with(tag, "<path ")) {
            if (!write_path(writer, tag, end, file, shapes))
                return false;
        } else if (!str_starts_with(tag, "<svg ") && !str_starts_with(tag, "</svg")) {
            return complain(file, "may hold only path elements");
        }
    }
    (void)fprintf(pictures, "    { \"%s\", %d, %d, %d, %d },\n", name, width, height, first,
                  writer->shapes - first);
    return true;
}

// "ICON=icons/card-take.svg" -> the word for the enum (ICON_CARD_TAKE) and the name (card-take).
static void names_of(const char *argument, char *word, char *name, size_t capacity)
{
    const char *slash = strrchr(argument, '/');
    const char *base = slash == NULL ? strchr(argument, '=') + 1 : slash + 1;
    size_t kind = strcspn(argument, "="), length = strcspn(base, ".");

    (void)snprintf(name, capacity, "%.*s", (int)length, base);
    (void)snprintf(word, capacity, "%.*s_%.*s", (int)kind, argument, (int)length, base);
    for (char *at = word; *at != '\0'; at++)
        *at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
}

static void copy_back(FILE *from, FILE *to)
{
    int byte;

    rewind(from);
    while ((byte = fgetc(from)) != EOF)
        (void)fputc(byte, to);
    (void)fclose(from);
}

static bool convert(struct writer *writer, char **arguments, int count)
{
    FILE *shapes = tmpfile(), *pictures = tmpfile();
    bool good = shapes != NULL && pictures != NULL;

    (void)fprintf(writer->header, "// Made from ui-assets by svg-to-c; edit the SVG files.\n"
                                  "#pragma once\n\nenum picture {\n");
    (void)fprintf(writer->source, "// Made from ui-assets by svg-to-c; edit the SVG files.\n"
                                  "#include \"picture.h\"\n\nconst int16_t picture_stream[] = {\n");
    for (int i = 0; good && i < count; i++) {
        char word[96], name[96];
        char *text = read_file(strchr(arguments[i], '=') + 1);

        names_of(arguments[i], word, name, sizeof word);
        (void)fprintf(writer->header, "    %s,\n", word);
        good = text == NULL ? complain(arguments[i], "cannot be read")
                            : write_picture(writer, text, name, arguments[i], shapes, pictures);
        (void)fprintf(writer->source, "\n");
        free(text);
    }
    (void)fprintf(writer->header, "};\n#define PICTURE_COUNT %d\n", count);
    if (good) {
        (void)fprintf(writer->source, "};\n\nconst struct picture_shape picture_shapes[] = {\n");
        copy_back(shapes, writer->source);
        (void)fprintf(writer->source, "};\n\nconst struct picture_entry picture_entries[] = {\n");
        copy_back(pictures, writer->source);
        (void)fprintf(writer->source, "};\n");
    }
    return good;
}

int main(int count, char **arguments)
{
    struct writer writer = {};
    bool good;

    for (int i = 3; i < count; i++) {
        if (strchr(arguments[i], '=') == NULL)
            count = 0;
    }
    if (count < 4) {
        (void)fprintf(stderr, "usage: svg-to-c HEADER SOURCE KIND=FILE.svg...\n");
        return 2;
    }
    writer.header = fopen(arguments[1], "w");
    writer.source = fopen(arguments[2], "w");
    if (writer.header == NULL || writer.source == NULL) {
        perror("svg-to-c: cannot write its output");
        return 1;
    }
    good = convert(&writer, arguments + 3, count - 3);
    good = fclose(writer.header) == 0 && good;
    good = fclose(writer.source) == 0 && good;
    if (!good) {
        (void)remove(arguments[1]);
        (void)remove(arguments[2]);
    }
    return good ? 0 : 1;
}
