// former_addresses.h: the table of a person's former addresses, newest first, without a hole in
// time: a period without an address in Belgium is a line of its own. Of one municipality alone it
// has holes.
#pragma once
#include "table.h"

// Fills a table; tells whether one of its lines is such a period.
bool former_addresses(const struct sheet *sheet, struct table *table);
