#include "catalogue.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define MOST 10000 // of any list

// One allocation holds every struct and text, so that freeing is one call. The same functions walk
// a catalogue twice: without a place they only count what is needed.
struct arena {
    char *place;
    size_t used;
};

static void *room(struct arena *arena, size_t size, size_t alignment)
{
    size_t at = (arena->used + alignment - 1) / alignment * alignment;

    arena->used = at + size;
    return arena->place == NULL ? NULL : arena->place + at;
}
#define ROOM(arena, type, count) ((type *)room(arena, sizeof(type) * (count), alignof(type)))

static const char *copy_text(struct arena *arena, const char *text)
{
    if (text == NULL)
        return NULL;
    size_t size = strlen(text) + 1;
    char *to = ROOM(arena, char, size);
    if (to != NULL)
        memcpy(to, text, size);
    return to;
}

static void copy_texts(struct arena *arena, const char *texts[LANGUAGE_COUNT])
{
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        texts[i] = copy_text(arena, texts[i]);
}

static const struct catalogue_purpose *
copy_purposes(struct arena *arena, const struct catalogue_purpose *from, size_t count)
{
    struct catalogue_purpose *to = ROOM(arena, struct catalogue_purpose, count);

    for (size_t i = 0; i < count; i++) {
        struct catalogue_purpose made = from[i];
        made.id = copy_text(arena, made.id);
        copy_texts(arena, made.name);
        copy_texts(arena, made.information);
        copy_texts(arena, made.reason);
        if (to != NULL)
            to[i] = made;
    }
    return to;
}

static const struct catalogue_option *
copy_options(struct arena *arena, const struct catalogue_option *from, size_t count)
{
    struct catalogue_option *to = ROOM(arena, struct catalogue_option, count);

    for (size_t i = 0; i < count; i++) {
        struct catalogue_option made = from[i];
        made.id = copy_text(arena, made.id);
        copy_texts(arena, made.question);
        copy_texts(arena, made.yes);
        copy_texts(arena, made.no);
        if (to != NULL)
            to[i] = made;
    }
    return to;
}

static const struct catalogue_document *
copy_documents(struct arena *arena, const struct catalogue_document *from, size_t count)
{
    struct catalogue_document *to = ROOM(arena, struct catalogue_document, count);

    for (size_t i = 0; i < count; i++) {
        struct catalogue_document made = from[i];
        made.kind = copy_text(arena, made.kind);
        made.icon = copy_text(arena, made.icon);
        copy_texts(arena, made.name);
        copy_texts(arena, made.explanation);
        copy_texts(arena, made.reason);
        made.purposes = copy_purposes(arena, made.purposes, made.purpose_count);
        made.options = copy_options(arena, made.options, made.option_count);
        if (to != NULL)
            to[i] = made;
    }
    return to;
}

static const struct catalogue_elsewhere *
copy_elsewhere(struct arena *arena, const struct catalogue_elsewhere *from, size_t count)
{
    struct catalogue_elsewhere *to = ROOM(arena, struct catalogue_elsewhere, count);

    for (size_t i = 0; i < count; i++) {
        struct catalogue_elsewhere made = from[i];
        made.kind = copy_text(arena, made.kind);
        copy_texts(arena, made.name);
        copy_texts(arena, made.where);
        if (to != NULL)
            to[i] = made;
    }
    return to;
}

static const struct catalogue_child *copy_children(struct arena *arena,
                                                   const struct catalogue_child *from, size_t count)
{
    struct catalogue_child *to = ROOM(arena, struct catalogue_child, count);

    for (size_t i = 0; i < count; i++) {
        struct catalogue_child made = from[i];
        made.subject = copy_text(arena, made.subject);
        made.name = copy_text(arena, made.name);
        made.documents = copy_documents(arena, made.documents, made.count);
        if (to != NULL)
            to[i] = made;
    }
    return to;
}

static struct catalogue *copy_catalogue(struct arena *arena, const struct catalogue *from)
{
    struct catalogue *to = ROOM(arena, struct catalogue, 1);
    struct catalogue made = *from;

    copy_texts(arena, made.municipality);
    made.documents = copy_documents(arena, made.documents, made.count);
    made.elsewhere = copy_elsewhere(arena, made.elsewhere, made.elsewhere_count);
    made.children = copy_children(arena, made.children, made.child_count);
    if (to != NULL)
        *to = made;
    return to;
}

static bool documents_are_too_many(const struct catalogue_document *documents, size_t count)
{
    if (count > MOST)
        return true;
    for (size_t i = 0; i < count; i++)
        if (documents[i].purpose_count > MOST ||
            documents[i].option_count > CATALOGUE_OPTIONS_MAXIMUM)
            return true;
    return false;
}

static bool is_too_large(const struct catalogue *from)
{
    if (from->elsewhere_count > MOST || from->child_count > MOST ||
        documents_are_too_many(from->documents, from->count))
        return true;
    for (size_t i = 0; i < from->child_count; i++)
        if (documents_are_too_many(from->children[i].documents, from->children[i].count))
            return true;
    return false;
}

enum result catalogue_create(const struct catalogue *from, struct catalogue **out)
{
    struct arena arena = {};

    *out = NULL;
    if (is_too_large(from))
        return RESULT_TOO_LARGE;
    (void)copy_catalogue(&arena, from);
    arena.place = malloc(arena.used);
    if (arena.place == NULL)
        return RESULT_NO_MEMORY;
    arena.used = 0;
    *out = copy_catalogue(&arena, from); // stands at the beginning
    return RESULT_OK;
}

void catalogue_destroy(struct catalogue *catalogue)
{
    free(catalogue);
}
