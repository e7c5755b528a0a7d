// page_printer.h: what the terminal wishes for from its A4 printer: take one document, once, and
// say honestly what became of it.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "result.h"
#include "bytes.h"

// Why a printer does not print, as XFS4IoT and IPP printer-state-reasons tell them apart.
enum page_printer_condition {
    PAGE_PRINTER_READY,
    PAGE_PRINTER_OFFLINE,
    PAGE_PRINTER_MEDIA_EMPTY,
    PAGE_PRINTER_MEDIA_JAM,
    PAGE_PRINTER_COVER_OPEN,
    PAGE_PRINTER_TONER_EMPTY,
    PAGE_PRINTER_PAUSED,    // by somebody at its panel, or it accepts no jobs
    PAGE_PRINTER_ATTENTION, // anything else that needs a person, unknown keywords included
    PAGE_PRINTER_STOPPED,   // it says no more than that
    PAGE_PRINTER_OUTPUT_FULL,
    PAGE_PRINTER_WRONG_MEDIA, // paper, but not A4
    PAGE_PRINTER_NO_PDF,      // it does not take what certificates are made of
};
#define PAGE_PRINTER_CONDITION_COUNT 12

// For a technician, in XFS4IoT's words for a printer's supplies where it has one: "paper: out".
// Static storage.
const char *page_printer_condition_text(enum page_printer_condition condition);

struct page_printer_status {
    enum page_printer_condition condition;
    bool media_low;
    bool toner_low;
    bool takes_pdf;
    bool takes_a4;
    int64_t up_seconds; // printer-up-time; 0 when not reported
};

enum page_job_state {
    PAGE_JOB_WAITING,
    PAGE_JOB_PRINTING,
    PAGE_JOB_COMPLETED,
    PAGE_JOB_ABORTED,  // by the printer
    PAGE_JOB_CANCELED, // by us or at the printer
    PAGE_JOB_UNKNOWN,  // the printer does not know the job, or does not answer
};

struct page_job_status {
    enum page_job_state state;
    int sheets_completed; // -1: the printer does not count
    enum page_printer_condition condition;
};

// One thread, one verb at a time; each blocks for at most the driver's stated limits.
struct page_printer_verbs {
    // At most 2 s; RESULT_UNREACHABLE also fills the status (offline).
    enum result (*status)(void *self, struct page_printer_status *status);

    // Hands the document over, exactly once: never repeated by the driver. `name` is the job's
    // name, the order's identifier. RESULT_REFUSED or RESULT_BUSY: the printer said no, nothing is
    // printed. RESULT_TIMED_OUT or RESULT_FAILED after the request began: nobody can tell.
    enum result (*submit)(void *self, const char *name, struct bytes pdf, int *job);

    // Job and printer in one look, at most 2 s.
    enum result (*job_status)(void *self, int job, struct page_job_status *status);

    // Finds a job of ours by its name after a restart; RESULT_NOT_FOUND when the printer has none.
    enum result (*find)(void *self, const char *name, int *job);

    enum result (*cancel_job)(void *self, int job);
};

struct page_printer {
    const struct page_printer_verbs *verbs;
    void *self;
};
