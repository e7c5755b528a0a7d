// card_service.h: the card slot. Two workers: one only watches, the other reads, verifies and
// signs.
#pragma once
#include "inside.h"

struct card_service;

enum result card_service_create(const struct service_context *context,
                                const struct card_reader *reader, struct vault *vault,
                                struct card_service **out);
void card_service_start(struct card_service *service);
bool card_service_destroy(struct card_service *service);

// Questions. No failure is told when the card is pulled meanwhile, for CARD_OUT says it.

// In two jobs: CARD_KNOWN comes after the first, when the card may be a good one, and the verdict
// after the second. Each has the time for reading, and 5 s more when a call does not return.
void card_service_read(struct card_service *service, uint32_t ticket);
// Takes the PIN over; it is wiped as soon as the card has had it.
void card_service_verify_pin(struct card_service *service, uint32_t ticket, struct secret *pin);
// The PIN is typed at the reader's keys, which wait so many seconds for each.
void card_service_verify_pin_on_pad(struct card_service *service, uint32_t ticket, int seconds,
                                    enum language language);
// Signs the challenge that lies in the vault.
void card_service_sign(struct card_service *service, uint32_t ticket);
void card_service_log_off(struct card_service *service);
void card_service_release(struct card_service *service);
