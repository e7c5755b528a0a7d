// municipality_service.h: the link to the municipality: is it there, prove a resident, order and
// fetch a document, verify its seal before anybody else sees it, say what became of it.
#pragma once
#include "inside.h"

struct municipality_service;

// Told about reports that reached the municipality, or did not; the loop's thread.
struct report_watcher {
    void (*reported)(void *self, const struct identifier *order);
    void (*not_reported)(void *self);
    void *self;
};

enum result municipality_service_create(const struct service_context *context,
                                        const struct backend *backend, struct vault *vault,
                                        struct report_watcher watcher,
                                        struct municipality_service **out);
bool municipality_service_destroy(struct municipality_service *service);

// Asks now whether the municipality is there, and from then on while nobody else asks it anything.
void municipality_service_look(struct municipality_service *service);
bool municipality_service_is_ready(const struct municipality_service *service);
const struct catalogue *municipality_service_offer(const struct municipality_service *service);

void municipality_service_open_session(struct municipality_service *service, uint32_t ticket);
void municipality_service_prove(struct municipality_service *service, uint32_t ticket);
void municipality_service_close_session(struct municipality_service *service);
void municipality_service_order(struct municipality_service *service,
                                const struct session_effect *effect);
void municipality_service_fetch(struct municipality_service *service,
                                const struct session_effect *effect);
// Ticket 0: told to the watcher alone.
void municipality_service_report(struct municipality_service *service, uint32_t ticket,
                                 const struct identifier *order, bool delivered, int sheets);
