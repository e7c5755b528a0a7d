#include "laser_bench.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "clock.h"
#include "ipp_printer.h"

#define READY_LIMIT_MS 30000

static void set_fault(const struct laser_bench *bench, const char *fault)
{
    char file[TEST_PATH_SIZE];

    test_path(file, bench->folder, "fault");
    write_whole_file(file, fault);
}

static double since(uint64_t began)
{
    return (double)(clock_monotonic_ms() - began) / 1000.0;
}

// A busy machine may take the printer for away for a moment: the fault's own condition is waited
// for, with the session told that something is wrong, or that it is over.
static void look_at_condition(struct laser_bench *bench)
{
    enum page_printer_condition condition = pages_service_condition(bench->service);

    if (bench->session_knows == SESSION_PRINTER_READY) {
        bench->ready_again = bench->fault_seen && condition == PAGE_PRINTER_READY;
    } else if (!bench->fault_seen && condition != PAGE_PRINTER_READY &&
               condition == bench->row->condition) {
        bench->fault_seen = true;
        bench->condition = condition;
        bench->seconds = since(bench->began);
    }
}

static void note_end(struct laser_bench *bench, const struct session_event *event)
{
    bench->ended = true;
    bench->end_kind = event->kind;
    bench->end_sheets = event->count;
    if (!bench->fault_seen)
        bench->seconds = since(bench->began);
}

static void tell(void *self, const struct session_event *event)
{
    struct laser_bench *bench = self;

    if (event->kind == EVENT_PRINTER_CHANGED)
        bench->session_knows = event->printer.condition;
    else if (event->kind == EVENT_PRINT_PROGRESS)
        bench->seen_sheets = event->count;
    else if (event->kind == EVENT_PRINT_ACCEPTED)
        bench->accepted = true;
    else
        note_end(bench, event);
}

static void not_looked_for(void *self, enum found_job job, int sheets, int64_t up_seconds)
{
    (void)self, (void)job, (void)sheets, (void)up_seconds;
}

static void start_printer(struct laser_bench *bench)
{
    const char *const arguments[] = {FAULTY_PRINTER, bench->folder, NULL};
    char file[TEST_PATH_SIZE], uri[128];

    test_folder_create(bench->folder);
    bench->process = process_start(arguments);
    test_path(file, bench->folder, "uri");
    wait_for_file(file, bench->process, READY_LIMIT_MS);
    uri[read_whole_file(file, uri, sizeof uri - 1)] = '\0';
    uri[strcspn(uri, "\n")] = '\0';
    assert_int_equal(ipp_printer_create(uri, &bench->printer), RESULT_OK);
}

void laser_bench_create(struct laser_bench *bench, const struct laser_row *row, struct loop *loop)
{
    *bench = (struct laser_bench){.row = row, .seconds = -1};
    bench->settings =
        (struct services_settings){.printer_job_ms = 100, .printer_idle_ms = 200, .retry_ms = 200};
    start_printer(bench);
    const struct service_context context = {loop, &bench->settings, tell, bench};
    assert_int_equal(pages_service_create(&context, &bench->printer, &bench->vault,
                                          (struct find_watcher){not_looked_for, bench},
                                          &bench->service),
                     RESULT_OK);
    set_fault(bench, row->fault);
}

void laser_bench_begin(struct laser_bench *bench, struct bytes document)
{
    static const struct identifier order = {{0x5f, 0x0c}};

    bench->begun = true;
    bench->began = clock_monotonic_ms();
    if (bench->row->when == LASER_IDLE) {
        pages_service_look(bench->service);
        return;
    }
    assert_int_equal(secret_create(document.size, &bench->vault.document), RESULT_OK);
    assert_int_equal(secret_append(bench->vault.document, document), RESULT_OK);
    pages_service_print(bench->service, 1, &order);
}

// Staff repairs it, the session gives up, or the power of the printer fails: once.
static void act(struct laser_bench *bench)
{
    bool due = bench->row->when == LASER_DIES ? bench->accepted : bench->fault_seen;

    if (bench->acted || !due || bench->row->when == LASER_LASTS || bench->row->when == LASER_CUT)
        return;
    bench->acted = true;
    if (bench->row->when == LASER_DIES)
        (void)kill(bench->process, SIGKILL);
    else if (bench->row->when == LASER_GIVEN_UP)
        pages_service_cancel(bench->service);
    else
        set_fault(bench, "none");
}

void laser_bench_step(struct laser_bench *bench)
{
    look_at_condition(bench);
    act(bench);
    bench->over = bench->row->when == LASER_IDLE ? bench->ready_again : bench->ended;
}

void laser_bench_destroy(struct laser_bench *bench)
{
    set_fault(bench, "none"); // whoever is silent speaks again
    assert_true(pages_service_destroy(bench->service));
    ipp_printer_destroy(&bench->printer);
    secret_destroy(bench->vault.document);
    process_end(bench->process);
    test_folder_remove(bench->folder);
}

int laser_bench_ledger(const struct laser_bench *bench, const char *word)
{
    char file[TEST_PATH_SIZE], text[128];

    test_path(file, bench->folder, "ledger");
    text[read_whole_file(file, text, sizeof text - 1)] = '\0';
    const char *at = strstr(text, word);
    return at == NULL ? 0 : (int)strtol(at + strlen(word), NULL, 10);
}

enum order_state laser_bench_order(const struct laser_bench *bench)
{
    static const struct order paid = {ORDER_PRINTING, ORDER_ATTENDED, true};
    enum order_print_end end = ORDER_PRINT_NOBODY_KNOWS;

    if (!bench->ended)
        return ORDER_NONE;
    if (bench->end_kind == EVENT_PRINT_COMPLETED)
        end = ORDER_PRINT_COMPLETED;
    else if (bench->end_kind == EVENT_PRINT_REFUSED ||
             (bench->end_kind == EVENT_PRINT_ABORTED && bench->end_sheets == 0 &&
              bench->seen_sheets == 0))
        end = ORDER_PRINT_NOTHING_CAME;
    return order_next(&paid, order_news_of_job(end, bench->end_sheets, LASER_PAGES));
}
