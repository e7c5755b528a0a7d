// monitors.h: the rules of a session, watched from outside: they see events, effects and the view
// of a screen, and know nothing of how the session decides.
#pragma once
#include "session.h"

// What a watcher remembers. Bytes and identifiers only, so that the explorer can make it part of
// the state that it explores.
#define MONITOR_FIELD_LIST(X)                                                                      \
    X(card_in)      /* something is in the slot */                                                 \
    X(card_used)    /* the card in the slot was read */                                            \
    X(session_open) /* between the chapters of JOURNAL_SESSION */                                  \
    X(judged)       /* the card in the slot is a good one */                                       \
    X(pin)          /* 0 none, 1 in entry, 2 sent, 3 confirmed: waits for the verdict */           \
    X(pin_digits)   /* at least four are typed */                                                  \
    X(pad)          /* 0 no keys at the reader, 1 keys, 2 they ask, 3 they failed */               \
    X(last_try)     /* one try is left, as the card said */                                        \
    X(consent)      /* to use it */                                                                \
    X(verified)     /* in this session */                                                          \
    X(right)        /* the card would sign */                                                      \
    X(proved)       /* the municipality said yes in this session */                                \
    X(backend_open)                                                                                \
    X(order_state)   /* as the journal said */                                                     \
    X(order_waiting) /* as the journal was asked */                                                \
    X(order_known)   /* the municipality was asked for it */                                       \
    X(document)      /* 0 none, 1 verified bytes are held */                                       \
    X(printing)      /* 0 no, 1 given, 2 accepted */                                               \
    X(cancelled)                                                                                   \
    X(sheets_seen)                                                                                 \
    X(last_word)   /* 0 none, 1 completed, 2 nothing came, 3 unclear */                            \
    X(card_pulled) /* while the order was not handed over */                                       \
    X(printer_ready)                                                                               \
    X(receipt_allowed) /* something was delivered in this visit */                                 \
    X(priced)          /* the order costs something */                                             \
    X(money)    /* 0 none moves, 1 may move, 2 paid, 3 the scheme said no, 4 it cannot tell */     \
    X(slip_due) /* of an order left with money in it */

struct monitor {
#define X(name) uint8_t name;
    MONITOR_FIELD_LIST(X)
#undef X
    struct identifier order;
    struct identifier delivered;
};

#define RULE_LIST(X)                                                                               \
    X(NONE, "")                                                                                    \
    X(WAY_HOME, "1: time-outs alone lead to attract or out of service")                            \
    X(WIPED_ONCE, "2: wiped at the first of end, time-out, removal, and exactly once")             \
    X(JOB_GOES_ON, "2: a job that was handed over goes on when the card is pulled")                \
    X(NOTHING_ELSE_GOES_ON, "2: nothing else goes on when the card is pulled")                     \
    X(ONLY_VERIFIED_BYTES, "3: only verified bytes are printed, once")                             \
    X(PROOF_BEFORE_ISSUE, "3: nothing is issued before PIN and proof")                             \
    X(PRINTER_READY_FIRST, "3: handed over only to a printer that is ready")                       \
    X(BYTES_LIVE_SHORTLY, "3: the verified bytes live until the printer has them, not longer")     \
    X(PIN_ONLY_IN_ENTRY, "5: a PIN exists only in entry and verification")                         \
    X(PIN_SENT_ONCE, "5: a PIN is sent once, when it was confirmed")                               \
    X(PIN_AFTER_VERDICT, "5: a PIN goes only to a card that was judged good")                      \
    X(BAD_CARD_ENDS, "a verdict that is not good ends the visit, whenever it comes")               \
    X(PAD_ASKS_ONCE, "5: the reader asks once at a time, and never again after a failure")         \
    X(PAD_ALONE, "5: with keys at the reader a PIN is never typed on the screen")                  \
    X(CONSENT_BEFORE_LAST_TRY, "5: the last try needs warning and consent")                        \
    X(NOTHING_PERSONAL_SHOWN, "6: no screen outside a session shows personal data")                \
    X(NOTHING_PERSONAL_WRITTEN, "6: journal and receipt carry only what the order is")             \
    X(CARD_RELEASED, "7: every way out releases the card")                                         \
    X(RIGHT_GIVEN_BACK, "7: the PIN's right ends with the proof")                                  \
    X(BACKEND_CLOSED, "7: every way out closes the municipality's session")                        \
    X(WRITE_BEFORE_ACT, "8: an act comes only after the journal's yes")                            \
    X(ORDER_MOVES_LEGALLY, "an order moves only as it may, one at a time")                         \
    X(MONEY_ONCE, "4: money is asked for once, and never while it may still move")                 \
    X(PAID_BEFORE_PAPER, "4: what costs something is printed only when it is paid")                \
    X(PAYMENT_ENDS, "4: a payment ends delivered, refunded, closed unpaid, or with staff")         \
    X(MONEY_SAID, "a screen says that nothing was paid only when nothing was")                     \
    X(HONEST_END, "an order's end says what became of the paper")                                  \
    X(PIN_BEFORE_DATA, "9: no data of the card leave before the PIN was verified")                 \
    X(CARD_READ_ONCE, "a card is read once, then it has to come out")                              \
    X(TIMER_ARMED, "a screen that ends by time has its timer")                                     \
    X(ROOM_FOR_EFFECTS, "no step fills its list of effects")                                       \
    X(NOTHING_FROM_LATE, "a late answer or timer changes nothing")

enum rule {
#define X(id, text) RULE_##id,
    RULE_LIST(X)
#undef X
};
#define X(id, text) +1
enum { RULE_COUNT = 0 RULE_LIST(X) };
#undef X
const char *rule_text(enum rule rule);

struct monitor monitor_begin(void);

// One step as the watchers see it.
struct watched {
    struct monitor *monitor;
    enum session_screen before;
    const struct session_event *event;
    bool asked; // the event is an answer to an open question
    const struct session_effects *effects;
    const struct session *after; // for session_view alone
};

// Watches one step; the first rule that it breaks, or RULE_NONE.
enum rule monitor_watch(const struct watched *seen);
