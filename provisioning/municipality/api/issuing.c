#include "issuing.h"

#include <stdlib.h>

#include "log.h"

static enum issuing_outcome repeated(const struct stored_order *order,
                                     const struct issuing_request *request)
{
    bool same = str_equal(order->requester, request->requester) &&
                str_equal(order->kind, request->kind) &&
                str_equal(order->subject, request->subject) &&
                str_equal(order->language, request->language);

    return same ? ISSUING_DONE : ISSUING_OTHER_ORDER;
}

// *known tells whether there is such an order; `outcome` is its answer then.
static enum issuing_outcome look_up(const struct issuing_desk *desk,
                                    const struct issuing_request *request, bool *known,
                                    struct stored_order *out)
{
    *known = true;
    switch (order_store_find(desk->store, request->id, request->terminal, out)) {
    case RESULT_OK:
        return repeated(out, request);
    case RESULT_NOT_FOUND:
        if (order_store_has(desk->store, request->id, known) != RESULT_OK)
            return ISSUING_FAILED;
        return ISSUING_OTHER_ORDER; // of another terminal, if there is one
    case RESULT_CANCELLED:
    case RESULT_TIMED_OUT:
    case RESULT_NO_MEMORY:
    case RESULT_INVALID:
    case RESULT_MALFORMED:
    case RESULT_REFUSED:
    case RESULT_UNREACHABLE:
    case RESULT_BUSY:
    case RESULT_REMOVED:
    case RESULT_TOO_LARGE:
    case RESULT_FAILED:
        return ISSUING_FAILED;
    }
    return ISSUING_FAILED;
}

static enum paper_language language_of(const char *word)
{
    return str_equal(word, "nl") ? PAPER_DUTCH : PAPER_FRENCH;
}

static enum result name_order(const struct issuing_desk *desk,
                              const struct offer_document *document,
                              const struct issuing_request *request, struct stored_order *order)
{
    struct certificate_moment moment;
    int64_t number;

    TRY(str_copy(order->id, sizeof order->id, request->id));
    TRY(str_copy(order->terminal, sizeof order->terminal, request->terminal));
    TRY(str_copy(order->session, sizeof order->session, request->session));
    TRY(str_copy(order->requester, sizeof order->requester, request->requester));
    TRY(str_copy(order->kind, sizeof order->kind, request->kind));
    TRY(str_copy(order->subject, sizeof order->subject, request->subject));
    TRY(str_copy(order->language, sizeof order->language, request->language));
    order->issued_at = request->at;
    order->price_cents = document->price_cents;
    order->state = ORDER_STATE_ISSUED;
    TRY(certificate_moment_of(request->at, &moment));
    TRY(order_store_next_number(desk->store, moment.day.year, document->letter, &number));
    TRY(order_reference_make(moment.day.year, document->letter, number, order->reference));
    return order_code_make(order->code);
}

static enum result draw(const struct issuing_desk *desk, const struct offer_document *document,
                        const struct household *household, struct stored_order *order,
                        struct certificate **out)
{
    enum paper_language language = language_of(order->language);
    const struct certificate_request request = {
        .household = household,
        .subject = order->requester,
        .language = language,
        .title = document->title[language],
        .legal_basis = document->legal_basis[language],
        .reference = order->reference,
        .code = order->code,
        .checking_address = desk->checking_address,
        .signatory = desk->signatory,
        .price_cents = order->price_cents,
        .issued_at = order->issued_at,
        .specimen = desk->demonstration,
    };

    TRY(certificate_draw_household(desk->studio, &request, out));
    order->pages = (*out)->pages;
    return RESULT_OK;
}

static enum result seal(const struct issuing_desk *desk, const struct certificate *certificate,
                        struct stored_order *order, struct sealed_document **out)
{
    const struct sealing sealing = {
        .pdf = {certificate->pdf, certificate->size},
        .language_tag = certificate->language_tag,
        .figure_texts = certificate->figure_texts,
        .figure_count = CERTIFICATE_FIGURES,
        .at = order->issued_at,
    };

    TRY(sealer_seal(desk->sealer, &sealing, out));
    return bytes_to_hex((struct bytes){(*out)->sha256, sizeof(*out)->sha256}, order->sha256,
                        sizeof order->sha256);
}

static enum issuing_outcome consult(const struct issuing_desk *desk,
                                    const struct issuing_request *request, struct household **out)
{
    const struct consultation consultation = {
        .requester = request->requester,
        .subject = request->requester,
        .terminal = request->terminal,
        .purpose = request->kind,
        .at = request->at,
    };
    enum result found =
        desk->population.verbs->household(desk->population.self, &consultation, out);

    if (found == RESULT_NOT_FOUND)
        return ISSUING_SEE_COUNTER; // was a resident when they proved it
    return found == RESULT_OK ? ISSUING_DONE : ISSUING_REGISTER_DOWN;
}

// Draws, seals and keeps; two requests of one id at once end in one order, the other's paper is
// lost.
static enum issuing_outcome make(const struct issuing_desk *desk,
                                 const struct offer_document *document,
                                 const struct issuing_request *request, struct stored_order *out)
{
    owned(household) household = NULL;
    owned(certificate) certificate = NULL;
    owned(sealed_document) sealed = NULL;
    struct stored_order order = {};
    bool known;
    enum issuing_outcome consulted = consult(desk, request, &household);

    if (consulted != ISSUING_DONE)
        return consulted;
    if (name_order(desk, document, request, &order) != RESULT_OK)
        return ISSUING_FAILED;
    enum result drawn = draw(desk, document, household, &order, &certificate);
    if (drawn != RESULT_OK)
        return drawn == RESULT_REFUSED ? ISSUING_SEE_COUNTER : ISSUING_FAILED;
    if (seal(desk, certificate, &order, &sealed) != RESULT_OK)
        return ISSUING_SEAL_DOWN;
    enum result added =
        order_store_add(desk->store, &order, (struct bytes){sealed->pdf, sealed->size});
    if (added == RESULT_REFUSED)
        return look_up(desk, request, &known, out);
    if (added != RESULT_OK)
        return ISSUING_FAILED;
    *out = order;
    return ISSUING_DONE;
}

enum issuing_outcome issuing_issue(const struct issuing_desk *desk,
                                   const struct issuing_request *request, struct stored_order *out)
{
    struct offer_document document;
    bool known;
    enum issuing_outcome before = look_up(desk, request, &known, out);

    if (known || before == ISSUING_FAILED)
        return before;
    // Only the household composition has a drawing; a kind of another name is not possible here
    // yet.
    if (offer_find(desk->offer, request->kind, &document) != RESULT_OK || !document.issued_here ||
        !str_equal(request->kind, "household") ||
        !document.in_language[language_of(request->language)])
        return ISSUING_NOT_POSSIBLE;
    if (sealer_ready(desk->sealer, request->at) != RESULT_OK)
        return ISSUING_SEAL_DOWN;
    return make(desk, &document, request, out);
}
