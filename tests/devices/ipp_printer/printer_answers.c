#include "printer_answers.h"

#define A4 "iso_a4_210x297mm"
#define LETTER "na_letter_8.5x11in"

static void answer_reasons(ipp_t *answer, const struct fault *fault)
{
    int count = fault->reasons[1] != NULL ? 2 : 1;
    const char *none[] = {"none"};

    ippAddStrings(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "printer-state-reasons",
                  fault->reasons[0] == NULL ? 1 : count, NULL,
                  fault->reasons[0] == NULL ? none : fault->reasons);
}

static void answer_printer(struct paper_path *path, ipp_t *answer)
{
    static const char *const media[] = {A4, LETTER};
    const struct fault *present = paper_path_fault(path);
    const struct fault *fault = paper_path_shows(path, present) ? present : fault_named(NULL);
    int state = fault->stopped           ? IPP_PSTATE_STOPPED
                : paper_path_works(path) ? IPP_PSTATE_PROCESSING
                                         : IPP_PSTATE_IDLE;

    ippAddString(answer, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported", NULL,
                 fault->no_pdf ? "image/pwg-raster" : "application/pdf");
    ippAddStrings(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-supported", 2, NULL, media);
    ippAddString(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-ready", NULL,
                 fault->letter_loaded ? LETTER : A4);
    ippAddBoolean(answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", !fault->not_accepting);
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", state);
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-up-time",
                  paper_path_up_time(path));
    answer_reasons(answer, fault);
}

static void describe_job(ipp_t *answer, const struct paper_job *job, const struct fault *fault)
{
    ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", job->number);
    ippAddString(answer, IPP_TAG_JOB, IPP_TAG_NAME, "job-name", NULL, job->name);
    ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", (int)job->state);
    if (!fault->uncounted)
        ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed",
                      job->sheets);
}

static void answer_print(struct paper_path *path, ipp_t *request, ipp_t *answer, int pages)
{
    const struct fault *fault = paper_path_fault(path);
    ipp_attribute_t *name = ippFindAttribute(request, "job-name", IPP_TAG_NAME);
    struct paper_job job = {};

    if (fault->refusal != 0 || pages < 1) {
        ippSetStatusCode(answer,
                         fault->refusal != 0 ? fault->refusal : IPP_STATUS_ERROR_BAD_REQUEST);
        return;
    }
    job.number = paper_path_take(path, name == NULL ? "" : ippGetString(name, 0, NULL), pages);
    if (paper_path_job(path, job.number, &job) && fault->job != JOB_GETS_NO_NUMBER)
        describe_job(answer, &job, fault);
}

static void answer_job(struct paper_path *path, ipp_t *request, ipp_t *answer)
{
    ipp_attribute_t *number = ippFindAttribute(request, "job-id", IPP_TAG_INTEGER);
    struct paper_job job;

    if (paper_path_job(path, ippGetInteger(number, 0), &job))
        describe_job(answer, &job, paper_path_fault(path));
    else
        ippSetStatusCode(answer, IPP_STATUS_ERROR_NOT_FOUND);
}

static void answer_jobs(struct paper_path *path, ipp_t *request, ipp_t *answer)
{
    ipp_attribute_t *which = ippFindAttribute(request, "which-jobs", IPP_TAG_KEYWORD);
    bool completed = which != NULL && ippContainsString(which, "completed");
    struct paper_job job;

    for (size_t i = 0; i < JOBS_MAXIMUM; i++)
        if (paper_path_place(path, i, &job) && completed == (job.state >= IPP_JSTATE_CANCELED)) {
            ippAddSeparator(answer);
            describe_job(answer, &job, paper_path_fault(path));
        }
}

static void answer_cancel(struct paper_path *path, ipp_t *request, ipp_t *answer)
{
    ipp_attribute_t *number = ippFindAttribute(request, "job-id", IPP_TAG_INTEGER);

    if (!paper_path_cancel(path, ippGetInteger(number, 0)))
        ippSetStatusCode(answer, IPP_STATUS_ERROR_NOT_POSSIBLE);
}

ipp_t *printer_answer(struct paper_path *path, ipp_t *request, int pages)
{
    ipp_t *answer = ippNewResponse(request);
    ipp_op_t operation = ippGetOperation(request);

    if (operation == IPP_OP_GET_PRINTER_ATTRIBUTES)
        answer_printer(path, answer);
    else if (operation == IPP_OP_PRINT_JOB)
        answer_print(path, request, answer, pages);
    else if (operation == IPP_OP_GET_JOB_ATTRIBUTES)
        answer_job(path, request, answer);
    else if (operation == IPP_OP_GET_JOBS)
        answer_jobs(path, request, answer);
    else if (operation == IPP_OP_CANCEL_JOB)
        answer_cancel(path, request, answer);
    else
        ippSetStatusCode(answer, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    return answer;
}
