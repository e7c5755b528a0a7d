#include "paragraph.h"

#include <ctype.h>
#include <string.h>

#include "str.h"

#define WORDS_MAXIMUM 96

// A word here is what stays together: up to a space at which the line may break.
struct word {
    uint16_t start, length;
    uint16_t width;
    bool ends_line; // a line feed follows
};

struct words {
    struct word list[WORDS_MAXIMUM];
    int count;
    int space;
    bool whole;
};

static bool is_number(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)text[i]))
            return false;
    }
    return length > 0;
}

// From the start of a word to the space or line feed at which a line may end.
static size_t word_length(const char *text)
{
    size_t length = strcspn(text, " \n");

    while (text[length] == ' ') {
        size_t start = length;

        while (start > 0 && text[start - 1] != ' ')
            start--;
        if (!is_number(text + start, length - start))
            break;
        length += 1 + strcspn(text + length + 1, " \n");
    }
    return length;
}

static void split(const struct measure *measure, const char *text, struct words *words)
{
    size_t at = 0;

    words->count = 0;
    words->space = measure_width(measure, " ", 1);
    while (text[at] != '\0' && words->count < WORDS_MAXIMUM) {
        size_t length = word_length(text + at);

        words->list[words->count++] = (struct word){
            .start = (uint16_t)at,
            .length = (uint16_t)length,
            .width = (uint16_t)measure_width(measure, text + at, length),
            .ends_line = text[at + length] == '\n',
        };
        at += length + (text[at + length] != '\0');
    }
    words->whole = text[at] == '\0';
}

static void fill_lines(const struct words *words, int width, struct paragraph *out)
{
    int used = 0;
    bool fresh = true;

    out->count = 0;
    out->whole = words->whole;
    for (int i = 0; i < words->count; i++) {
        const struct word *word = &words->list[i];

        if (fresh || used + words->space + word->width > width) {
            if (out->count == PARAGRAPH_LINES) {
                out->whole = false;
                return;
            }
            out->lines[out->count].start = word->start;
            out->lines[out->count++].length = word->length;
            used = word->width;
            out->whole = out->whole && used <= width;
        } else {
            used += words->space + word->width;
            out->lines[out->count - 1].length =
                (uint16_t)(word->start + word->length - out->lines[out->count - 1].start);
        }
        fresh = word->ends_line;
    }
}

static bool last_is_lonely(const char *text, const struct paragraph *lines)
{
    int last = lines->count - 1;
    const char *line = text + lines->lines[last].start;

    return memchr(line, ' ', lines->lines[last].length) == NULL;
}

// As narrow as the number of lines allows.
static void balance(const struct words *words, int width, struct paragraph *out)
{
    int lines = out->count, narrow = 0, wide = width;

    while (wide - narrow > 4) {
        int middle = (narrow + wide) / 2;

        fill_lines(words, middle, out);
        if (out->count <= lines && out->whole)
            wide = middle;
        else
            narrow = middle;
    }
    fill_lines(words, wide, out);
}

// A little narrower, until the last word has company; as it was when that does not help.
static void avoid_lonely_word(const struct words *words, const char *text, int width,
                              struct paragraph *out)
{
    int lines = out->count;

    for (int tried = width; tried > width / 2; tried -= width / 24 + 1) {
        fill_lines(words, tried, out);
        if (out->count > lines || !out->whole)
            break;
        if (!last_is_lonely(text, out))
            return;
    }
    fill_lines(words, width, out);
}

static void choose_lines(const struct words *words, const char *text, int width, enum fit fit,
                         struct paragraph *out)
{
    fill_lines(words, width, out);
    if (out->count < 2 || !out->whole)
        return;
    if (fit == FIT_BALANCED)
        balance(words, width, out);
    else if (last_is_lonely(text, out))
        avoid_lonely_word(words, text, width, out);
}

// By how much the widest line is too wide when it is shaped as a whole.
static int excess(const struct measure *measure, const char *text, int width,
                  const struct paragraph *lines)
{
    int most = 0;

    for (int i = 0; i < lines->count; i++) {
        int shaped = measure_width(measure, text + lines->lines[i].start, lines->lines[i].length);

        most = shaped - width > most ? shaped - width : most;
    }
    return most;
}

void paragraph_break(const struct measure *measure, const char *text, int width, enum fit fit,
                     struct paragraph *out)
{
    struct words words;
    int room = width;

    // The sum of the words' widths is some pixels off that of the line.
    split(measure, text, &words);
    for (int attempt = 0; attempt < 4; attempt++) {
        int over;

        choose_lines(&words, text, room, fit, out);
        over = out->whole ? excess(measure, text, width, out) : 0;
        if (over == 0)
            return;
        room -= over;
    }
}
