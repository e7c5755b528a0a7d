#include "eid_reader.h"

#include "eid_commands.h"
#include "eid_owned.h"
#include "eid_pin_pad.h"
#include "eid_read.h"
#include "eid_signature.h"
#include "log.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define SMALL_ANSWER_MAXIMUM 256
#define FOLDER_BELPIC 0xDF00
// Some cards answer nonsense when asked too soon after a reset.
#define RESET_DELAY_MS 200

struct eid_reader {
    struct eid_applet applet;
    struct eid_trust *trust;
    struct answer_to_reset answer; // of the card in the slot
    struct eid_reading reading;
    EVP_PKEY *key; // of the authentication certificate; NULL: no eID was read
};

static enum result watch(void *self, enum card_presence known, enum card_presence *now)
{
    const struct card_channel *channel = &((struct eid_reader *)self)->applet.channel;

    return channel->verbs->watch(channel->self, known, now);
}

static void cancel_watch(void *self)
{
    const struct card_channel *channel = &((struct eid_reader *)self)->applet.channel;

    channel->verbs->cancel_watch(channel->self);
}

static void begin(void *self, uint32_t number)
{
    cancellation_begin(&((struct eid_reader *)self)->applet.cancellation, number);
}

static void cancel(void *self, uint32_t number)
{
    cancellation_ask(&((struct eid_reader *)self)->applet.cancellation, number);
}

static void forget_card(struct eid_reader *reader)
{
    eid_reading_forget(&reader->applet, &reader->reading);
    EVP_PKEY_free(reader->key);
    reader->key = NULL;
    reader->applet.version = 0;
    explicit_bzero(reader->applet.chip_number, sizeof reader->applet.chip_number);
    secret_wipe(reader->applet.answer);
}

static enum result release(void *self)
{
    struct eid_reader *reader = self;
    const struct card_channel *channel = &reader->applet.channel;

    // The reset that follows takes the right away as well; this is for cards that survive it.
    if (reader->key != NULL)
        (void)eid_log_off(&reader->applet);
    forget_card(reader);
    return channel->verbs->disconnect(channel->self);
}

static enum result log_off(void *self)
{
    struct eid_reader *reader = self;

    return reader->key != NULL ? eid_log_off(&reader->applet) : RESULT_OK;
}

static enum result look_once(struct eid_reader *reader)
{
    enum result result = eid_look(&reader->applet, &reader->answer, &reader->reading);

    if (result != RESULT_OK)
        forget_card(reader);
    return result;
}

// A contact that was lost for a moment: from the beginning, once.
static enum result look_again(struct eid_reader *reader)
{
    const struct card_channel *channel = &reader->applet.channel;

    log_notice("eid", "reading again after an error", 0);
    TRY(channel->verbs->reset(channel->self));
    eid_wait_ms(RESET_DELAY_MS);
    return look_once(reader);
}

// A reader that does not tell what it has is one without keys.
static void find_pin_pad(struct eid_reader *reader)
{
    struct pin_pad pad;

    if (eid_find_pin_pad(&reader->applet, &pad) == RESULT_OK)
        reader->reading.findings.pin_pad = pad.fitted;
}

static enum result look(void *self, struct card_findings *findings)
{
    struct eid_reader *reader = self;
    const struct card_channel *channel = &reader->applet.channel;

    forget_card(reader);
    *findings = (struct card_findings){.kind = CARD_KIND_MUTE, .pin_tries_left = -1};
    TRY(channel->verbs->connect(channel->self, &reader->answer));
    if (reader->answer.size == 0)
        return RESULT_OK;
    enum result result = look_once(reader);
    if (result == RESULT_FAILED)
        result = look_again(reader);
    TRY(result);
    if (reader->reading.goes_on)
        find_pin_pad(reader);
    *findings = reader->reading.findings;
    return RESULT_OK;
}

static enum result read_rest_once(struct eid_reader *reader, struct card_files *files,
                                  struct card_findings *findings)
{
    enum result result =
        eid_read_rest(&reader->applet, reader->trust, &reader->reading, files, &reader->key);

    *findings = reader->reading.findings;
    if (result != RESULT_OK || !findings->activated)
        card_files_wipe(files);
    if (result != RESULT_OK)
        forget_card(reader);
    return result;
}

static enum result read_card(void *self, struct card_files *files, struct card_findings *findings)
{
    struct eid_reader *reader = self;

    if (!reader->reading.goes_on)
        TRY(look(reader, findings));
    if (!reader->reading.goes_on)
        return RESULT_OK;
    bool pin_pad = reader->reading.findings.pin_pad;
    enum result result = read_rest_once(reader, files, findings);
    if (result == RESULT_FAILED) {
        TRY(look_again(reader));
        reader->reading.findings.pin_pad = pin_pad;
        *findings = reader->reading.findings;
        result = reader->reading.goes_on ? read_rest_once(reader, files, findings) : RESULT_OK;
    }
    return result;
}

// Before any entry: a card that is read, and how many wrong ones it still allows.
static enum result ask_tries(struct eid_reader *reader, struct pin_outcome *outcome)
{
    *outcome = (struct pin_outcome){.tries_left = -1};
    if (reader->key == NULL)
        return RESULT_INVALID;
    return eid_pin_tries(&reader->applet, &outcome->tries_left);
}

static enum result verify_pin(void *self, const struct secret *pin, struct pin_outcome *outcome)
{
    struct eid_reader *reader = self;

    TRY(ask_tries(reader, outcome));
    if (outcome->tries_left == 0)
        return RESULT_OK;
    return eid_verify(&reader->applet, secret_bytes(pin), &outcome->accepted, &outcome->tries_left);
}

// The reader goes on asking after a cancel: what it was given is not wanted any more.
static enum result verify_pin_on_pad(void *self, int seconds, enum language language,
                                     struct pin_outcome *outcome)
{
    struct eid_reader *reader = self;

    TRY(ask_tries(reader, outcome));
    if (outcome->tries_left == 0)
        return RESULT_OK;
    if (cancellation_is_asked(&reader->applet.cancellation))
        return RESULT_CANCELLED;
    TRY(eid_verify_on_pad(&reader->applet, seconds, language, outcome));
    if (!cancellation_is_asked(&reader->applet.cancellation))
        return RESULT_OK;
    if (outcome->accepted)
        (void)eid_log_off(&reader->applet);
    return RESULT_CANCELLED;
}

static enum result sign_inside(struct eid_applet *applet, const struct eid_signing_plan *plan,
                               struct bytes input, struct secret *signature)
{
    TRY(eid_select_folder(applet, FOLDER_BELPIC));
    TRY(eid_set_environment(applet, plan->algorithm));
    return eid_compute_signature(applet, input, signature);
}

static enum result sign_in_transaction(struct eid_reader *reader,
                                       const struct eid_signing_plan *plan, struct bytes message,
                                       struct secret *signature)
{
    const struct card_channel *channel = &reader->applet.channel;
    uint8_t input[EID_DIGEST_INFO_MAXIMUM];
    size_t size = 0;

    TRY(eid_signing_input(plan, message, input, &size));
    TRY(channel->verbs->begin(channel->self));
    enum result result = sign_inside(&reader->applet, plan, (struct bytes){input, size}, signature);
    enum result ended = channel->verbs->end(channel->self);
    return result != RESULT_OK ? result : ended;
}

static enum result sign(void *self, struct bytes message, struct card_signature *signature)
{
    struct eid_reader *reader = self;
    struct eid_signing_plan plan;
    owned(secret) made = NULL;

    *signature = (struct card_signature){};
    if (reader->key == NULL)
        return RESULT_INVALID;
    TRY(eid_signing_plan_make(reader->key, reader->applet.version, &plan));
    TRY(secret_create(sizeof signature->bytes, &made));
    TRY(sign_in_transaction(reader, &plan, message, made));
    struct bytes bytes = secret_bytes(made);
    if (!eid_chip_signature_valid(reader->key, &plan, message, bytes)) {
        log_error("eid", "the card's signature is not by its certificate's key", 0);
        return RESULT_MALFORMED;
    }
    memcpy(signature->bytes, bytes.data, bytes.size);
    signature->size = bytes.size;
    return RESULT_OK;
}

enum result eid_reader_create(const struct eid_reader_settings *settings, struct eid_reader **out)
{
    owned(eid_reader) reader = calloc(1, sizeof *reader);

    if (reader == NULL)
        return RESULT_NO_MEMORY;
    reader->applet.channel = settings->channel;
    TRY(secret_create(SMALL_ANSWER_MAXIMUM, &reader->applet.answer));
    TRY(eid_trust_create(settings->roots, settings->issuers, &reader->trust));
    *out = take(reader);
    return RESULT_OK;
}

void eid_reader_destroy(struct eid_reader *reader)
{
    if (reader == NULL)
        return;
    if (reader->applet.answer != NULL)
        (void)release(reader);
    secret_destroy(reader->applet.answer);
    eid_trust_destroy(reader->trust);
    free(reader);
}

struct card_reader eid_reader_port(struct eid_reader *reader)
{
    static const struct card_reader_verbs verbs = {
        .watch = watch,
        .cancel_watch = cancel_watch,
        .look = look,
        .read = read_card,
        .verify_pin = verify_pin,
        .verify_pin_on_pad = verify_pin_on_pad,
        .sign = sign,
        .log_off = log_off,
        .release = release,
        .begin = begin,
        .cancel = cancel,
    };

    return (struct card_reader){.verbs = &verbs, .self = reader};
}
