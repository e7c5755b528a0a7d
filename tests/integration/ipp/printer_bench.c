#include "printer_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "ipp_printer.h"
#include "str.h"

#define READY_LIMIT_MS 15000
#define STATE_LIMIT_MS 10000

static void first_line(const char *path, char *out, size_t capacity)
{
    size_t size = read_whole_file(path, out, capacity - 1);

    out[size] = '\0';
    out[strcspn(out, "\n")] = '\0';
}

void bench_start(struct printer_bench *bench, const char *formats, const char *port)
{
    const char *const arguments[] = {
        PRIVATE_PRINTER,
        bench->folder,
        "--keep",
        bench->keep,
        "--scenario",
        bench->scenario,
        "--formats",
        formats == NULL ? "application/pdf" : formats,
        port == NULL ? NULL : "--port",
        port,
        NULL,
    };
    char file[TEST_PATH_SIZE];

    bench->process = process_start(arguments);
    test_path(file, bench->folder, "uri");
    wait_for_file(file, bench->process, READY_LIMIT_MS);
    first_line(file, bench->uri, sizeof bench->uri);
    const char *digits = strrchr(bench->uri, ':') + 1;
    snprintf(bench->port, sizeof bench->port, "%.*s", (int)strcspn(digits, "/"), digits);
}

void bench_create(struct printer_bench *bench, const char *formats)
{
    test_folder_create(bench->folder);
    test_path(bench->keep, bench->folder, "kept");
    test_path(bench->scenario, bench->folder, "scenario");
    bench_start(bench, formats, NULL);
    assert_int_equal(ipp_printer_create(bench->uri, &bench->printer), RESULT_OK);
}

void bench_destroy(struct printer_bench *bench)
{
    ipp_printer_destroy(&bench->printer);
    process_end(bench->process);
    test_folder_remove(bench->folder);
}

void bench_kill_printer(struct printer_bench *bench)
{
    char file[TEST_PATH_SIZE], number[16];
    int64_t process = 0;

    test_path(file, bench->folder, "printer.pid");
    first_line(file, number, sizeof number);
    assert_int_equal(str_to_int(number, 2, INT32_MAX, &process), RESULT_OK);
    assert_int_equal(kill((pid_t)process, SIGKILL), 0);
    while (!process_has_ended(bench->process)) // it ends what else it had started
        wait_a_moment();
    process_end(bench->process);
}

void bench_scenario(const struct printer_bench *bench, const char *steps)
{
    char whole[4096];
    size_t used = 0;

    for (; *steps != '\0' && used < sizeof whole - TEST_PATH_SIZE; steps++) {
        if (*steps == '@')
            used += (size_t)snprintf(whole + used, TEST_PATH_SIZE, "%s/", bench->folder);
        else
            whole[used++] = *steps;
    }
    whole[used] = '\0';
    write_whole_file(bench->scenario, whole);
}

void bench_make_file(const struct printer_bench *bench, const char *name)
{
    char path[TEST_PATH_SIZE];

    test_path(path, bench->folder, name);
    write_whole_file(path, "");
}

void bench_remove_file(const struct printer_bench *bench, const char *name)
{
    char path[TEST_PATH_SIZE];

    test_path(path, bench->folder, name);
    assert_int_equal(unlink(path), 0);
}

void bench_get_page(const struct printer_bench *bench, const char *path)
{
    int64_t port = 0;
    char page[16384] = "";
    size_t used = 0;

    assert_int_equal(str_to_int(bench->port, 1, 65535, &port), RESULT_OK);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(descriptor, (const struct sockaddr *)&address, sizeof address), 0);
    assert_true(dprintf(descriptor, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path) > 0);
    while (strstr(page, "\r\n0\r\n\r\n") == NULL) { // the last chunk: by then it has done as asked
        ssize_t got = recv(descriptor, page + used, sizeof page - 1 - used, 0);
        assert_true(got > 0);
        used += (size_t)got;
        page[used] = '\0';
    }
    close(descriptor);
    assert_true(str_starts_with(page, "HTTP/1.1 200"));
}

enum result bench_submit(const struct printer_bench *bench, const char *name, struct bytes pdf,
                         int *job)
{
    return bench->printer.verbs->submit(bench->printer.self, name, pdf, job);
}

struct page_job_status bench_await(const struct printer_bench *bench, int job,
                                   enum page_job_state state, enum page_printer_condition condition)
{
    uint64_t deadline = clock_monotonic_ms() + STATE_LIMIT_MS;
    struct page_job_status status = {};

    for (;;) {
        assert_int_equal(bench->printer.verbs->job_status(bench->printer.self, job, &status),
                         RESULT_OK);
        if (status.state == state && status.condition == condition)
            return status;
        if (clock_monotonic_ms() > deadline)
            fail_msg("job is in state %d with %d sheets, printer in condition %d", status.state,
                     status.sheets_completed, status.condition);
        wait_a_moment();
    }
}

void bench_assert_received(const struct printer_bench *bench, const char *name, struct bytes sent)
{
    char path[TEST_PATH_SIZE];
    uint8_t *received = malloc(sent.size + 1);

    test_path(path, bench->keep, name);
    size_t size = read_whole_file(path, received, sent.size + 1);
    assert_int_equal(size, sent.size);
    assert_memory_equal(received, sent.data, sent.size);
    free(received);
}
