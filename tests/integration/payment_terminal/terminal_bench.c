#include "terminal_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "clock.h"
#include "zvt_terminal.h"

#define READY_LIMIT_MS 30000
#define END_LIMIT_MS 60000

struct payment_bench {
    const struct payment_case *played;
    char folder[TEST_PATH_SIZE], address[64];
    pid_t process;
    struct payment payment;
    struct payment_request request;
    struct order order;
    bool begun;
    enum payment_prompt prompt;
    uint64_t began;
    uint64_t patience_ms; // of a resident to whom the terminal says nothing
};

static void connect_driver(struct payment_bench *bench)
{
    // Short where the terminal falls silent, long where only a busy machine could be late.
    bool silent = strstr(bench->played->faults, "silent") != NULL;
    const struct zvt_settings settings = {.address = bench->address,
                                          .acknowledge_ms = silent ? 500 : 5000,
                                          .answer_ms = silent ? 800 : 10000};

    bench->patience_ms = silent ? 1200 : END_LIMIT_MS;

    zvt_terminal_destroy(&bench->payment);
    assert_int_equal(zvt_terminal_create(&settings, &bench->payment), RESULT_OK);
}

static void set_word(const struct payment_bench *bench, const char *name, const char *content)
{
    char file[TEST_PATH_SIZE];

    test_path(file, bench->folder, name);
    write_whole_file(file, content);
}

static int book(const struct payment_bench *bench, const char *word)
{
    char file[TEST_PATH_SIZE], text[128];

    test_path(file, bench->folder, "ledger");
    text[read_whole_file(file, text, sizeof text - 1)] = '\0';
    const char *at = strstr(text, word);
    assert_non_null(at);
    return (int)strtol(at + strlen(word), NULL, 10);
}

static void start(struct payment_bench *bench)
{
    const char *const arguments[] = {PAYMENT_TERMINAL, bench->folder, NULL};
    char file[TEST_PATH_SIZE];

    test_folder_create(bench->folder);
    set_word(bench, "payer", bench->played->payer);
    bench->process = process_start(arguments);
    test_path(file, bench->folder, "address");
    wait_for_file(file, bench->process, READY_LIMIT_MS);
    bench->address[read_whole_file(file, bench->address, sizeof bench->address - 1)] = '\0';
    connect_driver(bench);
    bench->request =
        (struct payment_request){.order = {{1}}, .payment = {{2}}, .cents = 500, .slip = -1};
    // A busy machine may take longer than the short limits of this test.
    uint64_t deadline = clock_monotonic_ms() + READY_LIMIT_MS;
    while (bench->payment.verbs->prepare(bench->payment.self, &bench->request.slip_before) !=
           RESULT_OK)
        assert_true(clock_monotonic_ms() < deadline);
    set_word(bench, "fault", bench->played->faults);
    bench->order = (struct order){ORDER_PAYING, ORDER_ATTENDED, true};
}

static enum order_news news_of(enum payment_state state)
{
    switch (state) {
    case PAYMENT_OPEN:
        return ORDER_NO_NEWS;
    case PAYMENT_MADE:
        return ORDER_PAYMENT_MADE;
    case PAYMENT_REFUSED:
        return ORDER_PAYMENT_REFUSED;
    case PAYMENT_UNCLEAR:
        return ORDER_PAYMENT_UNCLEAR;
    case PAYMENT_UNKNOWABLE:
        return ORDER_PAYMENT_UNKNOWABLE;
    case PAYMENT_PAID_BACK:
        return ORDER_MONEY_BACK;
    case PAYMENT_NOT_RETURNABLE:
        return ORDER_NO_MONEY_BACK;
    }
    return ORDER_NO_NEWS;
}

static enum order_news ask(struct payment_bench *bench,
                           enum result (*verb)(void *self, const struct payment_request *request,
                                               struct payment_status *status))
{
    struct payment_status status;

    assert_int_equal(verb(bench->payment.self, &bench->request, &status), RESULT_OK);
    bench->prompt = status.prompt;
    if (status.state == PAYMENT_MADE)
        bench->request.slip = status.slip;
    return news_of(status.state);
}

static enum order_news take_payment(struct payment_bench *bench)
{
    if (!bench->begun) {
        bench->begun = true;
        return ask(bench, bench->payment.verbs->begin);
    }
    if (bench->played->restarted) {
        connect_driver(bench);
        bench->order.company = ORDER_FOUND;
        return ORDER_LEFT;
    }
    bool too_long = clock_monotonic_ms() - bench->began > bench->patience_ms;
    if (too_long || (bench->played->stopped && bench->prompt == PAYMENT_PROMPT_INSERT_CARD)) {
        bench->order.company = ORDER_LEFT_ALONE;
        return ORDER_LEFT;
    }
    return ask(bench, bench->payment.verbs->poll);
}

static enum order_news carry_out(struct payment_bench *bench)
{
    switch (order_act(&bench->order)) {
    case ORDER_TAKE_PAYMENT:
        return take_payment(bench);
    case ORDER_STOP_PAYMENT:
        return ask(bench, bench->payment.verbs->cancel);
    case ORDER_PAY_BACK:
        return ask(bench, bench->payment.verbs->refund);
    case ORDER_GO_ON_TO_PRINT:
    case ORDER_GIVE_UP:
        return ORDER_LEFT;
    case ORDER_WAIT:
    case ORDER_ASK_FOR_DOCUMENT:
    case ORDER_PRINT:
    case ORDER_ASK_PRINTER:
        return ORDER_NO_NEWS;
    }
    return ORDER_NO_NEWS;
}

// The money is settled: what comes after is the printer's, unless it is to be paid back.
static bool is_over(const struct payment_bench *bench)
{
    return order_state_is_final(bench->order.state) || bench->order.state == ORDER_ISSUED ||
           (bench->order.state == ORDER_PAID && !bench->played->refunded);
}

struct payment_outcome payment_case_play(const struct payment_case *played)
{
    struct payment_bench bench = {.played = played};

    start(&bench);
    bench.began = clock_monotonic_ms();
    while (!is_over(&bench)) {
        if (clock_monotonic_ms() - bench.began > END_LIMIT_MS)
            fail_msg("%s, %s: no end, but %s", played->payer, played->faults,
                     order_state_name(bench.order.state));
        bench.order.state = order_next(&bench.order, carry_out(&bench));
    }
    struct payment_outcome outcome = {
        .end = bench.order.state,
        .authorisations = book(&bench, "authorisations"),
        .charged = book(&bench, "charged"),
        .reversed = book(&bench, "reversed"),
        .seconds = (double)(clock_monotonic_ms() - bench.began) / 1000.0,
    };
    outcome.day_closed = bench.payment.verbs->close_day(bench.payment.self) == RESULT_OK;
    zvt_terminal_destroy(&bench.payment);
    process_end(bench.process);
    test_folder_remove(bench.folder);
    return outcome;
}
