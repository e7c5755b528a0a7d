// crash_world.h: everything outside the terminal that an order depends on, as an adversary: a
// payment scheme, a printer, a resident and the time. They are slow, lose answers, answer late or
// twice, forget and start anew, but keep honest books, and by these an order's end is judged.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "order.h"

#define WORLD_ATTEMPTS 8 // payments of one order

enum world_payment { PAYMENT_NONE, PAYMENT_ON_ITS_WAY, PAYMENT_OPEN, PAYMENT_MADE, PAYMENT_DEAD };
enum world_job { JOB_NONE, JOB_ON_ITS_WAY, JOB_RUNS, JOB_COMPLETED, JOB_ENDED };

struct world {
    uint64_t chance;
    bool kind;     // in this case nothing goes wrong outside the terminal
    bool terminal; // the scheme is a payment terminal, not a QR code through the municipality
    bool costs, counts;
    int pages;
    int64_t now; // seconds
    int steps;

    enum world_payment payments[WORLD_ATTEMPTS];
    int charged, refunded;
    bool terminal_forgot;

    enum world_job job;
    int jobs_taken, sheets;
    int64_t job_sent, job_over, printer_since;
    bool job_known;
};

struct world world_begin(uint64_t seed);
// One in `odds`.
bool world_happens(struct world *world, unsigned odds);
// Time passes: payers pay, sheets come, things on their way arrive.
void world_passes(struct world *world, int64_t seconds);

// What was asked and what came back; *answered false: no answer, whether it was done or not.
void world_begin_payment(struct world *world, int attempt, bool *answered);
// *attempt: the payment that the answer is about, now and then an earlier one.
enum order_news world_ask_payment(struct world *world, int *attempt);
enum order_news world_stop_payment(struct world *world, int attempt);
enum order_news world_pay_back(struct world *world);

enum world_taken { TAKEN, NOT_TAKEN, TAKEN_UNCLEAR };
enum world_taken world_submit(struct world *world);
enum world_job_word { WORD_NONE, WORD_RUNS, WORD_COMPLETED, WORD_ENDED, WORD_MISSING };
struct world_job_answer {
    enum world_job_word word;
    int sheets;
    int64_t up;
};
struct world_job_answer world_ask_job(struct world *world);
// A job that still runs is cancelled.
struct world_job_answer world_find_job(struct world *world);
int64_t world_printer_up(const struct world *world);
