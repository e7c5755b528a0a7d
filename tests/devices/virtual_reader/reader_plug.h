// reader_plug.h: the cable of a virtual reader: a Unix socket. Whoever connects holds the pulled
// plug in hand; who hangs up puts it back.
#pragma once
#include <stdbool.h>

#include <poll.h>
#include <pthread.h>

#define READER_PLUG_PATH_SIZE 108 // sun_path, unix(7)

// Every function may be called by any thread of pcscd.
struct reader_plug {
    pthread_mutex_t lock; // for hand
    int listening;
    int hand; // -1: the plug is in
    char path[READER_PLUG_PATH_SIZE];
};

// Binds `path`, replacing a socket that an ended daemon left behind. False: errno says why.
bool reader_plug_open(struct reader_plug *plug, const char *path);
void reader_plug_close(struct reader_plug *plug);

bool reader_plug_is_in(struct reader_plug *plug);

// What to poll for to learn that this may have changed.
struct pollfd reader_plug_look(struct reader_plug *plug);
