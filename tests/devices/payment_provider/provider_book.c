#include "provider_book.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char *provider_state_word(enum provider_state state)
{
    static const char *const words[] = {
        "PENDING",   "IDENTIFIED", "AUTHORIZED", "PENDING_MERCHANT_ACKNOWLEDGEMENT",
        "SUCCEEDED", "FAILED",     "CANCELLED",  "EXPIRED",
        "VOIDED"};

    return words[state];
}

struct provider_payment *provider_book_add(struct provider_book *book, const char *reference,
                                           int64_t cents, int64_t valid_seconds)
{
    if (book->count == PAYMENTS_MAXIMUM)
        return NULL;
    struct provider_payment *payment = &book->payments[book->count++];
    *payment = (struct provider_payment){.cents = cents, .created = time(NULL)};
    payment->expires = payment->created + valid_seconds;
    (void)snprintf(payment->id, sizeof payment->id, "test%08d", book->count);
    (void)snprintf(payment->reference, sizeof payment->reference, "%s", reference);
    return payment;
}

static struct provider_payment *grown_old(struct provider_payment *payment)
{
    bool over = time(NULL) >= payment->expires;

    if (over && (payment->state == PENDING || payment->state == IDENTIFIED))
        payment->state = EXPIRED;
    if (over && payment->state == PENDING_MERCHANT_ACKNOWLEDGEMENT)
        payment->state = VOIDED;
    return payment;
}

struct provider_payment *provider_book_find(struct provider_book *book, const char *id)
{
    for (int i = 0; i < book->count; i++)
        if (strcmp(book->payments[i].id, id) == 0)
            return grown_old(&book->payments[i]);
    return NULL;
}

struct provider_payment *provider_book_search(struct provider_book *book, const char *reference)
{
    for (int i = 0; i < book->count; i++)
        if (strcmp(book->payments[i].reference, reference) == 0)
            return grown_old(&book->payments[i]);
    return NULL;
}

void provider_book_write(const struct provider_book *book)
{
    char path[512], fresh[520];

    (void)snprintf(path, sizeof path, "%s/book", book->folder);
    (void)snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *file = fopen(fresh, "w");
    if (file == NULL)
        return;
    (void)fprintf(file, "created %d\ncharged %d\nrefunded %d\nacknowledged %d\n", book->count,
                  book->charged, book->refunded, book->acknowledged);
    (void)fclose(file);
    (void)rename(fresh, path);
}
