#include "offer.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_schema.h"
#include "json_schema.h"
#include "offer_inside.h"
#include "str.h"

const json_t *offer_entry(const json_t *list, const char *key, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        const char *found = json_string_value(json_object_get(entry, key));
        if (found != NULL && str_equal(found, word))
            return entry;
    }
    return NULL;
}

bool offer_has_word(const json_t *list, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (str_equal(json_string_value(json_array_get(list, i)), word))
            return true;
    return false;
}

// ---- what a schema cannot say -------------------------------------------------------------------

struct checked {
    const json_t *data;
    char *wrong;
    size_t capacity;
};

// Too long a message is cut: the place stands first.
static enum result fails(const struct checked *checked, size_t document, const char *member,
                         const char *expected, const char *word)
{
    char text[400];

    TRY(str_format(text, sizeof text, "/documents/%zu/%s: expected %s, found %.40s", document,
                   member, expected, word));
    size_t length = strlen(text) < checked->capacity ? strlen(text) : checked->capacity - 1;
    memcpy(checked->wrong, text, length);
    checked->wrong[length] = '\0';
    return RESULT_MALFORMED;
}

static enum result check_once(const struct checked *checked, size_t number, const char *member)
{
    const json_t *documents = json_object_get(checked->data, "documents");
    const char *word =
        json_string_value(json_object_get(json_array_get(documents, number), member));

    for (size_t before = 0; before < number; before++)
        if (str_equal(json_string_value(json_object_get(json_array_get(documents, before), member)),
                      word))
            return fails(checked, number, member, "one that no document before has", word);
    return RESULT_OK;
}

static enum result check_words(const struct checked *checked, size_t number, const char *member,
                               const json_t *words, const char *among)
{
    for (size_t i = 0; i < json_array_size(words); i++) {
        const char *word = json_string_value(json_array_get(words, i));
        if (offer_entry(json_object_get(checked->data, among), "id", word) == NULL)
            return fails(checked, number, member, "ids that the catalogue has", word);
    }
    return RESULT_OK;
}

static enum result check_price(const struct checked *checked, size_t number, const json_t *document)
{
    json_t *prices = json_object_get(json_object_get(document, "price"), "by_purpose");
    const json_t *purposes = json_object_get(document, "purposes");

    for (void *at = json_object_iter(prices); at != NULL; at = json_object_iter_next(prices, at)) {
        const char *purpose = json_object_iter_key(at);
        if (!offer_has_word(purposes, purpose))
            return fails(checked, number, "price/by_purpose", "purposes of the document", purpose);
    }
    return RESULT_OK;
}

static enum result check_template(const struct checked *checked, size_t number,
                                  const json_t *template)
{
    const json_t *fact = json_object_get(template, "fact");
    bool person = str_equal(json_string_value(json_object_get(template, "layout")), "person");
    static const char *const members[] = {"fact", "subtitle"};

    if (person != (fact != NULL))
        return fails(checked, number, "template/fact",
                     "a fact for layout person, and none for household",
                     person ? "none" : "a fact");
    for (size_t i = 0; i < 2; i++)
        for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++) {
            const char *text = json_string_value(
                json_object_get(json_object_get(template, members[i]), paper_language_words[in]));
            if (text != NULL && certificate_text_check(text) != RESULT_OK)
                return fails(checked, number, i == 0 ? "template/fact" : "template/subtitle",
                             "no slot but {today} {since} {registered_since} {in_register} "
                             "{from_register}",
                             text);
        }
    return RESULT_OK;
}

static enum result check_rules(const struct checked *checked, size_t number, const json_t *rules)
{
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        const char *fact = json_string_value(json_object_get(rule, "fact"));
        bool bounded =
            json_object_get(rule, "at_least") != NULL || json_object_get(rule, "at_most") != NULL;
        if (str_equal(fact, "age") != bounded || bounded == (json_object_get(rule, "is") != NULL))
            return fails(checked, number, "eligibility",
                         "\"at_least\" or \"at_most\" for age, \"is\" for the others", fact);
    }
    return RESULT_OK;
}

static enum result check_document(const struct checked *checked, size_t number)
{
    const json_t *document = json_array_get(json_object_get(checked->data, "documents"), number);

    TRY(check_once(checked, number, "kind"));
    TRY(check_once(checked, number, "letter"));
    TRY(check_words(checked, number, "purposes", json_object_get(document, "purposes"),
                    "purposes"));
    TRY(check_words(checked, number, "options", json_object_get(document, "options"), "options"));
    TRY(check_price(checked, number, document));
    TRY(check_rules(checked, number, json_object_get(document, "eligibility")));
    return check_template(checked, number, json_object_get(document, "template"));
}

static enum result check(const json_t *data, char *wrong, size_t capacity)
{
    const struct checked checked = {data, wrong, capacity};
    json_error_t error;
    json_auto_t *schema = json_loadb((const char *)catalogue_schema, catalogue_schema_size,
                                     JSON_REJECT_DUPLICATES, &error);

    TRY(json_schema_check(schema, data, wrong, capacity));
    for (size_t i = 0; i < json_array_size(json_object_get(data, "documents")); i++)
        TRY(check_document(&checked, i));
    return RESULT_OK;
}

// ---- reading ------------------------------------------------------------------------------------

enum result offer_create(const char *path, char *wrong, size_t capacity, struct offer **out)
{
    json_error_t error;
    owned(offer) offer = calloc(1, sizeof *offer);

    if (offer == NULL)
        return RESULT_NO_MEMORY;
    offer->data = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (offer->data == NULL) {
        bool absent = json_error_code(&error) == json_error_cannot_open_file;
        TRY(str_format(wrong, capacity, "line %d, column %d: %s", error.line, error.column,
                       error.text));
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

static void read_paper_texts(const json_t *object, const char *to[PAPER_LANGUAGE_COUNT])
{
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++)
        to[in] = json_string_value(json_object_get(object, paper_language_words[in]));
}

static certificate_fields fields_of(const json_t *words)
{
    certificate_fields fields = 0, bit;

    for (size_t i = 0; i < json_array_size(words); i++)
        if (certificate_field_from_word(json_string_value(json_array_get(words, i)), &bit) ==
            RESULT_OK)
            fields |= bit;
    return fields;
}

static void read_template(const json_t *template, struct certificate_template *to)
{
    bool household = str_equal(json_string_value(json_object_get(template, "layout")), "household");

    to->layout = household ? CERTIFICATE_OF_HOUSEHOLD : CERTIFICATE_OF_PERSON;
    to->fields = fields_of(json_object_get(template, "fields"));
    read_paper_texts(json_object_get(template, "fact"), to->fact);
    read_paper_texts(json_object_get(template, "subtitle"), to->subtitle);
}

static void describe(const json_t *document, struct offer_document *to)
{
    const json_t *languages = json_object_get(document, "languages");

    *to = (struct offer_document){
        .kind = json_string_value(json_object_get(document, "kind")),
        .letter = json_string_value(json_object_get(document, "letter"))[0],
        .for_children = offer_has_word(json_object_get(document, "subjects"), "children"),
        .data = document,
    };
    for (enum paper_language in = 0; in < PAPER_LANGUAGE_COUNT; in++)
        to->in_language[in] = offer_has_word(languages, paper_language_words[in]);
    read_paper_texts(json_object_get(document, "title"), to->title);
    read_paper_texts(json_object_get(document, "legal_basis"), to->legal_basis);
    read_template(json_object_get(document, "template"), &to->content);
}

enum result offer_find(const struct offer *offer, const char *kind, struct offer_document *out)
{
    const json_t *document = offer_entry(json_object_get(offer->data, "documents"), "kind", kind);

    if (document == NULL)
        return RESULT_NOT_FOUND;
    describe(document, out);
    return RESULT_OK;
}

// ---- rules, prices, options ---------------------------------------------------------------------

static const char *fact_of(const char *fact, const struct offer_subject *subject)
{
    if (str_equal(fact, "nationality"))
        return subject->person->citizenship == CITIZENSHIP_BELGIAN ? "belgian" : "other";
    if (str_equal(fact, "register"))
        return register_book_words[subject->person->book];
    return subject->address->dwelling == DWELLING_REFERENCE ? "reference" : "home";
}

static bool rule_holds(const json_t *rule, const struct offer_subject *subject)
{
    const char *fact = json_string_value(json_object_get(rule, "fact"));
    const json_t *least = json_object_get(rule, "at_least"),
                 *most = json_object_get(rule, "at_most");

    if (!str_equal(fact, "age"))
        return offer_has_word(json_object_get(rule, "is"), fact_of(fact, subject));
    if (subject->person->birth.year == 0)
        return false; // a person at the counter knows
    int age = partial_date_age(subject->person->birth, subject->today);
    return (least == NULL || age >= json_integer_value(least)) &&
           (most == NULL || age <= json_integer_value(most));
}

const json_t *offer_reason(const json_t *document, const struct offer_subject *subject)
{
    const json_t *rules = json_object_get(document, "eligibility");

    for (size_t i = 0; i < json_array_size(rules); i++)
        if (!rule_holds(json_array_get(rules, i), subject))
            return json_object_get(json_array_get(rules, i), "reason");
    return NULL;
}

bool offer_is_eligible(const struct offer_document *document, const struct offer_subject *subject)
{
    return offer_reason(document->data, subject) == NULL;
}

enum result offer_price(const struct offer_document *document, const char *purpose,
                        long long *cents)
{
    const json_t *price = json_object_get(document->data, "price");
    const json_t *special = NULL;

    if (purpose != NULL && !offer_has_word(json_object_get(document->data, "purposes"), purpose))
        return RESULT_NOT_FOUND;
    if (purpose != NULL)
        special = json_object_get(json_object_get(price, "by_purpose"), purpose);
    *cents = json_integer_value(special != NULL ? special : json_object_get(price, "cents"));
    return RESULT_OK;
}

enum result offer_purpose_name(const struct offer *offer, const char *purpose,
                               enum paper_language language, const char **name)
{
    const json_t *entry = offer_entry(json_object_get(offer->data, "purposes"), "id", purpose);

    if (entry == NULL)
        return RESULT_NOT_FOUND;
    *name = json_string_value(
        json_object_get(json_object_get(entry, "name"), paper_language_words[language]));
    return RESULT_OK;
}

enum result offer_add_option(struct offer_document *document, const char *option)
{
    certificate_fields bit;

    if (!offer_has_word(json_object_get(document->data, "options"), option))
        return RESULT_NOT_FOUND;
    TRY(certificate_field_from_word(option, &bit));
    document->content.fields |= bit;
    return RESULT_OK;
}
