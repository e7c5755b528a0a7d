// printer_faults.h: every way in which this printer can fail.
#pragma once
#include <cups/cups.h>
#include <stdbool.h>
#include <stdio.h>

enum fault_line { // what happens to the connection
    LINE_HOLDS,
    LINE_RESET_AT_CONNECT,
    LINE_RESET_AFTER_HEADERS, // of the hand-over
    LINE_RESET_IN_DOCUMENT,
    LINE_RESET_BEFORE_ANSWER,  // the document is taken
    LINE_RESET_INSTEAD_OF_JOB, // it came whole and is thrown away
    LINE_SILENT_AFTER_DOCUMENT,
    LINE_SILENT,
    LINE_NONSENSE,
    LINE_LATE, // each answer
    LINE_SERVER_ERROR,
};

enum fault_job { // what happens to a job that was taken
    JOB_RUNS,
    JOB_WAITS, // in front of the next sheet, for as long as the fault lasts
    JOB_HELD,
    JOB_STOPS, // likewise, and says job-state processing-stopped
    JOB_ABORTS,
    JOB_CANCELLED,
    JOB_ENDS_SHORT, // and calls itself completed
    JOB_LIES,       // goes on saying "processing" for a while after the last sheet
    JOB_FORGOTTEN,  // the printer starts anew
    JOB_GETS_NO_NUMBER,
};

struct fault {
    const char *name;
    const char *reasons[2]; // printer-state-reasons
    enum fault_job job;
    int after; // sheets that came out before
    enum fault_line line;
    ipp_status_t refusal; // of the hand-over; 0 none
    bool stopped, not_accepting, letter_loaded, no_pdf, uncounted;
};

// The fault of that name; the first, which is none, for NULL and for unknown ones.
const struct fault *fault_named(const char *name);
void faults_list(FILE *out);
