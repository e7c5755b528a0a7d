// The A4 driver against the real ippeveprinter: what goes well, and every way in which it does not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "ipp_printer.h"
#include "printer_bench.h"
#include "sample_pdf.h"
#include "str.h"

#define NAME "5f0c8a52-9d1e-4a7b-8a34-0123456789ab"
#define MEDIA(level)                                                                               \
    "/media?size1=iso_a4_210x297mm&type1=stationery&level1=" level                                 \
    "&size3=iso_dl_110x220mm&type3=envelope&level3=-2"

static uint8_t document_memory[400000];

static struct bytes two_pages(void)
{
    return sample_pdf(document_memory, sizeof document_memory, 2, 60000);
}

static int set_up(void **state)
{
    struct printer_bench *bench = calloc(1, sizeof *bench);

    bench_create(bench, NULL);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    bench_destroy(*state);
    free(*state);
    return 0;
}

static struct page_printer_status status_of(const struct printer_bench *bench)
{
    struct page_printer_status status;

    assert_int_equal(bench->printer.verbs->status(bench->printer.self, &status), RESULT_OK);
    return status;
}

static int submit(const struct printer_bench *bench)
{
    int job = 0;

    assert_int_equal(bench_submit(bench, NAME, two_pages(), &job), RESULT_OK);
    assert_true(job > 0);
    return job;
}

static void a_ready_printer_says_what_it_can(void **state)
{
    struct page_printer_status status = status_of(*state);

    assert_int_equal(status.condition, PAGE_PRINTER_READY);
    assert_true(status.takes_pdf);
    assert_true(status.takes_a4);
    assert_false(status.media_low);
    assert_false(status.toner_low);
    // This one counts whole seconds from 0.
    uint64_t deadline = clock_monotonic_ms() + 3000;
    while (status_of(*state).up_seconds == 0 && clock_monotonic_ms() < deadline)
        wait_a_moment();
    assert_in_range(status_of(*state).up_seconds, 1, 60);
}

static void a_document_arrives_unchanged_and_is_counted(void **state)
{
    static const size_t sizes[] = {1, 30000, 32768, 65536, 98304, 131072, 300000};
    struct printer_bench *bench = *state;
    char name[128];

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int pages = 1 + (int)i % 3, job = 0;
        struct bytes pdf = sample_pdf(document_memory, sizeof document_memory, pages, sizes[i]);
        assert_int_equal(bench_submit(bench, NAME, pdf, &job), RESULT_OK);
        struct page_job_status status =
            bench_await(bench, job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
        assert_int_equal(status.sheets_completed, pages);
        snprintf(name, sizeof name, "%d-%s.pdf", job, NAME);
        bench_assert_received(bench, name, pdf);
    }
}

static void paper_that_ends_in_the_middle_holds_the_job_until_refilled(void **state)
{
    struct printer_bench *bench = *state;

    bench_scenario(bench, "sheets 1\nstate +media-empty,media-needed\nhold @held\n"
                          "state -media-empty,media-needed\n");
    bench_make_file(bench, "held");
    int job = submit(bench);
    struct page_job_status status =
        bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_MEDIA_EMPTY);
    assert_int_equal(status.sheets_completed, 1);
    bench_remove_file(bench, "held");
    status = bench_await(bench, job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    assert_int_equal(status.sheets_completed, 2);
}

static void an_empty_tray_is_seen_before_and_refilled(void **state)
{
    struct printer_bench *bench = *state;

    bench_get_page(bench, MEDIA("5"));
    assert_true(status_of(bench).media_low);
    assert_int_equal(status_of(bench).condition, PAGE_PRINTER_READY);
    bench_get_page(bench, MEDIA("0"));
    assert_int_equal(status_of(bench).condition, PAGE_PRINTER_MEDIA_EMPTY);
    assert_true(status_of(bench).takes_a4);
    int job = submit(bench);
    bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_MEDIA_EMPTY);
    bench_get_page(bench, MEDIA("250"));
    bench_await(bench, job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
}

static void jam_and_cover_are_told_apart(void **state)
{
    struct printer_bench *bench = *state;

    bench_scenario(bench, "state +media-jam\nwait @open\nstate +cover-open\nstate -media-jam\n"
                          "wait @closed\nstate -cover-open\n");
    int job = submit(bench);
    bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_MEDIA_JAM);
    bench_make_file(bench, "open");
    bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_COVER_OPEN);
    bench_make_file(bench, "closed");
    bench_await(bench, job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
}

static void toner_low_prints_and_toner_empty_is_a_condition(void **state)
{
    struct printer_bench *bench = *state;

    bench_get_page(bench, "/supplies?supply0=25&supply1=5");
    assert_true(status_of(bench).toner_low);
    assert_int_equal(status_of(bench).condition, PAGE_PRINTER_READY);
    bench_await(bench, submit(bench), PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    bench_get_page(bench, "/supplies?supply0=25&supply1=0");
    assert_int_equal(status_of(bench).condition, PAGE_PRINTER_TONER_EMPTY);
}

static void what_is_not_known_needs_a_person(void **state)
{
    struct printer_bench *bench = *state;

    bench_scenario(bench, "state +spool-area-full\nwait @seen\nstate none\n");
    int job = submit(bench);
    bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_ATTENTION);
    bench_make_file(bench, "seen");
    bench_await(bench, job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
}

static void a_job_that_the_printer_gives_up_is_aborted(void **state)
{
    struct printer_bench *bench = *state;

    bench_scenario(bench, "message Paper path failure\nexit 1\n");
    struct page_job_status status =
        bench_await(bench, submit(bench), PAGE_JOB_ABORTED, PAGE_PRINTER_READY);
    assert_int_equal(status.sheets_completed, 0);
    bench_scenario(bench, "sheets 1\ndie\n");
    status = bench_await(bench, submit(bench), PAGE_JOB_ABORTED, PAGE_PRINTER_READY);
    assert_int_equal(status.sheets_completed, 1);
}

static void a_printer_that_counts_nothing_is_not_believed_to_have_counted(void **state)
{
    struct printer_bench *bench = *state;

    bench_scenario(bench, "exit 0\n");
    struct page_job_status status =
        bench_await(bench, submit(bench), PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    assert_int_equal(status.sheets_completed, -1);
}

static void a_busy_printer_says_so_and_prints_nothing_of_it(void **state)
{
    struct printer_bench *bench = *state;
    char kept[TEST_PATH_SIZE], name[64];
    int second = 0;

    bench_scenario(bench, "hold @held\n");
    bench_make_file(bench, "held");
    int first = submit(bench);
    assert_int_equal(bench_submit(bench, "second", two_pages(), &second), RESULT_BUSY);
    assert_int_equal(second, 0);
    bench_remove_file(bench, "held");
    bench_await(bench, first, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    snprintf(name, sizeof name, "%d-second.pdf", first + 1);
    test_path(kept, bench->keep, name);
    assert_int_not_equal(access(kept, F_OK), 0);
    assert_int_equal(bench_submit(bench, "second", two_pages(), &second), RESULT_OK);
}

static void jobs_are_found_by_name(void **state)
{
    struct printer_bench *bench = *state;
    const struct page_printer *printer = &bench->printer;
    int found = 0;

    bench_scenario(bench, "hold @held\n");
    bench_make_file(bench, "held");
    int job = submit(bench);
    assert_int_equal(printer->verbs->find(printer->self, NAME, &found), RESULT_OK);
    assert_int_equal(found, job);
    bench_remove_file(bench, "held");
    bench_await(bench, job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    found = 0;
    assert_int_equal(printer->verbs->find(printer->self, NAME, &found), RESULT_OK);
    assert_int_equal(found, job);
    assert_int_equal(printer->verbs->find(printer->self, "another", &found), RESULT_NOT_FOUND);
}

static void a_job_can_be_cancelled_once(void **state)
{
    struct printer_bench *bench = *state;
    const struct page_printer *printer = &bench->printer;

    bench_scenario(bench, "hold @held\nexit 1\n");
    bench_make_file(bench, "held");
    int job = submit(bench);
    bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_READY);
    assert_int_equal(printer->verbs->cancel_job(printer->self, job), RESULT_OK);
    bench_remove_file(bench, "held");
    bench_await(bench, job, PAGE_JOB_CANCELED, PAGE_PRINTER_READY);
    assert_int_equal(printer->verbs->cancel_job(printer->self, job), RESULT_REFUSED);
    assert_int_equal(printer->verbs->cancel_job(printer->self, job + 100), RESULT_NOT_FOUND);
}

static void nobody_can_tell_after_the_printer_died_in_the_middle(void **state)
{
    struct printer_bench *bench = *state;
    const struct page_printer *printer = &bench->printer;
    struct page_job_status status;
    char port[8];
    int found = 0;

    bench_scenario(bench, "hold @held\n");
    bench_make_file(bench, "held");
    int job = submit(bench);
    bench_await(bench, job, PAGE_JOB_PRINTING, PAGE_PRINTER_READY);
    bench_kill_printer(bench);
    assert_int_equal(printer->verbs->job_status(printer->self, job, &status), RESULT_UNREACHABLE);
    assert_int_equal(status.state, PAGE_JOB_UNKNOWN);
    assert_int_equal(status.condition, PAGE_PRINTER_OFFLINE);
    assert_int_equal(status.sheets_completed, -1);
    // Back again, it knows nothing of the job.
    bench_remove_file(bench, "held");
    memcpy(port, bench->port, sizeof port);
    bench_start(bench, NULL, port);
    assert_int_equal(printer->verbs->job_status(printer->self, job, &status), RESULT_OK);
    assert_int_equal(status.state, PAGE_JOB_UNKNOWN);
    assert_int_equal(status.condition, PAGE_PRINTER_READY);
    assert_int_equal(printer->verbs->find(printer->self, NAME, &found), RESULT_NOT_FOUND);
}

static void a_printer_that_is_away_is_told_at_once(void **state)
{
    struct printer_bench *bench = *state;
    struct page_printer_status status;
    int job = 0;

    bench_kill_printer(bench);
    uint64_t before = clock_monotonic_ms();
    assert_int_equal(bench->printer.verbs->status(bench->printer.self, &status),
                     RESULT_UNREACHABLE);
    assert_int_equal(status.condition, PAGE_PRINTER_OFFLINE);
    assert_int_equal(bench_submit(bench, NAME, two_pages(), &job), RESULT_UNREACHABLE);
    assert_int_equal(job, 0);
    assert_in_range(clock_monotonic_ms() - before, 0, 1000);
    bench_start(bench, NULL, NULL); // for the tear-down
}

static void a_printer_that_takes_no_pdf_refuses_it(void **state)
{
    struct printer_bench bench = {};
    int job = 0;

    (void)state;
    bench_create(&bench, "image/pwg-raster");
    assert_false(status_of(&bench).takes_pdf);
    assert_int_equal(bench_submit(&bench, NAME, two_pages(), &job), RESULT_REFUSED);
    assert_int_equal(job, 0);
    bench_destroy(&bench);
}

static void two_printers_do_not_disturb_each_other(void **state)
{
    struct printer_bench *first = *state;
    struct printer_bench second = {};
    int first_job = 0, second_job = 0;

    bench_create(&second, NULL);
    assert_string_not_equal(first->uri, second.uri);
    bench_scenario(first, "hold @held\n");
    bench_make_file(first, "held");
    assert_int_equal(bench_submit(first, "first", two_pages(), &first_job), RESULT_OK);
    assert_int_equal(bench_submit(&second, "second", two_pages(), &second_job), RESULT_OK);
    bench_await(&second, second_job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    bench_await(first, first_job, PAGE_JOB_PRINTING, PAGE_PRINTER_READY);
    bench_remove_file(first, "held");
    bench_await(first, first_job, PAGE_JOB_COMPLETED, PAGE_PRINTER_READY);
    bench_destroy(&second);
}

// A listener of our own, for what no real printer does on demand. Its address goes into `uri`.
static int listen_somewhere(char uri[64])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(listener, (const struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listener, 4), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    snprintf(uri, 64, "ipp://127.0.0.1:%d/ipp/print", ntohs(address.sin_port));
    return listener;
}

static void a_silent_printer_is_given_up_in_time(void **state)
{
    struct page_printer printer;
    struct page_printer_status status;
    char uri[64];
    int listener = listen_somewhere(uri);

    (void)state;
    assert_int_equal(ipp_printer_create(uri, &printer), RESULT_OK);
    uint64_t before = clock_monotonic_ms();
    assert_int_equal(printer.verbs->status(printer.self, &status), RESULT_UNREACHABLE);
    assert_in_range(clock_monotonic_ms() - before, 1000, 2500);
    assert_int_equal(status.condition, PAGE_PRINTER_OFFLINE);
    ipp_printer_destroy(&printer);
    close(listener);
}

// Describes itself as little as possible, asks for the document, and breaks off in the middle of
// it.
_Noreturn static void break_off(int listener)
{
    static const char description[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
        "Content-Length: 9\r\n\r\n\x02\x00\x00\x00\x00\x00\x00\x01\x03";
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct linger at_once = {.l_onoff = 1};
    char bytes[16384];

    int first = accept(listener, NULL, NULL);
    if (recv(first, bytes, sizeof bytes, 0) <= 0 ||
        send(first, description, sizeof description - 1, 0) < 0)
        _exit(1);
    int second = accept(listener, NULL, NULL);
    if (recv(second, bytes, sizeof bytes, 0) <= 0 || send(second, go_on, sizeof go_on - 1, 0) < 0)
        _exit(1);
    for (size_t got = 0; got < 100000;)
        got += (size_t)recv(second, bytes, sizeof bytes, MSG_WAITALL);
    setsockopt(second, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(second);
    _exit(0);
}

static void nobody_can_tell_when_the_line_breaks_in_the_document(void **state)
{
    struct page_printer printer;
    char uri[64];
    int job = 0, status = 0, listener = listen_somewhere(uri);
    pid_t process = fork();

    (void)state;
    if (process == 0)
        break_off(listener);
    assert_int_equal(ipp_printer_create(uri, &printer), RESULT_OK);
    struct bytes pdf = sample_pdf(document_memory, sizeof document_memory, 1, 390000);
    assert_int_equal(printer.verbs->submit(printer.self, NAME, pdf, &job), RESULT_FAILED);
    assert_int_equal(waitpid(process, &status, 0), process);
    assert_int_equal(status, 0);
    ipp_printer_destroy(&printer);
    close(listener);
}

static void what_is_no_address_is_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "127.0.0.1",
                                        "http://127.0.0.1/ipp/print",
                                        "ipps://127.0.0.1/ipp/print",
                                        "ipp:///ipp/print",
                                        "ipp://user@127.0.0.1/ipp/print"};
    struct page_printer printer;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(ipp_printer_create(wrong[i], &printer), RESULT_INVALID);
        assert_null(printer.self);
    }
}

#define WITH_PRINTER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PRINTER(a_ready_printer_says_what_it_can),
        WITH_PRINTER(a_document_arrives_unchanged_and_is_counted),
        WITH_PRINTER(paper_that_ends_in_the_middle_holds_the_job_until_refilled),
        WITH_PRINTER(an_empty_tray_is_seen_before_and_refilled),
        WITH_PRINTER(jam_and_cover_are_told_apart),
        WITH_PRINTER(toner_low_prints_and_toner_empty_is_a_condition),
        WITH_PRINTER(what_is_not_known_needs_a_person),
        WITH_PRINTER(a_job_that_the_printer_gives_up_is_aborted),
        WITH_PRINTER(a_printer_that_counts_nothing_is_not_believed_to_have_counted),
        WITH_PRINTER(a_busy_printer_says_so_and_prints_nothing_of_it),
        WITH_PRINTER(jobs_are_found_by_name),
        WITH_PRINTER(a_job_can_be_cancelled_once),
        WITH_PRINTER(nobody_can_tell_after_the_printer_died_in_the_middle),
        WITH_PRINTER(a_printer_that_is_away_is_told_at_once),
        cmocka_unit_test(a_printer_that_takes_no_pdf_refuses_it),
        WITH_PRINTER(two_printers_do_not_disturb_each_other),
        cmocka_unit_test(a_silent_printer_is_given_up_in_time),
        cmocka_unit_test(nobody_can_tell_when_the_line_breaks_in_the_document),
        cmocka_unit_test(what_is_no_address_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
