// pcsc_service.h: the connection to pcscd: contexts that are made anew when the daemon went, the
// reader's name, and what PC/SC's codes mean to a caller.
#pragma once
#include <stdbool.h>
#include <winscard.h>

#include "result.h"

// Of one thread. `open` false: there is no connection.
struct pcsc_context {
    SCARDCONTEXT handle;
    bool open;
};

// Connects unless connected. RESULT_UNREACHABLE: no daemon listens.
enum result pcsc_context_open(struct pcsc_context *context);
void pcsc_context_close(struct pcsc_context *context);

// Closes the context when `code` says that the daemon behind it is gone, for pcsc-lite keeps such a
// context dead for ever (and SCardIsValidContext goes on calling it valid). Was it closed?
bool pcsc_context_lost(struct pcsc_context *context, LONG code);

enum result pcsc_result(LONG code);

#define PCSC_READER_NAME_SIZE MAX_READERNAME

// The reader whose name has `wanted` in it, or the only one. RESULT_UNREACHABLE: none;
// RESULT_INVALID: several and none wanted.
enum result pcsc_find_reader(struct pcsc_context *context, const char *wanted,
                             char name[PCSC_READER_NAME_SIZE]);
// For whoever configures the terminal.
#define PCSC_SEVERAL_READERS "several readers and none named in the configuration"
