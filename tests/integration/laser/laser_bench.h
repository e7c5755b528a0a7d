// laser_bench.h: one faulty printer with our driver and service for it, on a loop that many share.
#pragma once
#include <stdint.h>

#include "inside.h"
#include "laser_rows.h"
#include "pages_service.h"
#include "processes.h"

#define LASER_PAGES 2

struct laser_bench {
    const struct laser_row *row;
    char folder[TEST_PATH_SIZE];
    pid_t process;
    struct page_printer printer;
    struct services_settings settings;
    struct vault vault;
    struct pages_service *service;

    uint64_t began; // the fault can be seen
    double seconds; // until it was noticed, or the job ended; -1 not yet
    bool begun, over;
    enum session_printer session_knows;
    enum page_printer_condition condition; // of the row, once it was seen
    bool fault_seen, ready_again, accepted, ended, acted;
    enum session_event_kind end_kind;
    int end_sheets, seen_sheets;
};

// The printer runs, and the fault is there.
void laser_bench_create(struct laser_bench *bench, const struct laser_row *row, struct loop *loop);
// Somebody looks, or prints.
void laser_bench_begin(struct laser_bench *bench, struct bytes document);
// Called again and again until bench->over.
void laser_bench_step(struct laser_bench *bench);
void laser_bench_destroy(struct laser_bench *bench);

// The order's end, by the rules of kiosk/order; ORDER_NONE where nothing was to be printed.
enum order_state laser_bench_order(const struct laser_bench *bench);
// From the printer's own books.
int laser_bench_ledger(const struct laser_bench *bench, const char *word);
