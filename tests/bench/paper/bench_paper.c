// bench-paper PROGRAMS [ROW…]: prints the row paid_to_accepted, fields with tabs between. From an
// order that is paid to the printer's yes: PRINTING on disk, then the document handed over, both by
// the calls that the kiosk's services make. The peer hands the same bytes over with libcups alone.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "ipp_printer.h"
#include "journal.h"
#include "plain_print_job.h"
#include "processes.h"
#include "times.h"

#define RUNS 60
#define DOCUMENT_SIZE 95000 // as large as a certificate of two pages
#define READY_LIMIT_MS 20000

static void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "bench-paper: %s\n", what);
    exit(1);
}

struct bench {
    char folder[TEST_PATH_SIZE], uri[TEST_PATH_SIZE], path[64];
    int port;
    pid_t process;
    struct page_printer printer;
    struct journal *journal;
    unsigned char document[DOCUMENT_SIZE];
};

static void start_printer(struct bench *bench, const char *programs)
{
    char program[TEST_PATH_SIZE], address[TEST_PATH_SIZE];

    test_path(program, programs, "private-printer");
    test_path(address, bench->folder, "uri");
    const char *const words[] = {program, bench->folder, "--formats", "application/pdf", NULL};
    bench->process = process_start(words);
    wait_for_file(address, bench->process, READY_LIMIT_MS);
    size_t size = read_whole_file(address, bench->uri, sizeof bench->uri - 1);
    bench->uri[size] = '\0';
    bench->uri[strcspn(bench->uri, "\n")] = '\0';
    need(sscanf(bench->uri, "ipp://%*[^:]:%d%63s", &bench->port, bench->path) == 2,
         "the printer has no address");
    need(ipp_printer_create(bench->uri, &bench->printer) == RESULT_OK, "no driver");
}

static void wait_until_idle(struct bench *bench, int job)
{
    struct page_job_status status = {};

    while (status.state != PAGE_JOB_COMPLETED) {
        wait_a_moment();
        need(bench->printer.verbs->job_status(bench->printer.self, job, &status) == RESULT_OK,
             "the printer does not answer");
    }
}

static void move(struct bench *bench, const struct identifier *order, enum order_state to)
{
    const struct journal_step step = {.order = *order,
                                      .to = to,
                                      .now = 1795000000,
                                      .kind = "household",
                                      .language = "fr",
                                      .reference = "BXL-2026-H-0041873-8",
                                      .price_cents = 500,
                                      .pages = 1,
                                      .printer_up = 100};

    need(journal_move_order(bench->journal, &step) == RESULT_OK, "a step was refused");
}

static double ours(struct bench *bench)
{
    static const enum order_state before[] = {ORDER_INTENT, ORDER_ISSUED, ORDER_PAYING, ORDER_PAID};
    const struct bytes pdf = {bench->document, sizeof bench->document};
    struct identifier order;
    char name[IDENTIFIER_TEXT_SIZE];
    int job = 0;

    need(identifier_make(&order) == RESULT_OK, "no random numbers");
    identifier_to_text(&order, name);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        move(bench, &order, before[i]);
    double began = milliseconds_now();
    move(bench, &order, ORDER_PRINTING);
    enum result result = bench->printer.verbs->submit(bench->printer.self, name, pdf, &job);
    double took = milliseconds_now() - began;
    need(result == RESULT_OK, "the printer did not take our document");
    wait_until_idle(bench, job);
    return took;
}

static double theirs(struct bench *bench)
{
    int job = 0;
    double began = milliseconds_now();
    bool accepted = plain_print_job("127.0.0.1", bench->port, bench->path, bench->uri,
                                    bench->document, sizeof bench->document);
    double took = milliseconds_now() - began;

    need(accepted, "the printer did not take the peer's document");
    need(bench->printer.verbs->find(bench->printer.self, "plain", &job) == RESULT_OK, "no job");
    wait_until_idle(bench, job);
    return took;
}

static void measure(struct bench *bench)
{
    struct times us = {}, peer = {};

    (void)ours(bench); // the driver learns once what the printer can
    for (int i = 0; i < RUNS; i++) {
        times_add(&us, ours(bench));
        times_add(&peer, theirs(bench));
    }
    times_print("paid_to_accepted", "libcups alone", &us, &peer);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    static const char head[] = "%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\n";
    char journal[TEST_PATH_SIZE];

    need(argc >= 2, "usage: bench-paper PROGRAMS [ROW…]");
    test_folder_create(bench.folder);
    memset(bench.document, 'x', sizeof bench.document);
    memcpy(bench.document, head, sizeof head - 1);
    test_path(journal, bench.folder, "journal.db");
    need(journal_create(journal, &bench.journal) == RESULT_OK, "no journal");
    start_printer(&bench, argv[1]);
    measure(&bench);
    ipp_printer_destroy(&bench.printer);
    journal_destroy(bench.journal);
    (void)process_end(bench.process);
    test_folder_remove(bench.folder);
    return 0;
}
