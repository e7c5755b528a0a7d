// The driver against the receipt printer over TCP: every kind in every language, and every fault.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"
#include "designed_receipts.h"
#include "escpos_printer.h"
#include "processes.h"
#include "str.h"

struct bench {
    char folder[TEST_PATH_SIZE], port_file[TEST_PATH_SIZE], stream[TEST_PATH_SIZE];
    char picture[TEST_PATH_SIZE], control[TEST_PATH_SIZE];
    char device[64];
    pid_t process;
    struct receipt_printer printer;
};

static void start_device(struct bench *bench)
{
    const char *const arguments[] = {RECEIPT_PRINTER, "--port-file", bench->port_file, "--stream",
                                     bench->stream,   "--picture",   bench->picture,   "--control",
                                     bench->control,  NULL};
    char port[16] = "";

    bench->process = process_start(arguments);
    wait_for_file(bench->port_file, bench->process, 5000);
    port[read_whole_file(bench->port_file, port, sizeof port - 1)] = '\0';
    port[strcspn(port, "\n")] = '\0';
    assert_int_equal(str_format(bench->device, sizeof bench->device, "tcp:127.0.0.1:%s", port),
                     RESULT_OK);
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    test_folder_create(bench->folder);
    test_path(bench->port_file, bench->folder, "port");
    test_path(bench->stream, bench->folder, "receipt.bin");
    test_path(bench->picture, bench->folder, "receipt.png");
    test_path(bench->control, bench->folder, "control");
    start_device(bench);
    *state = bench;
    return escpos_printer_create(bench->device, ESCPOS_CONFIRM_PAPER_SENSOR, &bench->printer);
}

static int tear_down(void **state)
{
    struct bench *bench = *state;

    escpos_printer_destroy(&bench->printer);
    int status = process_end(bench->process);
    test_folder_remove(bench->folder);
    free(bench);
    return status;
}

// Sends one line to the printer's control socket; returns its answer.
static const char *command(const struct bench *bench, const char *line)
{
    static char answer[128];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(str_copy(address.sun_path, sizeof address.sun_path, bench->control),
                     RESULT_OK);
    assert_int_equal(connect(descriptor, (const struct sockaddr *)&address, sizeof address), 0);
    assert_true(dprintf(descriptor, "%s\n", line) > 0);
    ssize_t got = recv(descriptor, answer, sizeof answer - 1, 0);
    close(descriptor);
    assert_true(got > 0);
    answer[strcspn(answer, "\n")] = '\0';
    return answer;
}

static enum result print(const struct bench *bench, enum receipt_kind kind, enum language language)
{
    uint8_t memory[RECEIPT_STREAM_MAXIMUM];
    struct receipt receipt = designed_receipt(kind, language);
    struct bytes stream;

    assert_int_equal(receipt_compose(&receipt, memory, sizeof memory, &stream), RESULT_OK);
    return bench->printer.verbs->print(bench->printer.self, stream);
}

static enum receipt_printer_condition condition(const struct bench *bench)
{
    enum receipt_printer_condition found = RECEIPT_PRINTER_OFFLINE;
    enum result result = bench->printer.verbs->status(bench->printer.self, &found);

    assert_true(result == RESULT_OK ||
                (result == RESULT_UNREACHABLE && found == RECEIPT_PRINTER_OFFLINE));
    return found;
}

// With RECEIPT_GALLERY set, the pictures are kept there, to be looked at.
static void keep_picture(const struct bench *bench, enum receipt_kind kind, enum language language)
{
    const char *gallery = getenv("RECEIPT_GALLERY");
    char name[64], path[TEST_PATH_SIZE + 80];

    if (gallery == NULL)
        return;
    designed_name(kind, language, name);
    snprintf(path, sizeof path, "%s/receipt-%s.png", gallery, name);
    assert_int_equal(rename(bench->picture, path), 0);
}

static void every_receipt_is_printed_and_cut_once(void **state)
{
    static uint8_t printed[RECEIPT_STREAM_MAXIMUM], composed[RECEIPT_STREAM_MAXIMUM];
    struct bench *bench = *state;
    int count = 0;

    for (int kind = RECEIPT_FREE; kind <= RECEIPT_PRINTED_IN_PART; kind++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++, count++) {
            struct receipt receipt =
                designed_receipt((enum receipt_kind)kind, (enum language)language);
            struct bytes stream;
            assert_int_equal(print(bench, (enum receipt_kind)kind, (enum language)language),
                             RESULT_OK);
            assert_int_equal(receipt_compose(&receipt, composed, sizeof composed, &stream),
                             RESULT_OK);
            // Both files are there before the driver says so.
            assert_int_equal(read_whole_file(bench->stream, printed, sizeof printed), stream.size);
            assert_memory_equal(printed, composed, stream.size);
            assert_int_equal(access(bench->picture, F_OK), 0);
            keep_picture(bench, (enum receipt_kind)kind, (enum language)language);
        }
    }
    assert_int_equal(count, 16);
    assert_string_equal(command(bench, "status"), "ok ok receipts 16 unknown 0");
}

static void a_process_identifier_confirms(void **state)
{
    struct bench *bench = *state;

    escpos_printer_destroy(&bench->printer);
    assert_int_equal(escpos_printer_create(bench->device, ESCPOS_CONFIRM_PROCESS, &bench->printer),
                     RESULT_OK);
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_DE), RESULT_OK);
    assert_string_equal(command(bench, "status"), "ok ok receipts 1 unknown 0");
}

static void conditions_are_told_apart(void **state)
{
    static const struct {
        const char *fault;
        enum receipt_printer_condition condition;
        enum result printing;
    } rows[] = {
        {"near-end", RECEIPT_PRINTER_NEAR_END, RESULT_OK},
        {"paper-out", RECEIPT_PRINTER_PAPER_OUT, RESULT_REFUSED},
        {"cover-open", RECEIPT_PRINTER_COVER_OPEN, RESULT_REFUSED},
        {"cutter", RECEIPT_PRINTER_CUTTER_JAM, RESULT_REFUSED},
        {"ok", RECEIPT_PRINTER_READY, RESULT_OK},
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        command(bench, rows[i].fault);
        assert_int_equal(condition(bench), rows[i].condition);
        assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_EN), rows[i].printing);
    }
    assert_string_equal(command(bench, "status"), "ok ok receipts 2 unknown 0");
}

static void one_that_does_not_answer_is_offline_within_its_limit(void **state)
{
    struct bench *bench = *state;
    uint64_t before = clock_monotonic_ms();

    command(bench, "offline");
    assert_int_equal(condition(bench), RECEIPT_PRINTER_OFFLINE);
    assert_in_range(clock_monotonic_ms() - before, 900, 3000);
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_FR), RESULT_UNREACHABLE);
    command(bench, "ok");
    assert_int_equal(condition(bench), RECEIPT_PRINTER_READY);
}

static void one_that_is_gone_is_offline_at_once_and_comes_back(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(process_end(bench->process), 0);
    assert_int_equal(condition(bench), RECEIPT_PRINTER_OFFLINE);
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_FR), RESULT_UNREACHABLE);
    start_device(bench);
    escpos_printer_destroy(&bench->printer);
    assert_int_equal(
        escpos_printer_create(bench->device, ESCPOS_CONFIRM_PAPER_SENSOR, &bench->printer),
        RESULT_OK);
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_FR), RESULT_OK);
}

static void paper_that_ends_in_the_middle_is_told_and_the_rest_forgotten(void **state)
{
    struct bench *bench = *state;

    command(bench, "paper-out-after 5");
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_NL), RESULT_FAILED);
    assert_int_equal(condition(bench), RECEIPT_PRINTER_PAPER_OUT);
    assert_int_not_equal(access(bench->stream, F_OK), 0);
    // The next resident gets the next receipt, and nothing of this one.
    command(bench, "ok");
    assert_int_not_equal(access(bench->stream, F_OK), 0);
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_NL), RESULT_OK);
    assert_string_equal(command(bench, "status"), "ok ok receipts 1 unknown 0");
}

// Carries bytes both ways between a serial line and the printer's port, until one of them closes.
_Noreturn static void be_the_cable(int line, int printer)
{
    struct pollfd ends[] = {{line, POLLIN, 0}, {printer, POLLIN, 0}};
    char bytes[4096];

    for (;;) {
        poll(ends, 2, -1);
        for (int i = 0; i < 2; i++) {
            if (ends[i].revents == 0)
                continue;
            ssize_t got = read(ends[i].fd, bytes, sizeof bytes);
            if (got <= 0 || write(ends[1 - i].fd, bytes, (size_t)got) != got)
                _exit(0);
        }
    }
}

static int connect_to_printer(const struct bench *bench)
{
    int64_t port = 0;

    assert_int_equal(str_to_int(strrchr(bench->device, ':') + 1, 1, 65535, &port), RESULT_OK);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(descriptor, (const struct sockaddr *)&address, sizeof address), 0);
    return descriptor;
}

static void a_serial_line_is_made_raw(void **state)
{
    static uint8_t printed[RECEIPT_STREAM_MAXIMUM], composed[RECEIPT_STREAM_MAXIMUM];
    struct bench *bench = *state;
    struct receipt receipt = designed_receipt(RECEIPT_FREE, LANGUAGE_FR);
    struct bytes stream;
    char path[64];
    int line = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

    assert_true(line >= 0 && grantpt(line) == 0 && unlockpt(line) == 0);
    assert_int_equal(ptsname_r(line, path, sizeof path), 0);
    int other_end =
        open(path, O_RDWR | O_NOCTTY | O_CLOEXEC); // the line stays when the driver closes
    int printer = connect_to_printer(bench);
    pid_t cable = fork();
    if (cable == 0)
        be_the_cable(line, printer);
    escpos_printer_destroy(&bench->printer);
    assert_int_equal(escpos_printer_create(path, ESCPOS_CONFIRM_PAPER_SENSOR, &bench->printer),
                     RESULT_OK);
    assert_int_equal(condition(bench), RECEIPT_PRINTER_READY);
    assert_int_equal(bench->printer.verbs->print(bench->printer.self, (struct bytes){}),
                     RESULT_INVALID);
    assert_int_equal(print(bench, RECEIPT_FREE, LANGUAGE_FR), RESULT_OK);
    assert_int_equal(receipt_compose(&receipt, composed, sizeof composed, &stream), RESULT_OK);
    assert_int_equal(read_whole_file(bench->stream, printed, sizeof printed), stream.size);
    assert_memory_equal(printed, composed, stream.size);
    process_end(cable);
    close(other_end);
    close(printer);
    close(line);
}

static void a_device_that_is_not_there_is_offline(void **state)
{
    struct receipt_printer printer;
    enum receipt_printer_condition found = RECEIPT_PRINTER_READY;
    char path[TEST_PATH_SIZE];

    test_path(path, ((struct bench *)*state)->folder, "lp0");
    assert_int_equal(escpos_printer_create(path, ESCPOS_CONFIRM_PAPER_SENSOR, &printer), RESULT_OK);
    assert_int_equal(printer.verbs->status(printer.self, &found), RESULT_UNREACHABLE);
    assert_int_equal(found, RECEIPT_PRINTER_OFFLINE);
    escpos_printer_destroy(&printer);
}

static void what_is_no_device_is_refused(void **state)
{
    static const char *const wrong[] = {"",          "tcp:",           "tcp:host", "tcp:host:0",
                                        "tcp::9100", "tcp:host:65536", "lp0",      "udp:host:1"};
    struct receipt_printer printer;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(escpos_printer_create(wrong[i], ESCPOS_CONFIRM_PAPER_SENSOR, &printer),
                         RESULT_INVALID);
        assert_null(printer.self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_receipt_is_printed_and_cut_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_process_identifier_confirms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_does_not_answer_is_offline_within_its_limit,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_gone_is_offline_at_once_and_comes_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            paper_that_ends_in_the_middle_is_told_and_the_rest_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_serial_line_is_made_raw, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_device_that_is_not_there_is_offline, set_up, tear_down),
        cmocka_unit_test(what_is_no_device_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
