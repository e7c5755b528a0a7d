#include "visit.h"

#include "str.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HANG_S 60
#define FILE_MAXIMUM 4096

struct visit {
    pthread_t thread;
    struct card_slot *slot;
    const struct card_bench *bench;
    const char *card;
    enum outcome outcome;
    int64_t milliseconds;
    atomic_bool over;
};

_Noreturn static void give_up(const char *what)
{
    fprintf(stderr, "visit: %s\n", what);
    exit(1);
}

static enum outcome outcome_of(enum result result)
{
    switch (result) {
    case RESULT_OK:
        return OUTCOME_SERVED;
    case RESULT_REMOVED:
        return OUTCOME_REMOVED;
    case RESULT_UNREACHABLE:
        return OUTCOME_UNREACHABLE;
    case RESULT_BUSY:
        return OUTCOME_BUSY;
    case RESULT_FAILED:
        return OUTCOME_FAILED;
    case RESULT_MALFORMED:
        return OUTCOME_MALFORMED;
    case RESULT_REFUSED:
        return OUTCOME_REFUSED;
    case RESULT_CANCELLED:
    case RESULT_TIMED_OUT:
    case RESULT_NO_MEMORY:
    case RESULT_INVALID:
    case RESULT_NOT_FOUND:
    case RESULT_TOO_LARGE:
        break;
    }
    give_up(result_text(result)); // no result that a caller was told of
}

static void must_be_on_card(const struct visit *visit, const struct secret *read, const char *name)
{
    char path[TEST_PATH_SIZE], relative[TEST_PATH_SIZE];
    uint8_t content[FILE_MAXIMUM];

    test_path(relative, visit->card, name);
    card_bench_path(visit->bench, relative, path);
    size_t size = read_whole_file(path, content, sizeof content);
    struct bytes got = secret_bytes(read);
    if (got.size > size || memcmp(content, got.data, got.size) != 0)
        give_up("a forged file was believed");
}

static enum outcome judge(const struct visit *visit, const struct card_files *files,
                          const struct card_findings *findings)
{
    if (findings->kind == CARD_KIND_MUTE)
        return OUTCOME_MUTE;
    if (findings->kind != CARD_KIND_EID || !findings->activated)
        return OUTCOME_OTHER;
    if (findings->identity_signature != CHECK_VALID || findings->address_signature != CHECK_VALID ||
        findings->certificate_chain != CHECK_VALID)
        return OUTCOME_NOT_VALID;
    must_be_on_card(visit, files->identity, "identity");
    must_be_on_card(visit, files->address, "address");
    must_be_on_card(visit, files->authentication_certificate, "authentication-certificate");
    return OUTCOME_SERVED;
}

static enum outcome read_card(const struct visit *visit)
{
    const struct card_reader *port = &visit->slot->port;
    struct card_files files = {};
    struct card_findings findings;
    enum outcome outcome = outcome_of(port->verbs->read(port->self, &files, &findings));

    if (outcome == OUTCOME_SERVED)
        outcome = judge(visit, &files, &findings);
    card_files_wipe(&files);
    return outcome;
}

static enum outcome type_pin(const struct visit *visit)
{
    static const struct bytes digits = {(const uint8_t *)"1234", 4};
    const struct card_reader *port = &visit->slot->port;
    struct pin_outcome pin;
    owned(secret) typed = NULL;

    if (secret_create(12, &typed) != RESULT_OK || secret_append(typed, digits) != RESULT_OK)
        give_up("no memory");
    enum outcome outcome = outcome_of(port->verbs->verify_pin(port->self, typed, &pin));
    return outcome == OUTCOME_SERVED && !pin.accepted ? OUTCOME_PIN_WRONG : outcome;
}

static enum outcome run(const struct visit *visit)
{
    static const struct bytes challenge = {(const uint8_t *)"a challenge", 11};
    const struct card_reader *port = &visit->slot->port;
    struct card_signature signature;
    enum outcome outcome = read_card(visit);

    if (outcome == OUTCOME_SERVED)
        outcome = type_pin(visit);
    if (outcome == OUTCOME_SERVED)
        outcome = outcome_of(port->verbs->sign(port->self, challenge, &signature));
    return outcome;
}

static void *run_thread(void *self)
{
    struct visit *visit = self;
    int64_t start = microseconds_now();

    visit->outcome = run(visit);
    visit->milliseconds = (microseconds_now() - start) / 1000;
    atomic_store(&visit->over, true);
    return NULL;
}

struct visit *visit_start(struct card_slot *slot, const struct card_bench *bench, const char *card)
{
    struct visit *visit = calloc(1, sizeof *visit);

    if (visit == NULL)
        give_up("no memory");
    visit->slot = slot;
    visit->bench = bench;
    visit->card = card;
    if (pthread_create(&visit->thread, NULL, run_thread, visit) != 0)
        give_up("no thread");
    return visit;
}

bool visit_is_over(struct visit *visit)
{
    return atomic_load(&visit->over);
}

enum outcome visit_end(struct visit *visit, int64_t *milliseconds)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += HANG_S;
    if (pthread_timedjoin_np(visit->thread, NULL, &until) != 0)
        give_up("a call into the driver does not return");
    enum outcome outcome = visit->outcome;
    *milliseconds = visit->milliseconds;
    free(visit);
    return outcome;
}

enum outcome visit_whole(struct card_slot *slot, const struct card_bench *bench, const char *card,
                         int64_t *milliseconds)
{
    return visit_end(visit_start(slot, bench, card), milliseconds);
}
