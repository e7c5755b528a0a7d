#include "catalogue.h"

#include <stdlib.h>
#include <string.h>

// One allocation holds the struct, the documents and every text, so that freeing is one call.
struct arena {
    char *next;
};

static size_t text_size(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

static size_t texts_size(const char *const texts[LANGUAGE_COUNT])
{
    size_t total = 0;

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        total += text_size(texts[i]);
    return total;
}

static const char *place(struct arena *arena, const char *text)
{
    size_t size = text_size(text);
    char *at = arena->next;

    if (text == NULL)
        return NULL;
    memcpy(at, text, size);
    arena->next += size;
    return at;
}

static void place_all(struct arena *arena, const char *to[LANGUAGE_COUNT],
                      const char *const from[LANGUAGE_COUNT])
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        to[i] = place(arena, from[i]);
}

static size_t total_size(const struct catalogue *from)
{
    size_t total =
        sizeof *from + from->count * sizeof *from->documents + texts_size(from->municipality);

    for (size_t i = 0; i < from->count; i++) {
        const struct catalogue_document *document = &from->documents[i];
        total += text_size(document->kind) + text_size(document->icon) +
                 texts_size(document->name) + texts_size(document->explanation) +
                 texts_size(document->reason);
    }
    return total;
}

enum result catalogue_create(const struct catalogue *from, struct catalogue **out)
{
    *out = NULL;
    if (from->count > 10000)
        return RESULT_TOO_LARGE;
    struct catalogue *made = malloc(total_size(from));
    if (made == NULL)
        return RESULT_NO_MEMORY;
    struct catalogue_document *documents = (struct catalogue_document *)(made + 1);
    struct arena arena = {.next = (char *)(documents + from->count)};

    *made = (struct catalogue){.count = from->count, .documents = documents};
    place_all(&arena, made->municipality, from->municipality);
    for (size_t i = 0; i < from->count; i++) {
        const struct catalogue_document *source = &from->documents[i];
        documents[i] = *source;
        documents[i].kind = place(&arena, source->kind);
        documents[i].icon = place(&arena, source->icon);
        place_all(&arena, documents[i].name, source->name);
        place_all(&arena, documents[i].explanation, source->explanation);
        place_all(&arena, documents[i].reason, source->reason);
    }
    *out = made;
    return RESULT_OK;
}

void catalogue_destroy(struct catalogue *catalogue)
{
    free(catalogue);
}
