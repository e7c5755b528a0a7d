// The two printers and the preview.
#include "fakes.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"

static enum result status(void *self, struct page_printer_status *status)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    *status = (struct page_printer_status){.condition = fakes->condition,
                                           .takes_pdf = true,
                                           .takes_a4 = true,
                                           .up_seconds = fakes->up_seconds};
    bool there = fakes->printer_is_there;
    pthread_mutex_unlock(&fakes->lock);
    return there ? RESULT_OK : RESULT_UNREACHABLE;
}

static enum result submit(void *self, const char *name, struct bytes pdf, int *job)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->submits++;
    enum result result = fakes->submit_result;
    if (result == RESULT_OK && pdf.size <= sizeof fakes->printed)
        result = str_copy(fakes->job_name, sizeof fakes->job_name, name);
    if (result == RESULT_OK) {
        memcpy(fakes->printed, pdf.data, pdf.size);
        fakes->printed_size = pdf.size;
    }
    *job = 7;
    pthread_mutex_unlock(&fakes->lock);
    return result;
}

static enum result job_status(void *self, int job, struct page_job_status *status)
{
    struct fakes *fakes = self;

    (void)job;
    pthread_mutex_lock(&fakes->lock);
    *status = (struct page_job_status){
        .state = fakes->job, .sheets_completed = fakes->sheets, .condition = fakes->condition};
    bool there = fakes->printer_is_there;
    pthread_mutex_unlock(&fakes->lock);
    return there ? RESULT_OK : RESULT_UNREACHABLE;
}

static enum result find(void *self, const char *name, int *job)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    bool known = str_equal(fakes->job_name, name);
    pthread_mutex_unlock(&fakes->lock);
    *job = 7;
    return known ? RESULT_OK : RESULT_NOT_FOUND;
}

static enum result cancel_job(void *self, int job)
{
    struct fakes *fakes = self;

    (void)job;
    pthread_mutex_lock(&fakes->lock);
    fakes->job_cancels++;
    fakes->job = PAGE_JOB_CANCELED;
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

struct page_printer fakes_printer(struct fakes *fakes)
{
    static const struct page_printer_verbs verbs = {
        .status = status,
        .submit = submit,
        .job_status = job_status,
        .find = find,
        .cancel_job = cancel_job,
    };

    return (struct page_printer){&verbs, fakes};
}

static enum result receipt_status(void *self, enum receipt_printer_condition *condition)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    *condition = fakes->receipt_condition;
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

static enum result receipt_print(void *self, struct bytes stream)
{
    struct fakes *fakes = self;

    pthread_mutex_lock(&fakes->lock);
    fakes->receipts += stream.size > 0 ? 1 : 0;
    pthread_mutex_unlock(&fakes->lock);
    return RESULT_OK;
}

struct receipt_printer fakes_receipt_printer(struct fakes *fakes)
{
    static const struct receipt_printer_verbs verbs = {.status = receipt_status,
                                                       .print = receipt_print};

    return (struct receipt_printer){&verbs, fakes};
}

static enum result render(void *self, struct bytes pdf, int page, int width,
                          struct page_picture **picture)
{
    struct fakes *fakes = self;
    owned(page_picture) made = calloc(1, sizeof *made);

    if (made == NULL || pdf.size == 0)
        return RESULT_FAILED;
    *made = (struct page_picture){.width = width, .height = 10, .page = page, .pages = 1};
    TRY(secret_create((size_t)width * 10, &made->pixels));
    TRY(secret_set_size(made->pixels, (size_t)width * 10));
    pthread_mutex_lock(&fakes->lock);
    fakes->pages_drawn++;
    pthread_mutex_unlock(&fakes->lock);
    *picture = take(made);
    return RESULT_OK;
}

struct preview fakes_preview(struct fakes *fakes)
{
    static const struct preview_verbs verbs = {.render = render};

    return (struct preview){&verbs, fakes};
}
