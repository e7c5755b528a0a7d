#include "cups_queue.h"

#include <stdlib.h>

#include "ipp_printer.h"
#include "str.h"

#define NAME_SIZE 64 // an order's identifier

struct cups_queue {
    struct page_printer queue, device;
    char name[NAME_SIZE]; // of the job that was handed over or found last
};

// Somebody may have stopped the queue; all else the printer knows better.
static enum page_printer_condition worse_of(enum page_printer_condition device,
                                            enum page_printer_condition queue)
{
    bool stopped = queue == PAGE_PRINTER_PAUSED || queue == PAGE_PRINTER_STOPPED;

    return device == PAGE_PRINTER_READY && stopped ? PAGE_PRINTER_PAUSED : device;
}

static enum result status_verb(void *self, struct page_printer_status *status)
{
    struct cups_queue *held = self;
    struct page_printer_status queue;

    TRY(held->device.verbs->status(held->device.self, status));
    enum result result = held->queue.verbs->status(held->queue.self, &queue);
    if (result != RESULT_OK) {
        *status = queue; // offline
        return result;
    }
    status->condition = worse_of(status->condition, queue.condition);
    status->takes_pdf = queue.takes_pdf;
    status->up_seconds = 0;
    return RESULT_OK;
}

static enum result submit_verb(void *self, const char *name, struct bytes pdf, int *job)
{
    struct cups_queue *held = self;

    *job = 0;
    TRY(str_copy(held->name, sizeof held->name, name));
    return held->queue.verbs->submit(held->queue.self, name, pdf, job);
}

// What the printer itself says of the job; RESULT_NOT_FOUND while, or because, it has none.
static enum result ask_device(struct cups_queue *held, struct page_job_status *status)
{
    int job = 0;

    TRY(held->device.verbs->find(held->device.self, held->name, &job));
    return held->device.verbs->job_status(held->device.self, job, status);
}

static bool is_over(enum page_job_state state)
{
    return state != PAGE_JOB_WAITING && state != PAGE_JOB_PRINTING;
}

// A job is completed when the printer says so. While it still works on what the queue has done
// with, the job prints; one that it does not know any more may have come out or not.
static void combine(struct page_job_status *queue, const struct page_job_status *device, bool known)
{
    if (known && (is_over(device->state) || is_over(queue->state)))
        queue->state = device->state;
    else if (queue->state == PAGE_JOB_COMPLETED)
        queue->state = PAGE_JOB_UNKNOWN;
    queue->sheets_completed = known ? device->sheets_completed : -1;
}

static enum result job_status_verb(void *self, int job, struct page_job_status *status)
{
    struct cups_queue *held = self;
    struct page_printer_status printer;
    struct page_job_status device = {};

    TRY(held->queue.verbs->job_status(held->queue.self, job, status));
    if (held->device.verbs->status(held->device.self, &printer) != RESULT_OK) {
        *status = (struct page_job_status){PAGE_JOB_UNKNOWN, -1, PAGE_PRINTER_OFFLINE};
        return RESULT_UNREACHABLE;
    }
    enum page_printer_condition stopped = worse_of(printer.condition, status->condition);
    enum result asked = ask_device(held, &device);
    if (asked != RESULT_OK && asked != RESULT_NOT_FOUND) {
        *status = (struct page_job_status){PAGE_JOB_UNKNOWN, -1, PAGE_PRINTER_OFFLINE};
        return asked;
    }
    combine(status, &device, asked == RESULT_OK);
    status->condition = stopped;
    return RESULT_OK;
}

static enum result find_verb(void *self, const char *name, int *job)
{
    struct cups_queue *held = self;

    TRY(str_copy(held->name, sizeof held->name, name));
    return held->queue.verbs->find(held->queue.self, name, job);
}

static enum result cancel_job_verb(void *self, int job)
{
    struct cups_queue *held = self;

    return held->queue.verbs->cancel_job(held->queue.self, job);
}

static const struct page_printer_verbs verbs = {
    .status = status_verb,
    .submit = submit_verb,
    .job_status = job_status_verb,
    .find = find_verb,
    .cancel_job = cancel_job_verb,
};

enum result cups_queue_create(const char *queue, const char *printer, struct page_printer *out)
{
    struct cups_queue *held = calloc(1, sizeof *held);

    *out = (struct page_printer){.verbs = &verbs, .self = held};
    if (held == NULL)
        return RESULT_NO_MEMORY;
    enum result result = ipp_printer_create(queue, &held->queue);
    if (result == RESULT_OK)
        result = ipp_printer_create(printer, &held->device);
    if (result != RESULT_OK)
        cups_queue_destroy(out);
    return result;
}

void cups_queue_destroy(struct page_printer *printer)
{
    struct cups_queue *held = printer->self;

    if (held != NULL) {
        ipp_printer_destroy(&held->queue);
        ipp_printer_destroy(&held->device);
    }
    free(held);
    *printer = (struct page_printer){};
}
