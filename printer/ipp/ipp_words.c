#include "ipp_words.h"

#include <cups/ipp.h>
#include <string.h>

#include "str.h"

struct reason {
    const char *keyword;
    enum page_printer_condition condition;
};

static const struct reason known_reasons[] = {
    {"none", PAGE_PRINTER_READY},
    {"cleaner-life-almost-over", PAGE_PRINTER_READY},
    {"configuration-change", PAGE_PRINTER_READY},
    {"connecting-to-device", PAGE_PRINTER_READY},
    {"cover-open", PAGE_PRINTER_COVER_OPEN},
    {"deactivated", PAGE_PRINTER_PAUSED},
    {"developer-low", PAGE_PRINTER_READY},
    {"door-open", PAGE_PRINTER_COVER_OPEN},
    {"hold-new-jobs", PAGE_PRINTER_PAUSED},
    {"identify-printer-requested", PAGE_PRINTER_READY},
    {"interlock-open", PAGE_PRINTER_COVER_OPEN},
    {"marker-supply-empty", PAGE_PRINTER_TONER_EMPTY},
    {"marker-supply-low", PAGE_PRINTER_READY},
    {"marker-waste-almost-full", PAGE_PRINTER_READY},
    {"media-empty", PAGE_PRINTER_MEDIA_EMPTY},
    {"media-jam", PAGE_PRINTER_MEDIA_JAM},
    {"media-low", PAGE_PRINTER_READY},
    {"media-needed", PAGE_PRINTER_MEDIA_EMPTY},
    {"moving-to-paused", PAGE_PRINTER_PAUSED},
    {"opc-near-eol", PAGE_PRINTER_READY},
    {"output-area-almost-full", PAGE_PRINTER_READY},
    {"output-area-full", PAGE_PRINTER_OUTPUT_FULL},
    {"paused", PAGE_PRINTER_PAUSED},
    {"resuming", PAGE_PRINTER_READY},
    {"shutdown", PAGE_PRINTER_OFFLINE},
    {"standby", PAGE_PRINTER_READY},
    {"toner-empty", PAGE_PRINTER_TONER_EMPTY},
    {"toner-low", PAGE_PRINTER_READY},
    {"warming-up", PAGE_PRINTER_READY},
};

// How pressing a condition is: a jam is dealt with by opening the cover, the cover hides the tray.
static int urgency(enum page_printer_condition condition)
{
    switch (condition) {
    case PAGE_PRINTER_READY:
        return 0;
    case PAGE_PRINTER_NO_PDF:
        return 1;
    case PAGE_PRINTER_STOPPED: // every other reason says more
        return 2;
    case PAGE_PRINTER_ATTENTION:
        return 3;
    case PAGE_PRINTER_PAUSED:
        return 4;
    case PAGE_PRINTER_TONER_EMPTY:
        return 5;
    case PAGE_PRINTER_OUTPUT_FULL:
        return 6;
    case PAGE_PRINTER_WRONG_MEDIA:
        return 7;
    case PAGE_PRINTER_MEDIA_EMPTY:
        return 8;
    case PAGE_PRINTER_COVER_OPEN:
        return 9;
    case PAGE_PRINTER_MEDIA_JAM:
        return 10;
    case PAGE_PRINTER_OFFLINE:
        return 11;
    }
    return 0;
}

enum page_printer_condition ipp_worse(enum page_printer_condition a, enum page_printer_condition b)
{
    return urgency(a) >= urgency(b) ? a : b;
}

static size_t length_without_severity(const char *keyword)
{
    static const char *const severities[] = {"-report", "-warning", "-error"};
    size_t length = strlen(keyword);

    for (size_t i = 0; i < sizeof severities / sizeof *severities; i++) {
        size_t suffix = strlen(severities[i]);
        if (length > suffix && str_equal(keyword + length - suffix, severities[i]))
            return length - suffix;
    }
    return length;
}

static enum page_printer_condition condition_of(const char *keyword, size_t length)
{
    for (size_t i = 0; i < sizeof known_reasons / sizeof *known_reasons; i++) {
        const char *known = known_reasons[i].keyword;
        if (strlen(known) == length && strncmp(known, keyword, length) == 0)
            return known_reasons[i].condition;
    }
    return PAGE_PRINTER_ATTENTION;
}

static bool is_keyword(const char *keyword, size_t length, const char *other)
{
    return strlen(other) == length && strncmp(keyword, other, length) == 0;
}

void ipp_reasons_add(struct ipp_reasons *reasons, const char *keyword)
{
    size_t length = length_without_severity(keyword);

    if (str_starts_with(keyword, "cups-"))
        return;
    if (is_keyword(keyword, length, "media-low"))
        reasons->media_low = true;
    if (is_keyword(keyword, length, "toner-low") ||
        is_keyword(keyword, length, "marker-supply-low"))
        reasons->toner_low = true;
    reasons->condition = ipp_worse(reasons->condition, condition_of(keyword, length));
}

enum page_job_state ipp_job_state(int state)
{
    switch (state) {
    case IPP_JSTATE_PENDING:
    case IPP_JSTATE_HELD:
        return PAGE_JOB_WAITING;
    case IPP_JSTATE_PROCESSING:
    case IPP_JSTATE_STOPPED: // it goes on by itself once the reason is gone
        return PAGE_JOB_PRINTING;
    case IPP_JSTATE_CANCELED:
        return PAGE_JOB_CANCELED;
    case IPP_JSTATE_ABORTED:
        return PAGE_JOB_ABORTED;
    case IPP_JSTATE_COMPLETED:
        return PAGE_JOB_COMPLETED;
    default: // a number from the wire, not one of ours
        return PAGE_JOB_UNKNOWN;
    }
}

enum result ipp_submit_result(int status_code)
{
    switch (status_code) {
    case IPP_STATUS_ERROR_BUSY:
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_TOO_MANY_JOBS:
        return RESULT_BUSY;
    case IPP_STATUS_ERROR_INTERNAL:
    case IPP_STATUS_ERROR_DEVICE:
    case IPP_STATUS_ERROR_TEMPORARY:
    case IPP_STATUS_ERROR_JOB_CANCELED:
        return RESULT_FAILED;
    default:
        break;
    }
    if (status_code >= 0 && status_code <= 0xff) // successful-*
        return RESULT_OK;
    // client-error-* and the other server-error-*: the printer says what it did not do.
    return status_code >= 0x400 && status_code <= 0x5ff ? RESULT_REFUSED : RESULT_FAILED;
}
