#include "crash_kiosk.h"

#include <stdio.h>

#define CRASHES_MAXIMUM 4
#define STEPS_MAXIMUM 3000
#define STEPS_AFTERWARDS 60

// One row of the journal.
struct row {
    enum order_state state;
    int attempt; // the payment that PAYING announced
    int64_t at, printer_up;
};

struct kiosk {
    const struct rules *rules;
    struct world world;
    struct row disk;
    // gone when the power fails
    struct order order;
    bool begun, submitted;
    int crashes;
    bool illegal, tell;
};

static bool power_fails(struct kiosk *kiosk)
{
    if (kiosk->crashes >= CRASHES_MAXIMUM || !world_happens(&kiosk->world, 20))
        return false;
    kiosk->crashes++;
    if (kiosk->tell)
        (void)printf("  the power fails\n");
    return true;
}

// ---- acts: each brings news

static enum order_news wait_for_resident(struct kiosk *kiosk)
{
    if (world_happens(&kiosk->world, 10))
        return ORDER_LEFT;
    return kiosk->order.costs ? ORDER_TO_BE_PAID : ORDER_TO_BE_PRINTED;
}

static enum order_news ask_for_document(struct kiosk *kiosk)
{
    return world_happens(&kiosk->world, 20) ? ORDER_LEFT : ORDER_SEALED;
}

static enum order_news take_payment(struct kiosk *kiosk)
{
    int attempt = kiosk->disk.attempt;
    bool answered = true;

    if (!kiosk->begun) {
        kiosk->begun = true;
        world_begin_payment(&kiosk->world, attempt, &answered);
        return answered ? ORDER_NO_NEWS : ORDER_PAYMENT_UNCLEAR;
    }
    if (world_happens(&kiosk->world, 12))
        return ORDER_LEFT;
    enum order_news news = world_ask_payment(&kiosk->world, &attempt);
    return attempt == kiosk->disk.attempt ? news : ORDER_NO_NEWS;
}

static enum order_news news_of(struct kiosk *kiosk, struct world_job_answer answer)
{
    int pages = kiosk->world.pages;

    switch (answer.word) {
    case WORD_NONE:
    case WORD_RUNS:
        return ORDER_NO_NEWS;
    case WORD_COMPLETED:
        return order_news_of_job(ORDER_PRINT_COMPLETED, answer.sheets, pages);
    case WORD_ENDED:
        return order_news_of_job(answer.sheets == 0 ? ORDER_PRINT_NOTHING_CAME
                                                    : ORDER_PRINT_NOBODY_KNOWS,
                                 answer.sheets, pages);
    case WORD_MISSING:
        return ORDER_PRINT_UNCLEAR;
    }
    return ORDER_NO_NEWS;
}

static enum order_news print(struct kiosk *kiosk)
{
    if (kiosk->submitted)
        return news_of(kiosk, world_ask_job(&kiosk->world));
    kiosk->submitted = true;
    return world_submit(&kiosk->world) == NOT_TAKEN ? ORDER_NO_SHEET : ORDER_NO_NEWS;
}

static enum order_news ask_printer(struct kiosk *kiosk)
{
    struct world_job_answer answer = world_find_job(&kiosk->world);

    if (answer.word == WORD_MISSING)
        return kiosk->rules->missing(kiosk->world.now - kiosk->disk.at, kiosk->disk.printer_up,
                                     answer.up);
    return news_of(kiosk, answer);
}

static enum order_news carry_out(struct kiosk *kiosk, enum order_act act)
{
    switch (act) {
    case ORDER_WAIT:
        return wait_for_resident(kiosk);
    case ORDER_GIVE_UP:
        return ORDER_LEFT;
    case ORDER_GO_ON_TO_PRINT:
        return ORDER_TO_BE_PRINTED;
    case ORDER_ASK_FOR_DOCUMENT:
        return ask_for_document(kiosk);
    case ORDER_TAKE_PAYMENT:
        return take_payment(kiosk);
    case ORDER_STOP_PAYMENT:
        return world_stop_payment(&kiosk->world, kiosk->disk.attempt);
    case ORDER_PRINT:
        return print(kiosk);
    case ORDER_ASK_PRINTER:
        return ask_printer(kiosk);
    case ORDER_PAY_BACK:
        return world_pay_back(&kiosk->world);
    }
    return ORDER_NO_NEWS;
}

// ---- the journal

static void write_row(struct kiosk *kiosk, enum order_state state)
{
    kiosk->illegal = kiosk->illegal || !order_may_move(kiosk->disk.state, state);
    if (state == ORDER_PAYING) {
        kiosk->disk.attempt++;
        kiosk->begun = false;
    }
    if (state == ORDER_PRINTING)
        kiosk->disk.printer_up = world_printer_up(&kiosk->world);
    kiosk->disk.at = kiosk->world.now;
    kiosk->disk.state = state;
    kiosk->order.state = state;
    if (kiosk->tell)
        (void)printf("  %s\n", order_state_name(state));
}

// False when the power failed.
static bool heed(struct kiosk *kiosk, enum order_news news)
{
    if (news == ORDER_LEFT && kiosk->order.company == ORDER_ATTENDED)
        kiosk->order.company = ORDER_LEFT_ALONE;
    // Nobody pays forever.
    if (news == ORDER_TO_BE_PAID && kiosk->disk.attempt + 1 >= WORLD_ATTEMPTS)
        news = ORDER_LEFT;
    enum order_state state = kiosk->rules->next(&kiosk->order, news);
    if (state == kiosk->order.state)
        return true;
    if (power_fails(kiosk))
        return false;
    write_row(kiosk, state);
    return !power_fails(kiosk);
}

static bool step(struct kiosk *kiosk)
{
    enum order_act act = kiosk->rules->act(&kiosk->order);
    bool slow = world_happens(&kiosk->world, 20) && !kiosk->world.kind;

    if (power_fails(kiosk))
        return false;
    enum order_news news = carry_out(kiosk, act);
    if (power_fails(kiosk))
        return false;
    world_passes(&kiosk->world, slow ? 90 : 1);
    if (!heed(kiosk, news))
        return false;
    // The same news twice, as from a callback that is repeated.
    return news == ORDER_TO_BE_PAID || !world_happens(&kiosk->world, 10) || heed(kiosk, news);
}

static void start_again(struct kiosk *kiosk)
{
    world_passes(&kiosk->world, world_happens(&kiosk->world, 2) ? 6 : 240);
    kiosk->begun = kiosk->submitted = false;
    kiosk->order.state = kiosk->disk.state;
    kiosk->order.company = ORDER_FOUND;
}

// ---- judgement

static enum ledger_rule judge_end(const struct world *world, enum order_state end)
{
    switch (end) {
    case ORDER_DELIVERED:
        if (world->sheets != world->pages)
            return LEDGER_DELIVERED_WITHOUT_PAPER;
        return world->charged - world->refunded == world->costs ? LEDGER_HOLDS
                                                                : LEDGER_DELIVERED_WITHOUT_MONEY;
    case ORDER_CLOSED:
        if (world->sheets != 0)
            return LEDGER_CLOSED_WITH_PAPER;
        return world->charged == 0 ? LEDGER_HOLDS : LEDGER_CLOSED_WITH_MONEY;
    case ORDER_REFUNDED:
        if (world->sheets != 0)
            return LEDGER_REFUNDED_WITH_PAPER;
        return world->charged == world->refunded ? LEDGER_HOLDS
                                                 : LEDGER_REFUNDED_WITHOUT_MONEY_BACK;
    case ORDER_STAFF:
        return LEDGER_HOLDS;
    case ORDER_NONE:
    case ORDER_INTENT:
    case ORDER_ISSUED:
    case ORDER_PAYING:
    case ORDER_CANCELLING:
    case ORDER_PAID:
    case ORDER_PRINTING:
    case ORDER_REFUND_DUE:
        return LEDGER_NEVER_ENDS;
    }
    return LEDGER_NEVER_ENDS;
}

static bool payment_left_open(const struct world *world)
{
    for (int i = 0; i < WORLD_ATTEMPTS; i++)
        if (world->payments[i] == PAYMENT_OPEN || world->payments[i] == PAYMENT_ON_ITS_WAY)
            return true;
    return false;
}

static enum ledger_rule judge(const struct kiosk *kiosk)
{
    const struct world *world = &kiosk->world;

    if (kiosk->illegal)
        return LEDGER_ILLEGAL_MOVE;
    if (world->charged > 1)
        return LEDGER_PAID_TWICE;
    if (world->jobs_taken > 1)
        return LEDGER_PRINTED_TWICE;
    if (world->refunded > world->charged)
        return LEDGER_REFUND_ABOVE_PAYMENT;
    if (kiosk->disk.state == ORDER_STAFF && world->kind && kiosk->crashes == 0)
        return LEDGER_STAFF_WITHOUT_DOUBT;
    return judge_end(world, kiosk->disk.state);
}

static bool is_over(const struct kiosk *kiosk)
{
    return kiosk->disk.state == ORDER_NONE || order_state_is_final(kiosk->disk.state);
}

struct crash_case crash_case_play(const struct rules *rules, uint64_t seed, bool tell)
{
    struct kiosk kiosk = {.rules = rules, .world = world_begin(seed), .tell = tell};
    bool open;

    kiosk.order.costs = kiosk.world.costs;
    if (tell)
        (void)printf("  %s, %d page(s), %s, the printer %s, the world is %s\n",
                     kiosk.world.costs ? "costs" : "free", kiosk.world.pages,
                     kiosk.world.terminal ? "terminal" : "QR",
                     kiosk.world.counts ? "counts" : "does not count",
                     kiosk.world.kind ? "kind" : "an adversary");
    write_row(&kiosk, ORDER_INTENT);
    for (int i = 0; i < STEPS_MAXIMUM && !is_over(&kiosk); i++)
        if (!step(&kiosk))
            start_again(&kiosk);
    open = payment_left_open(&kiosk.world);
    for (int i = 0; i < STEPS_AFTERWARDS; i++)
        world_passes(&kiosk.world, 30);
    if (tell)
        (void)printf("  paid %d, paid back %d, jobs %d, sheets %d\n", kiosk.world.charged,
                     kiosk.world.refunded, kiosk.world.jobs_taken, kiosk.world.sheets);
    enum ledger_rule broken = judge(&kiosk);
    if (broken == LEDGER_HOLDS && open)
        broken = LEDGER_PAYMENT_LEFT_OPEN;
    return (struct crash_case){broken, kiosk.disk.state, kiosk.crashes};
}

const char *ledger_rule_text(enum ledger_rule rule)
{
    static const char *const texts[] = {
        [LEDGER_HOLDS] = "nothing",
        [LEDGER_NEVER_ENDS] = "an order never ends",
        [LEDGER_ILLEGAL_MOVE] = "an order moves as it may not",
        [LEDGER_PAID_TWICE] = "somebody pays twice",
        [LEDGER_PRINTED_TWICE] = "a document is printed twice",
        [LEDGER_REFUND_ABOVE_PAYMENT] = "more goes back than was paid",
        [LEDGER_PAYMENT_LEFT_OPEN] = "a payment is left open",
        [LEDGER_DELIVERED_WITHOUT_PAPER] = "delivered, and a sheet is missing",
        [LEDGER_DELIVERED_WITHOUT_MONEY] = "delivered, and the price was not paid",
        [LEDGER_CLOSED_WITH_MONEY] = "closed, and somebody paid",
        [LEDGER_CLOSED_WITH_PAPER] = "closed, and paper came out",
        [LEDGER_REFUNDED_WITH_PAPER] = "refunded, and paper came out",
        [LEDGER_REFUNDED_WITHOUT_MONEY_BACK] = "refunded, and the money is not back",
        [LEDGER_STAFF_WITHOUT_DOUBT] = "staff is called though nothing went wrong",
    };

    return texts[rule];
}
