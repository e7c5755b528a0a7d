// place.h: what the configuration says of this place, as screens and receipts want to hear it. The
// configuration must outlive both.
#pragma once
#include <stdbool.h>

#include "config.h"
#include "services.h"
#include "ui.h"

// How the screens look here: over the whole screen in true size, else as large as the window.
struct ui_settings place_look(const struct config *config, bool whole_screen);

// What stands on receipts printed here. The composer neither blocks nor allocates.
struct receipt_composer place_receipt_composer(const struct config_terminal *terminal);
