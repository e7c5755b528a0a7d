// pin_service.h: the PIN between keypad and card. Nothing else in the program ever holds a digit.
#pragma once
#include "inside.h"

struct pin_service;

enum result pin_service_create(const struct service_context *context, struct pin_service **out);
void pin_service_destroy(struct pin_service *service);

// Tells PIN_DIGITS. More than twelve digits are not taken (belgian eID: 4 to 12).
void pin_service_digit(struct pin_service *service, int digit);
void pin_service_erase(struct pin_service *service);
// Tells PIN_CONFIRMED when there are at least four digits.
void pin_service_confirm(struct pin_service *service);

// CLEAR_PIN and WIPE: wiped, and nothing told.
void pin_service_clear(struct pin_service *service);

// The PIN leaves for the card; the service is empty afterwards. NULL when there is none, or no
// memory for the next.
struct secret *pin_service_take(struct pin_service *service);
