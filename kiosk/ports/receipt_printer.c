#include "receipt_printer.h"

const char *receipt_printer_condition_text(enum receipt_printer_condition condition)
{
    switch (condition) {
    case RECEIPT_PRINTER_READY:
        return "receipts: ready";
    case RECEIPT_PRINTER_NEAR_END:
        return "receipts: paper low, change the roll today";
    case RECEIPT_PRINTER_PAPER_OUT:
        return "receipts: paper out, change the roll";
    case RECEIPT_PRINTER_COVER_OPEN:
        return "receipts: cover open, close it";
    case RECEIPT_PRINTER_CUTTER_JAM:
        return "receipts: cutter or mechanism stuck, clear it and switch off and on";
    case RECEIPT_PRINTER_OFFLINE:
        return "receipts: offline, look at cable, switch and address";
    }
    return "receipts: state unknown";
}
