#include "card_link.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define ANSWER_LIMIT_MS 10000
#define PLUG_LOOK_MS 20

static bool listen_on(struct card_link *link, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    memcpy(link->path, path, strlen(path) + 1);
    unlink(path);
    return bind(link->listening, (const struct sockaddr *)&address, sizeof address) == 0 &&
           listen(link->listening, 4) == 0;
}

static int answer_limit(void)
{
    const char *wanted = getenv(CARD_LINK_ANSWER_LIMIT);
    long limit = wanted != NULL ? strtol(wanted, NULL, 10) : 0;

    return limit > 0 && limit < INT32_MAX ? (int)limit : ANSWER_LIMIT_MS;
}

static bool open_plug(struct card_link *link, const char *path)
{
    char plug[CARD_LINK_PATH_SIZE];
    int size = snprintf(plug, sizeof plug, "%s.unplug", path);

    return size > 0 && (size_t)size < sizeof plug && reader_plug_open(&link->plug, plug);
}

bool card_link_open(struct card_link *link, const char *path)
{
    *link = (struct card_link){
        .listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
        .card = -1,
        .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
        .answer_limit_ms = answer_limit(),
        .plug = {.listening = -1, .hand = -1},
    };
    pthread_mutex_init(&link->lock, NULL);
    if (link->listening >= 0 && link->wake >= 0 && open_plug(link, path) && listen_on(link, path))
        return true;
    card_link_close(link);
    return false;
}

static void close_descriptor(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

void card_link_close(struct card_link *link)
{
    close_descriptor(&link->card);
    close_descriptor(&link->listening);
    close_descriptor(&link->wake);
    reader_plug_close(&link->plug);
    if (link->path[0] != '\0')
        unlink(link->path);
    pthread_mutex_destroy(&link->lock);
}

static bool hung_up(int card)
{
    struct pollfd look = {.fd = card, .events = POLLRDHUP};

    return poll(&look, 1, 0) > 0;
}

// Lets the one that hung up go, and the next card in.
static void follow_the_slot(struct card_link *link)
{
    if (link->told) {
        close_descriptor(&link->card);
        link->gone = link->told = false;
    }
    if (link->card < 0) {
        link->card = accept4(link->listening, NULL, NULL, SOCK_CLOEXEC);
        link->insertion += link->card >= 0;
    }
}

static bool is_watcher(const struct card_link *link)
{
    return !link->watched || pthread_equal(link->watcher, pthread_self());
}

bool card_link_plugged(struct card_link *link)
{
    bool in = reader_plug_is_in(&link->plug);

    pthread_mutex_lock(&link->lock);
    bool watches = is_watcher(link);
    if (watches)
        link->said_unplugged = !in;
    pthread_mutex_unlock(&link->lock);
    // Whoever takes the hand that pulled the cable takes it from the one that waits for it.
    if (!in && !watches)
        card_link_wake(link);
    return in;
}

bool card_link_present(struct card_link *link)
{
    pthread_mutex_lock(&link->lock);
    // pcscd also asks from its clients' threads, before it switches a card on. What such a thread
    // let in or out, the thread that waits for changes would never hear of.
    bool follows = is_watcher(link);
    if (follows)
        follow_the_slot(link);
    bool present = link->card >= 0 && !link->gone && !hung_up(link->card);
    if (follows && present)
        link->said_present = true;
    else if (follows)
        link->said_absent = true;
    pthread_mutex_unlock(&link->lock);
    return present;
}

void card_link_wait(struct card_link *link, int milliseconds)
{
    pthread_mutex_lock(&link->lock);
    link->watcher = pthread_self();
    link->watched = true;
    link->told = link->card >= 0 && link->said_absent && !link->said_present;
    link->said_absent = link->said_present = false;
    // Beside a transmit in another thread: only the hang-up, never the card's answers.
    struct pollfd look[3] = {
        link->card >= 0 ? (struct pollfd){.fd = link->card, .events = POLLRDHUP}
                        : (struct pollfd){.fd = link->listening, .events = POLLIN},
        {.fd = link->wake, .events = POLLIN},
        reader_plug_look(&link->plug),
    };
    bool changed = link->gone || link->said_unplugged;
    pthread_mutex_unlock(&link->lock);

    if (!changed && poll(look, 3, milliseconds) > 0 && look[1].revents != 0) {
        eventfd_t woken;
        (void)eventfd_read(link->wake, &woken);
    }
}

void card_link_wake(struct card_link *link)
{
    (void)eventfd_write(link->wake, 1);
}

static bool send_message(int card, const uint8_t *message, size_t size)
{
    uint8_t whole[2 + CARD_LINK_MESSAGE_MAXIMUM] = {(uint8_t)(size >> 8), (uint8_t)size};

    memcpy(whole + 2, message, size);
    return send(card, whole, size + 2, MSG_NOSIGNAL) == (ssize_t)(size + 2);
}

// Until the card says something, hangs up, or has thought for too long.
static enum card_answer wait_for_card(struct card_link *link, int card)
{
    struct pollfd look = {.fd = card, .events = POLLIN | POLLRDHUP};

    for (int waited = 0; waited < link->answer_limit_ms; waited += PLUG_LOOK_MS) {
        if (!card_link_plugged(link))
            return CARD_UNPLUGGED;
        if (poll(&look, 1, PLUG_LOOK_MS) > 0)
            return CARD_ANSWERED;
    }
    return CARD_SILENT;
}

static enum card_answer receive_exactly(struct card_link *link, int card, uint8_t *data,
                                        size_t size)
{
    size_t have = 0;

    while (have < size) {
        enum card_answer outcome = wait_for_card(link, card);
        if (outcome != CARD_ANSWERED)
            return outcome;
        ssize_t more = recv(card, data + have, size - have, 0);
        if (more <= 0)
            return CARD_GONE;
        have += (size_t)more;
    }
    return CARD_ANSWERED;
}

static enum card_answer receive_message(struct card_link *link, int card, uint8_t *answer,
                                        size_t *answer_size)
{
    uint8_t head[2];
    enum card_answer outcome = receive_exactly(link, card, head, sizeof head);

    if (outcome != CARD_ANSWERED)
        return outcome;
    size_t size = (size_t)head[0] << 8 | head[1];
    if (size > *answer_size)
        return CARD_SILENT;
    *answer_size = size;
    return receive_exactly(link, card, answer, size);
}

// One insertion of a card, as a command found it; descriptor -1: none, or it is on its way out.
struct held_card {
    int descriptor;
    unsigned insertion;
};

static struct held_card card_of(struct card_link *link)
{
    pthread_mutex_lock(&link->lock);
    struct held_card card = {.descriptor = link->gone ? -1 : link->card,
                             .insertion = link->insertion};
    pthread_mutex_unlock(&link->lock);
    return card;
}

// Only the card that the command spoke to: another may have been put in since.
static enum card_answer card_has_gone(struct card_link *link, struct held_card card)
{
    pthread_mutex_lock(&link->lock);
    if (card.descriptor >= 0 && link->card >= 0 && link->insertion == card.insertion)
        link->gone = true;
    pthread_mutex_unlock(&link->lock);
    card_link_wake(link);
    return CARD_GONE;
}

enum card_answer card_link_order(struct card_link *link, enum card_order order)
{
    uint8_t message = (uint8_t)order;
    struct held_card card = card_of(link);

    if (card.descriptor >= 0 && send_message(card.descriptor, &message, 1))
        return CARD_ANSWERED;
    return card_has_gone(link, card);
}

// An answer that came after the reader had called the card silent is nobody's.
static void forget_late_answers(int card)
{
    uint8_t late[512];

    while (recv(card, late, sizeof late, MSG_DONTWAIT) > 0)
        ;
}

enum card_answer card_link_ask(struct card_link *link, const uint8_t *message, size_t size,
                               uint8_t *answer, size_t *answer_size)
{
    struct held_card card = card_of(link);

    if (size > CARD_LINK_MESSAGE_MAXIMUM)
        return CARD_SILENT;
    if (card.descriptor >= 0)
        forget_late_answers(card.descriptor);
    if (card.descriptor < 0 || !send_message(card.descriptor, message, size))
        return card_has_gone(link, card);
    enum card_answer outcome = receive_message(link, card.descriptor, answer, answer_size);
    return outcome == CARD_GONE ? card_has_gone(link, card) : outcome;
}
