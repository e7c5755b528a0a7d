#include "ipp_printer.h"

#include <stdlib.h>

#include "clock.h"
#include "ipp_link.h"
#include "ipp_submit.h"
#include "ipp_words.h"
#include "log.h"
#include "str.h"

#define ANSWER_LIMIT_MS 2000
#define A4 "iso_a4_210x297mm" // PWG 5101.1

struct ipp_printer {
    struct ipp_link link;
    struct ipp_abilities abilities;
};

static uint64_t answer_deadline(void)
{
    return clock_monotonic_ms() + ANSWER_LIMIT_MS;
}

static void ask_only_for(ipp_t *request, size_t count, const char *const *names)
{
    if (request != NULL)
        ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                      (int)count, NULL, names);
}

static bool has_word(ipp_t *answer, const char *name, const char *word)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);

    return attribute != NULL && ippContainsString(attribute, word) != 0;
}

static int integer_of(ipp_t *answer, const char *name, int missing)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    ipp_tag_t tag = attribute == NULL ? IPP_TAG_NOVALUE : ippGetValueTag(attribute);

    return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(attribute, 0) : missing;
}

static struct ipp_reasons reasons_of(ipp_t *answer)
{
    struct ipp_reasons reasons = {.condition = PAGE_PRINTER_READY};
    ipp_attribute_t *list = ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_KEYWORD);

    for (int i = 0; list != NULL && i < ippGetCount(list); i++)
        ipp_reasons_add(&reasons, ippGetString(list, i, NULL));
    if (integer_of(answer, "printer-state", IPP_PSTATE_IDLE) == IPP_PSTATE_STOPPED)
        reasons.condition = ipp_worse(reasons.condition, PAGE_PRINTER_STOPPED);
    ipp_attribute_t *accepts =
        ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    if (accepts != NULL && !ippGetBoolean(accepts, 0))
        reasons.condition = ipp_worse(reasons.condition, PAGE_PRINTER_PAUSED);
    return reasons;
}

// Paper of another size in the trays is no paper to us.
static bool a4_is_loaded(ipp_t *answer)
{
    return ippFindAttribute(answer, "media-ready", IPP_TAG_ZERO) == NULL ||
           has_word(answer, "media-ready", A4);
}

static struct ipp_abilities abilities_of(ipp_t *answer)
{
    ipp_attribute_t *quality = ippFindAttribute(answer, "print-quality-supported", IPP_TAG_ENUM);

    return (struct ipp_abilities){
        .asked = true,
        .scaling_none = has_word(answer, "print-scaling-supported", "none"),
        .monochrome = has_word(answer, "print-color-mode-supported", "monochrome"),
        .quality_high = quality != NULL && ippContainsInteger(quality, IPP_QUALITY_HIGH),
        .one_sided = has_word(answer, "sides-supported", "one-sided"),
    };
}

static enum result ask_printer(struct ipp_printer *printer, ipp_t **answer)
{
    static const char *const wanted[] = {
        "document-format-supported", "media-ready",
        "media-supported",           "print-color-mode-supported",
        "print-quality-supported",   "print-scaling-supported",
        "printer-is-accepting-jobs", "printer-state",
        "printer-state-reasons",     "printer-up-time",
        "sides-supported",
    };
    owned_message request = ipp_link_request(&printer->link, IPP_OP_GET_PRINTER_ATTRIBUTES);

    ask_only_for(request, sizeof wanted / sizeof *wanted, wanted);
    TRY(ipp_link_ask(&printer->link, request, answer_deadline(), answer));
    if (ippGetStatusCode(*answer) <= IPP_STATUS_OK_EVENTS_COMPLETE)
        return RESULT_OK;
    log_error("ipp", "the printer does not describe itself; IPP status", ippGetStatusCode(*answer));
    ippDelete(*answer);
    *answer = NULL;
    return RESULT_MALFORMED;
}

static enum result status_verb(void *self, struct page_printer_status *status)
{
    struct ipp_printer *printer = self;
    owned_message answer = NULL;

    *status = (struct page_printer_status){.condition = PAGE_PRINTER_OFFLINE};
    TRY(ask_printer(printer, &answer));
    struct ipp_reasons reasons = reasons_of(answer);
    if (!a4_is_loaded(answer))
        reasons.condition = ipp_worse(reasons.condition, PAGE_PRINTER_WRONG_MEDIA);
    printer->abilities = abilities_of(answer);
    *status = (struct page_printer_status){
        .condition = reasons.condition,
        .media_low = reasons.media_low,
        .toner_low = reasons.toner_low,
        .takes_pdf = has_word(answer, "document-format-supported", "application/pdf"),
        .takes_a4 = has_word(answer, "media-supported", A4),
        .up_seconds = integer_of(answer, "printer-up-time", 0),
    };
    return RESULT_OK;
}

static enum result submit_verb(void *self, const char *name, struct bytes pdf, int *job)
{
    struct ipp_printer *printer = self;
    struct page_printer_status status;

    *job = 0;
    if (pdf.size == 0)
        return RESULT_INVALID;
    if (!printer->abilities.asked && status_verb(self, &status) != RESULT_OK)
        return RESULT_UNREACHABLE; // nothing of the document has left
    return ipp_submit(&printer->link, &printer->abilities, name, pdf, job);
}

// Sheets are what the printer counts as such, or else sides, which are the same on one-sided paper.
// Some printers report a counter and never move it: a completed job without a sheet was not
// counted.
static int sheets_of(ipp_t *answer, enum page_job_state state)
{
    int sides = integer_of(answer, "job-impressions-completed", -1);
    int sheets = integer_of(answer, "job-media-sheets-completed", -1);
    int counted = sheets > sides ? sheets : sides;

    return counted == 0 && state == PAGE_JOB_COMPLETED ? -1 : counted;
}

static enum result ask_job(struct ipp_printer *printer, int job, uint64_t deadline,
                           struct page_job_status *status)
{
    static const char *const wanted[] = {"job-impressions-completed", "job-media-sheets-completed",
                                         "job-state"};
    owned_message request = ipp_link_request(&printer->link, IPP_OP_GET_JOB_ATTRIBUTES);
    owned_message answer = NULL;

    if (request != NULL)
        ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ask_only_for(request, sizeof wanted / sizeof *wanted, wanted);
    TRY(ipp_link_ask(&printer->link, request, deadline, &answer));
    if (ippGetStatusCode(answer) > IPP_STATUS_OK_EVENTS_COMPLETE)
        return RESULT_OK; // it does not know the job, or will not say
    status->state = ipp_job_state(integer_of(answer, "job-state", 0));
    status->sheets_completed = sheets_of(answer, status->state);
    return RESULT_OK;
}

static enum result ask_condition(struct ipp_printer *printer, uint64_t deadline,
                                 enum page_printer_condition *condition)
{
    static const char *const wanted[] = {"printer-is-accepting-jobs", "printer-state",
                                         "printer-state-reasons"};
    owned_message request = ipp_link_request(&printer->link, IPP_OP_GET_PRINTER_ATTRIBUTES);
    owned_message answer = NULL;

    ask_only_for(request, sizeof wanted / sizeof *wanted, wanted);
    TRY(ipp_link_ask(&printer->link, request, deadline, &answer));
    *condition = ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE
                     ? reasons_of(answer).condition
                     : PAGE_PRINTER_ATTENTION;
    return RESULT_OK;
}

static enum result job_status_verb(void *self, int job, struct page_job_status *status)
{
    static const struct page_job_status nothing_known = {
        .state = PAGE_JOB_UNKNOWN, .sheets_completed = -1, .condition = PAGE_PRINTER_OFFLINE};
    struct ipp_printer *printer = self;
    uint64_t deadline = answer_deadline();

    // The printer first: a job that is completed in the second answer was not held up by a reason
    // that came only after the first.
    *status = nothing_known;
    TRY(ask_condition(printer, deadline, &status->condition));
    enum result result = ask_job(printer, job, deadline, status);
    if (result != RESULT_OK)
        *status = nothing_known;
    return result;
}

// The newest job of that name, 0 for none. Attributes of the jobs follow each other, a job's
// between separators, so its name and its number are paired by group.
static int job_named(ipp_t *answer, const char *name)
{
    int found = 0, id = 0;
    bool named = false;

    for (ipp_attribute_t *at = ippFirstAttribute(answer); at != NULL;
         at = ippNextAttribute(answer)) {
        const char *attribute = ippGetName(at);
        if (attribute == NULL) { // separator
            id = 0;
            named = false;
        } else if (str_equal(attribute, "job-id")) {
            id = ippGetInteger(at, 0);
        } else if (str_equal(attribute, "job-name")) {
            named = str_equal(ippGetString(at, 0, NULL), name);
        }
        if (named && id > found)
            found = id;
    }
    return found;
}

static enum result find_among(struct ipp_printer *printer, const char *which, const char *name,
                              uint64_t deadline, int *job)
{
    static const char *const wanted[] = {"job-id", "job-name"};
    owned_message request = ipp_link_request(&printer->link, IPP_OP_GET_JOBS);
    owned_message answer = NULL;

    if (request != NULL) {
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
        ippAddBoolean(request, IPP_TAG_OPERATION, "my-jobs", 1);
    }
    ask_only_for(request, sizeof wanted / sizeof *wanted, wanted);
    TRY(ipp_link_ask(&printer->link, request, deadline, &answer));
    if (ippGetStatusCode(answer) > IPP_STATUS_OK_EVENTS_COMPLETE)
        return RESULT_FAILED;
    *job = job_named(answer, name);
    return *job > 0 ? RESULT_OK : RESULT_NOT_FOUND;
}

static enum result find_verb(void *self, const char *name, int *job)
{
    uint64_t deadline = answer_deadline();
    enum result result = find_among(self, "not-completed", name, deadline, job);

    // "completed" holds every state that is final (RFC 8011, section 4.2.6.1).
    return result == RESULT_NOT_FOUND ? find_among(self, "completed", name, deadline, job) : result;
}

static enum result cancel_job_verb(void *self, int job)
{
    struct ipp_printer *printer = self;
    owned_message request = ipp_link_request(&printer->link, IPP_OP_CANCEL_JOB);
    owned_message answer = NULL;

    if (request != NULL)
        ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    TRY(ipp_link_ask(&printer->link, request, answer_deadline(), &answer));
    if (ippGetStatusCode(answer) == IPP_STATUS_ERROR_NOT_FOUND)
        return RESULT_NOT_FOUND;
    return ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE ? RESULT_OK : RESULT_REFUSED;
}

static const struct page_printer_verbs verbs = {
    .status = status_verb,
    .submit = submit_verb,
    .job_status = job_status_verb,
    .find = find_verb,
    .cancel_job = cancel_job_verb,
};

enum result ipp_printer_create(const char *uri, struct page_printer *out)
{
    struct ipp_printer *printer = calloc(1, sizeof *printer);

    *out = (struct page_printer){};
    if (printer == NULL)
        return RESULT_NO_MEMORY;
    if (ipp_link_set_uri(&printer->link, uri) != RESULT_OK) {
        free(printer);
        return RESULT_INVALID;
    }
    *out = (struct page_printer){.verbs = &verbs, .self = printer};
    return RESULT_OK;
}

void ipp_printer_destroy(struct page_printer *printer)
{
    struct ipp_printer *held = printer->self;

    if (held != NULL)
        ipp_link_close(&held->link);
    free(held);
    *printer = (struct page_printer){};
}
