// crash_kiosk.h: a terminal that has nothing but the order's own rules and a journal, and whose
// power fails between any two things that it does.
#pragma once
#include "crash_world.h"

// The shipped rules, or ones with a planted defect.
struct rules {
    const char *name; // of the defect
    enum order_state (*next)(const struct order *order, enum order_news news);
    enum order_act (*act)(const struct order *order);
    enum order_news (*missing)(int64_t age, int64_t up_before, int64_t up_now);
};
extern const struct rules shipped_rules;
extern const struct rules defects[];
extern const int defect_count;
#define PROTECTING_RULES 5 // the first of the defects each take one of these away

enum ledger_rule {
    LEDGER_HOLDS,
    LEDGER_NEVER_ENDS,
    LEDGER_ILLEGAL_MOVE,
    LEDGER_PAID_TWICE,
    LEDGER_PRINTED_TWICE,
    LEDGER_REFUND_ABOVE_PAYMENT,
    LEDGER_PAYMENT_LEFT_OPEN,
    LEDGER_DELIVERED_WITHOUT_PAPER,
    LEDGER_DELIVERED_WITHOUT_MONEY,
    LEDGER_CLOSED_WITH_MONEY,
    LEDGER_CLOSED_WITH_PAPER,
    LEDGER_REFUNDED_WITH_PAPER,
    LEDGER_REFUNDED_WITHOUT_MONEY_BACK,
    LEDGER_STAFF_WITHOUT_DOUBT,
};
const char *ledger_rule_text(enum ledger_rule rule);

struct crash_case {
    enum ledger_rule broken;
    enum order_state end;
    int crashes;
};
// Plays one case to its end; `tell` prints each step.
struct crash_case crash_case_play(const struct rules *rules, uint64_t seed, bool tell);
