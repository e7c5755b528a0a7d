// ipp_submit.h: handing one document to the printer, exactly once. Private to the room.
#pragma once
#include <stdbool.h>

#include "bytes.h"
#include "ipp_link.h"

// What the printer says it can do; a value it does not list would make it refuse the job.
struct ipp_abilities {
    bool asked;
    bool scaling_none;
    bool monochrome;
    bool quality_high;
    bool one_sided;
};

// Print-Job (RFC 8011, section 4.2.1) over a connection of its own. Results as page_printer.h's
// submit states them.
enum result ipp_submit(struct ipp_link *link, const struct ipp_abilities *abilities,
                       const char *name, struct bytes pdf, int *job);
