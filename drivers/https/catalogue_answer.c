#include "catalogue_answer.h"

#include "answer_members.h"
#include "str.h"

#include <stdlib.h>

#define DOCUMENTS_MAXIMUM 64
#define PURPOSES_MAXIMUM 64
#define ELSEWHERE_MAXIMUM 64
#define WORD_MAXIMUM 40
#define NAME_MAXIMUM 200 // of a child

// A text in each language; the longest explanation fills a screen.
static enum result read_texts(const json_t *object, const char *texts[LANGUAGE_COUNT])
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const struct json_member member = {.name = language_code((enum language)i),
                                           .kind = JSON_KIND_TEXT,
                                           .offset = (size_t)i * sizeof texts[0],
                                           .least = 1,
                                           .most = 2000};
        TRY(json_read_members(object, &member, 1, texts));
    }
    return RESULT_OK;
}

static enum result read_languages(const json_t *array, bool in_language[LANGUAGE_COUNT])
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *code = json_string_value(json_array_get(array, i));
        if (code != NULL && str_equal(code, "fr"))
            in_language[LANGUAGE_FR] = true;
        else if (code != NULL && str_equal(code, "nl"))
            in_language[LANGUAGE_NL] = true;
        else
            return RESULT_MALFORMED;
    }
    return RESULT_OK;
}

static enum result read_some_texts(const json_t *object, const char *texts[LANGUAGE_COUNT])
{
    return object == NULL ? RESULT_OK : read_texts(object, texts);
}

// The lists that are read first borrow their texts from the answer; catalogue_create copies both.
static enum result new_list(const json_t *array, size_t size, void **list, size_t *count)
{
    *count = 0;
    *list = calloc(json_array_size(array) + 1, size);
    if (*list == NULL)
        return RESULT_NO_MEMORY;
    *count = json_array_size(array);
    return RESULT_OK;
}
#define NEW_LIST(array, list, count) new_list(array, sizeof *(list), (void **)&(list), &(count))

// ---- purposes and options

static enum result read_purpose(const json_t *object, struct catalogue_purpose *out)
{
    struct wire_purpose {
        const char *id;
        json_t *name, *information, *reason;
        bool eligible;
        int64_t price_cents;
    } wire = {};
    static const struct json_member members[] = {
        TEXT(struct wire_purpose, id, WORD_MAXIMUM),
        OBJECT(struct wire_purpose, name),
        OPTIONAL_OBJECT(struct wire_purpose, information),
        OPTIONAL_OBJECT(struct wire_purpose, reason),
        BOOLEAN(struct wire_purpose, eligible),
        INTEGER(struct wire_purpose, price_cents, 0, PRICE_MAXIMUM),
    };

    TRY(json_read_members(object, members, COUNT(members), &wire));
    *out = (struct catalogue_purpose){
        .id = wire.id, .eligible = wire.eligible, .price_cents = wire.price_cents};
    TRY(read_texts(wire.name, out->name));
    TRY(read_some_texts(wire.information, out->information));
    return read_some_texts(wire.reason, out->reason);
}

static enum result read_purposes(const json_t *array, struct catalogue_document *out)
{
    struct catalogue_purpose *list;

    TRY(NEW_LIST(array, list, out->purpose_count));
    out->purposes = list;
    for (size_t i = 0; i < out->purpose_count; i++)
        TRY(read_purpose(json_array_get(array, i), &list[i]));
    return RESULT_OK;
}

static enum result read_option(const json_t *object, struct catalogue_option *out)
{
    struct wire_option {
        const char *id;
        json_t *question, *yes, *no;
    } wire = {};
    static const struct json_member members[] = {
        TEXT(struct wire_option, id, WORD_MAXIMUM),
        OBJECT(struct wire_option, question),
        OBJECT(struct wire_option, yes),
        OBJECT(struct wire_option, no),
    };

    TRY(json_read_members(object, members, COUNT(members), &wire));
    *out = (struct catalogue_option){.id = wire.id};
    TRY(read_texts(wire.question, out->question));
    TRY(read_texts(wire.yes, out->yes));
    return read_texts(wire.no, out->no);
}

static enum result read_options(const json_t *array, struct catalogue_document *out)
{
    struct catalogue_option *list;

    TRY(NEW_LIST(array, list, out->option_count));
    out->options = list;
    for (size_t i = 0; i < out->option_count; i++)
        TRY(read_option(json_array_get(array, i), &list[i]));
    return RESULT_OK;
}

// ---- documents

struct wire_document {
    const char *kind, *icon;
    json_t *name, *explanation, *reason, *languages, *purposes, *options;
    bool eligible;
    int64_t price_cents;
};

static const struct json_member document_members[] = {
    TEXT(struct wire_document, kind, WORD_MAXIMUM),
    TEXT(struct wire_document, icon, WORD_MAXIMUM),
    OBJECT(struct wire_document, name),
    OBJECT(struct wire_document, explanation),
    OPTIONAL_OBJECT(struct wire_document, reason),
    BOOLEAN(struct wire_document, eligible),
    ARRAY(struct wire_document, languages, 1, 2),
    INTEGER(struct wire_document, price_cents, 0, PRICE_MAXIMUM),
    OPTIONAL_ARRAY(struct wire_document, purposes, PURPOSES_MAXIMUM),
    OPTIONAL_ARRAY(struct wire_document, options, CATALOGUE_OPTIONS_MAXIMUM),
};

static enum result read_document(const json_t *object, struct catalogue_document *out)
{
    struct wire_document wire = {};

    TRY(json_read_members(object, document_members, COUNT(document_members), &wire));
    *out = (struct catalogue_document){
        .kind = wire.kind,
        .icon = wire.icon,
        .eligible = wire.eligible,
        .price_cents = wire.price_cents,
    };
    TRY(read_texts(wire.name, out->name));
    TRY(read_texts(wire.explanation, out->explanation));
    TRY(read_some_texts(wire.reason, out->reason));
    TRY(read_purposes(wire.purposes, out));
    TRY(read_options(wire.options, out));
    return read_languages(wire.languages, out->in_language);
}

static enum result read_documents(const json_t *array, const struct catalogue_document **documents,
                                  size_t *count)
{
    struct catalogue_document *list;

    TRY(NEW_LIST(array, list, *count));
    *documents = list;
    for (size_t i = 0; i < *count; i++)
        TRY(read_document(json_array_get(array, i), &list[i]));
    return RESULT_OK;
}

// ---- documents that no terminal prints, and children

static enum result read_elsewhere(const json_t *array, struct catalogue *out)
{
    struct wire_elsewhere {
        const char *kind;
        json_t *name, *where;
    };
    static const struct json_member members[] = {
        TEXT(struct wire_elsewhere, kind, WORD_MAXIMUM),
        OBJECT(struct wire_elsewhere, name),
        OBJECT(struct wire_elsewhere, where),
    };
    struct catalogue_elsewhere *list;

    TRY(NEW_LIST(array, list, out->elsewhere_count));
    out->elsewhere = list;
    for (size_t i = 0; i < out->elsewhere_count; i++) {
        struct wire_elsewhere wire = {};
        TRY(json_read_members(json_array_get(array, i), members, COUNT(members), &wire));
        list[i].kind = wire.kind;
        TRY(read_texts(wire.name, list[i].name));
        TRY(read_texts(wire.where, list[i].where));
    }
    return RESULT_OK;
}

static enum result read_children(const json_t *array, struct catalogue *out)
{
    struct wire_child {
        const char *subject, *name;
        json_t *documents;
    };
    static const struct json_member members[] = {
        TEXT(struct wire_child, subject, WORD_MAXIMUM),
        TEXT(struct wire_child, name, NAME_MAXIMUM),
        ARRAY(struct wire_child, documents, 0, DOCUMENTS_MAXIMUM),
    };
    struct catalogue_child *list;

    TRY(NEW_LIST(array, list, out->child_count));
    out->children = list;
    for (size_t i = 0; i < out->child_count; i++) {
        struct wire_child wire = {};
        TRY(json_read_members(json_array_get(array, i), members, COUNT(members), &wire));
        list[i].subject = wire.subject;
        list[i].name = wire.name;
        TRY(read_documents(wire.documents, &list[i].documents, &list[i].count));
    }
    return RESULT_OK;
}

// ---- the whole

static void release_documents(const struct catalogue_document *documents, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free((void *)documents[i].purposes);
        free((void *)documents[i].options);
    }
    free((void *)documents);
}

static void release_lists(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->child_count; i++)
        release_documents(catalogue->children[i].documents, catalogue->children[i].count);
    free((void *)catalogue->children);
    free((void *)catalogue->elsewhere);
    release_documents(catalogue->documents, catalogue->count);
}

static enum result read_lists(const json_t *object, const json_t *children, struct catalogue *out)
{
    struct wire_catalogue {
        json_t *municipality, *documents, *elsewhere;
    } wire = {};
    static const struct json_member members[] = {
        OBJECT(struct wire_catalogue, municipality),
        ARRAY(struct wire_catalogue, documents, 0, DOCUMENTS_MAXIMUM),
        OPTIONAL_ARRAY(struct wire_catalogue, elsewhere, ELSEWHERE_MAXIMUM),
    };

    TRY(json_read_members(object, members, COUNT(members), &wire));
    TRY(read_texts(wire.municipality, out->municipality));
    TRY(read_documents(wire.documents, &out->documents, &out->count));
    TRY(read_elsewhere(wire.elsewhere, out));
    return read_children(children, out);
}

enum result catalogue_answer_read(const json_t *object, const json_t *children,
                                  struct catalogue **out)
{
    struct catalogue catalogue = {};

    *out = NULL;
    enum result result = read_lists(object, children, &catalogue);
    if (result == RESULT_OK)
        result = catalogue_create(&catalogue, out);
    release_lists(&catalogue);
    return result;
}
