// printer_bench.h: a private printer and our driver for it, for one test.
#pragma once
#include "bytes.h"
#include "page_printer.h"
#include "processes.h"

struct printer_bench {
    char folder[TEST_PATH_SIZE], keep[TEST_PATH_SIZE], scenario[TEST_PATH_SIZE];
    char uri[128];
    char port[8];
    pid_t process;
    struct page_printer printer;
};

// `formats` and `port` may be NULL.
void bench_create(struct printer_bench *bench, const char *formats);
void bench_destroy(struct printer_bench *bench);

// Starts the printer again, on the same port.
void bench_start(struct printer_bench *bench, const char *formats, const char *port);

// SIGKILL to the printer's own process, in the middle of whatever it does.
void bench_kill_printer(struct printer_bench *bench);

// The steps of the scenario; an "@" becomes the folder of the bench, for the files of hold and
// wait.
void bench_scenario(const struct printer_bench *bench, const char *steps);
void bench_make_file(const struct printer_bench *bench, const char *name);
void bench_remove_file(const struct printer_bench *bench, const char *name);

// A page of the printer's own, "/media?…".
void bench_get_page(const struct printer_bench *bench, const char *path);

enum result bench_submit(const struct printer_bench *bench, const char *name, struct bytes pdf,
                         int *job);

// Polls until the job has this state and the printer this condition; the last look is returned.
// Ends the test when that does not come within 10 s.
struct page_job_status bench_await(const struct printer_bench *bench, int job,
                                   enum page_job_state state,
                                   enum page_printer_condition condition);

// Compares what the printer got with what was sent; name is of the kept file.
void bench_assert_received(const struct printer_bench *bench, const char *name, struct bytes sent);
