// ipp_printer.h: an A4 printer that speaks IPP, asked and fed by libcups without any spool.
#pragma once
#include "page_printer.h"
#include "result.h"

// Fills `out` with a printer at `uri` ("ipp://HOST[:PORT]/PATH", RFC 3510); nothing is asked of it
// yet. The caller owns it: ipp_printer_destroy. RESULT_INVALID when the text is no such address.
// All verbs block, in one thread at a time. Limits: connecting, status, job_status, find and
// cancel_job take 2 s at most from a printer that is silent; submit 2 s to connect and 20 s for the
// hand-over. submit also returns RESULT_UNREACHABLE, when no byte of the document had left.
// job_status: RESULT_OK also when the printer does not know the job; RESULT_UNREACHABLE fills
// PAGE_JOB_UNKNOWN and PAGE_PRINTER_OFFLINE. cancel_job: RESULT_REFUSED when the job is over.
enum result ipp_printer_create(const char *uri, struct page_printer *out);

// Closes the connection and frees; a printer that was never created (all zero) is fine.
void ipp_printer_destroy(struct page_printer *printer);
