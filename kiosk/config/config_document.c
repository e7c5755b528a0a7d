// The documented default file, written from the table of keys.
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config_keys.h"
#include "str.h"

struct page {
    char *out;
    size_t capacity;
    size_t used;
};

static enum result put(struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum result put(struct page *page, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(page->out + page->used, page->capacity - page->used, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= page->capacity - page->used)
        return RESULT_TOO_LARGE;
    page->used += (size_t)length;
    return RESULT_OK;
}

static enum result put_help(struct page *page, const char *help)
{
    for (const char *line = help; *line != '\0';) {
        size_t length = strcspn(line, "\n");

        TRY(put(page, "# %.*s\n", (int)length, line));
        line += length + (line[length] == '\n' ? 1 : 0);
    }
    return RESULT_OK;
}

static enum result put_key(struct page *page, const struct config_key *key)
{
    char expectation[256];

    TRY(config_key_expectation(key, expectation, sizeof expectation));
    TRY(put_help(page, key->help));
    TRY(put(page, "# Expected: %s. %s\n", expectation,
            key->must_be_stated ? "Must be stated." : "May be left out."));
    return put(page, "%s =%s%s\n\n", key->key, *key->fallback == '\0' ? "" : " ", key->fallback);
}

enum result config_document(char *out, size_t capacity)
{
    struct page page = {.out = out, .capacity = capacity};
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);

    TRY(put(&page,
            "# The configuration of a terminal. One key a line, \"key = value\"; a line that "
            "begins with\n# \"#\" says nothing to the program. `eguichet-kiosk --config FILE "
            "--check` tries a file.\n\n"));
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_equal(keys[i].section, keys[i - 1].section))
            TRY(put(&page, "[%s]\n", keys[i].section));
        TRY(put_key(&page, &keys[i]));
    }
    out[page.used - 1] = '\0'; // no empty line at the end
    return RESULT_OK;
}
