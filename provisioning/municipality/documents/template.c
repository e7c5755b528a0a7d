// Templates: their fields' words, and their slots.
#include <glib.h>
#include <string.h>

#include "certificate_template.h"
#include "str.h"
#include "wording.h"

enum result certificate_field_from_word(const char *word, certificate_fields *bit)
{
    static const char *const words[CERTIFICATE_FIELD_COUNT] = {
#define X(id, text) [CERTIFICATE_FIELD_##id] = text,
        CERTIFICATE_FIELD_LIST(X)
#undef X
    };

    for (size_t field = 0; field < CERTIFICATE_FIELD_COUNT; field++)
        if (str_equal(word, words[field])) {
            *bit = UINT32_C(1) << field;
            return RESULT_OK;
        }
    return RESULT_NOT_FOUND;
}

enum slot { SLOT_TODAY, SLOT_SINCE, SLOT_REGISTERED_SINCE, SLOT_IN_REGISTER, SLOT_FROM_REGISTER };
#define SLOT_COUNT 5
static const char *const slots[SLOT_COUNT] = {
    [SLOT_TODAY] = "{today}",
    [SLOT_SINCE] = "{since}",
    [SLOT_REGISTERED_SINCE] = "{registered_since}",
    [SLOT_IN_REGISTER] = "{in_register}",
    [SLOT_FROM_REGISTER] = "{from_register}",
};

// The slot at the beginning of a text; SLOT_COUNT when there is none.
static size_t slot_at(const char *text)
{
    size_t slot = 0;

    while (slot < SLOT_COUNT && !str_starts_with(text, slots[slot]))
        slot++;
    return slot;
}

enum result certificate_text_check(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '}')
            return RESULT_MALFORMED;
        if (*text != '{')
            continue;
        size_t slot = slot_at(text);
        if (slot == SLOT_COUNT)
            return RESULT_MALFORMED;
        text += strlen(slots[slot]) - 1;
    }
    return RESULT_OK;
}

static char *slot_value(enum slot slot, const struct resident *person, struct partial_date today,
                        enum paper_language language, bool markup)
{
    switch (slot) {
    case SLOT_TODAY:
        return wording_date(today, language, markup);
    case SLOT_SINCE:
        return wording_since(person->here_since, language, markup);
    case SLOT_REGISTERED_SINCE:
        return wording_since(person->book_since, language, markup);
    case SLOT_IN_REGISTER:
        return g_strdup(wording_in_register(person->book, language));
    case SLOT_FROM_REGISTER:
        return g_strdup(wording_from_register(person->book, language));
    }
    return g_strdup("");
}

static void append_text(GString *to, const char *text, size_t length, bool markup)
{
    g_autofree char *plain = g_strndup(text, length);
    g_autofree char *escaped = markup ? g_markup_escape_text(plain, -1) : g_strdup(plain);

    g_string_append(to, escaped);
}

char *wording_fill(const char *text, const struct resident *person, struct partial_date today,
                   enum paper_language language, bool markup)
{
    GString *filled = g_string_new(NULL);

    while (*text != '\0') {
        size_t slot = slot_at(text);
        if (slot == SLOT_COUNT) {
            size_t length = strcspn(text + 1, "{") + 1;
            append_text(filled, text, length, markup);
            text += length;
            continue;
        }
        g_autofree char *words = slot_value((enum slot)slot, person, today, language, markup);
        g_string_append(filled, words);
        text += strlen(slots[slot]);
    }
    return g_string_free(filled, FALSE);
}
