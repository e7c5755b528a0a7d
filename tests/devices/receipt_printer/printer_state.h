// printer_state.h: what is wrong with the printer, and how it says so (Epson: DLE EOT, GS a).
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define FAULT_LIST(X)                                                                              \
    X(NONE, "ok")                                                                                  \
    X(NEAR_END, "near-end")                                                                        \
    X(PAPER_OUT, "paper-out")                                                                      \
    X(COVER_OPEN, "cover-open")                                                                    \
    X(CUTTER, "cutter")                                                                            \
    X(OFFLINE, "offline")

enum fault {
#define X(id, name) FAULT_##id,
    FAULT_LIST(X)
#undef X
};

const char *fault_name(enum fault fault);
bool fault_from_name(const char *name, enum fault *fault);

bool fault_lets_print(enum fault fault);

// The answer to DLE EOT n; 0 when there is none to n.
uint8_t real_time_status(enum fault fault, uint8_t question);
void automatic_status(enum fault fault, uint8_t status[4]);
uint8_t paper_sensor(enum fault fault);
