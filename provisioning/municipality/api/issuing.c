#include "issuing.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "subjects.h"

static enum issuing_outcome repeated(const struct stored_order *order,
                                     const struct issuing_request *request)
{
    bool same =
        str_equal(order->requester, request->requester) && str_equal(order->kind, request->kind) &&
        str_equal(order->subject, request->subject) &&
        str_equal(order->language, request->language) &&
        str_equal(order->purpose, request->purpose) && str_equal(order->options, request->options);

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

// One document on its way: what was asked for, of whom, at which price, and its names.
struct work {
    const struct issuing_desk *desk;
    const struct issuing_request *request;
    struct offer_document document;
    struct partial_date today;
    struct household *household;
    struct address_history *history; // NULL when the document has none
    const struct resident *subject;
    struct stored_order order;
};

static void work_clear(struct work *work)
{
    household_destroy(work->household);
    address_history_destroy(work->history);
}

static enum result name_order(struct work *work)
{
    const struct issuing_request *request = work->request;
    struct stored_order *order = &work->order;
    char letter = work->document.letter;
    int64_t number;

    TRY(str_copy(order->id, sizeof order->id, request->id));
    TRY(str_copy(order->terminal, sizeof order->terminal, request->terminal));
    TRY(str_copy(order->session, sizeof order->session, request->session));
    TRY(str_copy(order->requester, sizeof order->requester, request->requester));
    TRY(str_copy(order->kind, sizeof order->kind, request->kind));
    TRY(str_copy(order->subject, sizeof order->subject, request->subject));
    TRY(str_copy(order->language, sizeof order->language, request->language));
    TRY(str_copy(order->purpose, sizeof order->purpose, request->purpose));
    TRY(str_copy(order->options, sizeof order->options, request->options));
    order->issued_at = request->at;
    order->state = ORDER_STATE_ISSUED;
    TRY(order_store_next_number(work->desk->store, work->today.year, letter, &number));
    TRY(order_reference_make(work->today.year, letter, number, order->reference));
    return order_code_make(order->code);
}

static enum result draw(struct work *work, struct certificate **out)
{
    const struct issuing_desk *desk = work->desk;
    struct stored_order *order = &work->order;
    enum paper_language language = language_of(order->language);
    struct certificate_request request = {
        .content = work->document.content,
        .household = work->household,
        .subject = work->subject->national_number,
        .asked_by_parent = !str_equal(work->subject->national_number, order->requester),
        .history = work->history,
        .language = language,
        .title = work->document.title[language],
        .legal_basis = work->document.legal_basis[language],
        .reference = order->reference,
        .code = order->code,
        .checking_address = desk->checking_address,
        .signatory = desk->signatory,
        .price_cents = order->price_cents,
        .issued_at = order->issued_at,
        .specimen = desk->demonstration,
    };

    if (order->purpose[0] != '\0')
        TRY(offer_purpose_name(desk->offer, order->purpose, language, &request.purpose));
    TRY(certificate_draw(desk->studio, &request, out));
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

static enum issuing_outcome outcome_of(enum result found)
{
    if (found == RESULT_NOT_FOUND)
        return ISSUING_SEE_COUNTER; // was a resident when they proved it
    return found == RESULT_OK ? ISSUING_DONE : ISSUING_REGISTER_DOWN;
}

static struct consultation consultation_of(const struct work *work, const char *subject)
{
    return (struct consultation){
        .requester = work->request->requester,
        .subject = subject,
        .terminal = work->request->terminal,
        .purpose = work->request->kind,
        .at = work->request->at,
    };
}

// The requester's household, in which the subject is.
static enum issuing_outcome consult(struct work *work)
{
    const struct population_register *population = &work->desk->population;
    struct consultation consultation = consultation_of(work, work->request->requester);
    enum issuing_outcome found =
        outcome_of(population->verbs->household(population->self, &consultation, &work->household));

    if (found != ISSUING_DONE)
        return found;
    const struct subject_question question = {work->household, work->request->requester,
                                              work->request->session, work->request->subject,
                                              work->today};
    if (subject_find(&question, &work->subject) != RESULT_OK)
        return ISSUING_NOT_POSSIBLE;
    if ((work->document.content.fields & CERTIFICATE_HISTORIES) == 0)
        return ISSUING_DONE;
    consultation = consultation_of(work, work->subject->national_number);
    return outcome_of(population->verbs->history(population->self, &consultation, &work->history));
}

// A child's document is a look at the child, and recorded as one.
static enum issuing_outcome record_child(const struct work *work)
{
    const struct population_register *population = &work->desk->population;
    const struct consultation consultation = consultation_of(work, work->subject->national_number);
    owned(household) seen = NULL;

    if (str_equal(work->subject->national_number, work->request->requester))
        return ISSUING_DONE;
    return outcome_of(population->verbs->household(population->self, &consultation, &seen));
}

// Options are separated by commas.
static enum result add_options(struct work *work)
{
    char options[sizeof work->order.options], *rest = options, *option;

    TRY(str_copy(options, sizeof options, work->request->options));
    while ((option = strsep(&rest, ",")) != NULL)
        if (*option != '\0')
            TRY(offer_add_option(&work->document, option));
    return RESULT_OK;
}

// What the catalogue alone can tell: kind, language, purpose, price, options.
static enum issuing_outcome check_wish(struct work *work)
{
    const struct issuing_request *request = work->request;
    const char *purpose = request->purpose[0] == '\0' ? NULL : request->purpose;

    if (offer_find(work->desk->offer, request->kind, &work->document) != RESULT_OK ||
        !work->document.in_language[language_of(request->language)] ||
        offer_price(&work->document, purpose, &work->order.price_cents) != RESULT_OK ||
        add_options(work) != RESULT_OK)
        return ISSUING_NOT_POSSIBLE;
    if (!str_equal(request->subject, "self") && !work->document.for_children)
        return ISSUING_NOT_POSSIBLE;
    // Nothing with a price is given away where nobody can pay.
    if (work->order.price_cents > 0 && !work->desk->takes_payment)
        return ISSUING_NOT_POSSIBLE;
    return ISSUING_DONE;
}

static enum issuing_outcome check_subject(struct work *work)
{
    enum issuing_outcome outcome = consult(work);

    if (outcome != ISSUING_DONE)
        return outcome;
    const struct offer_subject subject = {work->subject, &work->household->address, work->today};
    if (!offer_is_eligible(&work->document, &subject))
        return ISSUING_NOT_POSSIBLE;
    return record_child(work);
}

// Draws, seals and keeps; two requests of one id at once end in one order, the other's paper is
// lost.
static enum issuing_outcome make(struct work *work, struct stored_order *out)
{
    owned(certificate) certificate = NULL;
    owned(sealed_document) sealed = NULL;
    bool known;

    if (name_order(work) != RESULT_OK)
        return ISSUING_FAILED;
    enum result drawn = draw(work, &certificate);
    if (drawn != RESULT_OK)
        return drawn == RESULT_REFUSED ? ISSUING_SEE_COUNTER : ISSUING_FAILED;
    if (seal(work->desk, certificate, &work->order, &sealed) != RESULT_OK)
        return ISSUING_SEAL_DOWN;
    enum result added =
        order_store_add(work->desk->store, &work->order, (struct bytes){sealed->pdf, sealed->size});
    if (added == RESULT_REFUSED)
        return look_up(work->desk, work->request, &known, out);
    if (added != RESULT_OK)
        return ISSUING_FAILED;
    *out = work->order;
    return ISSUING_DONE;
}

enum issuing_outcome issuing_issue(const struct issuing_desk *desk,
                                   const struct issuing_request *request, struct stored_order *out)
{
    __attribute__((cleanup(work_clear))) struct work work = {.desk = desk, .request = request};
    struct certificate_moment moment;
    bool known;
    enum issuing_outcome outcome = look_up(desk, request, &known, out);

    if (known || outcome == ISSUING_FAILED)
        return outcome;
    if (certificate_moment_of(request->at, &moment) != RESULT_OK)
        return ISSUING_FAILED;
    work.today = moment.day;
    outcome = check_wish(&work);
    if (outcome == ISSUING_DONE && sealer_ready(desk->sealer, request->at) != RESULT_OK)
        outcome = ISSUING_SEAL_DOWN;
    if (outcome == ISSUING_DONE)
        outcome = check_subject(&work);
    return outcome == ISSUING_DONE ? make(&work, out) : outcome;
}
