// other_process.h: what another program could do with a card that this one has used.
#pragma once
#include <stdint.h>

// Runs this test program again as another process: it connects to the card and asks it to sign with
// the authentication key, without a PIN. Returns the card's status word; 0: it could not connect.
uint16_t other_process_signs(const char *program);

// The other process's main.
int other_process_main(void);
