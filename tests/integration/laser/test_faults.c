// Every fault of the laser through driver and service: told apart in a technician's words, told to
// the session by kind, and the order ends as it must; by the printer's own books no document was
// ever handed over twice. Prints the table of all of it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "clock.h"
#include "laser_bench.h"
#include "sample_pdf.h"
#include "str.h"

#define AT_ONCE 12
#define LIMIT_MS 200000

struct bench_table {
    struct laser_bench *benches; // one a row
    struct loop *loop;
    uint8_t memory[20000];
    struct bytes document;
};

static const char *kind_text(enum page_printer_condition condition)
{
    switch (condition) {
    case PAGE_PRINTER_READY:
        return "ready";
    case PAGE_PRINTER_MEDIA_EMPTY:
    case PAGE_PRINTER_WRONG_MEDIA:
        return "no paper (R42)";
    case PAGE_PRINTER_OFFLINE:
    case PAGE_PRINTER_MEDIA_JAM:
    case PAGE_PRINTER_COVER_OPEN:
    case PAGE_PRINTER_TONER_EMPTY:
    case PAGE_PRINTER_PAUSED:
    case PAGE_PRINTER_ATTENTION:
    case PAGE_PRINTER_STOPPED:
    case PAGE_PRINTER_OUTPUT_FULL:
    case PAGE_PRINTER_NO_PDF:
        return "trouble (R43)";
    }
    return "";
}

static const char *end_text(enum order_state end)
{
    if (end == ORDER_NONE)
        return "not offered";
    return end == ORDER_REFUND_DUE ? "CLOSED, or REFUNDED" : order_state_name(end);
}

// The technician's words: how the printer is, or else what became of the document.
static const char *words_of(const struct laser_bench *bench)
{
    return bench->condition != PAGE_PRINTER_READY ? page_printer_condition_text(bench->condition)
                                                  : pages_service_last_word(bench->service);
}

static void judge_document(const struct laser_bench *bench)
{
    const struct laser_row *row = bench->row;
    const char *word = row->word != NULL ? row->word : "the printer calls the job completed";
    int sheets = laser_bench_ledger(bench, "sheets");

    if (row->when == LASER_CUT && laser_bench_order(bench) == ORDER_STAFF)
        return;
    if (!str_equal(pages_service_last_word(bench->service), word))
        fail_msg("%s: \"%s\" instead of \"%s\"", row->fault,
                 pages_service_last_word(bench->service), word);
    if (laser_bench_order(bench) != row->end)
        fail_msg("%s: the order ends %s instead of %s", row->fault,
                 order_state_name(laser_bench_order(bench)), order_state_name(row->end));
    if (row->sheets >= 0 && sheets != row->sheets)
        fail_msg("%s: %d sheets came out instead of %d", row->fault, sheets, row->sheets);
}

static void judge(const struct laser_bench *bench)
{
    const struct laser_row *row = bench->row;

    print_message("| %s | %s | %s | %s | %s | %.1f |\n", row->fault, laser_when_text(row->when),
                  kind_text(bench->condition), words_of(bench), end_text(laser_bench_order(bench)),
                  bench->seconds);
    if (row->condition != PAGE_PRINTER_READY && bench->condition != row->condition)
        fail_msg("%s: \"%s\" instead of \"%s\"", row->fault,
                 page_printer_condition_text(bench->condition),
                 page_printer_condition_text(row->condition));
    if (laser_bench_ledger(bench, "documents") > 1)
        fail_msg("%s: the document was handed over twice", row->fault);
    if (row->when != LASER_IDLE)
        judge_document(bench);
}

static int set_up(void **state)
{
    struct bench_table *table = calloc(1, sizeof *table);

    assert_non_null(table);
    table->document = sample_pdf(table->memory, sizeof table->memory, LASER_PAGES, 12000);
    assert_int_equal(loop_create((struct loop_wake){}, &table->loop), RESULT_OK);
    table->benches = calloc(laser_row_count, sizeof table->benches[0]);
    assert_non_null(table->benches);
    for (size_t i = 0; i < laser_row_count; i++)
        laser_bench_create(&table->benches[i], &laser_rows[i], table->loop);
    *state = table;
    return 0;
}

static int tear_down(void **state)
{
    struct bench_table *table = *state;

    for (size_t i = 0; i < laser_row_count; i++)
        if (!table->benches[i].over)
            laser_bench_destroy(&table->benches[i]);
    loop_destroy(table->loop);
    free(table->benches);
    free(table);
    return 0;
}

// Begins rows while there are fewer than AT_ONCE; how many are not over.
static size_t move_on(struct bench_table *table)
{
    size_t running = 0, left = 0;

    for (size_t i = 0; i < laser_row_count; i++) {
        struct laser_bench *bench = &table->benches[i];
        if (bench->over)
            continue;
        left++;
        if (!bench->begun && running < AT_ONCE)
            laser_bench_begin(bench, table->document);
        if (!bench->begun)
            continue;
        running++;
        laser_bench_step(bench);
        if (!bench->over)
            continue;
        judge(bench);
        laser_bench_destroy(bench);
    }
    return left;
}

static void test_every_fault_is_told_apart_and_ends_as_it_must(void **state)
{
    struct bench_table *table = *state;
    uint64_t deadline = clock_monotonic_ms() + LIMIT_MS;

    print_message("| fault | when | the session sees | the technician reads | order | seconds |\n");
    print_message("| --- | --- | --- | --- | --- | --- |\n");
    while (move_on(table) > 0) {
        if (clock_monotonic_ms() >= deadline)
            fail_msg("not every row has ended");
        loop_wait_and_turn(table->loop, clock_monotonic_ms() + 20);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_fault_is_told_apart_and_ends_as_it_must, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
