// A printer that takes no PDF, through a real private CUPS queue: what arrives, who is believed,
// and what stays in the spool.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "cups_queue.h"
#include "printer_bench.h"
#include "sample_pdf.h"

#define NAME "5f0c8a52-9d1e-4a7b-8a34-0123456789ab"
#define OTHER "6f0c8a52-9d1e-4a7b-8a34-0123456789ab"
#define READY_LIMIT_MS 60000
#define JOB_LIMIT_MS 40000 // pages become pictures, on a busy machine

struct queue_bench {
    struct printer_bench bench;
    char spool[64], port[8], uri[96];
    pid_t process;
    struct page_printer printer;
};

static uint8_t document_memory[200000];

static void choose_port(char port[8])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(descriptor, (const struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(descriptor, (struct sockaddr *)&address, &size), 0);
    close(descriptor);
    (void)snprintf(port, 8, "%d", ntohs(address.sin_port));
}

static void start_queue(struct queue_bench *bench)
{
    const char *const arguments[] = {PRINT_QUEUE, bench->spool, bench->port, bench->bench.uri,
                                     NULL};
    char ready[TEST_PATH_SIZE];

    test_path(ready, bench->spool, "ready");
    (void)unlink(ready); // of one that was killed
    bench->process = process_start(arguments);
    wait_for_file(ready, bench->process, READY_LIMIT_MS);
}

static int set_up(void **state)
{
    struct queue_bench *bench = calloc(1, sizeof *bench);

    bench_create(&bench->bench, "image/pwg-raster");
    (void)snprintf(bench->spool, sizeof bench->spool, "/dev/shm/queue-XXXXXX");
    assert_non_null(mkdtemp(bench->spool));
    choose_port(bench->port);
    start_queue(bench);
    (void)snprintf(bench->uri, sizeof bench->uri, "ipp://127.0.0.1:%s/printers/certificates",
                   bench->port);
    assert_int_equal(cups_queue_create(bench->uri, bench->bench.uri, &bench->printer), RESULT_OK);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct queue_bench *bench = *state;

    cups_queue_destroy(&bench->printer);
    process_end(bench->process);
    bench_destroy(&bench->bench);
    assert_int_equal(rmdir(bench->spool), 0); // it was wiped
    free(bench);
    return 0;
}

static struct page_job_status await_end(const struct queue_bench *bench, int job)
{
    uint64_t deadline = clock_monotonic_ms() + JOB_LIMIT_MS;
    struct page_job_status status = {};

    do {
        if (clock_monotonic_ms() > deadline)
            fail_msg("the job stays in state %d, sheets %d, printer %d", status.state,
                     status.sheets_completed, status.condition);
        (void)poll(NULL, 0, 50); // the machine is to print, not to answer
        assert_int_equal(bench->printer.verbs->job_status(bench->printer.self, job, &status),
                         RESULT_OK);
    } while (status.state == PAGE_JOB_WAITING || status.state == PAGE_JOB_PRINTING);
    return status;
}

static int submit(const struct queue_bench *bench, const char *name)
{
    int job = 0;
    struct bytes pdf = sample_pdf(document_memory, sizeof document_memory, 2, 30000);

    assert_int_equal(bench->printer.verbs->submit(bench->printer.self, name, pdf, &job), RESULT_OK);
    assert_true(job > 0);
    return job;
}

// Documents of jobs, as the scheduler names them: d and a number.
static int documents_in_spool(const struct queue_bench *bench)
{
    char path[TEST_PATH_SIZE];
    int count = 0;

    test_path(path, bench->spool, "spool");
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        count += entry->d_name[0] == 'd';
    closedir(folder);
    return count;
}

static void pages_arrive_as_the_printer_takes_them_and_are_counted_by_it(void **state)
{
    struct queue_bench *bench = *state;
    struct page_printer_status status;
    char path[TEST_PATH_SIZE], start[5] = "";
    int job = 0, found = 0;

    assert_int_equal(bench->printer.verbs->status(bench->printer.self, &status), RESULT_OK);
    assert_int_equal(status.condition, PAGE_PRINTER_READY);
    assert_true(status.takes_pdf && status.takes_a4);
    assert_int_equal(status.up_seconds, 0);
    job = submit(bench, NAME);
    struct page_job_status end = await_end(bench, job);
    assert_int_equal(end.state, PAGE_JOB_COMPLETED);
    assert_int_equal(end.condition, PAGE_PRINTER_READY);
    test_path(path, bench->bench.keep, "1-" NAME ".pdf");
    assert_int_equal(read_whole_file(path, start, 4), 4);
    assert_memory_equal(start, "RaS2", 4); // PWG 5102.4: no PDF any more
    assert_int_equal(bench->printer.verbs->find(bench->printer.self, NAME, &found), RESULT_OK);
    assert_int_equal(found, job);
    assert_int_equal(bench->printer.verbs->find(bench->printer.self, OTHER, &found),
                     RESULT_NOT_FOUND);
}

static void the_printer_is_believed_and_the_spool_is_wiped_after_a_kill(void **state)
{
    struct queue_bench *bench = *state;
    struct page_job_status status;
    uint64_t deadline = clock_monotonic_ms() + READY_LIMIT_MS;

    bench_scenario(&bench->bench, "wait @go\nexit 1\n");
    int job = submit(bench, NAME);
    assert_int_equal(documents_in_spool(bench), 1); // which is why it lies on a tmpfs
    bench_make_file(&bench->bench, "go");
    status = await_end(bench, job);
    assert_int_equal(status.state, PAGE_JOB_ABORTED); // whatever the queue calls it
    bench_remove_file(&bench->bench, "go");

    bench_scenario(&bench->bench, "wait @go\n");
    submit(bench, OTHER);
    assert_int_equal(kill(bench->process, SIGKILL), 0);
    while (!process_has_ended(bench->process) && clock_monotonic_ms() < deadline)
        wait_a_moment();
    process_end(bench->process);
    start_queue(bench);
    assert_int_equal(documents_in_spool(bench), 0);
    bench_make_file(&bench->bench, "go");
}

static void what_is_no_address_is_refused(void **state)
{
    struct page_printer printer;

    (void)state;
    assert_int_equal(cups_queue_create("http://here/", "ipp://127.0.0.1:1/x", &printer),
                     RESULT_INVALID);
    assert_null(printer.self);
    assert_int_equal(cups_queue_create("ipp://127.0.0.1:1/x", "", &printer), RESULT_INVALID);
    assert_null(printer.self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            pages_arrive_as_the_printer_takes_them_and_are_counted_by_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_printer_is_believed_and_the_spool_is_wiped_after_a_kill,
                                        set_up, tear_down),
        cmocka_unit_test(what_is_no_address_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
