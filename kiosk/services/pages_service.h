// pages_service.h: the A4 printer: how it is, one document handed over once, what became of it.
#pragma once
#include "inside.h"

struct pages_service;

// What a printer says of a job of before the restart.
enum found_job {
    FOUND_JOB_COMPLETED,
    FOUND_JOB_ENDED,
    FOUND_JOB_RUNS,
    FOUND_JOB_NONE,
    FOUND_JOB_UNKNOWN
};

// Answers to pages_service_find; the loop's thread. `up_seconds` is the printer's up-time now.
struct find_watcher {
    void (*found)(void *self, enum found_job job, int sheets, int64_t up_seconds);
    void *self;
};

enum result pages_service_create(const struct service_context *context,
                                 const struct page_printer *printer, struct vault *vault,
                                 struct find_watcher watcher, struct pages_service **out);
bool pages_service_destroy(struct pages_service *service);

// Asks the printer now, and from then on: often while it prints, seldom while it is idle.
void pages_service_look(struct pages_service *service);

// Takes the verified document out of the vault: from here on the job goes on, whatever happens to
// the resident's session.
void pages_service_print(struct pages_service *service, uint32_t ticket,
                         const struct identifier *order);
void pages_service_cancel(struct pages_service *service);

// For a technician: how the printer was when it was last asked, and why the last document ended as
// it did ("" before the first; static storage).
enum page_printer_condition pages_service_condition(const struct pages_service *service);
const char *pages_service_last_word(const struct pages_service *service);

// The printer's up-time as it must be now; 0 when it does not tell.
int64_t pages_service_up_seconds(const struct pages_service *service);

// Looks for the job of an order of before the restart; one that still runs is cancelled, since its
// resident is gone. RESULT_BUSY: ask later.
enum result pages_service_find(struct pages_service *service, const struct identifier *order);
