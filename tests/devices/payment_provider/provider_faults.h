// provider_faults.h: what goes wrong at the provider, as FOLDER/fault says at this moment.
#pragma once
#include <stdbool.h>

// Is that the fault now?
bool fault_is(const char *folder, const char *word);
