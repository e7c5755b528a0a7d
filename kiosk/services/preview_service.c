#include "preview_service.h"

#include <stdlib.h>

enum preview_job_kind { JOB_DRAW };
#define DRAW_LIMIT_MS 3000 // the port's own

struct preview_service {
    struct service_context context;
    struct preview preview;
    struct vault *vault;
    struct worker *worker;
    struct page_picture *picture;
    uint32_t ticket;
};

struct preview_job {
    struct job job;
    struct preview_service *service;
    uint32_t ticket, visit;
    enum result result;
    int page;
    struct secret *document; // a copy: the original may leave for the printer meanwhile
    struct page_picture *picture;
};

static void destroy_job(struct job *job)
{
    struct preview_job *preview = (struct preview_job *)job;

    secret_destroy(preview->document);
    page_picture_destroy(preview->picture);
    free(preview);
}

static void run_draw(struct job *job)
{
    struct preview_job *preview = (struct preview_job *)job;
    const struct preview *port = &preview->service->preview;

    preview->result =
        port->verbs->render(port->self, secret_bytes(preview->document), preview->page,
                            preview->service->context.settings->page_width, &preview->picture);
    secret_destroy(take(preview->document));
}

static void finish_draw(struct job *job)
{
    struct preview_job *preview = (struct preview_job *)job;
    struct preview_service *service = preview->service;

    if (preview->result != RESULT_OK || preview->visit != service->vault->visit) {
        service_tell(&service->context, EVENT_PAGE_FAILED, preview->ticket);
        return;
    }
    page_picture_destroy(take(service->picture));
    service->picture = take(preview->picture);
    service_tell_count(&service->context, EVENT_PAGE_DRAWN, preview->ticket, preview->page);
}

static enum result make_job(struct preview_service *service, uint32_t ticket, int page,
                            struct preview_job **out)
{
    static const struct job_verbs verbs = {run_draw, finish_draw, destroy_job};
    owned(secret) copy = NULL;

    if (service->preview.verbs == NULL || service->vault->document == NULL)
        return RESULT_NOT_FOUND;
    struct bytes document = secret_bytes(service->vault->document);
    TRY(secret_create(document.size, &copy));
    TRY(secret_append(copy, document));
    struct preview_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return RESULT_NO_MEMORY;
    *job = (struct preview_job){.job = {.verbs = &verbs, .what = JOB_DRAW},
                                .service = service,
                                .ticket = ticket,
                                .visit = service->vault->visit,
                                .page = page,
                                .document = take(copy)};
    *out = job;
    return RESULT_OK;
}

void preview_service_draw(struct preview_service *service, uint32_t ticket, int page)
{
    struct preview_job *job = NULL;

    preview_service_drop(service);
    service->ticket = ticket;
    if (make_job(service, ticket, page, &job) != RESULT_OK ||
        worker_submit(service->worker, &job->job, DRAW_LIMIT_MS) != RESULT_OK)
        service_tell(&service->context, EVENT_PAGE_FAILED, ticket);
}

void preview_service_drop(struct preview_service *service)
{
    worker_cancel(service->worker, WORKER_EVERY_KIND);
    page_picture_destroy(take(service->picture));
}

const struct page_picture *preview_service_page(const struct preview_service *service)
{
    return service->picture;
}

static void on_gave_up(void *self, int what)
{
    struct preview_service *service = self;

    (void)what;
    service_tell(&service->context, EVENT_PAGE_FAILED, service->ticket);
}

static void nothing_to_tell(void *self)
{
    (void)self; // printing goes on without a preview
}

enum result preview_service_create(const struct service_context *context,
                                   const struct preview *preview, struct vault *vault,
                                   struct preview_service **out)
{
    struct preview_service *service = calloc(1, sizeof *service);
    struct worker_owner owner = {service, on_gave_up, nothing_to_tell, nothing_to_tell, NULL, NULL};

    *out = NULL;
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct preview_service){.context = *context, .preview = *preview, .vault = vault};
    *out = service;
    return worker_create(context->loop, "preview", owner, &service->worker);
}

bool preview_service_destroy(struct preview_service *service)
{
    if (service == NULL)
        return true;
    if (!worker_destroy(service->worker))
        return false;
    page_picture_destroy(service->picture);
    free(service);
    return true;
}
