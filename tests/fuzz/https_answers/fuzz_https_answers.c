// Any bytes as an answer of the municipality: the first byte says of which call. What is accepted
// is looked at, so that a sanitizer sees a text that was not there.
#include "answers.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t weigh_texts(const char *const texts[LANGUAGE_COUNT])
{
    size_t total = 0;

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        total += texts[i] != NULL ? strlen(texts[i]) : 0;
    return total;
}

static void look_at(const struct catalogue *catalogue)
{
    size_t total = weigh_texts(catalogue->municipality);

    for (size_t i = 0; i < catalogue->count; i++) {
        const struct catalogue_document *document = &catalogue->documents[i];
        total += strlen(document->kind) + strlen(document->icon) + weigh_texts(document->name) +
                 weigh_texts(document->explanation) + weigh_texts(document->reason);
        if (!document->in_language[LANGUAGE_FR] && !document->in_language[LANGUAGE_NL])
            abort();
        if (document->price_cents < 0)
            abort();
    }
    if (total == 0)
        abort(); // the municipality's name is never empty
}

static void as_catalogue(struct bytes body)
{
    owned(catalogue) catalogue = NULL;

    if (answer_read_catalogue(body, &catalogue) == RESULT_OK)
        look_at(catalogue);
}

static void as_session(struct bytes body)
{
    struct answer_session session;

    if (answer_read_session(body, &session) == RESULT_OK &&
        strlen(session.session) != IDENTIFIER_TEXT_SIZE - 1)
        abort();
}

static void as_proved(struct bytes body)
{
    owned(secret) token = NULL;
    owned(catalogue) catalogue = NULL;

    if (secret_create(TOKEN_SIZE, &token) != RESULT_OK)
        abort();
    if (answer_read_proved(body, token, &catalogue) != RESULT_OK)
        return;
    look_at(catalogue);
    const char *text = (const char *)secret_bytes(token).data;
    if (strpbrk(text, "\r\n ") != NULL)
        abort(); // it goes into a header
}

static void as_order(struct bytes body)
{
    struct backend_order order;

    if (answer_read_order(body, "ISSUED", &order) == RESULT_OK && order.pages < 1)
        abort();
}

static void as_problem(struct bytes body)
{
    enum backend_refusal refusal;
    enum result result = answer_read_problem(body, &refusal);

    if ((result == RESULT_REFUSED) != (refusal != BACKEND_REFUSAL_NONE))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(struct bytes body) = {as_catalogue, as_session, as_proved,
                                                         as_order, as_problem};

    if (size == 0)
        return 0;
    readers[data[0] % 5]((struct bytes){data + 1, size - 1});
    return 0;
}
