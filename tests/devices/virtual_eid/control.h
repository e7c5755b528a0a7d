// control.h: the socket on which somebody says what to do with the card: a line in, a line out.
#pragma once
#include <poll.h>
#include <stddef.h>

#include "result.h"

#define CONTROL_CLIENT_MAXIMUM 8
#define CONTROL_LINE_SIZE 4200 // a word and a path

struct control {
    int listening;
    struct {
        int descriptor; // -1: free
        char line[CONTROL_LINE_SIZE];
        size_t used;
    } clients[CONTROL_CLIENT_MAXIMUM];
};

// Binds `path`, replacing a socket left behind. RESULT_FAILED: errno says why.
enum result control_open(struct control *control, const char *path);

// Fills CONTROL_CLIENT_MAXIMUM + 1 entries to poll for.
void control_look(const struct control *control, struct pollfd *looks);

// Serves what became readable: `obey` is given a whole line and fills the answer, without newline.
void control_serve(struct control *control, const struct pollfd *looks,
                   void (*obey)(void *self, char *line, char answer[CONTROL_LINE_SIZE]),
                   void *self);
