// cups_queue.h: an A4 printer that takes no PDF, fed through a CUPS queue in front of it and asked
// itself what came of a job (the queue's word alone is worth little).
#pragma once
#include "page_printer.h"
#include "result.h"

// Fills `out`: documents go to the queue at `queue` ("ipp://HOST:PORT/printers/NAME"), `printer` is
// the address of the printer behind it. Nothing is asked yet. The caller owns it:
// cups_queue_destroy. RESULT_INVALID when either is no such address. Verbs, threads and limits are
// those of ipp_printer.h; job_status looks at both and may take twice as long when one is silent.
// up_seconds is 0, "not reported": the queue forgets finished jobs after a minute.
enum result cups_queue_create(const char *queue, const char *printer, struct page_printer *out);

// A queue that was never created (all zero) is fine.
void cups_queue_destroy(struct page_printer *printer);
