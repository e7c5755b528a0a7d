// printer_form.h: the printer's own web pages, which say that it is there and load its trays.
#pragma once
#include <stdbool.h>

#include "result.h"

// Loads 250 sheets of A4; true once a printer of that name answered so on the port of this machine.
bool load_a4(int port, const char *name);
