// terminal_line.h: the till's connection, seen from the terminal, with its faults.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum line_fault {
    FAULT_NONE,
    FAULT_CUT,
    FAULT_HALF,
    FAULT_SILENT,
    FAULT_NONSENSE,
    FAULT_STOP,
    FAULT_BUSY,
    FAULT_REFUSE,
    FAULT_FORGET,
    FAULT_OTHER,
};

struct till {
    const char *folder;
    int socket;             // -1: it is gone
    bool mute;              // nothing is sent any more
    unsigned command;       // whose dialogue this is
    int message;            // how many were sent in it
    enum line_fault struck; // the last fault of this dialogue
};

// The next packet of the till within that time; false: none, or it is gone.
bool till_receive(struct till *till, int milliseconds, uint8_t *packet, size_t capacity,
                  size_t *size);
// Sends the next message of the dialogue, or lets its fault strike, and waits for the till's
// acknowledgement where it wants one. False: the dialogue is given up.
bool till_send(struct till *till, const uint8_t *packet, size_t size);

// The first line of FOLDER/NAME, "" without one.
void folder_word(const char *folder, const char *name, char *word, size_t capacity);
void folder_write(const char *folder, const char *name, const char *text);
