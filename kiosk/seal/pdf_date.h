// pdf_date.h: a PDF date (ISO 32000-1, 7.9.4), complete to the second and with its zone.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"

// "D:20261124130000Z", "D:20261124140000+01'00'", the last apostrophe optional.
bool pdf_date_read(struct bytes text, int64_t *unix_seconds);
