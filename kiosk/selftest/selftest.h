// selftest.h: every device of the terminal asked once, through its port: how is it?
#pragma once
#include <stdbool.h>
#include <stdio.h>

#include "backend.h"
#include "card_reader.h"
#include "page_printer.h"
#include "receipt_printer.h"

enum selftest_status { SELFTEST_OK, SELFTEST_FAILED, SELFTEST_ABSENT };

struct selftest_row {
    const char *name; // static storage, like detail
    enum selftest_status status;
    const char *detail; // what to do; "" when all is well
};

struct selftest_ports {
    struct card_reader card;
    struct backend backend;
    struct page_printer printer;
    struct receipt_printer receipt_printer; // verbs NULL: not fitted
};

#define SELFTEST_ROWS 4

// Blocks for as long as the devices' own limits say, some seconds at most; no other thread may use
// them meanwhile.
void selftest_run(const struct selftest_ports *ports, struct selftest_row rows[SELFTEST_ROWS]);

// Runs it and writes a line a device. True: nothing failed.
bool selftest_report(const struct selftest_ports *ports, FILE *out);
