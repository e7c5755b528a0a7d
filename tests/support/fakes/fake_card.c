#include "fakes.h"

#include <string.h>

static enum result watch(void *self, enum card_presence known, enum card_presence *now)
{
    struct fakes *fakes = self;
    enum result result = RESULT_OK;

    pthread_mutex_lock(&fakes->lock);
    while (fakes->presence == known && !fakes->watch_cancelled)
        pthread_cond_wait(&fakes->changed, &fakes->lock);
    if (fakes->watch_cancelled)
        result = RESULT_CANCELLED;
    *now = fakes->presence;
    fakes->watch_cancelled = false;
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static void cancel_watch(void *self)
{
    struct fakes *fakes = self;

    fakes_lock(fakes);
    fakes->watch_cancelled = true;
    fakes_unlock(fakes);
}

static enum result fill(struct secret **secret, const char *text)
{
    TRY(secret_create(64, secret));
    return secret_append(*secret,
                         (struct bytes){.data = (const uint8_t *)text, .size = strlen(text)});
}

static enum result fill_all(struct card_files *files)
{
    TRY(fill(&files->identity, "identity"));
    TRY(fill(&files->identity_signature, "identity signature"));
    TRY(fill(&files->address, "address"));
    TRY(fill(&files->address_signature, "address signature"));
    TRY(fill(&files->authentication_certificate, "authentication certificate"));
    TRY(fill(&files->issuer_certificate, "issuer certificate"));
    return fill(&files->register_certificate, "register certificate");
}

static enum result wait_while(struct fakes *fakes, const bool *waits)
{
    while (*waits && !cancellation_is_asked(&fakes->card_cancellation))
        pthread_cond_wait(&fakes->changed, &fakes->lock);
    return cancellation_is_asked(&fakes->card_cancellation) ? RESULT_CANCELLED : RESULT_OK;
}

// As much as is known before anything is checked.
static enum result look(void *self, struct card_findings *findings)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->card_looks++;
    enum result result =
        fakes->presence == CARD_PRESENCE_PRESENT ? fakes->look_result : RESULT_REMOVED;
    *findings = (struct card_findings){
        .kind = fakes->findings.kind,
        .activated = true,
        .pin_tries_left = fakes->findings.pin_tries_left,
        .valid_until_day = fakes->look_valid_until_day,
        .pin_pad = fakes->findings.pin_pad,
    };
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static enum result read_files(void *self, struct card_files *files, struct card_findings *findings)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->reads++;
    enum result result = wait_while(fakes, &fakes->read_waits);
    if (result == RESULT_OK)
        result = fakes->read_result;
    if (fakes->presence != CARD_PRESENCE_PRESENT)
        result = RESULT_REMOVED;
    *findings = fakes->findings;
    pthread_mutex_unlock(&fakes->lock);
    if (result == RESULT_OK && findings->kind == CARD_KIND_EID)
        result = fill_all(files);
    if (result != RESULT_OK)
        card_files_wipe(files);
    return result;
}

static enum result verify_pin(void *self, const struct secret *pin, struct pin_outcome *outcome)
{
    struct fakes *fakes = self;
    struct bytes digits = secret_bytes(pin);

    pthread_mutex_lock(&fakes->lock);
    fakes->verifies++;
    outcome->accepted = digits.size == strlen(fakes->right_pin) &&
                        memcmp(digits.data, fakes->right_pin, digits.size) == 0;
    fakes->tries_left = outcome->accepted ? 3 : fakes->tries_left - 1;
    outcome->tries_left = fakes->tries_left;
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static bool pad_waits(const struct fakes *fakes)
{
    return !fakes->pad_pressed && fakes->presence == CARD_PRESENCE_PRESENT;
}

// As with a real one, a cancel does not end the entry.
static enum result verify_pin_on_pad(void *self, int seconds, enum language language,
                                     struct pin_outcome *outcome)
{
    struct fakes *fakes = self;
    enum result result = RESULT_OK;

    pthread_mutex_lock(&fakes->lock);
    fakes->entries++;
    fakes->pad_seconds = seconds;
    fakes->pad_language = language;
    while (pad_waits(fakes))
        pthread_cond_wait(&fakes->changed, &fakes->lock);
    *outcome = fakes->pad_outcome;
    if (!fakes->pad_pressed)
        result = RESULT_REMOVED;
    else if (cancellation_is_asked(&fakes->card_cancellation))
        result = RESULT_CANCELLED;
    else
        result = fakes->pad_result;
    fakes->pad_pressed = false;
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static enum result sign(void *self, struct bytes message, struct card_signature *signature)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->signs++;
    pthread_mutex_unlock(&fakes->lock);
    memcpy(signature->bytes, message.data, message.size); // so that the municipality can tell
    signature->size = message.size;
    return RESULT_OK;
}

static enum result log_off(void *self)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->log_offs++;
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static enum result release(void *self)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->releases++;
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static void begin(void *self, uint32_t number)
{
    cancellation_begin(&((struct fakes *)self)->card_cancellation, number);
}

static void cancel(void *self, uint32_t number)
{
    struct fakes *fakes = self;

    fakes_lock(fakes);
    cancellation_ask(&fakes->card_cancellation, number);
    fakes_unlock(fakes);
}

struct card_reader fakes_card(struct fakes *fakes)
{
    static const struct card_reader_verbs verbs = {
        .watch = watch,
        .cancel_watch = cancel_watch,
        .look = look,
        .read = read_files,
        .verify_pin = verify_pin,
        .verify_pin_on_pad = verify_pin_on_pad,
        .sign = sign,
        .log_off = log_off,
        .release = release,
        .begin = begin,
        .cancel = cancel,
    };

    return (struct card_reader){&verbs, fakes};
}
