// kiosk_process.h: a terminal in a process of its own, so that it can be killed: real session,
// services, card drivers and pcscd; fakes for municipality and paper.
#pragma once
#include <sys/types.h>

// The words that go between it and the test, a byte each.
#define KIOSK_WAITS 'w' // from it: for a card
#define KIOSK_ASKS 'a'  // from it: the reader asks for the PIN
#define KIOSK_RIGHT 'r' // from it: the PIN is verified, and the right still needed
#define KIOSK_OUT 'o'   // from it: the way out is gone
#define KIOSK_GO 'g'    // to it: go the way out

// Starts this test program again; `channel` is the test's end of the words.
pid_t kiosk_process_start(const char *program, const char *way, const char *folder, int *channel);

// The process's main: `way` names the way out, `folder` is the bench's.
int kiosk_process_main(const char *way, const char *folder);
