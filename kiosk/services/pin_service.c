#include "pin_service.h"

#include <stdlib.h>

#define PIN_LEAST 4
#define PIN_MOST 12

struct pin_service {
    struct service_context context;
    struct secret *digits;
};

enum result pin_service_create(const struct service_context *context, struct pin_service **out)
{
    owned(secret) digits = NULL;

    *out = NULL;
    TRY(secret_create(PIN_MOST, &digits));
    struct pin_service *service = malloc(sizeof *service);
    if (service == NULL)
        return RESULT_NO_MEMORY;
    *service = (struct pin_service){.context = *context, .digits = take(digits)};
    *out = service;
    return RESULT_OK;
}

void pin_service_destroy(struct pin_service *service)
{
    if (service == NULL)
        return;
    secret_destroy(service->digits);
    free(service);
}

static int count_of(const struct pin_service *service)
{
    return (int)secret_bytes(service->digits).size;
}

static void tell_count(struct pin_service *service)
{
    service_tell_count(&service->context, EVENT_PIN_DIGITS, 0, count_of(service));
}

void pin_service_digit(struct pin_service *service, int digit)
{
    uint8_t character = (uint8_t)('0' + digit);

    if (digit < 0 || digit > 9)
        return;
    if (secret_append(service->digits, (struct bytes){.data = &character, .size = 1}) != RESULT_OK)
        return; // all twelve are there
    tell_count(service);
}

void pin_service_erase(struct pin_service *service)
{
    secret_wipe(service->digits);
    tell_count(service);
}

void pin_service_confirm(struct pin_service *service)
{
    if (count_of(service) >= PIN_LEAST)
        service_tell(&service->context, EVENT_PIN_CONFIRMED, 0);
}

void pin_service_clear(struct pin_service *service)
{
    secret_wipe(service->digits);
}

struct secret *pin_service_take(struct pin_service *service)
{
    struct secret *next = NULL;

    if (count_of(service) < PIN_LEAST || secret_create(PIN_MOST, &next) != RESULT_OK) {
        secret_wipe(service->digits);
        return NULL;
    }
    struct secret *digits = service->digits;
    service->digits = next;
    return digits;
}
