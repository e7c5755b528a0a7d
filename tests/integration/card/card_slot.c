#include "card_slot.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// libpcsclite looks again by itself after 60 s, should an event have been lost.
#define LIMIT_US 90000000
#define LONG_US 5000000

struct watching {
    struct card_slot *slot;
    pthread_t thread;
    enum card_presence known, now;
    enum result result;
    int64_t when;
};

int64_t microseconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void check(enum result result, const char *what)
{
    if (result == RESULT_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, result_text(result));
    exit(1);
}

struct card_slot card_slot_open(const struct card_bench *bench, const char *reader,
                                bool with_issuers)
{
    const struct pcsc_channel_settings channel = {.reader = reader};
    char roots[TEST_PATH_SIZE], issuers[TEST_PATH_SIZE];
    struct card_slot slot = {};

    card_bench_path(bench, "auth/card-root.pem", roots);
    card_bench_path(bench, "auth/card-citizen-ca.pem", issuers);
    check(pcsc_channel_create(&channel, &slot.channel), "pcsc_channel_create");
    const struct eid_reader_settings settings = {.channel = pcsc_channel_port(slot.channel),
                                                 .roots = roots,
                                                 .issuers = with_issuers ? issuers : NULL};
    check(eid_reader_create(&settings, &slot.reader), "eid_reader_create");
    slot.port = eid_reader_port(slot.reader);
    return slot;
}

void card_slot_close(struct card_slot *slot)
{
    eid_reader_destroy(slot->reader);
    pcsc_channel_destroy(slot->channel);
    *slot = (struct card_slot){};
}

static void *watch_once(void *self)
{
    struct watching *watching = self;
    const struct card_reader *port = &watching->slot->port;

    watching->result = port->verbs->watch(port->self, watching->known, &watching->now);
    watching->when = microseconds_now();
    return NULL;
}

struct watching *watching_start(struct card_slot *slot, enum card_presence known)
{
    struct watching *watching = calloc(1, sizeof *watching);

    if (watching == NULL)
        exit(1);
    *watching = (struct watching){.slot = slot, .known = known};
    if (pthread_create(&watching->thread, NULL, watch_once, watching) != 0)
        exit(1);
    return watching;
}

enum result watching_end(struct watching *watching, enum card_presence *now, int64_t *when)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LIMIT_US / 1000000;
    if (pthread_timedjoin_np(watching->thread, NULL, &until) != 0) {
        fprintf(stderr, "a watch that knew presence %d did not return within %d s\n",
                (int)watching->known, LIMIT_US / 1000000);
        exit(1);
    }
    enum result result = watching->result;
    *now = watching->now;
    *when = watching->when;
    free(watching);
    return result;
}

void card_slot_until(struct card_slot *slot, enum card_presence wanted)
{
    enum card_presence now = CARD_PRESENCE_UNKNOWN;
    int64_t when, start = microseconds_now();

    while (now != wanted)
        check(watching_end(watching_start(slot, now), &now, &when), "watch");
    if (microseconds_now() - start > LONG_US)
        fprintf(stderr, "presence %d came after %lld ms only\n", (int)wanted,
                (long long)(microseconds_now() - start) / 1000);
}
