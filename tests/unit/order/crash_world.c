#include "crash_world.h"

// After so many steps the world stops being an adversary, so that every case can end.
#define PATIENCE 300
#define ARRIVES_WITHIN_SECONDS 4
#define JOB_REMEMBERED_SECONDS 60

// xorshift64*: small, and the same everywhere.
static uint64_t draw(struct world *world)
{
    world->chance ^= world->chance >> 12;
    world->chance ^= world->chance << 25;
    world->chance ^= world->chance >> 27;
    return world->chance * 0x2545F4914F6CDD1DULL >> 16;
}

bool world_happens(struct world *world, unsigned odds)
{
    return draw(world) % odds == 0;
}

// Something goes wrong.
static bool fault(struct world *world, unsigned odds)
{
    bool drawn = world_happens(world, odds);

    return drawn && !world->kind && world->steps < PATIENCE;
}

struct world world_begin(uint64_t seed)
{
    struct world world = {.chance = seed * 0x9E3779B97F4A7C15ULL | 1, .now = 1000};

    for (int i = 0; i < 4; i++)
        (void)draw(&world);
    world.kind = world_happens(&world, 8);
    world.terminal = world_happens(&world, 2);
    world.costs = !world_happens(&world, 4);
    world.counts = !world_happens(&world, 5);
    world.pages = 1 + (int)(draw(&world) % 3);
    return world;
}

// ---- time

static void payer_acts(struct world *world, enum world_payment *payment)
{
    if (world_happens(world, 4)) {
        *payment = PAYMENT_MADE;
        world->charged++;
    } else if (world_happens(world, 8)) {
        *payment = PAYMENT_DEAD; // refused or expired
    }
}

static void money_passes(struct world *world)
{
    for (int i = 0; i < WORLD_ATTEMPTS; i++) {
        if (world->payments[i] == PAYMENT_ON_ITS_WAY && world_happens(world, 2))
            world->payments[i] = PAYMENT_OPEN;
        else if (world->payments[i] == PAYMENT_OPEN)
            payer_acts(world, &world->payments[i]);
    }
}

static void job_over(struct world *world, enum world_job end)
{
    world->job = end;
    world->job_over = world->now;
}

static void take_job(struct world *world)
{
    world->job = JOB_RUNS;
    world->jobs_taken++;
    world->job_known = true;
}

static void job_passes(struct world *world)
{
    if (world->job == JOB_ON_ITS_WAY && world->now - world->job_sent >= ARRIVES_WITHIN_SECONDS)
        take_job(world);
    if (world->job != JOB_RUNS)
        return;
    if (fault(world, 25))
        job_over(world, JOB_ENDED); // jam, paper out for too long
    else if (world->sheets < world->pages && world_happens(world, 2))
        world->sheets++;
    else if (world->sheets == world->pages)
        job_over(world, JOB_COMPLETED);
}

static void printer_passes(struct world *world)
{
    if (fault(world, 60)) { // it starts anew: what it prints ends, what it knew is gone
        world->printer_since = world->now;
        world->job_known = false;
        if (world->job == JOB_RUNS)
            job_over(world, JOB_ENDED);
    }
    if (world->job >= JOB_COMPLETED && world->now - world->job_over >= JOB_REMEMBERED_SECONDS)
        world->job_known = false;
}

void world_passes(struct world *world, int64_t seconds)
{
    world->steps++;
    for (int64_t i = 0; i < 3; i++) {
        world->now += (seconds + 2) / 3;
        money_passes(world);
        job_passes(world);
        printer_passes(world);
    }
    if (fault(world, 150))
        world->terminal_forgot = true;
}

// ---- payment

void world_begin_payment(struct world *world, int attempt, bool *answered)
{
    enum world_payment *payment = &world->payments[attempt];

    *answered = !fault(world, 8);
    if (*payment != PAYMENT_NONE)
        return; // it was stopped before it began, or is known: no second one of it
    if (*answered || world_happens(world, 2))
        *payment = PAYMENT_OPEN;
    else if (world_happens(world, 2))
        *payment = PAYMENT_ON_ITS_WAY;
}

enum order_news world_ask_payment(struct world *world, int *attempt)
{
    if (fault(world, 6) && *attempt > 0)
        --*attempt; // an old answer comes late, or again
    else if (fault(world, 6))
        return ORDER_NO_NEWS; // slow: it may be made already
    switch (world->payments[*attempt]) {
    case PAYMENT_MADE:
        return ORDER_PAYMENT_MADE;
    case PAYMENT_DEAD:
        return ORDER_PAYMENT_REFUSED;
    case PAYMENT_NONE:
    case PAYMENT_ON_ITS_WAY:
    case PAYMENT_OPEN:
        return ORDER_NO_NEWS;
    }
    return ORDER_NO_NEWS;
}

// The terminal talks to one at a time: what was sent before has arrived or never will. The
// municipality remembers a stop of what it never heard of, and lets it begin no more.
enum order_news world_stop_payment(struct world *world, int attempt)
{
    enum world_payment *payment = &world->payments[attempt];

    if (fault(world, 4))
        return ORDER_PAYMENT_UNCLEAR; // it was not heard
    if (world->terminal && *payment == PAYMENT_ON_ITS_WAY)
        *payment = world_happens(world, 2) ? PAYMENT_OPEN : PAYMENT_NONE;
    if (world->terminal && *payment == PAYMENT_OPEN)
        payer_acts(world, payment);
    if (*payment != PAYMENT_MADE)
        *payment = PAYMENT_DEAD;
    if (fault(world, 4))
        return ORDER_PAYMENT_UNCLEAR; // its answer was not heard
    if (world->terminal && world->terminal_forgot)
        return ORDER_PAYMENT_UNKNOWABLE;
    return *payment == PAYMENT_MADE ? ORDER_PAYMENT_MADE : ORDER_PAYMENT_REFUSED;
}

enum order_news world_pay_back(struct world *world)
{
    if (fault(world, 3))
        return ORDER_NO_NEWS;
    if (world->refunded == 0 && world->terminal && fault(world, 40))
        return ORDER_NO_MONEY_BACK; // the day was closed
    world->refunded = 1;            // under the same key once only
    return fault(world, 3) ? ORDER_NO_NEWS : ORDER_MONEY_BACK;
}

// ---- printer

int64_t world_printer_up(const struct world *world)
{
    return world->now - world->printer_since;
}

enum world_taken world_submit(struct world *world)
{
    world->job_sent = world->now;
    if (fault(world, 15))
        return NOT_TAKEN;
    if (!fault(world, 10)) {
        take_job(world);
        return TAKEN;
    }
    if (world_happens(world, 3))
        take_job(world);
    else if (world_happens(world, 2))
        world->job = JOB_ON_ITS_WAY;
    return TAKEN_UNCLEAR;
}

static struct world_job_answer word(const struct world *world, enum world_job_word word)
{
    return (struct world_job_answer){word, world->counts ? world->sheets : -1,
                                     world_printer_up(world)};
}

struct world_job_answer world_ask_job(struct world *world)
{
    if (fault(world, 8))
        return word(world, WORD_NONE);
    if (world->job == JOB_NONE || world->job == JOB_ON_ITS_WAY || !world->job_known)
        return word(world, WORD_MISSING);
    if (world->job == JOB_RUNS || fault(world, 6))
        return word(world, WORD_RUNS); // also when it has been over for a while
    return word(world, world->job == JOB_COMPLETED ? WORD_COMPLETED : WORD_ENDED);
}

struct world_job_answer world_find_job(struct world *world)
{
    struct world_job_answer answer = world_ask_job(world);

    if (answer.word == WORD_RUNS && world->job == JOB_RUNS && world_happens(world, 2))
        job_over(world, world->sheets == world->pages ? JOB_COMPLETED : JOB_ENDED);
    return answer;
}
