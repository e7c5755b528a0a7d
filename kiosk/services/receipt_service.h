// receipt_service.h: the receipt printer: whether it can print, and one receipt.
#pragma once
#include "inside.h"

struct receipt_service;

// `printer->verbs` may be NULL: none is fitted, and receipts never work.
enum result receipt_service_create(const struct service_context *context,
                                   const struct receipt_printer *printer,
                                   const struct receipt_composer *composer,
                                   struct receipt_service **out);
bool receipt_service_destroy(struct receipt_service *service);

// Asks the printer now, and from then on while it is idle.
void receipt_service_look(struct receipt_service *service);
void receipt_service_print(struct receipt_service *service, uint32_t ticket,
                           const struct session_order_note *note, enum language language);
