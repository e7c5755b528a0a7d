#include "pcsc_watch.h"

#include "log.h"
#include "str.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Between two looks for a daemon or a reader that is not there. Nothing tells when a daemon comes;
// of a reader libpcsclite tells only what changes after the wait has begun, so that one which came
// between the list of readers and the wait would not be noticed for ever.
#define LOOK_AGAIN_MS 1000
// SCardCancel does nothing to a wait that has not quite begun, so it is said until it is heard.
#define CANCEL_AGAIN_MS 5
// A reader that stands for all: its state changes when a reader is plugged in
// (SCardGetStatusChange).
#define ANY_READER_COMES "\\\\?PnP?\\Notification"
// Bits 16 and up of an event state count what happened in the slot.
#define COUNTER_SHIFT 16

struct pcsc_watch {
    const char *wanted;
    struct pcsc_context context;
    char reader[PCSC_READER_NAME_SIZE]; // empty: none known
    DWORD state;                        // as last seen, for the next wait
    DWORD told_counter;                 // of the state in which a card was last told as present
    bool card_told;
    bool several_told; // that there are several readers: once, not with each look

    pthread_t canceller;
    pthread_mutex_t lock; // for all below
    pthread_cond_t changed;
    bool cancelled, blocked, finished;
    SCARDCONTEXT blocked_in;
    char told_reader[PCSC_READER_NAME_SIZE]; // for other threads
};

static void wait_changed(struct pcsc_watch *watch, uint32_t milliseconds)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
}

// A thread of its own, because SCardCancel talks to pcscd and so may block; pcsc_watch_cancel must
// not.
static void *run_canceller(void *self)
{
    struct pcsc_watch *watch = self;

    pthread_mutex_lock(&watch->lock);
    while (!watch->finished) {
        if (!watch->cancelled || !watch->blocked) {
            pthread_cond_wait(&watch->changed, &watch->lock);
            continue;
        }
        SCARDCONTEXT handle = watch->blocked_in;
        pthread_mutex_unlock(&watch->lock);
        SCardCancel(handle);
        pthread_mutex_lock(&watch->lock);
        if (watch->cancelled && watch->blocked)
            wait_changed(watch, CANCEL_AGAIN_MS);
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

static bool start_canceller(struct pcsc_watch *watch)
{
    sigset_t all, before;

    sigfillset(&all); // signals belong to the main thread
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool started = pthread_create(&watch->canceller, NULL, run_canceller, watch) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

enum result pcsc_watch_create(const char *reader, struct pcsc_watch **out)
{
    struct pcsc_watch *watch = calloc(1, sizeof *watch);
    pthread_condattr_t attributes;

    if (watch == NULL)
        return RESULT_NO_MEMORY;
    watch->wanted = reader;
    pthread_mutex_init(&watch->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&watch->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    if (!start_canceller(watch)) {
        pthread_cond_destroy(&watch->changed);
        pthread_mutex_destroy(&watch->lock);
        free(watch);
        return RESULT_NO_MEMORY;
    }
    *out = watch;
    return RESULT_OK;
}

void pcsc_watch_destroy(struct pcsc_watch *watch)
{
    if (watch == NULL)
        return;
    pthread_mutex_lock(&watch->lock);
    watch->finished = true;
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->canceller, NULL);
    pcsc_context_close(&watch->context);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

void pcsc_watch_cancel(struct pcsc_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->cancelled = true;
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
}

// A cancel ends one watch.
static bool take_cancel(struct pcsc_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    bool cancelled = watch->cancelled;
    watch->cancelled = false;
    pthread_mutex_unlock(&watch->lock);
    return cancelled;
}

static void back_off(struct pcsc_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    if (!watch->cancelled)
        wait_changed(watch, LOOK_AGAIN_MS);
    pthread_mutex_unlock(&watch->lock);
}

static void set_blocked(struct pcsc_watch *watch, bool blocked)
{
    pthread_mutex_lock(&watch->lock);
    watch->blocked = blocked;
    watch->blocked_in = watch->context.handle;
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
}

static void tell_reader(struct pcsc_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    memcpy(watch->told_reader, watch->reader, sizeof watch->told_reader);
    pthread_mutex_unlock(&watch->lock);
}

bool pcsc_watch_reader(struct pcsc_watch *watch, char name[PCSC_READER_NAME_SIZE])
{
    pthread_mutex_lock(&watch->lock);
    memcpy(name, watch->told_reader, PCSC_READER_NAME_SIZE);
    pthread_mutex_unlock(&watch->lock);
    return name[0] != '\0';
}

static void forget_reader(struct pcsc_watch *watch)
{
    watch->reader[0] = '\0';
    tell_reader(watch);
    watch->state = SCARD_STATE_UNAWARE;
    watch->card_told = false;
}

// Blocks until something differs from what was last seen of the reader, and where none is known
// until it is time to look for one. (libpcsclite compares again by itself once a minute, should an
// event of a known reader ever be lost.)
static void wait_for_event(struct pcsc_watch *watch)
{
    bool known = watch->reader[0] != '\0';
    SCARD_READERSTATE states[2] = {
        {.szReader = ANY_READER_COMES},
        {.szReader = watch->reader, .dwCurrentState = watch->state},
    };

    set_blocked(watch, true);
    LONG code = SCardGetStatusChange(watch->context.handle, known ? INFINITE : LOOK_AGAIN_MS,
                                     states, known ? 2 : 1);
    set_blocked(watch, false);
    if (code == SCARD_S_SUCCESS)
        watch->state = states[1].dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    // A reader that was unplugged is looked for again, for it may come back with another name.
    if (pcsc_context_lost(&watch->context, code) || code == SCARD_E_UNKNOWN_READER ||
        (watch->state & SCARD_STATE_UNKNOWN) != 0)
        forget_reader(watch);
    else if (code != SCARD_S_SUCCESS && code != SCARD_E_CANCELLED && code != SCARD_E_TIMEOUT) {
        log_error("pcsc", "waiting for a card failed", code);
        pcsc_context_close(&watch->context);
        forget_reader(watch);
    }
}

static enum card_presence presence_of(const struct pcsc_watch *watch)
{
    DWORD state = watch->state;

    if (!watch->context.open || watch->reader[0] == '\0')
        return CARD_PRESENCE_NO_READER;
    if ((state & (SCARD_STATE_MUTE | SCARD_STATE_PRESENT)) ==
        (SCARD_STATE_MUTE | SCARD_STATE_PRESENT))
        return CARD_PRESENCE_MUTE;
    if ((state & SCARD_STATE_PRESENT) != 0)
        return CARD_PRESENCE_PRESENT;
    if ((state & SCARD_STATE_EMPTY) != 0)
        return CARD_PRESENCE_ABSENT;
    return CARD_PRESENCE_NO_READER;
}

// Finds daemon and reader when there was none; the reader's state is then asked for without a wait.
static void look_for_reader(struct pcsc_watch *watch)
{
    if (pcsc_context_open(&watch->context) != RESULT_OK || watch->reader[0] != '\0')
        return;
    enum result found = pcsc_find_reader(&watch->context, watch->wanted, watch->reader);
    if (found == RESULT_INVALID && !watch->several_told)
        log_error("pcsc", PCSC_SEVERAL_READERS, 0);
    watch->several_told = found == RESULT_INVALID;
    if (found != RESULT_OK) {
        watch->reader[0] = '\0';
        return;
    }
    tell_reader(watch);
    wait_for_event(watch); // returns at once: nothing was seen before
}

// A card taken out and another put in between two calls: only the counter tells.
static bool card_was_changed(const struct pcsc_watch *watch, enum card_presence now)
{
    return now == CARD_PRESENCE_PRESENT && watch->card_told &&
           watch->told_counter != watch->state >> COUNTER_SHIFT;
}

static enum card_presence tell(struct pcsc_watch *watch, enum card_presence now)
{
    watch->card_told = now == CARD_PRESENCE_PRESENT;
    watch->told_counter = watch->state >> COUNTER_SHIFT;
    return now;
}

enum result pcsc_watch_wait(struct pcsc_watch *watch, enum card_presence known,
                            enum card_presence *now)
{
    bool lost = false; // the daemon went a moment ago: that is told, or waited for, first

    while (!take_cancel(watch)) {
        if (!lost)
            look_for_reader(watch);
        enum card_presence seen = presence_of(watch);
        if (seen == known && card_was_changed(watch, seen))
            seen = CARD_PRESENCE_ABSENT;
        if (seen != known) {
            *now = tell(watch, seen);
            return RESULT_OK;
        }
        bool open = watch->context.open;
        if (open)
            wait_for_event(watch);
        else
            back_off(watch);
        lost = open && !watch->context.open;
    }
    return RESULT_CANCELLED;
}
