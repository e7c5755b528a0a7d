#include "offer_to_api.h"

#include "offer_inside.h"
#include "str.h"

// A copy: reference counts of shared members would be touched by several threads.
static void copy(json_t *to, const char *name, const json_t *member)
{
    if (member != NULL)
        json_object_set_new(to, name, json_deep_copy(member));
}

// Says that it cannot be had, and why; without a reason, that it can.
static void judge(json_t *to, const json_t *reason)
{
    json_object_set_new(to, "eligible", json_boolean(reason == NULL));
    copy(to, "reason", reason);
}

static const json_t *payment_reason(const struct offer *offer, const struct offer_view *view,
                                    long long cents)
{
    return cents > 0 && !view->takes_payment ? json_object_get(offer->data, "no_payment_reason")
                                             : NULL;
}

static json_t *purposes_to_api(const struct offer *offer, const struct offer_document *document,
                               const struct offer_view *view)
{
    const json_t *ids = json_object_get(document->data, "purposes");
    json_t *list = json_array();

    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        const json_t *purpose = offer_entry(json_object_get(offer->data, "purposes"), "id", id);
        json_t *to = json_object();
        long long cents = 0;
        (void)offer_price(document, id, &cents); // one of its own purposes
        json_object_set_new(to, "id", json_string(id));
        copy(to, "name", json_object_get(purpose, "name"));
        copy(to, "information", json_object_get(purpose, "information"));
        json_object_set_new(to, "price_cents", json_integer(cents));
        judge(to, payment_reason(offer, view, cents));
        json_array_append_new(list, to);
    }
    return list;
}

static json_t *options_to_api(const struct offer *offer, const struct offer_document *document)
{
    const json_t *ids = json_object_get(document->data, "options");
    json_t *list = json_array();

    for (size_t i = 0; i < json_array_size(ids); i++)
        json_array_append_new(
            list, json_deep_copy(offer_entry(json_object_get(offer->data, "options"), "id",
                                             json_string_value(json_array_get(ids, i)))));
    return list;
}

// The members that are the terminal's business.
static json_t *document_to_api(const struct offer *offer, const struct offer_document *document,
                               const struct offer_view *view)
{
    static const char *const passed_on[] = {"kind",        "icon",      "name",
                                            "explanation", "languages", "validity_days"};
    const json_t *reason =
        view->subject == NULL ? NULL : offer_reason(document->data, view->subject);
    json_t *to = json_object();
    long long cents = 0;

    (void)offer_price(document, NULL, &cents); // without a purpose there always is one
    for (size_t i = 0; i < sizeof passed_on / sizeof passed_on[0]; i++)
        copy(to, passed_on[i], json_object_get(document->data, passed_on[i]));
    json_object_set_new(to, "price_cents", json_integer(cents));
    json_object_set_new(to, "purposes", purposes_to_api(offer, document, view));
    json_object_set_new(to, "options", options_to_api(offer, document));
    judge(to, reason != NULL ? reason : payment_reason(offer, view, cents));
    return to;
}

// Who can have it stands before who cannot; both in the catalogue's order.
static json_t *documents_to_api(const struct offer *offer, const struct offer_view *view)
{
    const json_t *documents = json_object_get(offer->data, "documents");
    json_t *list = json_array(), *not_eligible = json_array();

    for (size_t i = 0; i < json_array_size(documents); i++) {
        struct offer_document document;
        const char *kind = json_string_value(json_object_get(json_array_get(documents, i), "kind"));
        if (offer_find(offer, kind, &document) != RESULT_OK ||
            (view->is_child && !document.for_children))
            continue;
        json_t *to = document_to_api(offer, &document, view);
        bool eligible = json_is_true(json_object_get(to, "eligible"));
        json_array_append_new(eligible ? list : not_eligible, to);
    }
    json_array_extend(list, not_eligible);
    json_decref(not_eligible);
    return list;
}

json_t *offer_to_api(const struct offer *offer, const struct offer_view *view)
{
    json_t *to = json_object();

    copy(to, "municipality", json_object_get(offer->data, "municipality"));
    json_object_set_new(to, "documents", documents_to_api(offer, view));
    copy(to, "elsewhere", json_object_get(offer->data, "elsewhere"));
    return to;
}
