// card_link.h: the slot of a virtual reader: a Unix socket on which the reader listens and a card
// connects. Connected is inserted, hung up is taken out.
//
// Each message either way is a length of two bytes, big endian, and so many bytes. To the card, one
// byte is an order (0 power off, 1 power on, 2 reset, 4 tell the answer to reset), more is an APDU;
// only APDUs and order 4 are answered. These are the words of vsmartcard's vpcd reader, so that a
// card written for one can be put into the other.
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reader_plug.h"

#define CARD_LINK_MESSAGE_MAXIMUM 65535
#define CARD_LINK_PATH_SIZE 108 // sun_path, unix(7)

enum card_order { CARD_ORDER_OFF = 0, CARD_ORDER_ON = 1, CARD_ORDER_RESET = 2, CARD_ORDER_ATR = 4 };

enum card_answer { CARD_ANSWERED, CARD_SILENT, CARD_GONE, CARD_UNPLUGGED };

// Every function may be called by any thread of pcscd.
struct card_link {
    pthread_mutex_t lock; // held for all but listening, wake, limit, plug and path
    int listening;
    int card;           // -1: no card
    bool gone;          // a command found that the card hung up
    unsigned insertion; // how many cards were put in so far
    pthread_t watcher;  // the thread that waits for changes, once there is one
    bool watched;
    bool said_present, said_absent; // what the watcher was told since its last wait
    bool told;                      // it knows that the card that hung up is out
    bool said_unplugged;            // what the watcher was told last of the reader's cable
    int wake;                       // an eventfd: ends card_link_wait
    int answer_limit_ms;
    struct reader_plug plug; // of the reader, on `path` with ".unplug" behind it
    char path[CARD_LINK_PATH_SIZE];
};

// How long a card may think about one command before it is called silent: so many milliseconds as
// this variable of the environment says, else 10 s.
#define CARD_LINK_ANSWER_LIMIT "VIRTUAL_READER_ANSWER_LIMIT_MS"

// Binds `path`, replacing a socket that an ended daemon left behind. False: errno says why.
bool card_link_open(struct card_link *link, const char *path);
void card_link_close(struct card_link *link);

// Is the reader's cable in? What the waiting thread is told of it ends its next wait when it is not
// true any more, so that a cable that is back before the wait begins is not missed.
bool card_link_plugged(struct card_link *link);

// Is a card in the slot? pcscd's look before it switches a card on or off asks this, too, and its
// answer changes no state there. So the next card is let in only when the waiting thread was told
// nothing but absence between two waits, for one of these looks is the one that counts.
bool card_link_present(struct card_link *link);

// Blocks until the answer of card_link_present or the plug may have changed, a wake, or the limit.
void card_link_wait(struct card_link *link, int milliseconds);
void card_link_wake(struct card_link *link);

// Sends an order that is not answered.
enum card_answer card_link_order(struct card_link *link, enum card_order order);

// Sends a message and waits for its answer, which may be empty. CARD_SILENT: no answer in time, or
// one that does not fit. CARD_UNPLUGGED: the reader is without its cable.
enum card_answer card_link_ask(struct card_link *link, const uint8_t *message, size_t size,
                               uint8_t *answer, size_t *answer_size);
