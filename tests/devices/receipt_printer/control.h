// control.h: the lines with which a test or a bench window changes the printer.
#pragma once
#include <stdbool.h>

#include "mechanism.h"

// Carries out one line and writes the answer, one line without its end. False when the line was
// "quit".
bool control_line(struct mechanism *mechanism, const char *line, char answer[128]);
