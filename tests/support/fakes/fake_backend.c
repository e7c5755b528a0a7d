#include "fakes.h"

#include <string.h>

#include "str.h"

static const char challenge_text[] = "challenge";

static enum result make_catalogue(struct catalogue **out)
{
    static const struct catalogue_document documents[] = {
        {.kind = "household",
         .icon = "household",
         .name = {"Composition de ménage", "Gezinssamenstelling", "Haushalt", "Household"},
         .explanation = {"…", "…", "…", "…"},
         .eligible = true,
         .in_language = {[LANGUAGE_FR] = true, [LANGUAGE_NL] = true}},
        {.kind = "life",
         .icon = "life",
         .name = {"Certificat de vie", "Levensbewijs", "Lebensbescheinigung", "Life"},
         .explanation = {"…", "…", "…", "…"},
         .eligible = true,
         .in_language = {[LANGUAGE_FR] = true, [LANGUAGE_NL] = true}},
    };
    static const struct catalogue catalogue = {
        .municipality = {"Bruxelles", "Brussel", "Brüssel", "Brussels"},
        .count = 2,
        .documents = documents,
    };

    return catalogue_create(&catalogue, out);
}

// What every verb begins with: the string that makes it wait, fail or be refused.
static enum result enter(struct fakes *fakes, int *counter, enum backend_refusal *refusal)
{
    pthread_mutex_lock(&fakes->lock);
    ++*counter;
    while ((fakes->backend_waits || (fakes->proof_waits && counter == &fakes->proved)) &&
           !cancellation_is_asked(&fakes->backend_cancellation))
        pthread_cond_wait(&fakes->changed, &fakes->lock);
    enum result result = cancellation_is_asked(&fakes->backend_cancellation)
                             ? RESULT_CANCELLED
                             : fakes->backend_result;
    *refusal = fakes->refusal;
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static enum result catalogue(void *self, struct catalogue **offered, enum backend_refusal *refusal)
{
    struct fakes *fakes = self;

    TRY(enter(fakes, &fakes->looks, refusal));
    return make_catalogue(offered);
}

static enum result open_session(void *self, const struct card_files *files,
                                struct backend_challenge *challenge, enum backend_refusal *refusal)
{
    struct fakes *fakes = self;

    TRY(enter(fakes, &fakes->opened, refusal));
    if (files->identity == NULL || files->register_certificate == NULL)
        return RESULT_INVALID;
    memcpy(challenge->message, challenge_text, sizeof challenge_text);
    challenge->size = sizeof challenge_text;
    return RESULT_OK;
}

static enum result prove(void *self, const struct card_signature *signature,
                         struct catalogue **offered, enum backend_refusal *refusal)
{
    struct fakes *fakes = self;

    TRY(enter(fakes, &fakes->proved, refusal));
    pthread_mutex_lock(&fakes->lock);
    bool stale = fakes->stale_challenges > 0;
    fakes->stale_challenges -= stale ? 1 : 0;
    bool any = fakes->card_is_real;
    pthread_mutex_unlock(&fakes->lock);
    *refusal = BACKEND_REFUSAL_CHALLENGE_STALE;
    if (stale || (!any && (signature->size != sizeof challenge_text ||
                           memcmp(signature->bytes, challenge_text, sizeof challenge_text) != 0)))
        return RESULT_REFUSED;
    return make_catalogue(offered);
}

static enum result order(void *self, const struct backend_order_request *request,
                         struct backend_order *answer, enum backend_refusal *refusal)
{
    struct fakes *fakes = self;

    TRY(enter(fakes, &fakes->ordered, refusal));
    pthread_mutex_lock(&fakes->lock);
    *answer = (struct backend_order){.id = request->id, .reference = "BXL-2026-1", .pages = 1};
    memcpy(answer->document_sha256, fakes->announced_sha256, sizeof answer->document_sha256);
    enum result result = str_copy(fakes->ordered_kind, sizeof fakes->ordered_kind, request->kind);
    if (result == RESULT_OK)
        result =
            str_copy(fakes->ordered_language, sizeof fakes->ordered_language, request->language);
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static enum result document(void *self, const struct identifier *order, struct secret *pdf,
                            enum backend_refusal *refusal)
{
    struct fakes *fakes = self;

    (void)order;
    TRY(enter(fakes, &fakes->fetched, refusal));
    pthread_mutex_lock(&fakes->lock);
    struct bytes bytes = fakes->pdf;
    pthread_mutex_unlock(&fakes->lock);
    return secret_append(pdf, bytes);
}

static enum result outcome(void *self, const struct identifier *order, bool delivered, int sheets,
                           enum backend_refusal *refusal)
{
    struct fakes *fakes = self;

    (void)order;
    (void)sheets;
    TRY(enter(fakes, &fakes->outcomes, refusal));
    pthread_mutex_lock(&fakes->lock);
    enum result result = fakes->outcome_result;
    if (result == RESULT_OK && delivered)
        fakes->delivered++;
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static enum result close_session(void *self)
{
    struct fakes *fakes = self;
    enum backend_refusal refusal = BACKEND_REFUSAL_NONE;

    return enter(fakes, &fakes->closed, &refusal);
}

static void begin(void *self, uint32_t number)
{
    cancellation_begin(&((struct fakes *)self)->backend_cancellation, number);
}

static void cancel(void *self, uint32_t number)
{
    struct fakes *fakes = self;

    fakes_lock(fakes);
    cancellation_ask(&fakes->backend_cancellation, number);
    fakes_unlock(fakes);
}

struct backend fakes_backend(struct fakes *fakes)
{
    static const struct backend_verbs verbs = {
        .catalogue = catalogue,
        .open_session = open_session,
        .prove = prove,
        .order = order,
        .document = document,
        .outcome = outcome,
        .close_session = close_session,
        .begin = begin,
        .cancel = cancel,
    };

    return (struct backend){&verbs, fakes};
}
