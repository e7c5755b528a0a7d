// escpos_printer.h: an 80 mm receipt printer that speaks ESC/POS, on the network or on this
// machine.
#pragma once
#include "receipt_printer.h"
#include "result.h"

// How the printer is asked whether everything is on paper.
enum escpos_confirmation {
    ESCPOS_CONFIRM_PAPER_SENSOR, // GS r 1, with which every stream ends; every model knows it
    ESCPOS_CONFIRM_PROCESS,      // GS ( H besides: answered once printed, where the model knows it
};

// Fills `out` with a printer at `device`: "tcp:HOST:PORT", or the path of a USB printer or serial
// line (8N1 and its speed set by the system). Nothing is opened yet; each verb opens and closes it,
// so that a printer may be unplugged and plugged in at any time. The caller owns it:
// escpos_printer_destroy. RESULT_INVALID when the text is neither. status: RESULT_UNREACHABLE, with
// RECEIPT_PRINTER_OFFLINE, when it does not answer within 1 s. print: besides the port's results,
// RESULT_REFUSED (out of paper, open …), RESULT_BUSY and RESULT_UNREACHABLE mean that nothing was
// printed. After RESULT_FAILED or RESULT_TIMED_OUT the printer was told to forget the rest, so that
// it does not come out for the next person.
enum result escpos_printer_create(const char *device, enum escpos_confirmation confirmation,
                                  struct receipt_printer *out);

// A printer that was never created (all zero) is fine.
void escpos_printer_destroy(struct receipt_printer *printer);
