// pcsc_watch.h: waits for cards to come and go, on a context of its own.
#pragma once
#include "card_reader.h"
#include "owned.h"
#include "pcsc_service.h"
#include "result.h"

struct pcsc_watch;

// `reader` as in pcsc_channel_settings; it must outlive the watch.
enum result pcsc_watch_create(const char *reader, struct pcsc_watch **out);
void pcsc_watch_destroy(struct pcsc_watch *watch);
DEFINE_OWNED(pcsc_watch)

// As card_reader_verbs.watch and cancel_watch.
enum result pcsc_watch_wait(struct pcsc_watch *watch, enum card_presence known,
                            enum card_presence *now);
void pcsc_watch_cancel(struct pcsc_watch *watch);

// The reader that the watch has before it; any thread. False: none, or nobody watched yet.
bool pcsc_watch_reader(struct pcsc_watch *watch, char name[PCSC_READER_NAME_SIZE]);
