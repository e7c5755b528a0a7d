#include "selftest.h"

static struct selftest_row row(const char *name, bool well, const char *otherwise)
{
    return (struct selftest_row){.name = name,
                                 .status = well ? SELFTEST_OK : SELFTEST_FAILED,
                                 .detail = well ? "" : otherwise};
}

static struct selftest_row ask_reader(const struct card_reader *reader)
{
    enum card_presence presence = CARD_PRESENCE_UNKNOWN;
    enum result result = reader->verbs->watch(reader->self, CARD_PRESENCE_UNKNOWN, &presence);

    return row("card reader", result == RESULT_OK && presence != CARD_PRESENCE_NO_READER,
               "no reader of this name, or no pcscd: plug it in, or correct reader in [card]");
}

static struct selftest_row ask_backend(const struct backend *backend)
{
    struct catalogue *offered = NULL;
    enum backend_refusal refusal = BACKEND_REFUSAL_NONE;
    enum result result = backend->verbs->catalogue(backend->self, &offered, &refusal);

    catalogue_destroy(offered);
    return row("municipality", result == RESULT_OK,
               "no answer, or this terminal is refused: check the network and [backend]");
}

static struct selftest_row ask_printer(const struct page_printer *printer)
{
    struct page_printer_status status = {};
    enum result result = printer->verbs->status(printer->self, &status);

    if (result != RESULT_OK)
        status.condition = PAGE_PRINTER_OFFLINE;
    else if (status.condition == PAGE_PRINTER_READY && !status.takes_pdf)
        status.condition = PAGE_PRINTER_NO_PDF;
    else if (status.condition == PAGE_PRINTER_READY && !status.takes_a4)
        status.condition = PAGE_PRINTER_WRONG_MEDIA;
    return row("printer", status.condition == PAGE_PRINTER_READY,
               page_printer_condition_text(status.condition));
}

static struct selftest_row ask_receipts(const struct receipt_printer *printer)
{
    enum receipt_printer_condition condition = RECEIPT_PRINTER_OFFLINE;

    if (printer->verbs == NULL)
        return (struct selftest_row){"receipt printer", SELFTEST_ABSENT, "not fitted"};
    enum result result = printer->verbs->status(printer->self, &condition);
    return row("receipt printer",
               result == RESULT_OK &&
                   (condition == RECEIPT_PRINTER_READY || condition == RECEIPT_PRINTER_NEAR_END),
               "away or not ready: look at it, and at device in [receipt]");
}

void selftest_run(const struct selftest_ports *ports, struct selftest_row rows[SELFTEST_ROWS])
{
    rows[0] = ask_reader(&ports->card);
    rows[1] = ask_backend(&ports->backend);
    rows[2] = ask_printer(&ports->printer);
    rows[3] = ask_receipts(&ports->receipt_printer);
}

bool selftest_report(const struct selftest_ports *ports, FILE *out)
{
    static const char *const words[] = {"ok", "failed", "absent"};
    struct selftest_row rows[SELFTEST_ROWS];
    bool well = true;

    selftest_run(ports, rows);
    for (int i = 0; i < SELFTEST_ROWS; i++) {
        fprintf(out, "%-16s %-7s %s\n", rows[i].name, words[rows[i].status], rows[i].detail);
        well = well && rows[i].status != SELFTEST_FAILED;
    }
    return well;
}
