#include "pdf_bytes.h"

#include <string.h>

size_t pdf_find(struct bytes file, size_t from, const char *word)
{
    if (from >= file.size)
        return PDF_NOWHERE;
    const uint8_t *found = memmem(file.data + from, file.size - from, word, strlen(word));
    return found != NULL ? (size_t)(found - file.data) : PDF_NOWHERE;
}

size_t pdf_count(struct bytes file, const char *word)
{
    size_t count = 0;

    for (size_t at = pdf_find(file, 0, word); at != PDF_NOWHERE; at = pdf_find(file, at + 1, word))
        count++;
    return count;
}

bool pdf_stands_at(struct bytes file, size_t at, const char *word)
{
    size_t size = strlen(word);

    return at <= file.size && size <= file.size - at && memcmp(file.data + at, word, size) == 0;
}

size_t pdf_skip_space(struct bytes file, size_t at)
{
    while (at < file.size && pdf_is_space(file.data[at]))
        at++;
    return at;
}

size_t pdf_skip_regular(struct bytes file, size_t at)
{
    while (at < file.size && pdf_is_regular(file.data[at]))
        at++;
    return at;
}

static bool token_ends_at(struct bytes file, size_t at)
{
    return at >= file.size || !pdf_is_regular(file.data[at]);
}

bool pdf_read_number(struct bytes file, size_t *at, uint64_t *out)
{
    size_t begin = pdf_skip_space(file, *at);
    size_t end = begin;
    uint64_t value = 0;

    while (end < file.size && end - begin < 10 && file.data[end] >= '0' && file.data[end] <= '9')
        value = value * 10 + (file.data[end++] - '0');
    if (end == begin || !token_ends_at(file, end))
        return false;
    *at = end;
    *out = value;
    return true;
}

bool pdf_read_word(struct bytes file, size_t *at, const char *word)
{
    size_t begin = pdf_skip_space(file, *at);
    size_t end = begin + strlen(word);

    if (!pdf_stands_at(file, begin, word) || !token_ends_at(file, end))
        return false;
    *at = end;
    return true;
}

size_t pdf_end_of_string(struct bytes file, size_t at)
{
    size_t depth = 0;

    for (; at < file.size; at++) {
        if (file.data[at] == '\\')
            at++;
        else if (file.data[at] == '(')
            depth++;
        else if (file.data[at] == ')' && --depth == 0)
            return at + 1;
    }
    return PDF_NOWHERE;
}
