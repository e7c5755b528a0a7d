// What answers and reports do, whatever the screen: one row an event.
#include "machine.h"

#define Q(question) (UINT32_C(1) << EFFECT_##question)
_Static_assert(SESSION_EFFECT_COUNT <= 32, "questions are a set of bits");

#define CARD(question, then_)                                                                      \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_CARD, .questions = question                           \
    }
#define CARD_MORE(question, then_)                                                                 \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_CARD, .questions = question, .more_comes = true       \
    }
#define CITY(question, then_)                                                                      \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_MUNICIPALITY, .questions = question                   \
    }
#define PREVIEW(then_)                                                                             \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_PREVIEW, .questions = Q(DRAW_PAGE)                    \
    }
#define SCHEME(question, then_)                                                                    \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_PAYMENT, .questions = question                        \
    }
#define SCHEME_MORE(question, then_)                                                               \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_PAYMENT, .questions = question, .more_comes = true    \
    }
#define PRINTER(then_)                                                                             \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_PRINTER, .questions = Q(PRINT)                        \
    }
#define PRINTER_MORE(then_)                                                                        \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_PRINTER, .questions = Q(PRINT), .more_comes = true    \
    }
#define RECEIPT(then_)                                                                             \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_RECEIPT, .questions = Q(PRINT_RECEIPT)                \
    }
#define JOURNAL(then_)                                                                             \
    {                                                                                              \
        .then = then_, .whom = SESSION_ASKED_JOURNAL, .questions = Q(JOURNAL_ORDER)                \
    }
#define EITHER_PAYMENT Q(TAKE_PAYMENT) | Q(STOP_PAYMENT)
#define EITHER_PIN Q(VERIFY_PIN) | Q(VERIFY_PIN_ON_PAD)
#define ANY_OF_THE_CITY Q(OPEN_BACKEND_SESSION) | Q(PROVE) | Q(ORDER_DOCUMENT) | Q(FETCH_DOCUMENT)

static const struct answer answers[SESSION_EVENT_COUNT] = {
    [EVENT_CARD_KNOWN] = CARD_MORE(Q(READ_CARD), card_known),
    [EVENT_CARD_READ] = CARD(Q(READ_CARD), card_read),
    [EVENT_CARD_FAILED] = CARD(Q(READ_CARD), card_failed),
    [EVENT_PIN_ACCEPTED] = CARD(EITHER_PIN, pin_accepted),
    [EVENT_PIN_REFUSED] = CARD(EITHER_PIN, pin_refused),
    [EVENT_PIN_FAILED] = CARD(EITHER_PIN, pin_failed),
    [EVENT_PIN_PAD_CANCELLED] = CARD(Q(VERIFY_PIN_ON_PAD), pad_cancelled),
    [EVENT_PIN_PAD_TIMED_OUT] = CARD(Q(VERIFY_PIN_ON_PAD), pad_timed_out),
    [EVENT_PIN_PAD_TOO_SHORT] = CARD(Q(VERIFY_PIN_ON_PAD), pad_too_short),
    [EVENT_SIGNED] = CARD(Q(SIGN_CHALLENGE), signed_challenge),
    [EVENT_SIGN_FAILED] = CARD(Q(SIGN_CHALLENGE), sign_failed),
    [EVENT_CHALLENGED] = CITY(Q(OPEN_BACKEND_SESSION), challenged),
    [EVENT_PROVED] = CITY(Q(PROVE), proved),
    [EVENT_ORDERED] = CITY(Q(ORDER_DOCUMENT), ordered),
    [EVENT_SEALED] = CITY(Q(FETCH_DOCUMENT), sealed),
    [EVENT_SEAL_REFUSED] = CITY(Q(FETCH_DOCUMENT), seal_refused),
    [EVENT_BACKEND_REFUSED] = CITY(ANY_OF_THE_CITY, backend_refused),
    [EVENT_BACKEND_FAILED] = CITY(ANY_OF_THE_CITY, backend_failed),
    [EVENT_PAGE_DRAWN] = PREVIEW(page_drawn),
    [EVENT_PAGE_FAILED] = PREVIEW(page_failed),
    [EVENT_PAYMENT_READY] = SCHEME(Q(PREPARE_PAYMENT), payment_ready),
    [EVENT_PAYMENT_NOT_READY] = SCHEME(Q(PREPARE_PAYMENT), payment_not_ready),
    [EVENT_PAYMENT_SHOWN] = SCHEME_MORE(Q(TAKE_PAYMENT), payment_shown),
    [EVENT_PAYMENT_PROMPT] = SCHEME_MORE(Q(TAKE_PAYMENT), payment_prompt),
    [EVENT_PAYMENT_MADE] = SCHEME(EITHER_PAYMENT, payment_made),
    [EVENT_PAYMENT_REFUSED] = SCHEME(EITHER_PAYMENT, payment_refused),
    [EVENT_PAYMENT_UNCLEAR] = SCHEME_MORE(EITHER_PAYMENT, payment_unclear),
    [EVENT_PAYMENT_UNKNOWABLE] = SCHEME(EITHER_PAYMENT, payment_unknowable),
    [EVENT_PRINT_ACCEPTED] = PRINTER_MORE(print_accepted),
    [EVENT_PRINT_PROGRESS] = PRINTER_MORE(print_progress),
    [EVENT_PRINT_COMPLETED] = PRINTER(print_completed),
    [EVENT_PRINT_REFUSED] = PRINTER(print_refused),
    [EVENT_PRINT_ABORTED] = PRINTER(print_aborted),
    [EVENT_PRINT_UNCLEAR] = PRINTER(print_unclear),
    [EVENT_RECEIPT_PRINTED] = RECEIPT(receipt_printed),
    [EVENT_RECEIPT_FAILED] = RECEIPT(receipt_failed),
    [EVENT_JOURNALED] = JOURNAL(journaled),
    [EVENT_JOURNAL_FAILED] = JOURNAL(journal_failed),
};

const struct answer *answer_to(enum session_event_kind kind)
{
    return answers[kind].then != NULL ? &answers[kind] : NULL;
}
