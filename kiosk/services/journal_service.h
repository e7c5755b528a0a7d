// journal_service.h: the journal in a thread of its own. Nothing given to it is ever cancelled.
#pragma once
#include "inside.h"
#include "journal.h"

struct journal_service;

#define JOURNAL_LIST_MAXIMUM 16
struct journal_list {
    struct journal_order open[JOURNAL_LIST_MAXIMUM];
    size_t open_count;
    struct journal_order unreported[JOURNAL_LIST_MAXIMUM];
    size_t unreported_count;
};

// Answers for the orders service; the loop's thread.
struct journal_watcher {
    void (*listed)(void *self, enum result result, const struct journal_list *list);
    void (*recovered)(void *self, enum result result);
    void *self;
};

enum result journal_service_create(const struct service_context *context,
                                   struct journal_watcher watcher, struct journal_service **out);
// Opens the file; tells JOURNAL_READY or JOURNAL_LOST, and tries again while it is lost.
void journal_service_start(struct journal_service *service);
bool journal_service_destroy(struct journal_service *service);

void journal_service_chapter(struct journal_service *service, const struct session_effect *effect);
// What the devices know of an order's step, beside what the session says.
struct journal_facts {
    int64_t printer_up; // seconds, for PRINTING
    int slip_before;    // for PAYING
    int slip;           // for PAID
};

// Told by JOURNALED once it is on disk, or JOURNAL_FAILED.
void journal_service_step(struct journal_service *service, const struct session_effect *effect,
                          const struct journal_facts *facts);
void journal_service_mark_reported(struct journal_service *service, const struct identifier *order);

void journal_service_list(struct journal_service *service);
// `slip`: of a payment that turned out to be made, 0 otherwise.
void journal_service_recover(struct journal_service *service, const struct identifier *order,
                             enum order_state to, int sheets, int slip);
