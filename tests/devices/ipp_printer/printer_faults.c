#include "printer_faults.h"

#include <string.h>

// clang-format off
static const struct fault faults[] = {
    {.name = "none"},
    // paper stops, and goes on when the fault is over
    {.name = "media-empty", .reasons = {"media-empty-error", "media-needed-error"},
     .job = JOB_WAITS, .after = 1},
    {.name = "media-needed", .reasons = {"media-needed-report"}, .job = JOB_WAITS},
    {.name = "media-jam", .reasons = {"media-jam-error"}, .job = JOB_WAITS, .after = 1},
    {.name = "cover-open", .reasons = {"cover-open"}, .job = JOB_WAITS, .after = 1},
    {.name = "door-open", .reasons = {"door-open-error"}, .job = JOB_WAITS},
    {.name = "interlock-open", .reasons = {"interlock-open"}, .job = JOB_WAITS},
    {.name = "toner-empty", .reasons = {"toner-empty-error"}, .job = JOB_WAITS, .after = 1},
    {.name = "marker-supply-empty", .reasons = {"marker-supply-empty-warning"}, .job = JOB_WAITS},
    {.name = "paused", .reasons = {"paused"}, .stopped = true, .job = JOB_WAITS},
    {.name = "moving-to-paused", .reasons = {"moving-to-paused"}, .job = JOB_WAITS, .after = 1},
    {.name = "shutdown", .reasons = {"shutdown"}, .job = JOB_WAITS},
    {.name = "not-accepting", .not_accepting = true, .job = JOB_WAITS},
    {.name = "processing-stopped", .stopped = true, .job = JOB_STOPS, .after = 1},
    {.name = "output-area-full", .reasons = {"output-area-full-error"}, .job = JOB_WAITS,
     .after = 1},
    {.name = "output-tray-missing", .reasons = {"output-tray-missing"}, .job = JOB_WAITS},
    {.name = "input-tray-missing", .reasons = {"input-tray-missing-error"}, .job = JOB_WAITS},
    {.name = "fuser-over-temp", .reasons = {"fuser-over-temp-error"}, .job = JOB_WAITS},
    {.name = "marker-waste-full", .reasons = {"marker-waste-full-error"}, .job = JOB_WAITS},
    {.name = "opc-life-over", .reasons = {"opc-life-over-error"}, .job = JOB_WAITS},
    {.name = "word-nobody-knows", .reasons = {"vendor-x-needs-love-error"}, .job = JOB_WAITS},
    {.name = "wrong-media", .letter_loaded = true, .job = JOB_WAITS},
    {.name = "held", .job = JOB_HELD},
    // paper does not stop
    {.name = "media-low", .reasons = {"media-low-report"}},
    {.name = "toner-low", .reasons = {"toner-low-warning"}},
    // the job ends badly
    {.name = "refuses-pdf", .no_pdf = true,
     .refusal = IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED},
    {.name = "refuses-this-pdf", .refusal = IPP_STATUS_ERROR_DOCUMENT_FORMAT_ERROR},
    {.name = "refuses-attributes", .refusal = IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES},
    {.name = "refuses-us", .refusal = IPP_STATUS_ERROR_NOT_AUTHORIZED},
    {.name = "busy", .refusal = IPP_STATUS_ERROR_BUSY},
    {.name = "breaks-inside", .refusal = IPP_STATUS_ERROR_INTERNAL},
    {.name = "aborts-at-once", .job = JOB_ABORTS},
    {.name = "aborts-after-a-sheet", .job = JOB_ABORTS, .after = 1},
    {.name = "cancelled-at-the-panel", .job = JOB_CANCELLED},
    {.name = "cancelled-after-a-sheet", .job = JOB_CANCELLED, .after = 1},
    // the printer's word is worth little
    {.name = "completed-short", .job = JOB_ENDS_SHORT, .after = 1},
    {.name = "does-not-count", .uncounted = true},
    {.name = "aborts-uncounted", .uncounted = true, .job = JOB_ABORTS},
    {.name = "says-processing-too-long", .job = JOB_LIES},
    {.name = "starts-anew", .job = JOB_FORGOTTEN, .after = 1},
    {.name = "no-job-number", .job = JOB_GETS_NO_NUMBER},
    // the line
    {.name = "offline", .line = LINE_RESET_AT_CONNECT},
    {.name = "silent", .line = LINE_SILENT},
    {.name = "late", .line = LINE_LATE},
    {.name = "nonsense", .line = LINE_NONSENSE},
    {.name = "server-error", .line = LINE_SERVER_ERROR},
    {.name = "cut-after-headers", .line = LINE_RESET_AFTER_HEADERS},
    {.name = "cut-in-document", .line = LINE_RESET_IN_DOCUMENT},
    {.name = "cut-before-answer", .line = LINE_RESET_BEFORE_ANSWER},
    {.name = "cut-and-thrown-away", .line = LINE_RESET_INSTEAD_OF_JOB},
    {.name = "no-answer-to-the-document", .line = LINE_SILENT_AFTER_DOCUMENT},
};
// clang-format on

#define FAULT_COUNT (sizeof faults / sizeof faults[0])

const struct fault *fault_named(const char *name)
{
    for (size_t i = 0; name != NULL && i < FAULT_COUNT; i++)
        if (strcmp(faults[i].name, name) == 0)
            return &faults[i];
    return &faults[0];
}

void faults_list(FILE *out)
{
    for (size_t i = 0; i < FAULT_COUNT; i++)
        (void)fprintf(out, "%s\n", faults[i].name);
}
