// ipp_words.h: what IPP's words mean to the terminal: reasons of the printer, states, status codes.
#pragma once
#include <stdbool.h>

#include "page_printer.h"
#include "result.h"

// What a list of printer-state-reasons adds up to: the most pressing condition, and what runs low.
struct ipp_reasons {
    enum page_printer_condition condition;
    bool media_low;
    bool toner_low;
};

// Takes one keyword into account (RFC 8011, section 5.4.12 and the IANA IPP registry). Its suffix
// -report, -warning or -error is ignored; so are keywords with "cups-" in front, which a CUPS queue
// adds on its own account. A keyword that is not known needs a person.
void ipp_reasons_add(struct ipp_reasons *reasons, const char *keyword);

// The more pressing of the two, in the order in which a person has to deal with them.
enum page_printer_condition ipp_worse(enum page_printer_condition a, enum page_printer_condition b);

// job-state (RFC 8011, section 5.3.7).
enum page_job_state ipp_job_state(int state);

// The outcome of handing a document over, from the status code of the printer's answer (RFC 8011,
// appendix B): refusals are certain, errors inside the printer are not.
enum result ipp_submit_result(int status_code);
