#include "public_check.h"

#include <ctype.h>
#include <string.h>

#include "str.h"

static char letter_of(char typed)
{
    char letter = (char)toupper((unsigned char)typed);

    if (letter == 'O')
        return '0';
    return letter == 'I' || letter == 'L' ? '1' : letter;
}

enum result public_code_from_text(const char *text, char out[ORDER_CODE_SIZE])
{
    size_t at = 0;

    for (; *text != '\0'; text++) {
        char letter = letter_of(*text);
        if (letter == ' ' || letter == '-')
            continue;
        if (at == ORDER_CODE_SIZE - 1 || strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", letter) == NULL)
            return RESULT_MALFORMED;
        if (at % 5 == 4)
            out[at++] = '-';
        out[at++] = letter;
    }
    out[at] = '\0';
    return at == ORDER_CODE_SIZE - 1 ? RESULT_OK : RESULT_MALFORMED;
}

// A free document is its holder's once it is issued; a priced one once it was paid for and printed.
static enum check_verdict verdict_of(const struct stored_order *order, int64_t oldest)
{
    if (order->code_is_void)
        return CHECK_VOID;
    if (order->issued_at < oldest)
        return CHECK_EXPIRED;
    switch (order->state) {
    case ORDER_STATE_ISSUED:
        return order->price_cents == 0 ? CHECK_GENUINE : CHECK_NOT_HANDED_OVER;
    case ORDER_STATE_PAID:
    case ORDER_STATE_DELIVERED:
    case ORDER_STATE_STAFF: // some sheets came out
        return CHECK_GENUINE;
    case ORDER_STATE_CLOSED:
    case ORDER_STATE_REFUND_DUE:
    case ORDER_STATE_REFUNDED:
    case ORDER_STATE_COUNT:
        return CHECK_VOID;
    }
    return CHECK_VOID;
}

enum result public_check(struct order_store *store, const char *code, const char *reference,
                         int64_t oldest, struct check_report *out)
{
    struct stored_order order;
    enum result found = order_store_find_code(store, code, &order);

    *out = (struct check_report){.verdict = CHECK_UNKNOWN};
    if (found == RESULT_NOT_FOUND ||
        (found == RESULT_OK && reference != NULL && !str_equal(reference, order.reference)))
        return RESULT_OK;
    TRY(found);
    out->verdict = verdict_of(&order, oldest);
    out->issued_at = order.issued_at;
    TRY(str_copy(out->kind, sizeof out->kind, order.kind));
    enum result copied = str_copy(out->reference, sizeof out->reference, order.reference);
    explicit_bzero(&order, sizeof order);
    return copied;
}
