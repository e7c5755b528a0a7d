// provider_book.h: the payments of the provider.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum provider_state {
    PENDING,
    IDENTIFIED,
    AUTHORIZED,
    PENDING_MERCHANT_ACKNOWLEDGEMENT,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    EXPIRED,
    VOIDED
};

struct provider_payment {
    char id[32], reference[40];
    char refund_key[64];
    int64_t cents, created, expires;
    int64_t refunded; // cents
    enum provider_state state;
};

#define PAYMENTS_MAXIMUM 1024
struct provider_book {
    const char *folder;
    struct provider_payment payments[PAYMENTS_MAXIMUM];
    int count;
    int charged, refunded, acknowledged; // how often
    int refusals_of_refunds, answers_lost;
};

const char *provider_state_word(enum provider_state state);

// NULL: the book is full.
struct provider_payment *provider_book_add(struct provider_book *book, const char *reference,
                                           int64_t cents, int64_t valid_seconds);
// NULL: there is none. Payments whose time is over are EXPIRED or VOIDED from then on.
struct provider_payment *provider_book_find(struct provider_book *book, const char *id);
struct provider_payment *provider_book_search(struct provider_book *book, const char *reference);
// FOLDER/book, whole or as before.
void provider_book_write(const struct provider_book *book);
