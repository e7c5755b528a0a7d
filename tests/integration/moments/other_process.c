#include "other_process.h"

#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <winscard.h>

#define LIMIT_MS 20000
#define READER "Virtual Reader 00 00"

pid_t other_process_start(const struct card_bench *bench, const char *program, const char *errand,
                          long *code)
{
    char path[TEST_PATH_SIZE], text[24] = "";
    const char *arguments[] = {program, OTHER_PROCESS_OPTION, errand, path, NULL};

    card_bench_path(bench, "other-process", path);
    unlink(path);
    pid_t child = process_start(arguments);
    wait_for_file(path, child, LIMIT_MS);
    (void)read_whole_file(path, text, sizeof text - 1);
    *code = strtol(text, NULL, 16);
    return child;
}

static LONG carry_out(const char *errand, SCARDHANDLE card)
{
    if (str_equal(errand, "transaction"))
        return SCardBeginTransaction(card);
    if (str_equal(errand, "reset"))
        return SCardDisconnect(card, SCARD_RESET_CARD);
    if (str_equal(errand, "power-off"))
        return SCardDisconnect(card, SCARD_UNPOWER_CARD);
    return SCARD_S_SUCCESS; // "hold"
}

int other_process_main(const char *errand, const char *report)
{
    DWORD share = str_equal(errand, "hold") ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED, protocol;
    SCARDCONTEXT context = 0;
    SCARDHANDLE card = 0;
    char text[24];

    LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context);
    if (code == SCARD_S_SUCCESS)
        code = SCardConnect(context, READER, share, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card,
                            &protocol);
    if (code == SCARD_S_SUCCESS)
        code = carry_out(errand, card);
    if (str_format(text, sizeof text, "%lx", (unsigned long)code & 0xFFFFFFFFul) != RESULT_OK)
        return 1;
    write_whole_file(report, text);
    for (;;)
        pause(); // until it is ended, with all that it holds
}
