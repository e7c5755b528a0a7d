#include "likeness.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct letters {
    size_t count;
    uint32_t *code;
};

// UTF-8 that a reader or the screen wrote: well-formed, so that only the length of a letter
// matters.
static uint32_t next_letter(const unsigned char **at)
{
    uint32_t letter = *(*at)++;

    while ((**at & 0xC0) == 0x80)
        letter = letter << 8 | *(*at)++;
    return letter;
}

// Spaces of all kinds are left out; typographic and plain marks are one; a reader cannot know
// which.
static uint32_t plain(uint32_t letter)
{
    switch (letter) {
    case 0xE28098:
    case 0xE28099:
    case '`':
        return '\'';
    case 0xE28093:
    case 0xE28094:
        return '-';
    case ' ':
    case '\n':
    case '\t':
    case '\f':
    case 0xC2A0:
    case 0xE280AF:
        return 0;
    default:
        return letter;
    }
}

static struct letters letters_of(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    struct letters letters = {.code = calloc(strlen(text) + 1, sizeof *letters.code)};

    while (letters.code != NULL && *at != '\0') {
        uint32_t letter = plain(next_letter(&at));
        if (letter != 0)
            letters.code[letters.count++] = letter;
    }
    return letters;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

// Sellers' algorithm (1980): edit distance of the pattern to any part of the text, column by
// column.
static size_t sellers(struct letters wanted, struct letters read, size_t *column)
{
    for (size_t i = 0; i <= wanted.count; i++)
        column[i] = i;
    size_t best = column[wanted.count];
    for (size_t j = 0; j < read.count; j++) {
        size_t diagonal = column[0]; // stays 0: the part may begin anywhere
        for (size_t i = 1; i <= wanted.count; i++) {
            size_t changed = diagonal + (wanted.code[i - 1] != read.code[j]);
            diagonal = column[i];
            column[i] = least(changed, column[i] + 1, column[i - 1] + 1);
        }
        best = column[wanted.count] < best ? column[wanted.count] : best;
    }
    return best;
}

size_t likeness_edits(const char *wanted, const char *read)
{
    struct letters pattern = letters_of(wanted), text = letters_of(read);
    size_t *column = calloc(pattern.count + 1, sizeof *column);
    size_t edits = SIZE_MAX;

    if (pattern.code != NULL && text.code != NULL && column != NULL)
        edits = sellers(pattern, text, column);
    free(column);
    free(pattern.code);
    free(text.code);
    return edits;
}

bool likeness_accepts(const char *wanted, const char *read)
{
    size_t allowed = strlen(wanted) / 8;

    return likeness_edits(wanted, read) <= (allowed > 0 ? allowed : 1);
}
