#include "offer.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"

struct offer {
    json_t *data;
};

static const char *const all_languages[] = {"fr", "nl", "de", "en"};
static const char *const paper_languages[PAPER_LANGUAGE_COUNT] = {"fr", "nl"};

// Members of a document, their type and how many languages a text needs (0: not a text by
// language).
static const struct {
    const char *name;
    json_type type;
    size_t languages;
    bool required;
} members[] = {
    {"kind", JSON_STRING, 0, true},        {"letter", JSON_STRING, 0, true},
    {"icon", JSON_STRING, 0, true},        {"name", JSON_OBJECT, 4, true},
    {"explanation", JSON_OBJECT, 4, true}, {"reason", JSON_OBJECT, 4, false},
    {"languages", JSON_ARRAY, 0, true},    {"price_cents", JSON_INTEGER, 0, true},
    {"title", JSON_OBJECT, 2, true},       {"legal_basis", JSON_OBJECT, 2, true},
};

static bool has_texts(const json_t *object, size_t languages)
{
    for (size_t i = 0; i < languages; i++)
        if (json_string_length(json_object_get(object, all_languages[i])) == 0)
            return false;
    return true;
}

static enum result check_document(const json_t *document, size_t number, char *wrong,
                                  size_t capacity)
{
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const json_t *member = json_object_get(document, members[i].name);
        bool good = member == NULL ? !members[i].required
                                   : json_typeof(member) == members[i].type &&
                                         has_texts(member, members[i].languages);
        if (!good) {
            TRY(str_format(wrong, capacity, "document %zu: \"%s\" is missing, or not a %s",
                           number + 1, members[i].name,
                           members[i].languages > 0 ? "text in each language"
                                                    : "value of its type"));
            return RESULT_MALFORMED;
        }
    }
    if (json_integer_value(json_object_get(document, "price_cents")) < 0 ||
        json_string_length(json_object_get(document, "letter")) != 1 ||
        json_array_size(json_object_get(document, "languages")) == 0) {
        TRY(str_format(wrong, capacity,
                       "document %zu: price_cents must be 0 or more, letter one letter, languages "
                       "one at least",
                       number + 1));
        return RESULT_MALFORMED;
    }
    return RESULT_OK;
}

static enum result check(const json_t *data, char *wrong, size_t capacity)
{
    const json_t *documents = json_object_get(data, "documents");

    if (!has_texts(json_object_get(data, "municipality"), 4) || json_array_size(documents) == 0 ||
        !json_is_integer(json_object_get(data, "minimum_age"))) {
        TRY(str_copy(
            wrong, capacity,
            "expected \"municipality\" in four languages, \"minimum_age\" and \"documents\""));
        return RESULT_MALFORMED;
    }
    for (size_t i = 0; i < json_array_size(documents); i++)
        TRY(check_document(json_array_get(documents, i), i, wrong, capacity));
    return RESULT_OK;
}

enum result offer_create(const char *path, char *wrong, size_t capacity, struct offer **out)
{
    json_error_t error;
    owned(offer) offer = calloc(1, sizeof *offer);

    if (offer == NULL)
        return RESULT_NO_MEMORY;
    offer->data = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (offer->data == NULL) {
        bool absent = json_error_code(&error) == json_error_cannot_open_file;
        TRY(str_format(wrong, capacity, "line %d: %s", error.line, error.text));
        return absent ? RESULT_NOT_FOUND : RESULT_MALFORMED;
    }
    TRY(check(offer->data, wrong, capacity));
    *out = take(offer);
    return RESULT_OK;
}

void offer_destroy(struct offer *offer)
{
    if (offer == NULL)
        return;
    json_decref(offer->data);
    free(offer);
}

int offer_minimum_age(const struct offer *offer)
{
    return (int)json_integer_value(json_object_get(offer->data, "minimum_age"));
}

static const char *text_in(const json_t *document, const char *member, enum paper_language language)
{
    return json_string_value(
        json_object_get(json_object_get(document, member), paper_languages[language]));
}

static void describe(const json_t *document, struct offer_document *to)
{
    const json_t *languages = json_object_get(document, "languages");

    *to = (struct offer_document){
        .kind = json_string_value(json_object_get(document, "kind")),
        .letter = json_string_value(json_object_get(document, "letter"))[0],
        .price_cents = json_integer_value(json_object_get(document, "price_cents")),
        .issued_here = json_object_get(document, "reason") == NULL,
    };
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
        to->title[in] = text_in(document, "title", in);
        to->legal_basis[in] = text_in(document, "legal_basis", in);
        for (size_t i = 0; i < json_array_size(languages); i++) {
            const char *word = json_string_value(json_array_get(languages, i));
            to->in_language[in] =
                to->in_language[in] || (word != NULL && str_equal(word, paper_languages[in]));
        }
    }
}

enum result offer_find(const struct offer *offer, const char *kind, struct offer_document *out)
{
    const json_t *documents = json_object_get(offer->data, "documents");

    for (size_t i = 0; i < json_array_size(documents); i++) {
        describe(json_array_get(documents, i), out);
        if (str_equal(out->kind, kind))
            return RESULT_OK;
    }
    return RESULT_NOT_FOUND;
}

// The members that are the terminal's business; who got a reason is not eligible.
static json_t *document_to_api(const json_t *document)
{
    static const char *const passed_on[] = {"kind",      "icon",        "name",  "explanation",
                                            "languages", "price_cents", "reason"};
    json_t *to = json_object();

    for (size_t i = 0; i < sizeof passed_on / sizeof passed_on[0]; i++) {
        json_t *member = json_object_get(document, passed_on[i]);
        // A copy: reference counts of shared members would be touched by several threads.
        if (member != NULL && json_object_set_new(to, passed_on[i], json_deep_copy(member)) != 0) {
            json_decref(to);
            return NULL;
        }
    }
    json_object_set_new(to, "eligible", json_boolean(json_object_get(document, "reason") == NULL));
    return to;
}

json_t *offer_to_api(const struct offer *offer)
{
    const json_t *documents = json_object_get(offer->data, "documents");
    json_t *list = json_array();

    for (size_t i = 0; i < json_array_size(documents); i++)
        if (json_array_append_new(list, document_to_api(json_array_get(documents, i))) != 0) {
            json_decref(list);
            return NULL;
        }
    return json_pack("{s:o, s:o}", "municipality",
                     json_deep_copy(json_object_get(offer->data, "municipality")), "documents",
                     list);
}
