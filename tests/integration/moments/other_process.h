// other_process.h: another program that uses the same reader, in ways that are none of ours.
#pragma once
#include <sys/types.h>

#include "card_bench.h"

#define OTHER_PROCESS_OPTION "--other"

// Runs `program` again to do `errand`: "hold" (connect exclusively and stay), "transaction"
// (connect shared, begin a transaction and stay), "reset", "power-off" (connect shared and leave
// so). Returns once it is done or holds the card; `code` is what PC/SC said last.
pid_t other_process_start(const struct card_bench *bench, const char *program, const char *errand,
                          long *code);

// The other process's main.
int other_process_main(const char *errand, const char *report);
