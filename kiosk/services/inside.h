// inside.h: what the services share: the way events go out, and the vault.
#pragma once
#include "services.h"
#include "worker.h"

// Where a service reports to. Events are taken in at once and stepped after the service returned.
struct service_context {
    struct loop *loop;
    const struct services_settings *settings;
    void (*tell)(void *self, const struct session_event *event);
    void *self;
};

static inline void service_tell(const struct service_context *context, enum session_event_kind kind,
                                uint32_t ticket)
{
    const struct session_event event = {.kind = kind, .ticket = ticket};

    context->tell(context->self, &event);
}

static inline void service_tell_count(const struct service_context *context,
                                      enum session_event_kind kind, uint32_t ticket, int count)
{
    const struct session_event event = {.kind = kind, .ticket = ticket, .count = count};

    context->tell(context->self, &event);
}

// Everything that belongs to one resident, in one place, so that one call wipes it. The loop's
// thread only; jobs that need a part of it own that part while they run.
struct vault {
    uint32_t visit; // grows with each wipe: what comes back to another visit is wiped instead
    struct card_files files;
    struct backend_challenge challenge;
    struct card_signature signature;
    struct catalogue *catalogue; // of this resident; the session points at it
    struct secret *document;     // verified, and not yet handed to the printer
    uint8_t document_sha256[32]; // as the order announced it
};

void vault_wipe(struct vault *vault);
void vault_drop_document(struct vault *vault);

// More than any certificate of the city takes; locked memory is scarce.
#define DOCUMENT_MAXIMUM ((size_t)1024 * 1024)
